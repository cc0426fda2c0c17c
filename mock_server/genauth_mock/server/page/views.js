// The views of the page, one at a time, named in its address: #inbox, #users, ...

import { byId } from "./dom.js";

export class Views {
  #names;
  #onShow;
  shown = "";

  /** `onShow(name)` is called when a view comes up. */
  constructor(names, onShow) {
    this.#names = names;
    this.#onShow = onShow;
    addEventListener("hashchange", () => this.#show());
    this.#show();
  }

  /** Shows a view at once, so that something in it can take the focus. */
  go(name) {
    location.hash = name;
    this.#show();
  }

  #show() {
    const named = location.hash.slice(1);
    if (named !== "" && !this.#names.includes(named)) {
      return; // a link to a place in the page, such as "skip to the messages"
    }
    const next = named === "" ? this.#names[0] : named;
    if (next !== this.shown) {
      this.#turnTo(next);
    }
  }

  #turnTo(next) {
    this.shown = next;
    document.body.dataset.shown = next;
    for (const name of this.#names) {
      byId(name).hidden = name !== this.shown;
      const link = document.querySelector(`[data-view=${name}]`);
      if (name === this.shown) {
        link.setAttribute("aria-current", "page");
        document.title = `${link.firstChild.textContent.trim()} · offline GenAuth`;
      } else {
        link.removeAttribute("aria-current");
      }
    }
    scrollTo(0, 0);
    this.#onShow(this.shown);
  }
}
