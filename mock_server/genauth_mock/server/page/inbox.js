// The inbox: what would have been texted or mailed, as it arrives.

import { byId, el, keepBox, keepRows, say, showCount, showMore } from "./dom.js";
import { messageRow, stateOf } from "./message.js";
import { announce, copyable } from "./notice.js";
import { settled } from "./pace.js";
import { address, channel, curl, SMS_CHANNELS } from "./words.js";

/** How many messages are asked for; the search of one number reaches all of them. */
const ASKED = 500;
/** How many rows are drawn before "Show more". */
const DRAWN = 60;

export class Inbox {
  #page;
  #apps;
  #messages = [];
  #newest = null;
  #channels = new Set(SMS_CHANNELS);
  #drawn = DRAWN;
  #list = byId("messages");

  /** `apps` tells where else something was sent. */
  constructor(page, apps) {
    this.#page = page;
    this.#apps = apps;
    byId("find").addEventListener("input", settled(() => this.refresh(), 120));
    byId("channel").addEventListener("change", () => this.refresh());
    byId("state").addEventListener("change", () => this.#draw());
    this.#showChannels();
  }

  /** Forgets everything: another app is shown now. */
  clear() {
    this.#messages = [];
    this.#newest = null;
    this.#drawn = DRAWN;
    this.#draw();
    byId("inbox-empty").hidden = true;
    delete byId("inbox-empty").dataset.kind;
  }

  async refresh() {
    await this.#page.filling(byId("inbox"), async () => {
      const latest = await this.#page.server.get("/_mock/messages", { limit: ASKED, ...this.#channelAsked() });
      this.#messages = [...latest.messages, ...await this.#olderOfOneNumber(latest.messages)];
      this.#tellNews();
      this.#draw();
    });
  }

  /** Lets every countdown go on. */
  tick() {
    const now = this.#page.clock.now();
    for (const row of this.#list.children) {
      row.tick(now);
    }
    showCount("inbox", this.#messages.filter((message) => stateOf(message, now) === "active").length);
  }

  /** Names other apps that have messages, while this one has none: a test run may have made one up. */
  async lookElsewhere() {
    const place = byId("inbox-empty").querySelector(".elsewhere");
    if (byId("inbox-empty").hidden || place === null) {
      return;
    }
    await this.#page.filling(byId("inbox"), async () => {
      const others = await this.#apps.busyOthers();
      if (others.length > 0) {
        if (place.childElementCount === 0) {
          place.append(el("p", {}, "Other apps on this server have messages. Is yours one of them?"), el("ul", { class: "buttons" }));
        }
        keepRows(place.lastElementChild, others.slice(0, 4), (app) => app.appId, (app) => this.#otherApp(app));
      }
    });
  }

  /** Copies the newest code that still works. */
  copyNewest() {
    const rows = [...this.#list.children];
    (rows.find((row) => row.dataset.state === "active") ?? rows[0])?.copy();
  }

  /** Puts the focus on the message after (1) or before (-1) the one that has it. */
  step(by) {
    const rows = [...this.#list.children];
    const at = rows.indexOf(document.activeElement?.closest(".message"));
    const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1);
    rows[next]?.querySelector(".code").focus();
  }

  #channelAsked() {
    const asked = byId("channel").value;
    return asked === "" ? {} : { channel: asked };
  }

  async #olderOfOneNumber(latest) {
    const to = this.#wanted();
    if (latest.length < ASKED || !/^\d{5,}$|@/.test(to)) {
      return [];
    }
    const query = to.includes("@") ? { email: to } : { phoneNumber: to };
    const found = await this.#page.server.get("/_mock/messages", { ...query, limit: ASKED, ...this.#channelAsked() });
    const oldest = Number(latest.at(-1).cursor);
    return found.messages.filter((message) => Number(message.cursor) < oldest);
  }

  #wanted() {
    return byId("find").value.replaceAll(/[\s-]/g, "").toLowerCase();
  }

  #shown(now) {
    const to = this.#wanted();
    const state = byId("state").value;
    return this.#messages.filter((message) =>
      (state === "" || stateOf(message, now) === state)
      && (to === "" || `${message.phoneCountryCode ?? ""}${message.phoneNumber ?? ""}${message.email ?? ""}`
        .toLowerCase().includes(to)));
  }

  #tellNews() {
    const [newest] = this.#messages;
    if (newest && this.#newest !== null && Number(newest.cursor) > this.#newest) {
      announce(`New code ${newest.passCode} for ${address(newest)}, ${channel(newest.channel)}`);
    }
    this.#newest = newest ? Number(newest.cursor) : this.#newest ?? 0;
    const known = this.#channels.size;
    this.#messages.forEach((message) => this.#channels.add(message.channel));
    if (this.#channels.size > known) {
      this.#showChannels();
    }
  }

  #showChannels() {
    const select = byId("channel");
    const chosen = select.value;
    select.replaceChildren(
      el("option", { value: "" }, "Every channel"),
      ...[...this.#channels].map((name) => el("option", { value: name }, channel(name))),
    );
    select.value = chosen;
  }

  #draw() {
    const now = this.#page.clock.now();
    const shown = this.#shown(now);
    const drawn = shown.slice(0, this.#drawn);
    keepRows(this.#list, drawn, (message) => message.cursor, (message) => messageRow(message, this.#page.clock));
    showMore(byId("inbox-more"), drawn.length, shown.length, () => {
      this.#drawn += DRAWN * 4;
      this.#draw();
    });
    this.#drawEmpty(shown.length);
    this.tick();
  }

  #drawEmpty(shown) {
    const place = byId("inbox-empty");
    const isFiltered = this.#messages.length > 0 || this.#wanted() !== "" || byId("channel").value !== "";
    place.hidden = shown > 0;
    if (shown > 0) {
      return;
    }
    const isNew = isFiltered
      ? keepBox(place, "filtered", () => this.#nothingFits())
      : keepBox(place, "none", () => this.#nothingSent());
    if (isNew) {
      this.lookElsewhere();
    }
  }

  #nothingFits() {
    return [
      el("h3", {}, "No message fits"),
      el("p", {}, "None has this number, channel and state."),
      el("button", { type: "button", onclick: () => this.#showAll() }, "Show every message"),
    ];
  }

  #nothingSent() {
    const body = { channel: "CHANNEL_BIND_PHONE", phoneNumber: "18812348888" };
    return [
      el("h3", {}, "No code was sent yet"),
      el("p", {}, "Ask for one, as your application would, and it appears here at once:"),
      copyable(curl("/api/v3/send-sms", this.#page.server.appId, body), "the command"),
      el("div", { class: "elsewhere" }),
    ];
  }

  #otherApp(app) {
    const count = el("span", { class: "count" });
    const row = el("li", {}, el("button", { type: "button", onclick: () => this.#apps.choose(app.appId) },
      el("bdi", {}, app.appId), count));
    row.show = (latest) => say(count, String(latest.messages));
    row.show(app);
    return row;
  }

  #showAll() {
    byId("find").value = "";
    byId("channel").value = "";
    byId("state").value = "";
    this.refresh();
    byId("find").focus();
  }
}
