// Users: who is in the app, found by a name, a number or an address, and changed.

import { byId, el, keepBox, keepRows, showCount, showMore } from "./dom.js";
import { NewUser } from "./new_user.js";
import { copy, copyable, notice, sure } from "./notice.js";
import { settled } from "./pace.js";
import { SecondDevices } from "./second_devices.js";
import { nameOf, userRow } from "./user.js";
import { curl } from "./words.js";

const DRAWN = 100;

export class Users {
  #page;
  #users = [];
  #drawn = DRAWN;
  #devices;

  constructor(page) {
    this.#page = page;
    this.#devices = new SecondDevices(page);
    new NewUser(page, () => this.refresh());
    byId("user-find").addEventListener("input", settled(() => this.#draw(), 120));
  }

  clear() {
    this.#users = [];
    this.#drawn = DRAWN;
    this.#draw();
    this.#devices.clear();
    byId("users-empty").hidden = true;
  }

  async refresh() {
    await this.#page.filling(byId("users"), async () => {
      const { users } = await this.#page.server.get("/_mock/users");
      this.#users = users.reverse();
      this.#draw();
      await this.#devices.refresh(this.#users);
    });
  }

  /** What a user is called here; null for one that is not, or no longer, there. */
  nameOf(userId) {
    const user = this.#users.find((each) => each.userId === userId);
    return user === undefined ? null : nameOf(user);
  }

  #draw() {
    const shown = this.#shown();
    const drawn = shown.slice(0, this.#drawn);
    keepRows(byId("user-rows"), drawn, (user) => user.userId, (user) => userRow(user, this.#acts(user)));
    showMore(byId("users-more"), drawn.length, shown.length, () => {
      this.#drawn += DRAWN * 4;
      this.#draw();
    });
    showCount("users", this.#users.length);
    this.#drawEmpty(shown.length);
  }

  #shown() {
    const wanted = byId("user-find").value.trim().toLowerCase();
    const digits = wanted.replaceAll(/[\s-]/g, "");
    return this.#users.filter((user) =>
      [user.username, user.nickname, user.email, user.userId].some((text) => text?.toLowerCase().includes(wanted))
      || (user.phoneNumber && `${user.phoneCountryCode ?? ""}${user.phoneNumber}`.includes(digits)));
  }

  #drawEmpty(shown) {
    const place = byId("users-empty");
    const { appId } = this.#page.server;
    place.hidden = shown > 0;
    if (this.#users.length > 0) {
      keepBox(place, "filtered", () => [
        el("h3", {}, "No user fits"),
        el("p", {}, "None has this in a name, number, address or user id."),
      ]);
    } else {
      keepBox(place, `of ${appId}`, () => [
        el("h3", {}, "No user yet"),
        el("p", {}, "Make one with the button above, or from a terminal. The answer has an access token to bind a phone with:"),
        copyable(curl("/_mock/users", appId, { username: "ada" }), "the command"),
      ]);
    }
  }

  /** What can be done to a user. */
  #acts({ userId }) {
    const path = `/_mock/users/${encodeURIComponent(userId)}`;
    const { server } = this.#page;
    return {
      sessions: async () => (await server.get(`${path}/sessions`)).sessions,
      copyId: () => copy(userId, "the user id"),
      copyToken: () => this.#page.clicking(async () => {
        const { accessToken } = await server.post(`${path}/access-token`, {});
        await copy(accessToken, "a new access token");
      }),
      setPhone: (form, phoneNumber) => this.#page.submitting(form, async () => {
        await server.patch(path, { phoneNumber });
        notice(phoneNumber === null ? "Phone removed" : "Phone set");
        await this.refresh();
      }),
      setStatus: (status) => this.#page.clicking(async () => {
        const user = await server.patch(path, { status });
        notice(`${nameOf(user)} is ${status.toLowerCase()}`);
        await this.refresh();
      }),
      remove: (user) => this.#remove(path, user),
    };
  }

  async #remove(path, user) {
    const isSure = await sure(`Delete ${nameOf(user)}?`,
      "The user is signed out everywhere; its phone, e-mail and username are free for others.", "Delete");
    if (isSure) {
      await this.#page.clicking(async () => {
        await this.#page.server.delete(path);
        notice("User deleted");
        await this.refresh();
      });
    }
  }
}
