// Settings in words: what each is called, its unit, and what it means.

import { inWords } from "./words.js";

/** The groups of the view, each with its settings in the order in which they are shown. */
export const GROUPS = [
  ["Pass codes", ["passCodeLength", "passCodeLifetimeSeconds", "passCodeMaxAttempts", "emailCodeLifetimeSeconds", "fixedCodes"]],
  ["Sending", ["resendGapSeconds", "resendReplacesCode", "resendExempt", "dailySendLimit"]],
  ["Changing a phone or e-mail", ["verifyOldPhone", "verifyOldEmail", "updateTokenLifetimeSeconds", "usernameIsLoginMethod"]],
  ["Signing in", ["signInAs", "signUpEnabled", "mfaAtSignIn", "passkeyRpId", "qrCodeLifetimeSeconds", "qrTicketLifetimeSeconds", "accessTokenLifetimeSeconds", "refreshTokenLifetimeSeconds", "refreshTokenRotation", "authorizationCodeLifetimeSeconds"]],
  ["The application", ["redirectUris", "logoutRedirectUris", "tokenEndpointAuthMethod", "idTokenSignedResponseAlg", "passwordGrant"]],
  ["Limits and access", ["requestsPerSecond", "allowedOrigins"]],
  ["Events", ["webhooks"]],
];

/** Where a setting stands that is in no group. */
export const OTHERS = "More";

/** What an entry of a list looks like, by setting. */
const EXAMPLES = {
  fixedCodes: "+8618812348888",
  resendExempt: "+8618812348888 or ada@example.com",
  redirectUris: "http://localhost:5173/callback",
  logoutRedirectUris: "http://localhost:5173/",
  allowedOrigins: "http://localhost:5173",
};

/** The words that a setting takes, and what none of them means. */
const CHOICES = {
  mfaAtSignIn: { none: "nobody", names: ["enrolled", "always"] },
  tokenEndpointAuthMethod: { none: "default", names: ["client_secret_post", "client_secret_basic", "none"] },
  idTokenSignedResponseAlg: { none: "default", names: ["HS256", "RS256"] },
};

/** Settings that are a text, also where they are empty. */
const TEXTS = new Set(["signInAs", "passkeyRpId", "profile"]);

/** By setting: words, unit, and what it means. */
const WORDS = {
  passCodeLength: ["Length of a pass code", "digits", "4 to 8"],
  passCodeLifetimeSeconds: ["A texted code works for", "seconds", "GenAuth documents five minutes"],
  passCodeMaxAttempts: ["Wrong tries allowed", "tries", "one more, and the code is exhausted"],
  emailCodeLifetimeSeconds: ["A mailed code works for", "seconds", "GenAuth documents five minutes"],
  fixedCodes: ["Fixed codes", "", "these numbers and addresses always get the same code"],
  resendGapSeconds: ["Wait before sending again", "seconds", "between two codes for one number and channel"],
  resendReplacesCode: ["A new code replaces the last one", "", "off: both work"],
  resendExempt: ["May send again at once", "", "numbers and addresses that need not wait"],
  dailySendLimit: ["Codes per day", "per number and channel", "empty for no limit"],
  verifyOldPhone: ["Changing a phone asks for the old one", "", "with a code sent to the old phone"],
  verifyOldEmail: ["Changing an e-mail asks for the old one", "", "with a code sent to the old address"],
  updateTokenLifetimeSeconds: ["A permission to change works for", "seconds", "the updatePhoneToken or updateEmailToken"],
  usernameIsLoginMethod: ["A username is a way to sign in", "", "so that its user may unbind the phone"],
  accessTokenLifetimeSeconds: ["An access token works for", "seconds", "GenAuth: 14 days, id tokens too"],
  refreshTokenLifetimeSeconds: ["A refresh token works for", "seconds", "30 days unless changed"],
  refreshTokenRotation: ["A refresh gives a new refresh token", "", "off: the same one works until it expires"],
  authorizationCodeLifetimeSeconds: ["A code of a sign-in works for", "seconds", "GenAuth documents ten minutes"],
  signInAs: ["Sign in at once as", "", "a username, phone, e-mail or user id; empty shows the login page"],
  signUpEnabled: ["New users may sign up", "", "on the login page"],
  mfaAtSignIn: ["A sign-in wants a further proof", "", "enrolled: of users who added a factor; always: of everybody"],
  qrCodeLifetimeSeconds: ["A QR code works for", "seconds", "GenAuth: two minutes"],
  qrTicketLifetimeSeconds: ["A confirmed QR code gives tokens for", "seconds", "GenAuth: five minutes"],
  passkeyRpId: ["Passkeys are for", "", "a host name; empty: the one by which the server is reached, localhost for an address"],
  redirectUris: ["Addresses to come back to", "", "after signing in; empty takes those of this machine"],
  logoutRedirectUris: ["Addresses to go to", "", "after signing out; empty takes those of this machine"],
  tokenEndpointAuthMethod: ["How the app proves itself", "", "to /oidc/token; by default as GenAuth wants it"],
  idTokenSignedResponseAlg: ["Id tokens are signed with", "", "by default as GenAuth signs them"],
  passwordGrant: ["Password grant", "", "/oidc/token takes a username and a password"],
  profile: ["Answers as", "", "a reading of how GenAuth answers: default, production-2024, v2-captures, v2-list, documented, mobile-sdks, plain-http, shuffle:SEED, or the JSON of your own"],
  requestsPerSecond: ["Requests per second", "requests", "more are answered with HTTP 429; empty for no limit"],
  allowedOrigins: ["Allowed origins", "", "web pages of these origins may call GenAuth's paths; none listed: any may"],
  webhooks: ["Webhooks", "", "where events of users are sent; events are such as user:created, divided by commas"],
  extIdps: ["Identity providers elsewhere", "", "connections to WeChat, LDAP, ...: as JSON; accounts are those that people have there"],
};

/** Gives what a setting is called, its unit, and what it means; one that nobody wrote words for speaks by its name. */
export function wordsOf(name) {
  if (name in WORDS) {
    const [title, unit, about] = WORDS[name];
    return { title, unit, about, example: EXAMPLES[name] ?? "", choices: CHOICES[name], isText: TEXTS.has(name), isWebhooks: name === "webhooks", isProviders: name === "extIdps" };
  }
  const isTime = name.endsWith("Seconds");
  return { title: inWords(isTime ? name.slice(0, -"Seconds".length) : name), unit: isTime ? "seconds" : "", about: "", example: "" };
}
