// Providers elsewhere, as the setting extIdps has them.
import { PASSWORD } from "./recorded.mjs";

export const WECHAT = { appId: "wx-app", appSecret: "secret-of-wx" };

const others = Array.from({ length: 7 }, (_, n) => ({ userIdInIdp: `o-${n + 2}`, code: `code-${n + 2}` }));

export const PROVIDERS = [
  {
    identifier: "wx",
    type: "wechat",
    ...WECHAT,
    accounts: [
      { userIdInIdp: "o-1", code: "code-1", username: "bob", data: { city: "Wuhan" } },
      ...others,
    ],
  },
  { identifier: "pay", type: "alipay", authInfo: "app_id=1" },
  ...["ldap", "ad"].map((type) => ({
    identifier: type,
    type,
    accounts: [{ userIdInIdp: "bob", password: PASSWORD, username: "bob" }],
  })),
];
