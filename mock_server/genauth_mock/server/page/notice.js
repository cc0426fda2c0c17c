// Tells the person what happened: for the eye, and for a screen reader.

import { byId, el, icon, say } from "./dom.js";

const SHOWN_MS = 2200;
let hiding = 0;

/** Says it once for whoever listens. */
export function announce(text) {
  const announcer = byId("announcer");
  announcer.textContent = "";
  requestAnimationFrame(() => say(announcer, text));
}

/** Shows it for a moment, and says it. */
export function notice(text) {
  const toast = byId("toast");
  toast.replaceChildren(text);
  toast.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove("shown"), SHOWN_MS);
  announce(text);
}

/** Takes the words away that are shown for a moment. */
export function hideNotice() {
  clearTimeout(hiding);
  byId("toast").classList.remove("shown");
}

/** Copies a text; says what was copied, or that the browser would not. */
export async function copy(text, what) {
  const isCopied = await copied(text);
  notice(isCopied ? `Copied ${what}` : `Could not copy ${what}: the browser refused`);
  return isCopied;
}

/** A text in a box with a button that copies it. */
export function copyable(text, what) {
  const button = el("button", { type: "button", class: "quiet", onclick: () => copy(text, what) }, icon("copy"), "Copy");
  return el("div", { class: "copyable" }, el("pre", { tabindex: "0" }, el("code", {}, text)), button);
}

/** Asks before something is lost; gives whether to go on. */
export function sure(title, text, yes) {
  const dialog = byId("sure");
  say(byId("sure-title"), title);
  say(byId("sure-text"), text);
  say(byId("sure-yes"), yes);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedTheOldWay(text); // a page that came over plain HTTP from another host has no clipboard
  }
}

function copiedTheOldWay(text) {
  const focused = document.activeElement;
  const box = el("textarea", { class: "visually-hidden", "aria-hidden": "true", tabindex: "-1" });
  box.value = text;
  document.body.append(box);
  box.select();
  const isDone = document.execCommand("copy");
  box.remove();
  focused?.focus();
  return isDone;
}
