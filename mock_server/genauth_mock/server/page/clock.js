// Follows the app's clock: where it was when the server told it, and how it goes on from there.

/** Seconds within which a clock counts as showing real time. */
const SAME_SECONDS = 1;

export class Clock {
  #now = Date.now();
  #at = performance.now();
  #offsetSeconds = 0;
  isFrozen = false;
  scale = 1;
  isKnown = false;

  /** Takes what `/_mock/clock` answered to a question asked at `askedAt` (a `performance.now()`). */
  take(told, askedAt) {
    const answeredAt = performance.now();
    this.#at = (askedAt + answeredAt) / 2;
    this.#now = Date.parse(told.now);
    this.#offsetSeconds = told.offsetSeconds;
    this.isFrozen = told.frozen;
    this.scale = told.scale;
    this.isKnown = true;
  }

  /** The app's time now, in milliseconds since 1970. */
  now() {
    return this.isFrozen ? this.#now : this.#now + (performance.now() - this.#at) * this.scale;
  }

  /** How far the app's time is ahead of real time, in seconds. */
  aheadSeconds() {
    const passed = (performance.now() - this.#at) / 1000;
    return this.#offsetSeconds + passed * ((this.isFrozen ? 0 : this.scale) - 1);
  }

  get isReal() {
    return !this.isFrozen && this.scale === 1 && Math.abs(this.#offsetSeconds) < SAME_SECONDS;
  }
}
