// The card that shows the app's clock and moves it.

import { byId, say } from "./dom.js";
import { announce } from "./notice.js";
import { date, span, time } from "./words.js";

export class ClockCard {
  #page;
  #onMove;
  #expirySeconds = 301;

  /** `onMove()` is called after the clock was moved here. */
  constructor(page, onMove) {
    this.#page = page;
    this.#onMove = onMove;
    for (const button of document.querySelectorAll("[data-advance]")) {
      button.addEventListener("click", () => this.advance(Number(button.dataset.advance)));
    }
    byId("expire").addEventListener("click", () => this.expireCodes());
    byId("freeze").addEventListener("click", () => this.toggleFrozen());
    byId("speed").addEventListener("change", (event) => this.#move({ scale: Number(event.target.value) }));
    byId("real-time").addEventListener("click", () => this.#backToReal());
  }

  async refresh() {
    await this.#page.clicking(async () => {
      const askedAt = performance.now();
      this.#take(await this.#page.server.get("/_mock/clock"), askedAt);
    });
  }

  advance(seconds) {
    return this.#move({ advanceSeconds: seconds }, `The clock skipped ${span(seconds)}`);
  }

  /** Skips so far ahead that texted codes are expired, and may be sent again. */
  expireCodes() {
    return this.#move({ advanceSeconds: this.#expirySeconds }, `Skipped ${span(this.#expirySeconds)}: codes sent before are expired`);
  }

  /** Takes from the app's settings how far ahead that is. */
  showExpiry({ passCodeLifetimeSeconds, resendGapSeconds }) {
    this.#expirySeconds = Math.ceil(Math.max(passCodeLifetimeSeconds, resendGapSeconds)) + 1;
    say(byId("expire-by"), `(+${span(this.#expirySeconds)})`);
  }

  toggleFrozen() {
    const frozen = !this.#page.clock.isFrozen;
    return this.#move({ frozen }, frozen ? "The clock stands still" : "The clock goes on");
  }

  tick() {
    const { clock } = this.#page;
    if (!clock.isKnown) {
      return;
    }
    const now = clock.now();
    say(byId("clock-time"), time(now));
    say(byId("clock-date"), `${date(now)}, UTC`);
    byId("clock-time").title = `${date(now)}, UTC`;
    const mode = byId("clock-mode");
    mode.dataset.mode = clock.isFrozen ? "frozen" : clock.isReal ? "real" : "moved";
    const [words, more] = modeOf(clock);
    say(mode.firstElementChild, words);
    say(mode.lastElementChild, more);
  }

  async #move(body, told = "") {
    await this.#page.clicking(async () => {
      const askedAt = performance.now();
      this.#take(await this.#page.server.post("/_mock/clock", body), askedAt);
      if (told) {
        announce(told);
      }
      this.#onMove();
    });
  }

  async #backToReal() {
    await this.#page.clicking(async () => {
      const { server } = this.#page;
      const told = await server.post("/_mock/clock", { scale: 1, frozen: false });
      const askedAt = performance.now();
      this.#take(await server.post("/_mock/clock", { advanceSeconds: -told.offsetSeconds }), askedAt);
      announce("The clock shows real time");
      this.#onMove();
    });
  }

  #take(told, askedAt) {
    const { clock } = this.#page;
    clock.take(told, askedAt);
    const freeze = byId("freeze");
    freeze.setAttribute("aria-pressed", String(clock.isFrozen));
    say(freeze, clock.isFrozen ? "Resume" : "Freeze");
    showSpeed(clock.scale);
    byId("real-time").hidden = clock.isReal;
    this.tick();
  }
}

/** How the clock goes: the words that matter, and the rest of the sentence, for which a narrow screen has no room. */
function modeOf(clock) {
  const ahead = clock.aheadSeconds();
  let rest = "";
  const parts = [];
  if (clock.isFrozen) {
    parts.push("Stopped");
  }
  if (clock.scale !== 1) {
    parts.push(`${clock.scale}× speed`);
  }
  if (Math.abs(ahead) >= 1) {
    parts.push(`${span(Math.round(Math.abs(ahead)))} ${ahead > 0 ? "ahead" : "behind"}`);
    rest = ahead > 0 ? " of real time" : " real time";
  }
  return parts.length === 0 ? ["Real time", ""] : [parts.join(" · "), rest];
}

function showSpeed(scale) {
  const select = byId("speed");
  if (![...select.options].some((option) => Number(option.value) === scale)) {
    select.add(new Option(`${scale}×`, String(scale)));
  }
  select.value = String(scale);
}
