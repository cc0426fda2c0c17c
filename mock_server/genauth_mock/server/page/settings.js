// Settings: the rules of the app, shown and changed one at a time.

import { byId, el, say } from "./dom.js";
import { notice } from "./notice.js";

/** What is worth saying about a setting beside its name, which says the rest. */
const NOTES = {
  passCodeLength: "digits",
  passCodeLifetimeSeconds: "how long a texted code works",
  passCodeMaxAttempts: "wrong codes beyond it burn the code",
  emailCodeLifetimeSeconds: "how long a mailed code works",
  resendGapSeconds: "between two codes for one number and channel",
  resendReplacesCode: "a new code ends the one before it",
  resendExempt: "numbers and addresses that need not wait",
  dailySendLimit: "for one number and channel; null is no limit",
  fixedCodes: "which code a number always gets",
  verifyOldPhone: "to change a phone, the old one needs a code too",
  verifyOldEmail: "to change an address, the old one needs a code too",
  updateTokenLifetimeSeconds: "how long a permission to change a phone works",
  accessTokenLifetimeSeconds: "how long a sign-in lasts",
  refreshTokenLifetimeSeconds: "how long a sign-in can be renewed",
  passwordGrant: "/oidc/token takes a username and a password",
  usernameIsLoginMethod: "a user with a username may unbind the phone",
  requestsPerSecond: "beyond it HTTP 429 is answered; null is no limit",
};

export class Settings {
  #page;
  #rows = new Map();

  constructor(page) {
    this.#page = page;
  }

  clear() {
    this.#rows.clear();
    byId("setting-rows").replaceChildren();
  }

  async refresh() {
    await this.#page.filling(byId("settings"), async () => {
      this.#show(await this.#page.server.get("/_mock/settings"));
    });
  }

  #show(settings) {
    for (const [name, value] of Object.entries(settings)) {
      if (!this.#rows.has(name)) {
        this.#rows.set(name, this.#row(name, value));
        byId("setting-rows").append(this.#rows.get(name));
      }
      this.#rows.get(name).show(value);
    }
  }

  #row(name, value) {
    const input = typeof value === "boolean"
      ? el("input", { type: "checkbox", role: "switch" })
      : el("input", { type: "text", spellcheck: "false", autocomplete: "off", inputmode: typeof value === "number" ? "decimal" : null });
    const answer = el("p", { class: "answer", role: "status" });
    const row = el("form", { class: "setting" },
      el("label", {}, el("span", { class: "name" }, name), el("span", { class: "about" }, NOTES[name] ?? ""), input),
      answer,
    );
    row.show = (latest) => showIn(input, latest);
    input.addEventListener("input", () => say(answer, ""));
    input.addEventListener("change", () => this.#change(row, name, input));
    row.addEventListener("submit", (event) => {
      event.preventDefault();
      input.blur();
    });
    return row;
  }

  async #change(row, name, input) {
    await this.#page.submitting(row, async () => {
      const settings = await this.#page.server.post("/_mock/settings", { [name]: read(input) });
      notice(`${name} is ${JSON.stringify(settings[name])}`);
      showIn(input, settings[name], { isTyping: false });
    });
  }
}

function showIn(input, value, { isTyping = document.activeElement === input } = {}) {
  if (input.type === "checkbox") {
    input.checked = value;
  } else if (!isTyping) {
    input.value = typeof value === "string" ? value : JSON.stringify(value);
  }
}

/** What was typed, as JSON where it is JSON; anything else goes as a text, for the server to object to by name. */
function read(input) {
  if (input.type === "checkbox") {
    return input.checked;
  }
  try {
    return JSON.parse(input.value);
  } catch {
    return input.value;
  }
}
