// Hears that something happened (what it is, is asked for anew), says whether the connection is up, and comes back when it was lost.

const SHORTEST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;
const HIDDEN_FOR_MS = 60_000;

/**
 * Follows `GET /_mock/events`.
 *
 * A stream is one of the few connections a browser allows to one server: a page nobody looks at gives it back.
 */
export class Live {
  #server;
  #on;
  #stopping = new AbortController();
  #lastEventId = null;
  #waitMs = SHORTEST_WAIT_MS;
  #wake = () => {};
  #hiding = 0;

  /** `on.event(name)`, `on.open()` after every connect, `on.state("connecting" | "live" | "lost" | "locked" | "asleep")`. */
  constructor(server, on) {
    this.#server = server;
    this.#on = on;
    addEventListener("online", () => this.#wake());
    document.addEventListener("visibilitychange", () => this.#lookedAt());
  }

  /** Listens for the app that the server object names now. */
  restart() {
    this.#stopping.abort();
    this.#stopping = new AbortController();
    this.#lastEventId = null;
    this.#on.state("connecting");
    this.#run(this.#stopping.signal);
  }

  async #run(signal) {
    while (!signal.aborted) {
      try {
        const reply = await this.#server.events(this.#lastEventId, signal);
        if (reply.status === 401) {
          this.#on.state("locked");
          return;
        }
        if (!reply.ok) {
          throw new Error(`HTTP ${reply.status}`);
        }
        this.#waitMs = SHORTEST_WAIT_MS;
        this.#on.state("live");
        this.#on.open();
        await this.#read(reply.body, signal);
      } catch {
        // What went wrong shows as "lost"; the next try tells whether it still is.
      }
      if (!signal.aborted) {
        this.#on.state("lost");
        await this.#pause();
      }
    }
  }

  async #read(body, signal) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done || signal.aborted) {
        return;
      }
      const blocks = (text + value.replaceAll("\r", "")).split("\n\n");
      text = blocks.pop();
      blocks.forEach((block) => this.#tell(block));
    }
  }

  #tell(block) {
    const fields = {};
    for (const line of block.split("\n")) {
      const colon = line.indexOf(":");
      if (colon > 0) {
        fields[line.slice(0, colon)] = line.slice(colon + 1).replace(/^ /, "");
      }
    }
    this.#lastEventId = fields.id ?? this.#lastEventId;
    if (fields.event !== undefined) {
      this.#on.event(fields.event);
    }
  }

  async #pause() {
    await new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, this.#waitMs);
    });
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
  }

  #lookedAt() {
    clearTimeout(this.#hiding);
    if (document.hidden) {
      this.#hiding = setTimeout(() => {
        this.#stopping.abort();
        this.#on.state("asleep");
      }, HIDDEN_FOR_MS);
    } else if (this.#stopping.signal.aborted) {
      this.restart();
    } else {
      this.#wake();
    }
  }
}
