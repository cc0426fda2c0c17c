// One message of the inbox: its code, where it went, and how its life goes.

import { el, icon, say } from "./dom.js";
import { copy } from "./notice.js";
import { address, channel, span, time } from "./words.js";

const STATES = {
  active: ["Active", "It can be used."],
  used: ["Used", "It was used, and works only once."],
  expired: ["Expired", "Its lifetime is over."],
  exhausted: ["Exhausted", "Too many wrong codes were tried."],
  replaced: ["Replaced", "A newer code was sent."],
};
const COPIED_MS = 1200;

/** Where a code is in its life at `now`: what the server said, and expired once its time ran out since. */
export function stateOf(message, now) {
  return message.state === "active" && now >= Date.parse(message.expiresAt) ? "expired" : message.state;
}

/** Makes the row of a message; it has `show(message)`, `tick(now)` and `copy()`. */
export function messageRow(message, clock) {
  const parts = {
    digits: el("span", { class: "digits" }),
    about: el("span", { class: "visually-hidden" }),
    hint: el("span", { class: "hint", "aria-hidden": "true" }, icon("copy"), "Copy"),
    address: el("bdi", { class: "address" }),
    channel: el("span", { class: "channel" }),
    sent: el("time", { class: "sent" }),
    state: el("span", { class: "state" }),
    left: el("span", { class: "left" }),
    life: el("span", { class: "life" }),
  };
  const code = el("button", { type: "button", class: "code" }, parts.digits, parts.about, parts.hint);
  const row = el("li", { class: "message" },
    code,
    el("div", { class: "to" }, parts.address, el("p", { class: "about" }, parts.channel, parts.sent)),
    el("div", { class: "fate" }, parts.state, parts.left),
    el("span", { class: "track", "aria-hidden": "true" }, parts.life),
  );
  let shown = message;
  row.show = (latest) => {
    shown = latest;
    showFixed(parts, latest);
    row.tick(clock.now());
  };
  row.tick = (now) => showFate(row, parts, shown, now, clock);
  row.copy = () => copyCode(code, parts, shown);
  code.addEventListener("click", row.copy);
  row.show(message);
  return row;
}

function showFixed(parts, message) {
  const digits = message.passCode;
  const half = digits.length % 2 === 0 ? digits.length / 2 : digits.length;
  if (parts.digits.textContent !== digits) {
    parts.digits.replaceChildren(el("span", {}, digits.slice(0, half)), el("span", {}, digits.slice(half)));
  }
  say(parts.about, ` Copy, code for ${address(message)}, ${channel(message.channel)}`);
  say(parts.address, address(message));
  say(parts.channel, channel(message.channel));
  parts.channel.title = message.channel;
  say(parts.sent, `sent ${time(Date.parse(message.sentAt))}`);
  parts.sent.dateTime = message.sentAt;
  parts.sent.title = `sent ${message.sentAt}, expires ${message.expiresAt}`;
}

function showFate(row, parts, message, now, clock) {
  const state = stateOf(message, now);
  const expires = Date.parse(message.expiresAt);
  if (row.dataset.state !== state) {
    row.dataset.state = state;
    const [words, meaning] = STATES[state] ?? [state, ""];
    parts.state.replaceChildren(icon(state in STATES ? state : "expired"), words);
    parts.state.title = meaning;
  }
  if (state === "active") {
    const leftMs = Math.max(expires - now, 0);
    const whole = Math.max(expires - Date.parse(message.sentAt), 1);
    parts.life.style.transform = `scaleX(${Math.min(leftMs / whole, 1).toFixed(4)})`;
    row.toggleAttribute("data-soon", leftMs / whole < 0.2);
    say(parts.left, `${span(leftMs / 1000)} left${clock.isFrozen ? ", clock stopped" : ""}`);
  } else {
    say(parts.left, ended(state, message, expires));
  }
}

function ended(state, message, expires) {
  if (state === "expired") {
    return `at ${time(expires)}`;
  }
  const wrong = message.wrongAttempts ?? 0;
  return wrong > 0 ? `${wrong} wrong ${wrong === 1 ? "try" : "tries"}` : "";
}

async function copyCode(code, parts, message) {
  if (!await copy(message.passCode, message.passCode)) {
    return;
  }
  code.classList.add("copied");
  parts.hint.replaceChildren(icon("check"), "Copied");
  setTimeout(() => {
    code.classList.remove("copied");
    parts.hint.replaceChildren(icon("copy"), "Copy");
  }, COPIED_MS);
}
