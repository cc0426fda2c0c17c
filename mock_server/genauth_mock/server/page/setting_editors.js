// What a setting is changed with: a switch, a field with its unit, or a list with a line for each entry.

import { el } from "./dom.js";

/**
 * Makes the editor that fits a value; it has `element`, `input` (what its label is for), `show(value)` and `read()`.
 *
 * `change()` is called when a person changed the value.
 */
export function editorFor(value, words, change) {
  if (typeof value === "boolean") {
    return switchEditor(change);
  }
  if (Array.isArray(value)) {
    return entriesEditor([["Add", "+8618812348888 or ada@example.com"]], change, {
      toEntries: (list) => list.map((entry) => [entry]),
      fromEntries: (entries) => entries.map(([entry]) => entry),
    });
  }
  if (value !== null && typeof value === "object") {
    return entriesEditor([["For", "+8618812348888"], ["Code", "123456"]], change, {
      toEntries: Object.entries,
      fromEntries: Object.fromEntries,
    });
  }
  return fieldEditor(typeof value === "string", words, change);
}

function switchEditor(change) {
  const input = el("input", { type: "checkbox", role: "switch", onchange: change });
  return {
    element: input,
    input,
    show: (value) => { input.checked = value; },
    read: () => input.checked,
  };
}

/** A field for a number or a text; one that is empty is null. */
function fieldEditor(isText, { unit }, change) {
  const input = el("input", {
    type: "text", spellcheck: "false", autocomplete: "off", inputmode: isText ? "text" : "decimal", onchange: change, placeholder: "none",
  });
  return {
    element: el("span", { class: "field" }, input, el("span", { class: "unit" }, unit)),
    input,
    show: (value, { isForced = false } = {}) => {
      if (isForced || document.activeElement !== input) {
        input.value = value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
      }
    },
    read: () => readField(input.value.trim(), isText),
  };
}

/** What was typed as a number where it is one; anything else goes as a text, for the server to refuse by name. */
function readField(typed, isText) {
  if (typed === "") {
    return null;
  }
  return isText || Number.isNaN(Number(typed)) ? typed : Number(typed);
}

/** A list of entries, each of one or more texts, with a line to add another. */
function entriesEditor(columns, change, { toEntries, fromEntries }) {
  const list = el("ul", { class: "entries" });
  const inputs = columns.map(([name, example]) => el("input", { type: "text", placeholder: example, "aria-label": name, spellcheck: "false", autocomplete: "off" }));
  const add = el("button", { type: "submit" }, "Add");
  const line = el("div", { class: "add" }, inputs, add);
  let entries = [];
  const draw = () => list.replaceChildren(...entries.map((entry) => el("li", {},
    entry.map((text) => el("bdi", {}, text)),
    el("button", {
      type: "button",
      class: "quiet square",
      "aria-label": `Remove ${entry[0]}`,
      onclick: () => {
        entries = entries.filter((each) => each !== entry);
        change();
      },
    }, "×"))));
  return {
    element: el("div", { class: "editor" }, list, line),
    input: inputs[0],
    show: (value, { isForced = false } = {}) => {
      const latest = toEntries(value);
      if (isForced || JSON.stringify(latest) !== JSON.stringify(entries)) {
        entries = latest;
        draw();
      }
    },
    read: () => fromEntries(entries),
    add: () => {
      const typed = inputs.map((input) => input.value.trim());
      if (typed.every((text) => text !== "")) {
        entries = [...entries.filter(([first]) => first !== typed[0]), typed];
        change();
      } else {
        inputs[typed.indexOf("")].focus();
      }
    },
    clear: () => inputs.forEach((input) => { input.value = ""; }),
  };
}
