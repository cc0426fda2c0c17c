// Faults: what goes wrong on purpose, armed and removed.

import { byId, el, keepRows, say } from "./dom.js";
import { notice } from "./notice.js";

/** Starting points for the body that is posted; what a fault can say is the server's to tell. */
const PRESETS = [
];

export class Faults {
  #page;

  constructor(page) {
    this.#page = page;
    this.#makeForm();
  }

  clear() {
    byId("fault-rows").replaceChildren();
    this.#draw([]);
  }

  async refresh() {
    await this.#page.filling(byId("faults"), async () => {
      this.#draw((await this.#page.server.get("/_mock/faults")).faults);
    });
  }

  #draw(faults) {
    keepRows(byId("fault-rows"), faults, (fault) => fault.id, (fault) => this.#row(fault));
    const count = document.querySelector("[data-count=faults]");
    say(count, String(faults.length));
    count.hidden = faults.length === 0;
    byId("faults-empty").hidden = faults.length > 0;
    byId("faults-empty").replaceChildren(
      el("h3", {}, "Nothing goes wrong on purpose"),
      el("p", {}, "Arm a fault below and see what your application makes of it."),
    );
  }

  #row(fault) {
    const what = el("p", { class: "what" });
    const about = el("p", { class: "about" });
    const off = el("button", { type: "button", class: "warn", onclick: () => this.#remove(fault) }, "Switch off");
    const row = el("li", { class: "row fault" }, el("div", {}, what, about), off);
    row.show = (latest) => {
      const [first, rest] = described(latest);
      say(what, first);
      say(about, rest);
      off.setAttribute("aria-label", `Switch off: ${first}`);
    };
    row.show(fault);
    return row;
  }

  async #remove(fault) {
    await this.#page.clicking(async () => {
      await this.#page.server.delete("/_mock/faults", { id: fault.id });
      notice("The fault is off");
      await this.refresh();
    });
  }

  #makeForm() {}
}

function described(fault) {
  const { id, appId, ...said } = fault;
  const words = Object.entries(said).filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return [words[0] ?? String(id), words.slice(1).join(" · ")];
}
