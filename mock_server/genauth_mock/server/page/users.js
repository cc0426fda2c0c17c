// Users: who is in the app, and the phone each has bound.

import { byId, el, keepBox, keepRows, say, showCount, showMore } from "./dom.js";
import { copy, copyable, notice } from "./notice.js";
import { address, curl, time } from "./words.js";

const DRAWN = 100;

export class Users {
  #page;
  #users = [];
  #drawn = DRAWN;

  constructor(page) {
    this.#page = page;
    byId("user-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#create(event.target);
    });
  }

  clear() {
    this.#users = [];
    this.#drawn = DRAWN;
    byId("new-user-token").hidden = true;
    this.#draw();
  }

  async refresh() {
    await this.#page.filling(byId("users"), async () => {
      const { users } = await this.#page.server.get("/_mock/users");
      this.#users = users.reverse();
      this.#draw();
    });
  }

  #draw() {
    const drawn = this.#users.slice(0, this.#drawn);
    keepRows(byId("user-rows"), drawn, (user) => user.userId, userRow);
    showMore(byId("users-more"), drawn.length, this.#users.length, () => {
      this.#drawn += DRAWN * 4;
      this.#draw();
    });
    showCount("users", this.#users.length);
    byId("users-empty").hidden = this.#users.length > 0;
    const { appId } = this.#page.server;
    keepBox(byId("users-empty"), `of ${appId}`, () => [
      el("h3", {}, "Nobody is here yet"),
      el("p", {}, "Make a user below, or from a terminal; the answer has an access token to bind a phone with:"),
      copyable(curl("/_mock/users", appId, { username: "ada" }), "the command"),
    ]);
  }

  async #create(form) {
    const fields = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
    await this.#page.submitting(form, async () => {
      const user = await this.#page.server.post("/_mock/users", Object.fromEntries(fields));
      form.reset();
      notice("The user is made and signed in");
      const body = { phoneNumber: "18812348888", passCode: "123456" };
      const bind = curl("/api/v3/bind-phone", this.#page.server.appId, body, { authorization: user.accessToken });
      byId("new-user-token").hidden = false;
      byId("new-user-token").replaceChildren(
        el("p", {}, el("bdi", {}, nameOf(user)), " is signed in with this access token:"),
        copyable(user.accessToken, "the access token"),
        el("p", {}, "To bind a phone as this user (put the code in that was sent):"),
        copyable(bind, "the command"),
      );
      await this.refresh();
    });
  }
}

function nameOf(user) {
  return user.nickname || user.username || address(user) || user.userId;
}

function userRow(user) {
  const parts = {
    name: el("bdi", { class: "name" }),
    also: el("p", { class: "about" }),
    phone: el("p", { class: "phone" }),
    email: el("p", { class: "about" }),
    status: el("span", { class: "badge" }),
  };
  const id = el("button", { type: "button", class: "quiet id", onclick: () => copy(user.userId, "the user id") }, user.userId);
  id.setAttribute("aria-label", `Copy user id ${user.userId}`);
  const row = el("li", { class: "row user" },
    el("div", {}, parts.name, parts.also),
    el("div", {}, parts.phone, parts.email),
    el("div", { class: "end" }, parts.status, id),
  );
  row.show = (latest) => showUser(row, parts, latest);
  row.show(user);
  return row;
}

function showUser(row, parts, user) {
  say(parts.name, nameOf(user));
  say(parts.also, [
    user.nickname && user.username ? user.username : "",
    `made ${time(Date.parse(user.createdAt))}`,
  ].filter(Boolean).join(" · "));
  say(parts.phone, user.phoneNumber ? address(user) : "No phone");
  row.toggleAttribute("data-has-phone", Boolean(user.phoneNumber));
  say(parts.email, user.email ?? "");
  say(parts.status, String(user.status));
  parts.status.dataset.kind = user.status === "Activated" ? "good" : "bad";
}
