// Files that the page saves and reads: a browser asks nobody but the person for them.

import { el } from "./dom.js";

/** How long a browser may take to begin a download. */
const KEPT_MS = 60_000;

/** Saves `content` as a JSON file. */
export function saveAsJson(name, content) {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: "application/json" }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** Makes a name for a file of an app: `journal-my-app-20261128-141500.json`. */
export function fileName(kind, appId) {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  return `${kind}-${appId.replaceAll(/[^\w.-]+/g, "_").slice(0, 60)}-${stamp}.json`;
}

/** Reads a JSON file; null where it is none. */
export async function readJson(file) {
  try {
    return JSON.parse(await file.text());
  } catch (error) {
    if (error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
}
