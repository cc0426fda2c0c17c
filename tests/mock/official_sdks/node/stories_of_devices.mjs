// Methods about second devices, passkeys, and the devices that a user signed in with.
import assert from "node:assert/strict";
import { Authenticator } from "./authenticator.mjs";
import { App, PASSWORD, good } from "./recorded.mjs";

async function a_qr_code_signs_in() {
  const app = new App();
  const ada = await app.as({ username: "ada" });
  const browser = app.client();
  const { qrcodeId } = good(await browser.geneQrCode({ type: "MOBILE_APP" }));
  assert.equal((await browser.checkQrCodeStatus({ qrcodeId })).status, "PENDING");
  assert.equal((await ada.changeQrCodeStatus({ qrcodeId, action: "SCAN" })).status, "SCANNED");
  assert.equal(good(await browser.getQrCodeStatus({ qrcodeId })).status, "SCANNED");
  assert.equal(good(await ada.setQrCodeStatus({ qrcodeId, action: "CONFIRM" })).success, true);
  const { ticket } = await browser.checkQrCodeStatus({ qrcodeId });
  assert.ok(good(await browser.exchangeTokenSetWithQrCodeTicket({ ticket })).access_token);
}

async function a_push_signs_in() {
  const app = new App();
  const ada = await app.as({ username: "ada" });
  const browser = app.client();
  for (const change of ["changePushCodeStatus", "setPushCodeStatus"]) {
    const { pushCodeId } = good(await browser.signInByPush({ account: "ada" }));
    const related = await browser.getPushLoginRelationApps({ pushCodeId, appId: app.id });
    assert.deepEqual(good(related).appIds, [app.id]);
    const changed = await ada[change]({ pushCodeId, action: "CONFIRM" });
    if (change === "setPushCodeStatus") assert.equal(good(changed).success, true);
    const seen = good(await browser.checkPushCodeStatus({ pushCodeId }));
    assert.ok(seen.tokenSet.access_token, change);
  }
}

async function a_fast_pass_signs_in() {
  const app = new App();
  const ada = await app.as({ username: "ada" });
  const browser = app.client();
  const { qrcodeId } = good(await ada.geneFastpassQrcodeInfo({}));
  const { relationApps } = good(await browser.getFastpassParams({ qrcodeId, appId: app.id }));
  assert.equal(relationApps[0].id, app.id);
  assert.equal(good(await browser.getAppLoginQrCodeStatus({ qrcodeId })).status, "SCANNED");
  const tokens = good(await browser.qrCodeAppLogin({ qrcodeId, action: "APP_LOGIN" }));
  assert.ok(tokens.access_token);
}

async function a_passkey_is_made_used_looked_at_and_taken_away() {
  const app = new App();
  const ada = await app.as({ username: "ada" });
  const device = new Authenticator("http://localhost:3000");
  const begun = good(await ada.initRegisterOptions());
  const made = device.make(begun.registrationOptions);
  const kept = await ada.verifyRegister({ ticket: begun.ticket, registrationCredential: made });
  assert.equal(good(kept).verified, true);
  const asked = good(await ada.initAuthenticationOptions());
  const authenticationCredential = device.use(asked.authenticationOptions);
  const used = await ada.verifyAuthentication({ ticket: asked.ticket, authenticationCredential });
  assert.ok(good(used).tokenSet.access_token);
  const [listed] = (await ada.listCredentialsByPage({ page: 1, limit: 10 })).list;
  assert.equal(listed.credentialID, made.id);
  const valid = await ada.checkValidCredentialsByCredIds({ credentialIds: [made.id] });
  assert.deepEqual(good(valid), [listed]);
  const none = await ada.removeCredential(made.id, {}); // it asks for one that is called {credentialID}
  assert.equal(good(none).success, false);
  const removed = await ada.removeAllCredentials({});
  assert.equal(good(removed).success, true);
  assert.deepEqual((await ada.listCredentialsByPage({})).list, []);
}

async function sign_ins_and_devices_are_told() {
  const app = new App();
  const ada = await app.as({ username: "ada", password: PASSWORD });
  good(await ada.signInByUsernamePassword({ username: "ada", password: PASSWORD }));
  const { now } = await app.control("GET", "clock");
  const asked = { appId: app.id, success: true, start: 0, end: Date.parse(now) + 1000 };
  assert.equal(good(await ada.getLoginHistory(asked)).totalCount, 1);
  assert.equal(good(await ada.getLoginHistory({ ...asked, success: false })).totalCount, 0);
  const [{ device }] = good(await ada.list({}));
  good(await ada.revoke({ deviceId: device.deviceId }));
  assert.equal(good(await ada.list({ page: 1, limit: 5 }))[0].online, false);
  good(await ada.unbind({ deviceId: device.deviceId }));
  assert.deepEqual(good(await ada.list({})), []);
}

export const stories = [
  a_qr_code_signs_in,
  a_push_signs_in,
  a_fast_pass_signs_in,
  a_passkey_is_made_used_looked_at_and_taken_away,
  sign_ins_and_devices_are_told,
];
