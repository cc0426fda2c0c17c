// The official Node SDK, each call of which is written down, and the control calls of the offline GenAuth.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";

/** The folder that the package was installed in has it. */
const { AuthenticationClient } = createRequire(`${process.env.NODE_SDK}/`)("authing-node-sdk");

export const HOST = process.env.GENAUTH_APP_HOST;
export const SECRET = process.env.GENAUTH_APP_SECRET;
export const PASSWORD = "correct-horse";
export const NUMBER = "18812348888";
export const MAIL = "ada@example.com";
export const BACK = "https://app.example/callback";
export const SCOPE = "openid profile phone username email offline_access";

/** The names of the methods that were called. */
export const called = new Set();

/** The names of all public methods. */
export const methods = Object.getOwnPropertyNames(AuthenticationClient.prototype).filter(
  (name) => name !== "constructor" && !name.startsWith("_"),
);

const writingDown = {
  get(client, name) {
    const found = client[name];
    if (methods.includes(name)) called.add(name);
    return typeof found === "function" ? found.bind(client) : found;
  },
};

/** An app of its own, with nobody in it. */
export class App {
  id = randomUUID();

  /** A client with nobody signed in. */
  client(options = {}) {
    const named = { appId: this.id, appHost: HOST, appSecret: SECRET, redirectUri: BACK };
    return new Proxy(new AuthenticationClient({ ...named, ...options }), writingDown);
  }

  /** A client that is signed in as a new user. */
  async as(user, options = {}) {
    const { accessToken } = await this.control("POST", "users", user);
    return this.client({ accessToken, ...options });
  }

  async control(method, path, body) {
    const answer = await fetch(`${HOST}/_mock/${path}`, {
      method,
      headers: { "content-type": "application/json", "x-genauth-app-id": this.id },
      body: body && JSON.stringify(body),
    });
    const told = await answer.json();
    assert.ok(answer.ok, `${method} /_mock/${path}: ${JSON.stringify(told)}`);
    return told;
  }

  /** Where a browser is sent that is signed in as somebody. */
  async sentBack(link, signInAs) {
    const headers = { "x-genauth-mock-sign-in-as": signInAs };
    const answer = await fetch(link, { headers, redirect: "manual" });
    assert.equal(answer.status, 302, await answer.text());
    return new URL(answer.headers.get("location"));
  }

  /** The code that came to a number or an address last. */
  async passCode(recipient) {
    const kind = recipient.includes("@") ? "email" : "phoneNumber";
    const query = new URLSearchParams({ [kind]: recipient });
    const { messages } = await this.control("GET", `messages?${query}`);
    return messages[0].passCode;
  }

  /** The code that the SDK has texted. */
  async texted(client, channel, phoneNumber) {
    good(await client.sendSms({ channel, phoneNumber, phoneCountryCode: "+86" }));
    return this.passCode(phoneNumber);
  }

  /** The code that the SDK has mailed. */
  async mailed(client, channel, email) {
    good(await client.sendEmail({ channel, email }));
    return this.passCode(email);
  }
}

/** What a call gives; it must have answered as a success does. */
export function good(answer) {
  assert.equal(answer.statusCode, 200, JSON.stringify(answer));
  return answer.data;
}
