import assert from "node:assert/strict";
import { test } from "node:test";

import { advance, genauth, newUser, passCode } from "./genauth.mjs";

const number = "18812348888";

async function sendCode(user) {
  const body = { channel: "CHANNEL_BIND_PHONE", phoneNumber: number };
  assert.equal((await genauth("send-sms", body, user.accessToken)).statusCode, 200);
  return passCode(number);
}

test("an expired code binds nothing, a fresh one binds the phone", async () => {
  const user = await newUser();
  const late = await sendCode(user);
  await advance(301);
  const refused = await genauth("bind-phone", { phoneNumber: number, passCode: late }, user.accessToken);
  assert.equal(refused.statusCode, 499); // GenAuth refuses with HTTP 200: look at statusCode

  const code = await sendCode(user);
  const bound = await genauth("bind-phone", { phoneNumber: number, passCode: code }, user.accessToken);
  assert.equal(bound.statusCode, 200);
});
