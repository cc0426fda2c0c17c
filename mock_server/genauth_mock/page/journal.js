// The journal: what was asked and answered, and the rule behind each refusal.

import { byId, el, keepRows, say, showMore } from "./dom.js";
import { settled } from "./pace.js";
import { time } from "./words.js";

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
      place.replaceChildren(el("h3", {}, "Nothing fits"), el("p", {}, "No request has these words."));
    } else {
      place.replaceChildren(
        el("h3", {}, "Nobody asked for anything yet"),
        el("p", {}, "Point your application here, and each of its calls shows with what was answered and why:"),
        el("div", { class: "copyable" }, el("pre", {}, el("code", {}, `GENAUTH_APP_HOST=${location.origin}`))),
      );
    }
  }
}

function isRefusal(request) {
  return request.outcome !== "OK";
}

function requestRow(request) {
  const row = el("li", { class: "row request" },
    el("time", { class: "when", datetime: request.at }, time(Date.parse(request.at))),
    el("span", { class: "path" }, el("span", { class: "method" }, `${request.method} `), request.path),
    el("span", { class: "badge", "data-kind": isRefusal(request) ? "bad" : "good" }, String(request.outcome)),
    whyOf(request),
    detailsOf(request),
  );
  row.show = () => say(row.querySelector(".badge"), String(request.outcome)); // what was answered never changes
  return row;
}

function whyOf(request) {
  const why = Object.entries(request.why ?? {});
  return why.length === 0 ? null : el("p", { class: "why" }, sentence(why));
}

/** `[["rule", "passCodeMaxAttempts"], ["attemptsLeft", 1]]` as `rule passCodeMaxAttempts, attempts left 1`. */
function sentence(pairs) {
  return pairs.map(([name, value]) =>
    `${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${text(value)}`).join(", ");
}

function text(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function detailsOf(request) {
  const body = el("div", { class: "sides" });
  const details = el("details", {}, el("summary", {}, "What was said"), body);
  details.addEventListener("toggle", () => {
    if (details.open && body.childElementCount === 0) {
      body.append(el("pre", { tabindex: "0" }, JSON.stringify(request, null, 2)));
    }
  });
  return details;
}
