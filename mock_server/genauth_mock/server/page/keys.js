// Keyboard shortcuts: one list that both acts and explains.

import { byId, el } from "./dom.js";

const STORED = "genauth-mock.keys";

/** Lets `shortcuts` (key, what it does, act) act, and lists them under "?". */
export function listenForKeys(shortcuts) {
  const isOn = byId("keys-on");
  isOn.checked = localStorage.getItem(STORED) !== "off";
  isOn.addEventListener("change", () => localStorage.setItem(STORED, isOn.checked ? "on" : "off"));
  byId("help-open").addEventListener("click", () => byId("help").showModal());
  byId("keys").replaceChildren(...shortcuts.flatMap(([key, words]) => [
    el("dt", {}, el("kbd", {}, key)),
    el("dd", {}, words),
  ]));
  addEventListener("keydown", (event) => {
    const found = shortcuts.find(([key]) => key === event.key);
    if (found === undefined || isTakenElsewhere(event) || (!isOn.checked && event.key !== "?")) {
      return;
    }
    event.preventDefault();
    found[2]();
  });
}

function isTakenElsewhere(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented
    || document.querySelector("dialog[open]") !== null
    || event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}
