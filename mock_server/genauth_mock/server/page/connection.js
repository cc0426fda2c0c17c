// Says whether the server answers: at the top of the page always, and in its midst where it does not.

import { byId, el, say } from "./dom.js";

const STATES = {
  connecting: ["Connecting", "Waiting for the server's first answer."],
  live: ["Live", "What happens shows at once."],
  lost: ["Reconnecting", "The server does not answer."],
  locked: ["Locked", "The server asks for its control token."],
  asleep: ["Asleep", "Nobody looked at this page for a while."],
};

/** What can do nothing while there is no server to do it. */
const NEEDS_THE_SERVER = ["expire", "clock-buttons", "send-form", "user-new", "fault-form", "setting-groups"];

/** Shows what became of the connection: `connecting`, `live`, `lost`, `locked`, or `asleep`. */
export function showConnection(page, state) {
  const [words, meaning] = STATES[state];
  const place = byId("connection");
  place.dataset.state = state;
  place.title = meaning;
  say(place.firstElementChild, words);
  page.isLive = state === "live";
  const isGone = state === "lost";
  if (isGone !== page.isGone) {
    page.isGone = isGone;
    showGone(page.clock, isGone);
  }
  if (state === "locked" && !byId("unlock").open) {
    byId("unlock").showModal();
  }
}

function showGone(clock, isGone) {
  document.body.toggleAttribute("data-lost", isGone);
  NEEDS_THE_SERVER.forEach((id) => byId(id).toggleAttribute("inert", isGone));
  const place = byId("gone");
  place.hidden = !isGone;
  if (isGone) {
    place.replaceChildren(...gone(clock.isKnown));
  } else {
    place.replaceChildren();
  }
}

function gone(isKnown) {
  const asItWas = isKnown ? ` What you see is how it was at ${byId("clock-time").textContent}.` : "";
  return [
    el("h3", {}, `The server at ${location.host} does not answer`),
    el("p", {}, `Was it stopped?${asItWas} This page goes on by itself as soon as the server is back.`),
  ];
}
