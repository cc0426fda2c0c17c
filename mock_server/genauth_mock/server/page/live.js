// Hears that something happened (what it is, is asked for anew), and says whether the server answers.
//
// A browser allows six connections to one server, and a stream of events takes one for good: a seventh window would
// get no answer to anything. So the windows of one server share one stream: the one that holds the lock reads it and
// tells the others.

import { Stream } from "./stream.js";

const SHARED = "genauth-mock.live";
const HIDDEN_FOR_MS = 60_000;
/** How often a window asks where it cannot share: browsers have locks only over HTTPS and on this machine. */
const POLL_MS = 1000;

export class Live {
  #server;
  #on;
  #stream;
  #others = new BroadcastChannel(SHARED);
  #stopping = null;
  #state = "connecting";
  #isLeading = false;
  #hiding = 0;

  /** `on.event(name)`, `on.open()` after every connect, `on.state("connecting" | "live" | "lost" | "locked" | "asleep")`. */
  constructor(server, on) {
    this.#server = server;
    this.#on = on;
    this.#stream = new Stream(server, {
      event: (name, appId) => this.#tellAll({ event: name, appId }),
      state: (state) => this.#tellAll({ state }),
    });
    this.#others.addEventListener("message", ({ data }) => this.#hear(data));
    addEventListener("online", () => this.#stream.hurry());
    document.addEventListener("visibilitychange", () => this.#lookedAt());
  }

  /** Listens from now on; one that listens already goes on. */
  start() {
    if (this.#stopping !== null) {
      return;
    }
    this.#stopping = new AbortController();
    const { signal } = this.#stopping;
    this.#enter("connecting");
    if (navigator.locks === undefined) {
      this.#poll(signal);
    } else {
      this.#others.postMessage({ asks: true });
      this.#share(signal);
    }
  }

  /** Stops listening, and says why. */
  stop(state) {
    this.#stopping?.abort();
    this.#stopping = null;
    this.#enter(state);
  }

  async #share(signal) {
    try {
      await navigator.locks.request(SHARED, { signal }, () => this.#lead(signal));
    } catch (error) {
      if (error.name !== "AbortError") {
        throw error;
      }
    }
  }

  async #lead(signal) {
    this.#isLeading = true;
    const isAllowed = await this.#stream.follow(signal);
    this.#isLeading = false;
    if (!isAllowed) {
      this.stop("locked"); // a window that has the token goes on
    }
  }

  async #poll(signal) {
    while (!signal.aborted) {
      const status = await this.#server.status();
      if (signal.aborted) {
        return;
      }
      if (status === 401) {
        this.stop("locked");
        return;
      }
      this.#enter(status === 200 ? "live" : "lost");
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  #tellAll(told) {
    this.#others.postMessage(told);
    this.#hear(told);
  }

  #hear({ asks, state, event, appId }) {
    if (this.#stopping === null) {
      return;
    }
    if (asks && this.#isLeading) {
      this.#others.postMessage({ state: this.#state });
    } else if (state !== undefined) {
      this.#enter(state);
    } else if (event !== undefined && (appId === undefined || appId === this.#server.appId)) {
      this.#on.event(event);
    }
  }

  #enter(state) {
    this.#state = state;
    this.#on.state(state);
    if (state === "live") {
      this.#on.open();
    }
  }

  #lookedAt() {
    clearTimeout(this.#hiding);
    if (document.hidden) {
      this.#hiding = setTimeout(() => this.stop("asleep"), HIDDEN_FOR_MS);
    } else if (this.#state === "asleep") {
      this.start();
    } else {
      this.#stream.hurry();
    }
  }
}
