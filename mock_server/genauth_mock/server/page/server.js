// Talks to the server this page came from, for one app at a time.

import { addressOf } from "./words.js";

/** What GenAuth's refusals are written in. */
const LANGUAGE = navigator.language.startsWith("zh") ? "zh-CN" : "en-US";
const TOKEN = "genauth-mock.token";

/** The server said no; `message` is what it said. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** No answer came. */
export class Unreachable extends Error {
  constructor() {
    super("The server does not answer.");
  }
}

/** The answer is about an app that the page has left meanwhile. */
export class Stale extends Error {}

export class Server {
  #token;

  constructor(appId) {
    this.appId = appId;
    this.#token = tokenOfAddress() ?? sessionStorage.getItem(TOKEN);
  }

  /** Shows this control token from now on. */
  useToken(token) {
    this.#token = token;
    sessionStorage.setItem(TOKEN, token);
  }

  get(path, query = {}) {
    return this.#ask("GET", path, query);
  }

  post(path, body) {
    return this.#ask("POST", path, {}, body);
  }

  patch(path, body) {
    return this.#ask("PATCH", path, {}, body);
  }

  delete(path, query = {}) {
    return this.#ask("DELETE", path, query);
  }

  /** Opens the stream of the events of every app. */
  async events(lastEventId, signal) {
    const headers = lastEventId ? { "Last-Event-ID": lastEventId } : {};
    return this.#send("GET", "/_mock/events", { appId: "*" }, { headers, signal });
  }

  /** Gives the HTTP status with which the server says how it is; 0 where it says nothing. */
  async status() {
    try {
      return (await this.#send("GET", "/_mock/health", {}, {})).status;
    } catch (error) {
      if (error instanceof Unreachable) {
        return 0;
      }
      throw error;
    }
  }

  async #ask(method, path, query, body) {
    const asked = this.appId;
    const options = body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const reply = await this.#send(method, path, query, options);
    const content = await reply.json().catch(() => null);
    if (asked !== this.appId) {
      throw new Stale();
    }
    if (!reply.ok || content === null) {
      throw new Refused(reply.status, content?.error ?? content?.message ?? `The server answered HTTP ${reply.status}.`);
    }
    return content;
  }

  async #send(method, path, query, options) {
    const url = new URL(addressOf(path));
    url.search = new URLSearchParams(this.appId === null ? query : { appId: this.appId, ...query });
    const headers = { "X-GenAuth-Lang": LANGUAGE, ...options.headers };
    if (this.#token) {
      headers["X-GenAuth-Mock-Token"] = this.#token;
    }
    try {
      return await fetch(url, { method, cache: "no-store", ...options, headers });
    } catch (error) {
      throw error.name === "AbortError" ? error : new Unreachable();
    }
  }
}

/** Takes a control token out of the address (`/#token=...`), where it would otherwise stay to be seen. */
function tokenOfAddress() {
  const [, token] = /^#token=(.+)$/.exec(location.hash) ?? [];
  if (token === undefined) {
    return null;
  }
  history.replaceState(null, "", location.pathname + location.search);
  sessionStorage.setItem(TOKEN, decodeURIComponent(token));
  return decodeURIComponent(token);
}
