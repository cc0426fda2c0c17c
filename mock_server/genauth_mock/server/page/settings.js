// Settings: the rules of the app, shown and changed one at a time.

import { byId, el, say } from "./dom.js";
import { notice } from "./notice.js";
import { editorFor } from "./setting_editors.js";
import { GROUPS, OTHERS, wordsOf } from "./setting_words.js";

export class Settings {
  #page;
  #onKnown;
  #settings = {};
  #rows = new Map();

  /** `onKnown(settings)` is called whenever they are told. */
  constructor(page, onKnown) {
    this.#page = page;
    this.#onKnown = onKnown;
  }

  clear() {
    this.#rows.clear();
    byId("setting-groups").replaceChildren();
  }

  async refresh() {
    await this.#page.filling(byId("settings"), async () => {
      this.#show(await this.#page.server.get("/_mock/settings"));
    });
  }

  #show(settings) {
    this.#settings = settings;
    this.#onKnown(settings);
    if (Object.keys(settings).some((name) => !this.#rows.has(name))) {
      this.#drawGroups(Object.keys(settings));
    }
    for (const [name, row] of this.#rows) {
      row.show(settings[name]);
    }
  }

  #drawGroups(names) {
    const isGrouped = new Set(GROUPS.flatMap(([, inGroup]) => inGroup));
    const groups = [...GROUPS, [OTHERS, names.filter((name) => !isGrouped.has(name))]];
    byId("setting-groups").replaceChildren(...groups
      .map(([title, inGroup]) => [title, inGroup.filter((name) => names.includes(name))])
      .filter(([, inGroup]) => inGroup.length > 0)
      .map(([title, inGroup]) => el("section", { class: "setting-group", "aria-label": title },
        el("h3", {}, title),
        el("div", { class: "settings" }, inGroup.map((name) => this.#row(name))))));
  }

  #row(name) {
    const words = wordsOf(name);
    const editor = editorFor(this.#settings[name], words, () => this.#change(row, name, editor));
    const answer = el("p", { class: "answer", role: "status" });
    const id = `setting-${name}`;
    editor.input.id = id;
    const row = el("form", { class: "setting" },
      el("label", { for: id }, el("span", { class: "name" }, words.title), el("span", { class: "about" }, words.about),
        el("code", { class: "key" }, breakable(name))),
      editor.element,
      answer,
    );
    row.show = (value) => editor.show(value);
    editor.input.removeAttribute("aria-label");
    editor.input.addEventListener("input", () => say(answer, ""));
    row.addEventListener("submit", (event) => {
      event.preventDefault();
      if (editor.add === undefined) {
        editor.input.blur();
      } else {
        editor.add();
      }
    });
    this.#rows.set(name, row);
    return row;
  }

  async #change(row, name, editor) {
    const asked = editor.read();
    await this.#page.submitting(row, async () => {
      const settings = await this.#page.server.post("/_mock/settings", { [name]: asked });
      this.#settings = settings;
      this.#onKnown(settings);
      editor.show(settings[name], { isForced: true });
      editor.clear?.();
      notice(`${wordsOf(name).title}: ${shown(settings[name], wordsOf(name).unit)}`);
    });
    if (editor.add !== undefined) {
      editor.show(this.#settings[name], { isForced: true }); // an entry that was refused is not in the list
    }
  }
}

function shown(value, unit) {
  switch (typeof value) {
    case "boolean": return value ? "on" : "off";
    case "object": return value === null ? "no limit" : "saved";
    default: return unit ? `${value} ${unit}` : String(value);
  }
}

/** A name in camel case that may be broken before a capital where the screen is narrow. */
function breakable(name) {
  return name.split(/(?=[A-Z])/).flatMap((part, at) => (at === 0 ? [part] : [el("wbr"), part]));
}
