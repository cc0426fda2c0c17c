// What a setting is changed with: a switch, a choice, a field with its unit, or a list with a line for each entry.

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
  if (words.isWebhooks) {
    return entriesEditor(WEBHOOK, change, {
      kind: "webhooks",
      texts: ({ url, secret, events }) => [url, secret === null ? "no secret" : "with a secret", events.join(", ")],
      fromTyped: ([url, secret, events]) => ({
        url,
        ...(secret && { secret }),
        ...(events && { events: events.split(/[,\s]+/).filter(Boolean) }),
      }),
    });
  }
  if (words.isProviders) {
    return entriesEditor([["Provider", '{"identifier": "my-wechat", "type": "wechat"}']], change, {
      kind: "providers",
      texts: ({ identifier, type, accounts }) => [identifier, type, `${accounts.length} accounts`],
      fromTyped: ([typed]) => readJson(typed),
    });
  }
  if (Array.isArray(value)) {
    return entriesEditor([["Add", words.example]], change, { texts: (entry) => [entry], fromTyped: ([entry]) => entry });
  }
  if (value !== null && typeof value === "object") {
    return entriesEditor([["For", words.example], ["Code", "123456"]], change, {
      toEntries: Object.entries,
      fromEntries: Object.fromEntries,
      texts: same,
      fromTyped: same,
    });
  }
  if (words.choices !== undefined) {
    return choiceEditor(words.choices, change);
  }
  return fieldEditor(words.isText || typeof value === "string", words, change);
}

/** One of a few words, or none of them. */
function choiceEditor({ none, names }, change) {
  const input = el("select", { onchange: change },
    el("option", { value: "" }, none), names.map((name) => el("option", { value: name }, name)));
  return {
    element: el("span", { class: "field text" }, input),
    input,
    show: (value) => { input.value = value ?? ""; },
    read: () => input.value || null,
  };
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
    element: isText ? el("span", { class: "field text" }, input) : el("span", { class: "field" }, input, el("span", { class: "unit" }, unit)),
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

/** What was typed as JSON; anything else goes as a text, for the server to refuse by name. */
function readJson(typed) {
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

function same(value) {
  return value;
}

/** The columns of a webhook: name, example, and whether it may be left out. */
const WEBHOOK = [
  ["URL", "http://localhost:8000/hook"],
  ["Secret", "secret, if any", true],
  ["Events", "events; empty for all", true],
];

/**
 * A list of entries with a line to add another.
 *
 * `texts(entry)` is how an entry is shown, its first text names it; `fromTyped(texts)` is the entry of what was typed.
 * `toEntries` and `fromEntries` are for a setting that is not a list itself.
 */
function entriesEditor(columns, change, { toEntries = same, fromEntries = same, texts, fromTyped, kind = "" }) {
  const list = el("ul", { class: `entries ${kind}` });
  const inputs = columns.map(([name, example]) => el("input", { type: "text", placeholder: example, "aria-label": name, spellcheck: "false", autocomplete: "off" }));
  const add = el("button", { type: "submit" }, "Add");
  const line = el("div", { class: "add" }, inputs, add);
  let entries = [];
  const draw = () => list.replaceChildren(...entries.map((entry) => el("li", {},
    texts(entry).map((text) => el("bdi", {}, text)),
    el("button", {
      type: "button",
      class: "quiet square",
      "aria-label": `Remove ${texts(entry)[0]}`,
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
      const lacking = columns.findIndex(([, , isOptional], at) => !isOptional && typed[at] === "");
      if (lacking === -1) {
        const added = fromTyped(typed);
        entries = [...entries.filter((entry) => texts(entry)[0] !== typed[0]), added];
        change();
      } else {
        inputs[lacking].focus();
      }
    },
    clear: () => inputs.forEach((input) => { input.value = ""; }),
  };
}
