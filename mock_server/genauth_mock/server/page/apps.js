// Which app is looked at, and the way to another.

import { byId, el, say } from "./dom.js";

const DRAWN = 50;

/** The app that the address of the page names, or null. */
export function appInAddress() {
  return new URLSearchParams(location.search).get("appId");
}

export class Apps {
  #page;
  #apps = [];
  #onSwitch;

  /** `onSwitch(appId)` is called when another app was chosen. */
  constructor(page, onSwitch) {
    this.#page = page;
    this.#onSwitch = onSwitch;
    byId("app-switch").addEventListener("click", () => this.open());
    byId("app-find").addEventListener("input", () => this.#draw());
    byId("app-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = byId("app-find").value.trim();
      if (typed !== "") {
        this.choose(typed);
      }
    });
  }

  /** Shows which app this is. */
  show() {
    const { appId } = this.#page.server;
    say(byId("app-name"), appId);
    byId("app-switch").title = `App ${appId}: choose another (g)`;
  }

  /** Other apps for which something was sent, the busiest first: what one looks for may be there. */
  async busyOthers() {
    const { apps } = await this.#page.server.get("/_mock/apps");
    return apps.filter((app) => app.messages > 0 && app.appId !== this.#page.server.appId)
      .sort((one, other) => other.messages - one.messages);
  }

  /** Goes to an app. */
  choose(appId) {
    byId("apps").close();
    const address = new URL(location.href);
    address.searchParams.set("appId", appId);
    history.replaceState(null, "", address);
    this.#onSwitch(appId);
  }

  async open() {
    byId("app-find").value = "";
    this.#draw();
    byId("apps").showModal();
    byId("app-find").focus();
    await this.#page.clicking(async () => {
      this.#apps = (await this.#page.server.get("/_mock/apps")).apps;
      this.#draw();
    });
  }

  #draw() {
    const typed = byId("app-find").value.trim();
    const fitting = this.#apps.filter((app) => app.appId.toLowerCase().includes(typed.toLowerCase()));
    const rows = fitting.slice(0, DRAWN).map((app) => this.#row(app));
    if (typed !== "" && !this.#apps.some((app) => app.appId === typed)) {
      rows.push(el("li", {}, el("button", { type: "button", onclick: () => this.choose(typed) },
        el("span", {}, "Open ", el("bdi", {}, typed)), el("span", { class: "about" }, "new"))));
    }
    if (fitting.length > DRAWN) {
      rows.push(el("li", { class: "about" }, `and ${fitting.length - DRAWN} more: type a part of the name`));
    }
    byId("app-rows").replaceChildren(...rows);
  }

  #row(app) {
    const isShown = app.appId === this.#page.server.appId;
    const about = [app.isDefault ? "default" : "", sent(app.messages)].filter(Boolean).join(" · ");
    return el("li", {}, el("button", {
      type: "button",
      "aria-current": isShown ? "true" : null,
      onclick: () => this.choose(app.appId),
    }, el("bdi", {}, app.appId), el("span", { class: "about" }, about)));
  }
}

function sent(messages) {
  return messages === 0 ? "no message" : `${messages} message${messages === 1 ? "" : "s"}`;
}
