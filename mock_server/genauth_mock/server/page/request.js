// One request of the journal: who asked for what, what was answered, and why.

import { MEANINGS } from "./choices.js";
import { el, icon, say } from "./dom.js";
import { copy } from "./notice.js";
import { curlOf, inWords, time } from "./words.js";

/** Where a request may say whom it is about, likeliest first. */
const WHOM = ["phoneNumber", "newPhoneNumber", "phone", "email", "newEmail", "account", "username"];

/** Whether a request was answered otherwise than with success, or not at all. */
export function isRefusal(request) {
  return request.outcome !== "OK";
}

/** Makes the row of a request; `nameOf(userId)` gives what a user is called, or null. What was said never changes. */
export function requestRow(request, nameOf) {
  const who = el("span", { class: "who" });
  const details = el("details", { class: "request" },
    el("summary", {},
      el("time", { class: "when", datetime: request.at }, request.at === null ? "" : time(Date.parse(request.at))),
      el("span", { class: "path", title: request.path }, el("span", { class: "method" }, `${request.method} `), shortPath(request.path)),
      who,
      el("span", { class: "badge", "data-kind": kindOf(request), title: request.outcome ?? "" }, answered(request)),
      el("span", { class: "took" }, took(request)),
      el("span", { class: "said" }, said(request)),
      explained(request).map((sentence) => el("span", { class: "why" }, sentence))),
  );
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) {
      details.append(sides(request));
    }
  });
  const row = el("li", { class: "row" }, details);
  row.show = () => say(who, whom(request, nameOf)); // the users may be known only later
  row.show();
  return row;
}

/** Whom a request is about: the user whose token it carries, and the number or address that it names. */
function whom(request, nameOf) {
  const user = request.userId === null ? null : nameOf(request.userId) ?? `user ${request.userId.slice(0, 8)}…`;
  return [user, named(request.body), named(request.query)].filter(Boolean).slice(0, 2).join(" · ");
}

function named(content) {
  if (content === null || typeof content !== "object") {
    return null;
  }
  const name = WHOM.find((each) => typeof content[each] === "string");
  if (name !== undefined) {
    return content[name];
  }
  return Object.values(content).map(named).find((each) => each !== null) ?? null;
}

function shortPath(path) {
  return path.replace(/^\/api\/v3\//, "");
}

function kindOf(request) {
  if (!isRefusal(request)) {
    return request.faults.length > 0 ? "warn" : "good";
  }
  return "bad";
}

function answered(request) {
  if (request.outcome !== null) {
    return request.outcome === "OK" ? "OK" : inWords(request.outcome);
  }
  return request.httpStatus === null ? "No answer" : `HTTP ${request.httpStatus}`;
}

function took({ durationMs }) {
  if (durationMs === null || durationMs === undefined) {
    return "";
  }
  return durationMs < 1000 ? `${durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}

/** GenAuth's own words, after its figures. */
function said(request) {
  const figures = [request.statusCode, request.apiCode].filter((code) => code !== null && code !== undefined).join(" / ");
  return [figures, request.message].filter(Boolean).join(" · ");
}

/** The sentences under a request: what the refusal means in English where GenAuth said it otherwise, the rule and what was left of it, and what a fault made of the answer. */
function explained(request) {
  const meaning = MEANINGS[request.outcome];
  const sentences = isRefusal(request) && meaning !== undefined && meaning !== request.message ? [meaning] : [];
  const { rule, ...left } = request.why ?? {};
  if (rule !== undefined) {
    const rest = Object.entries(left).map(([name, value]) => `${inWords(name).toLowerCase()} ${rounded(value)}`);
    sentences.push([`Rule: ${rule}`, ...rest].join(" · "));
  }
  for (const fault of request.faults) {
    sentences.push(`Fault ${fault.id} applied: ${inWords(fault.kind).toLowerCase()}, ${fault.when} it took effect`);
  }
  if (request.effect !== request.outcome && request.effect !== null && request.effect !== "OK") {
    sentences.push(`Without the fault: ${inWords(request.effect)}`);
  }
  return sentences;
}

function rounded(value) {
  return typeof value === "number" ? String(Math.round(value * 10) / 10) : String(value);
}

function sides(request) {
  const { query, headers, body, requestId } = request;
  const buttons = [
    el("button", { type: "button", onclick: () => copy(curlOf(request), "the command; put the masked values in") }, icon("copy"), "Copy as curl"),
  ];
  if (requestId) {
    buttons.push(el("button", { type: "button", onclick: () => copy(requestId, "the request id") }, icon("copy"), "Copy request id"));
  }
  return el("div", { class: "sides" },
    el("div", { class: "buttons" }, buttons),
    el("dl", { class: "facts" },
      [["Outcome", request.outcome], ["HTTP status", request.httpStatus], ["User id", request.userId], ["Request id", requestId]]
        .filter(([, value]) => value !== null && value !== undefined)
        .flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, String(value))])),
    ...side("Request", { ...(isEmpty(query) ? {} : { query }), body, headers }),
    ...side("Answer", request.answer),
  );
}

function side(title, content) {
  return [
    el("h3", {}, title),
    el("pre", { tabindex: "0" }, content === null ? "not JSON" : JSON.stringify(content, null, 2)),
  ];
}

function isEmpty(content) {
  return content === null || content === undefined || Object.keys(content).length === 0;
}
