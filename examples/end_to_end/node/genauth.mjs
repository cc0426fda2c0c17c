// What a test needs of the offline GenAuth; `genauth-mock exec` sets the variables. No packages needed.
const host = process.env.GENAUTH_APP_HOST;
const appId = process.env.GENAUTH_APP_ID;

async function call(method, path, body, headers = {}) {
  const answer = await fetch(host + path, {
    method,
    headers: { "content-type": "application/json", "x-genauth-app-id": appId, ...headers },
    body: body && JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: HTTP ${answer.status} ${JSON.stringify(told)}`);
  return told;
}

/** Make a user, signed in: `userId` and `accessToken`. */
export const newUser = (user = {}) => call("POST", "/_mock/users", user);

/** Wait up to five seconds for a code to be sent to a number, and return the newest one. */
export async function passCode(phoneNumber) {
  const query = new URLSearchParams({ phoneNumber, wait: "5" });
  const { messages } = await call("GET", `/_mock/messages?${query}`);
  if (messages.length === 0) throw new Error(`no code was sent to ${phoneNumber}`);
  return messages[0].passCode;
}

/** Let time pass for this app, at once. */
export const advance = (advanceSeconds) => call("POST", "/_mock/clock", { advanceSeconds });

/** Call GenAuth's own API as a user does. */
export const genauth = (path, body, accessToken) =>
  call("POST", `/api/v3/${path}`, body, { authorization: accessToken });
