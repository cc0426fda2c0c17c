// Methods that sign a user in, on the web too, and those about tokens.
import assert from "node:assert/strict";
import { PROVIDERS } from "./providers.mjs";
import { App, BACK, MAIL, NUMBER, PASSWORD, SCOPE, SECRET, good } from "./recorded.mjs";

async function a_user_signs_in_in_every_way() {
  const app = new App();
  await app.as({ username: "bob", password: PASSWORD, email: MAIL, phoneNumber: NUMBER });
  await app.control("POST", "settings", { extIdps: PROVIDERS });
  for (const tokenEndPointAuthMethod of ["client_secret_post", "client_secret_basic", "none"]) {
    await app.control("POST", "settings", { tokenEndpointAuthMethod: tokenEndPointAuthMethod });
    const sdk = app.client({ tokenEndPointAuthMethod });
    const password = PASSWORD;
    const options = { scope: SCOPE };
    const given = good(await sdk.signInByUsernamePassword({ username: "bob", password, options }));
    assert.equal(given.token_type.toLowerCase(), "bearer");
    sdk.setAccessToken(given.access_token);
    assert.equal(good(await sdk.getProfile({})).username, "bob");
    good(await sdk.signInByAccountPassword({ account: "bob", password }));
    good(await sdk.signInByEmailPassword({ email: MAIL, password }));
    good(await sdk.signInByPhonePassword({ phone: NUMBER, password }));
    const phone = { phone: NUMBER, phoneCountryCode: "+86" };
    const texted = await app.texted(sdk, "CHANNEL_LOGIN", NUMBER);
    good(await sdk.signInByPhonePassCode({ ...phone, passCode: texted }));
    const mailed = await app.mailed(sdk, "CHANNEL_LOGIN", MAIL);
    good(await sdk.signInByEmailPassCode({ email: MAIL, passCode: mailed }));
    good(await sdk.signInByLDAP({ sAMAccountName: "bob", password }));
    good(await sdk.signInByAD({ sAMAccountName: "bob", password }));
    const proof = { client_id: app.id, client_secret: SECRET };
    const passwordPayload = { username: "bob", password };
    good(await sdk.signInByCredentials({ connection: "PASSWORD", passwordPayload, ...proof }));
    const wechat = { extIdpConnidentifier: "wx", connection: "wechat", wechatPayload: { code: "code-1" } };
    good(await sdk.signInByMobile({ ...wechat, ...proof }));
    await app.control("POST", "clock", { advanceSeconds: 60 });
  }
}

async function a_user_signs_in_on_the_web_and_out() {
  for (const protocol of ["oidc", "oauth"]) {
    for (const method of ["client_secret_post", "client_secret_basic", "none"]) {
      await signed_in_and_out(protocol, method);
    }
  }
}

async function signed_in_and_out(protocol, method) {
  const app = new App();
  const { userId } = await app.control("POST", "users", { username: "ada" });
  const BYE = "https://app.example/bye";
  const settings = { redirectUris: [BACK], logoutRedirectUris: [BYE], tokenEndpointAuthMethod: method };
  await app.control("POST", "settings", settings);
  const sdk = app.client({
    protocol,
    tokenEndPointAuthMethod: method,
    introspectionEndPointAuthMethod: method,
    revocationEndPointAuthMethod: method,
  });
  const { url } = sdk.buildAuthorizeUrl({ scope: SCOPE });
  const code = (await app.sentBack(url, "ada")).searchParams.get("code");
  const tokens = await sdk.getAccessTokenByCode(code);
  for (const options of [
    undefined,
    ...["header", "query"].map((tokenPlace) => ({ method: "GET", tokenPlace })),
    ...["header", "query", "body"].map((tokenPlace) => ({ method: "POST", tokenPlace })),
  ]) {
    const told = await sdk.getUserInfoByAccessToken(tokens.access_token, options);
    assert.equal(told.sub, userId, JSON.stringify(options));
  }
  sdk.setAccessToken(tokens.access_token); // from now on every call carries it, those about tokens too
  const twice = { status: 400, message: /400/ }; // in the header, and where the method puts it
  await assert.rejects(sdk.getUserInfoByAccessToken(tokens.access_token), twice);
  const fresh = await sdk.getNewAccessTokenByRefreshToken(tokens.refresh_token);
  assert.equal((await sdk.introspectToken(fresh.access_token)).active, true);
  if (protocol === "oauth" && method === "client_secret_basic") {
    await assert.rejects(sdk.revokeToken(fresh.access_token), /client_secret_basic/); // so it says
    return;
  }
  assert.equal(await sdk.revokeToken(fresh.access_token), true);
  assert.deepEqual(await sdk.introspectToken(fresh.access_token), { active: false });
  if (protocol === "oauth") return;
  const out = sdk.buildLogoutUrl({ redirectUri: BYE, idToken: tokens.id_token, state: "s" });
  assert.equal((await app.sentBack(out, "ada")).href, `${BYE}?state=s`);
}

async function a_server_sends_browsers_away_and_takes_them_back() {
  const app = new App();
  const { userId } = await app.control("POST", "users", { username: "ada" });
  await app.control("POST", "settings", { redirectUris: [BACK] });
  const sdk = app.client();
  const away = new Answer();
  await sdk.loginWithRedirect(away, { scope: SCOPE });
  const back = await app.sentBack(away.headers.Location, "ada");
  const cookie = away.headers["Set-Cookie"].split(";")[0];
  const request = { url: back.pathname + back.search, headers: { cookie } };
  const tokens = await sdk.handleRedirectCallback(request, new Answer());
  const claims = await sdk.parseIDToken(tokens.id_token);
  assert.equal(claims.sub, userId);
  assert.equal((await sdk.parseAccessToken(tokens.access_token)).sub, userId);
  const out = new Answer();
  await sdk.logoutWithRedirect(out, { idToken: tokens.id_token });
  assert.ok(out.headers.Location.includes("/oidc/session/end?"));
}

/** What a server of Node answers a browser with. */
class Answer {
  headers = {};
  setHeader(name, value) {
    this.headers[name] = value;
    return this;
  }
  writeHead(status) {
    this.status = status;
    return this;
  }
  end() {}
}

async function tokens_are_read_offline() {
  const app = new App();
  await app.control("POST", "users", { username: "ada", password: PASSWORD });
  await app.control("POST", "settings", { idTokenSignedResponseAlg: "RS256" });
  const sdk = app.client();
  const named = { username: "ada", password: PASSWORD, options: { scope: SCOPE } };
  const tokens = good(await sdk.signInByUsernamePassword(named));
  assert.equal((await sdk.parseIDToken(tokens.id_token)).username, "ada");
  const [key] = await sdk.fetchJWKS();
  assert.equal(key.key.type, "public");
  const keys = { accessKey: app.id, accessSecret: SECRET };
  const ofProgram = await sdk.getAccessTokenByClientCredentials("order:read", keys);
  assert.equal((await sdk.parseAccessToken(ofProgram.access_token)).scope, "order:read");
}

async function a_code_is_kept_by_the_sdks_own_challenge() {
  const app = new App();
  await app.control("POST", "users", { username: "ada" });
  await app.control("POST", "settings", { redirectUris: [BACK] });
  const sdk = app.client();
  const verifier = sdk.generateCodeChallenge();
  const digest = sdk.getCodeChallengeDigest({ codeChallenge: verifier, method: "S256" });
  const { url } = sdk.buildAuthorizeUrl({ scope: "openid" });
  const asked = `${url}&code_challenge=${digest}&code_challenge_method=S256`; // it cannot add them itself
  const code = (await app.sentBack(asked, "ada")).searchParams.get("code");
  await assert.rejects(sdk.getAccessTokenByCode(code), { status: 400 });
  const tokens = await sdk.getAccessTokenByCode(code, { codeVerifier: verifier });
  assert.ok(tokens.access_token);
}

async function a_ticket_of_cas_says_once_who_signed_in() {
  const app = new App();
  await app.control("POST", "users", { username: "ada" });
  const sdk = app.client({ protocol: "cas" });
  const service = "http://localhost:8000/cas";
  const ticket = async () =>
    (await app.sentBack(sdk.buildAuthorizeUrl({ service }).url, "ada")).searchParams.get("ticket");
  const first = await ticket();
  assert.deepEqual(await sdk.validateTicketV1(first, service), { valid: true });
  assert.equal((await sdk.validateTicketV1(first, service)).valid, false);
  const read = await sdk.validateTicketV2(await ticket(), service);
  assert.equal(read.serviceResponse.authenticationSuccess.user, "ada");
  assert.match(await sdk.validateTicketV2(await ticket(), service, "XML"), /<cas:user>ada<\/cas:user>/);
  const again = await sdk.validateTicketV2(first, service);
  assert.equal(again.serviceResponse.authenticationFailure.code, "INVALID_TICKET");
}

export const stories = [
  a_user_signs_in_in_every_way,
  a_user_signs_in_on_the_web_and_out,
  a_server_sends_browsers_away_and_takes_them_back,
  tokens_are_read_offline,
  a_code_is_kept_by_the_sdks_own_challenge,
  a_ticket_of_cas_says_once_who_signed_in,
];
