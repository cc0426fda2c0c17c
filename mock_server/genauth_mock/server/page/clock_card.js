// The card that shows the app's clock and moves it.

import { byId, say } from "./dom.js";
import { announce } from "./notice.js";
import { date, span, time } from "./words.js";

export class ClockCard {
  #page;
  #onMove;

  /** `onMove()` is called after the clock was moved here. */
  constructor(page, onMove) {
    this.#page = page;
    this.#onMove = onMove;
    for (const button of document.querySelectorAll("[data-advance]")) {
      button.addEventListener("click", () => this.advance(Number(button.dataset.advance)));
    }
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
    const mode = byId("clock-mode");
    mode.dataset.mode = clock.isFrozen ? "frozen" : clock.isReal ? "real" : "moved";
    say(mode, modeOf(clock));
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
    byId("real-time").disabled = clock.isReal;
    this.tick();
  }
}

function modeOf(clock) {
  const ahead = clock.aheadSeconds();
  const parts = [];
  if (clock.isFrozen) {
    parts.push("Stopped");
  }
  if (clock.scale !== 1) {
    parts.push(`${clock.scale}× speed`);
  }
  if (Math.abs(ahead) >= 1) {
    parts.push(`${span(Math.round(Math.abs(ahead)))} ${ahead > 0 ? "ahead of" : "behind"} real time`);
  }
  return parts.length === 0 ? "Real time" : parts.join(" · ");
}

function showSpeed(scale) {
  const select = byId("speed");
  if (![...select.options].some((option) => Number(option.value) === scale)) {
    select.add(new Option(`${scale}×`, String(scale)));
  }
  select.value = String(scale);
}
