// Puts the page together: the parts, what each event means for them, views, and keys.

import { Apps, appInAddress } from "./apps.js";
import { ClockCard } from "./clock_card.js";
import { byId, say } from "./dom.js";
import { Faults } from "./faults.js";
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
import { switchTheme, showTheme } from "./look.js";
import { Users } from "./users.js";
import { Views } from "./views.js";

const TICK_MS = 200;
const PAUSE_MS = 150;
/** How often everything is asked anew: no event tells of other apps, and where Redis was away some events are lost. */
const LOOK_AGAIN_MS = 5000;

const page = new Page(appInAddress());
const apps = new Apps(page, show);
const parts = {
  inbox: new Inbox(page, apps),
  users: new Users(page),
  journal: new Journal(page),
  faults: new Faults(page),
  settings: new Settings(page),
};
const clock = new ClockCard(page, () => refresh.inbox());
const refresh = { clock: paced(() => clock.refresh(), PAUSE_MS) };
for (const [name, part] of Object.entries(parts)) {
  refresh[name] = paced(() => part.refresh(), PAUSE_MS);
}
const views = new Views(Object.keys(parts), (name) => refresh[name]());
const live = new Live(page.server, { event: hear, open: refreshAll, state: showConnection });

/** Which parts an event of the server is about. */
const ABOUT = {
  "message.issued": ["inbox"],
  "message.changed": ["inbox"],
  "user.changed": ["users"],
  "request": ["journal"],
  "faults.changed": ["faults"],
  "settings.changed": ["settings"],
  "clock.changed": ["clock", "inbox"],
};
/** These cost much to show and are seen only in their own view. */
const ONLY_WHEN_SEEN = new Set(["journal", "settings"]);

const CONNECTION = {
  connecting: ["Connecting", "Waiting for the server's first answer."],
  live: ["Live", "What happens shows at once."],
  lost: ["Reconnecting", "The server does not answer. What you see is how it was; this page goes on as soon as it is back."],
  locked: ["Locked", "The server wants its control token."],
  asleep: ["Asleep", "Nobody looked at this page for a while."],
};

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
  live.restart();
}

function showConnection(state) {
  const [words, meaning] = CONNECTION[state];
  const place = byId("connection");
  place.dataset.state = state;
  place.title = meaning;
  say(place.firstElementChild, words);
  document.body.toggleAttribute("data-lost", state === "lost");
  if (state === "locked" && !byId("unlock").open) {
    byId("unlock").showModal();
  }
}

async function reset() {
  const { appId } = page.server;
  if (await sure("Reset this app?", `App ${appId} goes back to its seed data. Its users, codes and messages are lost.`, "Reset")) {
    await page.clicking(async () => {
      await page.server.post("/_mock/reset", { appId });
      notice("The app is as it was at the start");
      Object.values(parts).forEach((part) => part.clear());
      refreshAll();
    });
  }
}

function find() {
  views.go("inbox");
  byId("find").select();
}

function writeNumber() {
  byId("send-number").select();
  byId("send-number").scrollIntoView({ block: "nearest" });
}

new SendForm(page, () => refresh.inbox());
byId("reset").addEventListener("click", reset);
byId("theme").addEventListener("click", () => announce(switchTheme()));
showTheme();
listenForKeys([
  ["c", "Copy the newest code that works", () => parts.inbox.copyNewest()],
  ["j", "Next message (Enter copies its code)", () => parts.inbox.step(1)],
  ["k", "Message before", () => parts.inbox.step(-1)],
  ["/", "Find a number", find],
  ["s", "Send a test code", writeNumber],
  ["a", "Advance the clock by 61 s", () => clock.advance(61)],
  ["f", "Freeze the clock, or let it go on", () => clock.toggleFrozen()],
  ["g", "Go to another app", () => apps.open()],
  ...Object.keys(parts).map((name, at) => [String(at + 1), `Show ${name}`, () => views.go(name)]),
  ["t", "Light, dark, or as the system has it", () => announce(switchTheme())],
  ["?", "This help", () => byId("help").showModal()],
]);
setInterval(() => {
  clock.tick();
  parts.inbox.tick();
}, TICK_MS);
setInterval(() => {
  if (!document.hidden && byId("connection").dataset.state === "live") {
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
        showConnection(error.status === 401 ? "locked" : "lost");
        return {};
      }
      showConnection("lost");
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
