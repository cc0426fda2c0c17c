// Reads the stream of server-sent events, and comes back to it when it was lost.

const SHORTEST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;

export class Stream {
  #server;
  #on;
  #lastEventId = null;
  #waitMs = SHORTEST_WAIT_MS;
  #wake = () => {};

  /** `on.event(name, appId)`; `on.state("live" | "lost")` after every connect and every loss. */
  constructor(server, on) {
    this.#server = server;
    this.#on = on;
  }

  /** Follows the events of every app until `signal` says stop; gives false where the server asks for its control token. */
  async follow(signal) {
    while (!signal.aborted) {
      try {
        const reply = await this.#server.events(this.#lastEventId, signal);
        if (reply.status === 401) {
          return false;
        }
        if (!reply.ok) {
          throw new Error(`HTTP ${reply.status}`);
        }
        this.#waitMs = SHORTEST_WAIT_MS;
        this.#on.state("live");
        await this.#read(reply.body, signal);
      } catch {
        // What went wrong shows as "lost"; the next try tells whether it still is.
      }
      if (!signal.aborted) {
        this.#on.state("lost");
        await this.#pause();
      }
    }
    return true;
  }

  /** Tries again at once, where it waits to do so. */
  hurry() {
    this.#wake();
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
      this.#on.event(fields.event, JSON.parse(fields.data).appId);
    }
  }

  async #pause() {
    await new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, this.#waitMs);
    });
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
  }
}
