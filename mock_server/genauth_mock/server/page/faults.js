// Faults: what goes wrong on purpose, armed and switched off.

import { byId, el, keepRows, say, showCount } from "./dom.js";
import { OUTCOMES, ROUTES } from "./choices.js";
import { CHOICES, deed, FIELDS, scope } from "./fault_words.js";
import { notice } from "./notice.js";

export class Faults {
  #page;

  constructor(page) {
    this.#page = page;
    makeForm(byId("fault-form"));
    byId("fault-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#arm(event.target);
    });
  }

  clear() {
    this.#draw([]);
  }

  async refresh() {
    await this.#page.filling(byId("faults"), async () => {
      this.#draw((await this.#page.server.get("/_mock/faults")).faults);
    });
  }

  #draw(faults) {
    keepRows(byId("fault-rows"), faults, (fault) => fault.id, (fault) => this.#row(fault));
    showCount("faults", faults.length);
    byId("faults-empty").hidden = faults.length > 0;
  }

  #row(fault) {
    const what = el("p", { class: "what" });
    const about = el("p", { class: "about" });
    const off = el("button", { type: "button", class: "warn", onclick: () => this.#switchOff(fault) }, "Switch off");
    const row = el("li", { class: "row fault" }, el("div", {}, what, about), off);
    row.show = (latest) => {
      say(what, deed(latest));
      say(about, scope(latest));
      off.setAttribute("aria-label", `Switch off: ${deed(latest)}`);
    };
    row.show(fault);
    return row;
  }

  async #switchOff(fault) {
    await this.#page.clicking(async () => {
      await this.#page.server.delete("/_mock/faults", { id: fault.id });
      notice("The fault is off");
      await this.refresh();
    });
  }

  async #arm(form) {
    await this.#page.submitting(form, async () => {
      await this.#page.server.post("/_mock/faults", bodyOf(form));
      notice("The fault is armed");
      await this.refresh();
    });
  }
}

function makeForm(form) {
  const choice = el("select", { name: "choice" }, CHOICES.map(([words], at) => el("option", { value: at }, words)));
  const value = el("input", { name: "value", autocomplete: "off", spellcheck: "false" });
  const valueName = el("span");
  const valueLabel = el("label", {}, valueName, value);
  form.replaceChildren(
    el("h3", { id: "fault-form-title" }, "Arm a fault"),
    el("label", {}, "What goes wrong", choice),
    valueLabel,
    el("label", {}, "Which call", el("select", { name: "route" },
      el("option", { value: "" }, "Every call"), ROUTES.map((route) => el("option", { value: route }, route)))),
    el("label", {}, "How often", el("input", { name: "times", type: "number", min: "1", placeholder: "until switched off" })),
    el("label", {}, "Only for a number", el("input", { name: "phoneNumber", inputmode: "tel", placeholder: "every number" })),
    el("datalist", { id: "outcomes" }, OUTCOMES.map((outcome) => el("option", { value: outcome }))),
    el("p", { class: "answer", role: "status" }),
    el("div", { class: "buttons" }, el("button", { type: "submit", class: "primary" }, "Arm the fault")),
  );
  const show = () => {
    const [, body, field] = CHOICES[choice.value];
    valueLabel.hidden = field === undefined;
    say(valueName, FIELDS[field] ?? "");
    value.value = body[field] ?? "";
    value.toggleAttribute("required", field !== undefined);
    value.inputMode = field === "outcome" ? "text" : "decimal";
    if (field === "outcome") {
      value.setAttribute("list", "outcomes");
    } else {
      value.removeAttribute("list");
    }
  };
  choice.addEventListener("change", show);
  show();
}

function bodyOf(form) {
  const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  const [, body, field] = CHOICES[given.choice];
  const asked = field === undefined ? {} : { [field]: field === "outcome" ? given.value : Number(given.value) };
  const route = body.kind === "delivery" ? {} : { route: given.route || null };
  return { ...body, ...asked, ...route, times: Number(given.times) || null, phoneNumber: given.phoneNumber || null };
}
