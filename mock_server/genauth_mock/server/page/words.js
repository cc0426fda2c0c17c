// How the page puts things: times, numbers, channels.

const DATE = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
});

/** `14:03:09`, in UTC as everything the server says. */
export function time(milliseconds) {
  return new Date(milliseconds).toISOString().slice(11, 19);
}

/** `Mon, 23 Nov 2026`. */
export function date(milliseconds) {
  return DATE.format(milliseconds);
}

/** `42 s`, `61 s`, `4 min 10 s`, `2 h 5 min`, `3 d 4 h`. */
export function span(seconds) {
  const whole = Math.ceil(seconds);
  if (whole < 100) {
    return `${whole} s`; // lifetimes and gaps are told in seconds
  }
  const parts = [[86_400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const first = parts.findIndex(([size]) => whole >= size);
  const [size, unit] = parts[first];
  const next = parts[first + 1];
  const rest = next === undefined ? 0 : Math.floor((whole % size) / next[0]);
  return `${Math.floor(whole / size)} ${unit}${rest > 0 ? ` ${rest} ${next[1]}` : ""}`;
}

/** `CHANNEL_BIND_PHONE` as `Bind phone`; a word that is no channel stays as it is. */
export function channel(name) {
  if (!/^CHANNEL_[A-Z_]+$/.test(name)) {
    return name;
  }
  const words = name.slice("CHANNEL_".length).toLowerCase().replaceAll("_", " ").replace(/\bmfa\b/, "MFA");
  return words[0].toUpperCase() + words.slice(1);
}

/** Where a message went, or whom a user is reached at: `+86 188 1234 8888`. */
export function address(item) {
  if (!item.phoneNumber) {
    return item.email ?? "";
  }
  const number = grouped(item.phoneNumber);
  return item.phoneCountryCode ? `${item.phoneCountryCode} ${number}` : number;
}

/** `18812348888` as `188 1234 8888`, `2025550123` as `202 555 0123`; what is no number stays as it is. */
function grouped(number) {
  if (!/^\d{7,15}$/.test(number)) {
    return number;
  }
  return number.length === 11
    ? number.replace(/(\d{3})(\d{4})(\d{4})/, "$1 $2 $3")
    : number.replaceAll(/(?<=^(?:\d{3})*)\d{3}(?=\d{3})/g, "$& ");
}

/** `WRONG_CODE` as `Wrong code`, `attemptsLeft` as `Attempts left`. */
export function inWords(name) {
  const words = name.includes("_") || name === name.toUpperCase()
    ? name.toLowerCase().replaceAll("_", " ")
    : name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words[0].toUpperCase() + words.slice(1);
}

/** Puts a text between single quotes for a POSIX shell. */
export function shellQuoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The address of a path of the server, which may be below a path itself. */
export function addressOf(path) {
  return new URL(`.${path}`, new URL("../../", import.meta.url)).href;
}

/** The command that does a call of the API, for a terminal. */
export function curl(path, appId, body, headers = {}) {
  const named = { "content-type": "application/json", "x-genauth-app-id": appId, ...headers };
  const lines = [
    `curl ${shellQuoted(addressOf(path))}`,
    ...Object.entries(named).map(([name, value]) => `-H ${shellQuoted(`${name}: ${value}`)}`),
    `-d ${shellQuoted(JSON.stringify(body))}`,
  ];
  return lines.join(" \\\n  ");
}

/** What stands for a masked header in a command: a variable of the shell. */
const VARIABLES = { authorization: "$ACCESS_TOKEN" };
/** What curl writes by itself. */
const OWN_HEADERS = new Set(["host", "content-length", "connection", "accept-encoding", "transfer-encoding", "user-agent", "accept"]);

/** The command that repeats a request of the journal. What is masked there is masked here: a token is a variable. */
export function curlOf({ method, path, query, headers, body }) {
  const asked = new URLSearchParams(query ?? {}).toString();
  const lines = [`curl -X ${method} ${shellQuoted(addressOf(path) + (asked && `?${asked}`))}`];
  for (const [name, value] of Object.entries(headers)) {
    if (name in VARIABLES) {
      lines.push(`-H "${name}: ${VARIABLES[name]}"`);
    } else if (!OWN_HEADERS.has(name)) {
      lines.push(`-H ${shellQuoted(`${name}: ${value}`)}`);
    }
  }
  if (body !== null && Object.keys(body).length > 0) {
    lines.push(`-d ${shellQuoted(bodyText(body, headers["content-type"]))}`);
  }
  return lines.join(" \\\n  ");
}

function bodyText(body, contentType = "") {
  return contentType.includes("form") ? new URLSearchParams(body).toString() : JSON.stringify(body);
}

export const SMS_CHANNELS = [
  "CHANNEL_BIND_PHONE",
  "CHANNEL_UNBIND_PHONE",
  "CHANNEL_LOGIN",
  "CHANNEL_REGISTER",
  "CHANNEL_RESET_PASSWORD",
  "CHANNEL_BIND_MFA",
  "CHANNEL_VERIFY_MFA",
  "CHANNEL_UNBIND_MFA",
  "CHANNEL_COMPLETE_PHONE",
  "CHANNEL_IDENTITY_VERIFICATION",
  "CHANNEL_DELETE_ACCOUNT",
];
