// Methods about accounts, and the further proofs of their users.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { App, MAIL, NUMBER, PASSWORD, good } from "./recorded.mjs";

const OTHER = "18812349999";
const OTHER_MAIL = "ada@example.org";

async function an_account_is_made_in_every_way() {
  const app = new App();
  const sdk = app.client();
  const made = good(await sdk.signUpByUsernamePassword({ username: "one", password: PASSWORD }));
  assert.equal(made.username, "one");
  good(await sdk.signUpByEmailPassword({ email: "two@example.com", password: PASSWORD }));
  const mailed = await app.mailed(sdk, "CHANNEL_REGISTER", MAIL);
  good(await sdk.signUpByEmailCode({ email: MAIL, passCode: mailed, profile: { nickname: "A" } }));
  const texted = await app.texted(sdk, "CHANNEL_REGISTER", NUMBER);
  const named = { phone: NUMBER, phoneCountryCode: "+86", passCode: texted };
  assert.equal(good(await sdk.signUpByPhoneCode(named)).phone, NUMBER);
  good(await sdk.signUp({ connection: "PASSWORD", passwordPayload: { username: "five", password: PASSWORD } }));
}

async function an_address_is_bound_changed_and_unbound() {
  const app = new App();
  const ada = await app.as({ username: "ada", password: PASSWORD });
  good(await ada.bindEmail({ email: MAIL, passCode: await app.mailed(ada, "CHANNEL_BIND_EMAIL", MAIL) }));
  const emailPassCodePayload = {
    newEmail: OTHER_MAIL,
    newEmailPassCode: await app.mailed(ada, "CHANNEL_UPDATE_EMAIL", OTHER_MAIL),
    oldEmail: MAIL,
    oldEmailPassCode: await app.mailed(ada, "CHANNEL_UPDATE_EMAIL", MAIL),
  };
  const allowed = good(
    await ada.verifyUpdateEmailRequest({ verifyMethod: "EMAIL_PASSCODE", emailPassCodePayload }),
  );
  good(await ada.updateEmail({ updateEmailToken: allowed.updateEmailToken }));
  const passCode = await app.mailed(ada, "CHANNEL_UNBIND_EMAIL", OTHER_MAIL);
  good(await ada.unbindEmail({ passCode }));
  assert.equal(good(await ada.getProfile({})).email, undefined);
}

async function a_number_is_bound_changed_and_unbound() {
  const app = new App();
  const ada = await app.as({ username: "ada", password: PASSWORD });
  const passCode = await app.texted(ada, "CHANNEL_BIND_PHONE", NUMBER);
  const checked = { phone: NUMBER, passCode, channel: "CHANNEL_BIND_PHONE" };
  const sms = await ada.preCheckCode({ codeType: "SMS", smsCodePayload: checked });
  assert.equal(good(sms).isValid, true);
  good(await ada.bindPhone({ phoneNumber: NUMBER, passCode, phoneCountryCode: "+86" }));
  const phonePassCodePayload = {
    newPhoneNumber: OTHER,
    newPhonePassCode: await app.texted(ada, "CHANNEL_BIND_PHONE", OTHER),
    oldPhoneNumber: NUMBER,
    oldPhonePassCode: await app.texted(ada, "CHANNEL_UNBIND_PHONE", NUMBER),
  };
  const allowed = good(
    await ada.verifyUpdatePhoneRequest({ verifyMethod: "PHONE_PASSCODE", phonePassCodePayload }),
  );
  good(await ada.updatePhone({ updatePhoneToken: allowed.updatePhoneToken }));
  await app.control("POST", "clock", { advanceSeconds: 60 });
  good(await ada.unbindPhone({ passCode: await app.texted(ada, "CHANNEL_UNBIND_PHONE", OTHER) }));
  assert.equal(good(await ada.getProfile({})).phone, undefined);
}

async function an_account_is_looked_after_and_deleted() {
  const app = new App();
  const bob = await app.as({ username: "bob", password: PASSWORD, phoneNumber: NUMBER });
  const changed = { nickname: "Bo", gender: "F", customData: { team: "blue" } };
  assert.equal(good(await bob.updateProfile(changed)).nickname, "Bo");
  const whole = { withCustomData: true, withIdentities: true, withDepartmentIds: true };
  const profile = good(await bob.getProfile(whole));
  assert.deepEqual(profile.customData, { team: "blue" });
  assert.deepEqual([profile.identities, profile.departmentIds], [[], []]);
  assert.equal(good(await bob.getSecurityLevel()).passwordSet, true);
  for (const named of [{ username: "bob" }, { phone: NUMBER }, { phone: NUMBER, username: "nobody" }]) {
    assert.equal(good(await bob.validatePassword({ ...named, password: PASSWORD })).valid, true);
    assert.equal(good(await bob.validatePassword({ ...named, password: "wrong" })).valid, false);
  }
  good(await bob.updatePassword({ newPassword: "another-horse", oldPassword: PASSWORD }));
  const phone = async (channel) => ({
    verifyMethod: "PHONE_PASSCODE",
    phonePassCodePayload: { phoneNumber: NUMBER, passCode: await app.texted(bob, channel, NUMBER) },
  });
  const reset = good(await bob.verifyResetPasswordRequest(await phone("CHANNEL_RESET_PASSWORD")));
  good(await bob.resetPassword({ password: PASSWORD, passwordResetToken: reset.passwordResetToken }));
  const tokens = good(await bob.signInByUsernamePassword({ username: "bob", password: PASSWORD }));
  bob.setAccessToken(tokens.access_token);
  const allowed = good(await bob.verifyDeleteAccountRequest(await phone("CHANNEL_DELETE_ACCOUNT")));
  good(await bob.deleteAccount({ deleteAccountToken: allowed.deleteAccountToken }));
  assert.equal((await bob.getProfile({})).statusCode, 401);
}

async function nobody_says_whether_a_token_of_a_further_proof_is_good() {
  const asked = new App().client().verifyMfaToken({ token: "some" }); // it sends nothing
  await assert.rejects(asked, (error) => error.response.data.error === "invalid_request");
}

async function a_further_proof_is_added_used_and_taken_away() {
  const app = new App();
  const ada = await app.as({ username: "ada", password: PASSWORD });
  const kinds = good(await ada.listFactorsToEnroll()).map((each) => each.factorType);
  assert.ok(kinds.includes("OTP"));
  const factorType = "OTP";
  const { enrollmentToken, otpData } = good(
    await ada.sendEnrollFactorRequest({ factorType, profile: {} }),
  );
  const { now } = await app.control("GET", "clock");
  const step = Math.floor(Date.parse(now) / 30_000);
  const secret = new URL(otpData.qrCodeUri).searchParams.get("secret");
  const enrollmentData = { passCode: totp(secret, step) };
  good(await ada.enrollFactor({ factorType, enrollmentToken, enrollmentData }));
  const [factor] = good(await ada.listEnrolledFactors());
  assert.equal(good(await ada.getFactor({ factorId: factor.factorId })).factorType, factorType);
  const totpCode = totp(secret, step + 1);
  assert.equal(good(await ada.mfaOtpVerify({ totp: totpCode })).verified, true);
  good(await ada.resetFactor({ factorId: factor.factorId }));
  assert.deepEqual(good(await ada.listEnrolledFactors()), []);
}

/** The code of an authenticator app. Source: RFC 4226, RFC 6238. */
function totp(secret, step) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", key).update(counter).digest();
  const start = digest.at(-1) & 0xf;
  return String((digest.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

export const stories = [
  an_account_is_made_in_every_way,
  an_address_is_bound_changed_and_unbound,
  a_number_is_bound_changed_and_unbound,
  an_account_is_looked_after_and_deleted,
  nobody_says_whether_a_token_of_a_further_proof_is_good,
  a_further_proof_is_added_used_and_taken_away,
];
