// The dialog that makes a user, and then shows its access token.

import { byId, el, icon } from "./dom.js";
import { copy, copyable } from "./notice.js";
import { nameOf } from "./user.js";
import { curl } from "./words.js";

export class NewUser {
  #page;
  #onMade;

  /** `onMade()` is called after a user was made. */
  constructor(page, onMade) {
    this.#page = page;
    this.#onMade = onMade;
    byId("user-new").addEventListener("click", () => this.#open());
    byId("user-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#create(event.target);
    });
  }

  #open() {
    this.#turnTo("user-form");
    byId("new-user").showModal();
    byId("user-form").elements.username.focus();
  }

  #turnTo(shown) {
    for (const id of ["user-form", "new-user-token"]) {
      byId(id).hidden = id !== shown;
    }
    byId("new-user-title").textContent = "New user";
  }

  async #create(form) {
    const fields = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
    await this.#page.submitting(form, async () => {
      const user = await this.#page.server.post("/_mock/users", Object.fromEntries(fields));
      form.reset();
      this.#show(user);
      await this.#onMade();
    });
  }

  #show(user) {
    const body = { phoneNumber: "18812348888", passCode: "123456" };
    const bind = curl("/api/v3/bind-phone", this.#page.server.appId, body, { authorization: user.accessToken });
    const copyToken = el("button", { type: "button", class: "primary", onclick: () => copy(user.accessToken, "the access token") },
      icon("copy"), "Copy access token");
    this.#turnTo("new-user-token");
    byId("new-user-title").textContent = "User created";
    byId("new-user-token").replaceChildren(
      el("p", {}, el("bdi", {}, nameOf(user)), " is signed in. Its access token:"),
      el("pre", { class: "secret", tabindex: "0" }, el("code", {}, user.accessToken)),
      el("div", { class: "buttons" },
        el("button", { type: "button", onclick: () => byId("new-user").close() }, "Done"),
        copyToken),
      el("details", {}, el("summary", {}, "Bind a phone with it"),
        el("p", {}, "Replace the pass code with the one that was sent:"),
        copyable(bind, "the command")),
    );
    copyToken.focus();
  }
}
