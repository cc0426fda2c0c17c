// The state of the app, saved to a file and loaded from one.

import { byId } from "./dom.js";
import { fileName, readJson, saveAsJson } from "./files.js";
import { notice, sure } from "./notice.js";

/** Lets the buttons of the settings save and load; `onLoaded()` is called when everything is another. */
export function listenForStateFiles(page, onLoaded) {
  const chosen = byId("state-file");
  byId("state-save").addEventListener("click", () => save(page));
  byId("state-load").addEventListener("click", () => chosen.click());
  chosen.addEventListener("change", async () => {
    const [file] = chosen.files;
    if (file !== undefined) {
      await load(page, file, onLoaded);
      chosen.value = ""; // the same file may be chosen again
    }
  });
}

async function save(page) {
  await page.clicking(async () => {
    saveAsJson(fileName("genauth-state", page.server.appId), await page.server.get("/_mock/state"));
    notice("State saved");
  });
}

async function load(page, file, onLoaded) {
  const state = await readJson(file);
  if (state === null) {
    notice(`${file.name} is no JSON file`);
    return;
  }
  const { appId } = page.server;
  if (!await sure("Load this state?", `Everything in app ${appId} is replaced by what ${file.name} holds.`, "Load")) {
    return;
  }
  await page.clicking(async () => {
    await page.server.post("/_mock/state", state);
    notice("State loaded");
    onLoaded();
  });
}
