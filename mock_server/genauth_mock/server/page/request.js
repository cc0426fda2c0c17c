// One request of the journal: what was asked, what was answered, and why.

import { el } from "./dom.js";
import { time } from "./words.js";

/** Whether a request was answered otherwise than with success, or not at all. */
export function isRefusal(request) {
  return request.outcome !== "OK";
}

/** Makes the row of a request; what was said never changes. */
export function requestRow(request) {
  const row = el("li", { class: "row request" },
    el("time", { class: "when", datetime: request.at }, request.at === null ? "" : time(Date.parse(request.at))),
    el("span", { class: "path" }, el("span", { class: "method" }, `${request.method} `), request.path),
    el("span", { class: "badge", "data-kind": kindOf(request) }, answered(request)),
    explained(request).map((sentence) => el("p", { class: "why" }, sentence)),
    detailsOf(request),
  );
  row.show = () => {};
  return row;
}

function kindOf(request) {
  if (!isRefusal(request)) {
    return request.faults.length > 0 ? "warn" : "good";
  }
  return "bad";
}

function answered(request) {
  if (request.outcome !== null) {
    return request.outcome;
  }
  return request.httpStatus === null ? "No answer" : `HTTP ${request.httpStatus}`;
}

/** The sentences under a request: the rule and what was left of it, and what a fault made of the answer. */
function explained(request) {
  const sentences = [];
  const { rule, ...left } = request.why ?? {};
  if (rule !== undefined) {
    const rest = Object.entries(left).map(([name, value]) => `${inWords(name)} ${rounded(value)}`);
    sentences.push([`Rule: ${rule}`, ...rest].join(" · "));
  }
  for (const fault of request.faults) {
    const moment = fault.when === "after" ? "after it took effect" : "before it could take effect";
    sentences.push(`Fault ${fault.id} befell it: ${fault.kind}, ${moment}`);
  }
  if (request.effect !== request.outcome && request.effect !== null && request.effect !== "OK") {
    sentences.push(`By the rules it was ${request.effect}`);
  }
  return sentences;
}

/** `attemptsLeft` as `attempts left`. */
function inWords(name) {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function rounded(value) {
  return typeof value === "number" ? String(Math.round(value * 10) / 10) : String(value);
}

function detailsOf(request) {
  const sides = el("div", { class: "sides" });
  const details = el("details", {}, el("summary", {}, summaryOf(request)), sides);
  details.addEventListener("toggle", () => {
    if (details.open && sides.childElementCount === 0) {
      const { query, headers, body } = request;
      sides.append(...side("Asked", { ...(isEmpty(query) ? {} : { query }), body, headers }), ...side("Answered", request.answer));
    }
  });
  return details;
}

function summaryOf(request) {
  const codes = [["statusCode", request.statusCode], ["apiCode", request.apiCode]]
    .filter(([, code]) => code !== null && code !== undefined).map(([name, code]) => `${name} ${code}`);
  return [...codes, request.message].filter(Boolean).join(" · ") || "What was said";
}

function side(title, content) {
  return [
    el("h3", {}, title),
    el("pre", { tabindex: "0" }, content === null ? "nothing that is JSON" : JSON.stringify(content, null, 2)),
  ];
}

function isEmpty(content) {
  return content === null || content === undefined || Object.keys(content).length === 0;
}
