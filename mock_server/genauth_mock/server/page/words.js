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
  const number = /^\d{11}$/.test(item.phoneNumber)
    ? item.phoneNumber.replace(/(\d{3})(\d{4})(\d{4})/, "$1 $2 $3")
    : item.phoneNumber;
  return item.phoneCountryCode ? `${item.phoneCountryCode} ${number}` : number;
}

/** Puts a text between single quotes for a POSIX shell. */
export function shellQuoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The command that does a call of the API, for a terminal. */
export function curl(path, appId, body, headers = {}) {
  const named = { "content-type": "application/json", "x-genauth-app-id": appId, ...headers };
  const lines = [
    `curl ${shellQuoted(location.origin + path)}`,
    ...Object.entries(named).map(([name, value]) => `-H ${shellQuoted(`${name}: ${value}`)}`),
    `-d ${shellQuoted(JSON.stringify(body))}`,
  ];
  return lines.join(" \\\n  ");
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
