// The journal: what was asked and answered, and the rule behind each refusal.

import { byId, el, keepBox, keepRows, showMore } from "./dom.js";
import { settled } from "./pace.js";
import { isRefusal, requestRow } from "./request.js";

const ASKED = 300;
const DRAWN = 60;

export class Journal {
  #page;
  #requests = [];
  #drawn = DRAWN;

  constructor(page) {
    this.#page = page;
    byId("journal-find").addEventListener("input", settled(() => this.#draw(), 120));
    byId("refusals-only").addEventListener("change", () => this.#draw());
  }

  clear() {
    this.#requests = [];
    this.#drawn = DRAWN;
    byId("journal-rows").replaceChildren();
    byId("journal-empty").hidden = true;
  }

  async refresh() {
    await this.#page.filling(byId("journal"), async () => {
      this.#requests = (await this.#page.server.get("/_mock/requests", { limit: ASKED })).requests;
      this.#draw();
    });
  }

  #draw() {
    const wanted = byId("journal-find").value.trim().toLowerCase();
    const shown = this.#requests.filter((request) =>
      (!byId("refusals-only").checked || isRefusal(request))
      && (wanted === "" || JSON.stringify(request).toLowerCase().includes(wanted)));
    const drawn = shown.slice(0, this.#drawn);
    keepRows(byId("journal-rows"), drawn, (request) => request.id, requestRow);
    showMore(byId("journal-more"), drawn.length, shown.length, () => {
      this.#drawn += DRAWN * 4;
      this.#draw();
    });
    this.#drawEmpty(shown.length);
  }

  #drawEmpty(shown) {
    const place = byId("journal-empty");
    place.hidden = shown > 0;
    if (this.#requests.length > 0) {
      keepBox(place, "filtered", () => [el("h3", {}, "Nothing fits"), el("p", {}, "No request has these words.")]);
    } else {
      keepBox(place, "none", () => [
        el("h3", {}, "Nobody asked for anything yet"),
        el("p", {}, "Point your application here, and each of its calls shows with what was answered and why:"),
        el("div", { class: "copyable" }, el("pre", {}, el("code", {}, `GENAUTH_APP_HOST=${location.origin}`))),
      ]);
    }
  }
}
