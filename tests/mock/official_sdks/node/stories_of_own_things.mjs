// Methods about what a user has and may do, accounts elsewhere, and events.
import assert from "node:assert/strict";
import { PROVIDERS, WECHAT } from "./providers.mjs";
import { App, BACK, HOST, MAIL, NUMBER, PASSWORD, good } from "./recorded.mjs";

async function what_a_user_has_is_told() {
  const app = new App();
  const ada = await app.as({
    username: "ada",
    roles: [{ code: "admin" }, { code: "editor", namespace: "blog" }],
    groups: [{ code: "staff" }],
    tenants: [{ tenantId: "t1" }],
    departments: [{ departmentId: "d1", customData: { floor: 3 } }],
    apps: [{ appId: "crm" }],
    authorizedResources: [{ resourceCode: "orders", resourceType: "API", actions: ["read"] }],
    identities: [{ extIdpId: "e1", userIdInIdp: "u1" }],
  });
  assert.deepEqual(good(await ada.getRoleList({ namespace: "blog" })).map((each) => each.code), ["editor"]);
  assert.equal(good(await ada.getRoleList({})).length, 2);
  assert.equal(good(await ada.getGroupList())[0].code, "staff");
  assert.equal(good(await ada.getTenantList())[0].tenantId, "t1");
  const departments = good(await ada.getDepartmentList({ withCustomData: true }));
  assert.deepEqual(departments.list[0].customData, { floor: 3 });
  const apps = good(await ada.getAccessibleApps()).map((each) => each.appId);
  assert.deepEqual(apps, [app.id, "crm"]);
  assert.equal(good(await ada.getLoggedInApps())[0].appId, app.id);
  const resources = await ada.getAuthorizedResources({ namespace: "default", resourceType: "API" });
  assert.equal(good(resources).list[0].resourceCode, "orders");
  assert.equal(good(await ada.getIdentities())[0].extIdpId, "e1");
  good(await ada.unlinkExtIdp({ extIdpId: "e1" }));
  assert.deepEqual(good(await ada.getIdentities()), []);
}

async function what_a_user_may_do_is_told() {
  const app = new App();
  const ada = await app.as({
    username: "ada",
    dataResources: [
      { resource: "motto", actions: ["get"] },
      { resource: "list", resourceType: "ARRAY", actions: ["get"] },
      { resource: "tree/node", resourceType: "TREE", actions: ["get"] },
    ],
  });
  const asked = (resources) => ({ resources, action: "get", namespaceCode: "default" });
  for (const answer of [
    await ada.checkPermissionByStringResource(asked(["motto"])),
    await ada.checkPermissionByArrayResource(asked(["list"])),
    await ada.checkPermissionByTreeResource(asked(["tree/node"])),
  ]) {
    assert.equal(good(answer).checkResultList[0].enabled, true, JSON.stringify(answer));
  }
  assert.equal(good(await ada.getUserAuthorizedResourcesList()).userPermissionList[0].resourceList.length, 3);
  const struct = await ada.getUserAuthResourceStruct({ resource: "tree", namespaceCode: "default" });
  assert.equal(good(struct).resourceType, "TREE");
  const list = await ada.getUserAuthResourcePermissionList({ resources: ["motto"], namespaceCode: "default" });
  assert.equal(good(list).permissionList[0].resource, "motto");
}

async function a_public_account_is_changed_to() {
  const app = new App();
  await app.control("POST", "users", { username: "shop", userId: "shop" });
  const ada = await app.as({ username: "ada", publicAccounts: [{ userId: "shop" }] });
  const listed = good(await ada.listPublicAccountsForSwitchLoggedIn({ withOriginUser: true }));
  assert.ok(JSON.stringify(listed).includes("shop"));
  assert.ok(good(await ada.switchLoginByUser({ targetUserId: "shop" })).access_token);
}

async function what_everybody_may_know_is_told() {
  const sdk = new App().client();
  assert.ok((await sdk.getSystemInfo()).rsa.publicKey);
  assert.ok(good(await sdk.getCountryList()).length > 200);
  assert.deepEqual(good(await sdk.getApplicationEnabledExtIdps()), []);
}

async function providers_elsewhere_are_asked() {
  const app = new App();
  const bob = await app.as({ username: "bob", password: PASSWORD });
  await app.control("POST", "settings", { extIdps: PROVIDERS });
  const told = await bob.getAlipayAuthInfo({ extIdpConnidentifier: "pay" });
  assert.deepEqual(good(told), { authInfo: "app_id=1" });
  const encrypted = { code: "code-1", iv: "iv", encryptedData: "data", extIdpConnidentifier: "wx" };
  assert.deepEqual(good(await bob.decryptWechatMiniProgramData(encrypted)), { city: "Wuhan" });
  assert.ok(good(await bob.getWechatMpAccessToken(WECHAT)).accessToken);
  assert.ok(good(await bob.getWechatMpAccessTokenInfo(WECHAT)).expiresAt);
}

async function an_account_elsewhere_is_linked_in_a_browser() {
  const app = new App();
  const ada = await app.as({ username: "ada", password: PASSWORD });
  const accounts = [{ userIdInIdp: "o-1" }];
  const extIdps = [{ identifier: "wx", type: "wechat", accounts }];
  await app.control("POST", "settings", { extIdps, redirectUris: [BACK] });
  const tokens = good(await ada.signInByUsernamePassword({ username: "ada", password: PASSWORD }));
  const named = { extIdpConnIdentifier: "wx", appId: app.id, idToken: tokens.id_token };
  const answered = { needUrlRedirect: "true", targetUrl: BACK };
  const { url } = good(await ada.generateLinkExtIdpUrl({ ...named, ...answered }));
  const answer = await fetch(url, { redirect: "manual" });
  const back = new URL(answer.headers.get("location"));
  assert.equal(back.origin + back.pathname, BACK);
  assert.equal(back.searchParams.get("code"), "200");
  assert.equal(good(await ada.getIdentities())[0].userIdInIdp, "o-1");
}

async function a_user_of_wechat_says_which_account_is_theirs() {
  const app = new App();
  const user = { username: "bob", userId: "bob", password: PASSWORD, email: MAIL, phoneNumber: NUMBER };
  await app.control("POST", "users", user);
  await app.control("POST", "settings", { extIdps: PROVIDERS });
  const sdk = app.client();
  const action = "bind";
  const steps = [
    (key) => sdk.registerNewUser({ key, action: "create-federation-account" }),
    (key) => sdk.bindByAccount({ key, action, account: "bob", password: PASSWORD }),
    (key) => sdk.selectAccount({ key, action, account: "bob" }),
    (key) => sdk.bindByAccountId({ key, action, accountId: "bob" }),
    async (key) => {
      const code = await app.texted(sdk, "CHANNEL_LOGIN", NUMBER);
      return sdk.bindByPhoneCode({ key, action, phone: NUMBER, code });
    },
    async (key) => {
      const code = await app.mailed(sdk, "CHANNEL_LOGIN", MAIL);
      return sdk.bindByEmailCode({ key, action, email: MAIL, code });
    },
  ];
  for (const [number, step] of steps.entries()) {
    // it answers HTTP 301, which axios takes for a failure
    const asked = sdk.authByCodeIdentity({ code: `code-${number + 2}` });
    const told = await asked.then(() => null, (error) => error.response.data);
    assert.equal(told?.apiCode, 1640, JSON.stringify(told));
    const answer = await step(told.data.key);
    assert.ok((answer.data ?? answer).access_token, JSON.stringify(answer));
  }
}

async function an_event_is_published_and_heard() {
  const app = new App();
  const ada = await app.as({ username: "ada" }, { socketUri: HOST.replace("http", "ws") });
  const heard = await new Promise((resolve, reject) => {
    ada.sub("custom_event", resolve, reject);
    // the SDK does not say when it listens: its socket does
    const { socket } = ada.wsMap.custom_event;
    socket.once("open", () => ada.pub("custom_event", JSON.stringify({ a: 1 })).then(good).catch(reject));
  });
  assert.ok(heard.includes('"a"'), heard);
}

export const stories = [
  what_a_user_has_is_told,
  what_a_user_may_do_is_told,
  a_public_account_is_changed_to,
  what_everybody_may_know_is_told,
  providers_elsewhere_are_asked,
  an_account_elsewhere_is_linked_in_a_browser,
  a_user_of_wechat_says_which_account_is_theirs,
  an_event_is_published_and_heard,
];
