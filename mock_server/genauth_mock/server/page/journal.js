// The journal: what was asked and answered, and the rule behind each refusal.

import { byId, el, keepBox, keepRows, showMore } from "./dom.js";
import { fileName, saveAsJson } from "./files.js";
import { notice, sure } from "./notice.js";
import { settled } from "./pace.js";
import { isRefusal, requestRow } from "./request.js";
import { addressOf } from "./words.js";

const ASKED = 300;
const DRAWN = 60;

export class Journal {
  #page;
  #requests = [];
  #drawn = DRAWN;
  #nameOf;

  /** `nameOf(userId)` gives what a user is called, or null. */
  constructor(page, nameOf) {
    this.#page = page;
    this.#nameOf = nameOf;
    byId("journal-export").addEventListener("click", () => this.#export());
    byId("journal-clear").addEventListener("click", () => this.#forget());
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

  #shown() {
    const wanted = byId("journal-find").value.trim().toLowerCase();
    return this.#requests.filter((request) =>
      (!byId("refusals-only").checked || isRefusal(request))
      && (wanted === "" || this.#textOf(request).includes(wanted)));
  }

  #textOf(request) {
    const user = this.#nameOf(request.userId) ?? "";
    return `${JSON.stringify(request)} ${request.outcome?.replaceAll("_", " ") ?? ""} ${user}`.toLowerCase();
  }

  #draw() {
    const shown = this.#shown();
    const drawn = shown.slice(0, this.#drawn);
    keepRows(byId("journal-rows"), drawn, (request) => request.id,
      (request) => requestRow(request, this.#nameOf));
    showMore(byId("journal-more"), drawn.length, shown.length, () => {
      this.#drawn += DRAWN * 4;
      this.#draw();
    });
    this.#drawEmpty(shown.length);
  }

  #export() {
    const shown = this.#shown();
    saveAsJson(fileName("genauth-journal", this.#page.server.appId), { requests: shown });
    notice(`${shown.length} request${shown.length === 1 ? "" : "s"} saved`);
  }

  async #forget() {
    if (await sure("Clear the journal?", "The requests of this app are forgotten. Users, codes and messages stay.", "Clear")) {
      await this.#page.clicking(async () => {
        await this.#page.server.delete("/_mock/requests");
        notice("Journal cleared");
        await this.refresh();
      });
    }
  }

  #drawEmpty(shown) {
    const place = byId("journal-empty");
    place.hidden = shown > 0;
    if (this.#requests.length > 0) {
      keepBox(place, "filtered", () => [el("h3", {}, "No request fits"), el("p", {}, "None has these words.")]);
    } else {
      keepBox(place, "none", () => [
        el("h3", {}, "No request yet"),
        el("p", {}, "Point your application here. Each of its calls shows with its answer and the reason for it:"),
        el("div", { class: "copyable" }, el("pre", {}, el("code", {}, `GENAUTH_APP_HOST=${addressOf("/").slice(0, -1)}`))),
      ]);
    }
  }
}
