// Puts the page together: the parts, what each event means for them, views, and keys.

import { Apps, appInAddress } from "./apps.js";
import { ClockCard } from "./clock_card.js";
import { byId, disclose, icon, say } from "./dom.js";
import { Faults } from "./faults.js";
import { showConnection } from "./connection.js";
import { Inbox } from "./inbox.js";
import { Journal } from "./journal.js";
import { listenForKeys } from "./keys.js";
import { Live } from "./live.js";
import { announce, notice, sure } from "./notice.js";
import { paced } from "./pace.js";
import { Page } from "./page.js";
import { SendForm } from "./send.js";
import { Refused } from "./server.js";
import { Settings } from "./settings.js";
import { listenForStateFiles } from "./state_file.js";
import { switchTheme, showTheme } from "./look.js";
import { Users } from "./users.js";
import { Views } from "./views.js";

const TICK_MS = 200;
const PAUSE_MS = 150;
/** How often everything is asked anew: no event tells of other apps, and where Redis was away some events are lost. */
const LOOK_AGAIN_MS = 5000;

const page = new Page(appInAddress());
const apps = new Apps(page, show);
const clock = new ClockCard(page, () => refresh.inbox());
const users = new Users(page);
const parts = {
  inbox: new Inbox(page, apps),
  users,
  journal: new Journal(page, (userId) => users.nameOf(userId)),
  faults: new Faults(page),
  settings: new Settings(page, (settings) => clock.showExpiry(settings)),
};
const refresh = { clock: paced(() => clock.refresh(), PAUSE_MS) };
for (const [name, part] of Object.entries(parts)) {
  refresh[name] = paced(() => part.refresh(), PAUSE_MS);
}
const views = new Views(Object.keys(parts), (name) => refresh[name]());
const live = new Live(page.server, { event: hear, open: refreshAll, state: (state) => showConnection(page, state) });
page.onLocked = () => live.stop("locked");

/** Which parts an event of the server is about. */
const ABOUT = {
  "message.issued": ["inbox"],
  "message.changed": ["inbox"],
  "user.changed": ["users"],
  "user.deleted": ["users"],
  "request": ["journal"],
  "faults.changed": ["faults"],
  "settings.changed": ["settings"],
  "webhook.delivered": [],
  "webhook.failed": [],
  "clock.changed": ["clock", "inbox"],
};
/** It costs much to show and is seen only in its own view. */
const ONLY_WHEN_SEEN = new Set(["journal"]);

function hear(name) {
  const about = ABOUT[name];
  if (about === undefined) {
    refreshAll(); // a reset, or events that were missed
    return;
  }
  about.filter((part) => !ONLY_WHEN_SEEN.has(part) || views.shown === part).forEach((part) => refresh[part]());
}

function refreshAll() {
  Object.entries(refresh).filter(([part]) => !ONLY_WHEN_SEEN.has(part) || views.shown === part)
    .forEach(([, act]) => act());
}

function show(appId) {
  page.server.appId = appId;
  Object.values(parts).forEach((part) => part.clear());
  apps.show();
  live.start();
  refreshAll();
}

/** Forgets what was shown: everything is another now. */
function showAnew() {
  Object.values(parts).forEach((part) => part.clear());
  refreshAll();
}

async function reset() {
  const { appId } = page.server;
  if (await sure("Reset this app?", `App ${appId} goes back to its seed data. Its users, codes and messages are lost.`, "Reset")) {
    await page.clicking(async () => {
      await page.server.post("/_mock/reset", { appId });
      notice("The app is back at its start");
      showAnew();
    });
  }
}

function find() {
  views.go("inbox");
  byId("find").select();
}

function writeNumber() {
  views.go("inbox");
  byId("send-number").select();
  byId("send-number").scrollIntoView({ block: "nearest" });
}

new SendForm(page, () => refresh.inbox());
listenForStateFiles(page, showAnew);
byId("send-open").addEventListener("click", writeNumber);
byId("filters-more").append(icon("filter"));
disclose(byId("filters-more"), (isOpen) => byId("filters").toggleAttribute("data-open", isOpen));
disclose(byId("clock-more"), (isOpen) => byId("clock").toggleAttribute("data-open", isOpen));
byId("reset").addEventListener("click", reset);
byId("theme").addEventListener("click", () => announce(switchTheme()));
showTheme();
listenForKeys([
  ["c", "Copy the newest code that works", () => parts.inbox.copyNewest()],
  ["j", "Next message (Enter copies its code)", () => parts.inbox.step(1)],
  ["k", "Message before", () => parts.inbox.step(-1)],
  ["/", "Find a number", find],
  ["s", "Send a test code", writeNumber],
  ["a", "Expire codes: skip ahead", () => clock.expireCodes()],
  ["f", "Freeze the clock, or let it go on", () => clock.toggleFrozen()],
  ["g", "Go to another app", () => apps.open()],
  ...Object.keys(parts).map((name, at) => [String(at + 1), `Show ${name}`, () => views.go(name)]),
  ["t", "Light, dark, or as the system has it", () => announce(switchTheme())],
  ["?", "This help", () => byId("help").showModal()],
]);
setInterval(() => {
  if (!page.isGone) {
    clock.tick();
    parts.inbox.tick();
  }
}, TICK_MS);
setInterval(() => {
  if (!document.hidden && page.isLive) {
    refreshAll();
    parts.inbox.lookElsewhere();
  }
}, LOOK_AGAIN_MS);

byId("unlock-form").addEventListener("submit", () => {
  page.server.useToken(byId("token").value.trim());
  begin();
});
begin();

/** Shows the app that the address names, else the default one. */
async function begin() {
  if (page.server.appId === null) {
    const { appId } = await firstAnswer();
    if (appId === undefined) {
      return; // the control token comes first
    }
    page.server.appId = appId;
  }
  show(page.server.appId);
}

/** Asks the server who it is; one that is still away is asked again. */
async function firstAnswer() {
  for (;;) {
    try {
      return await page.server.get("/_mock/health");
    } catch (error) {
      if (error instanceof Refused && error.status !== 503) { // its store may come back
        showConnection(page, error.status === 401 ? "locked" : "lost");
        return {};
      }
      showConnection(page, "lost");
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
