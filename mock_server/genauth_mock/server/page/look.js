// Light, dark, or as the system has it.

import { byId, icon } from "./dom.js";

const STORED = "genauth-mock.theme";
const LOOKS = ["auto", "light", "dark"];
const WORDS = { auto: "as the system", light: "light", dark: "dark" };

/** Shows which look is chosen. */
export function showTheme() {
  const button = byId("theme");
  button.replaceChildren(icon(chosen()));
  button.setAttribute("aria-label", `Look: ${WORDS[chosen()]}. Switch`);
  button.title = "Light, dark, or as the system has it (t)";
}

/** Goes on to the next look; gives words for it. */
export function switchTheme() {
  const next = LOOKS[(LOOKS.indexOf(chosen()) + 1) % LOOKS.length];
  localStorage.setItem(STORED, next);
  if (next === "auto") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = next;
  }
  showTheme();
  return `Look: ${WORDS[next]}`;
}

function chosen() {
  return document.documentElement.dataset.theme ?? "auto";
}
