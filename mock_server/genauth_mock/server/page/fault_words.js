// Faults in words: which there are to choose from, and what one that is armed does.

import { span } from "./words.js";

/**
 * What the form offers: words, the body that is posted, and which of its fields is asked for.
 *
 * The server knows more (see `POST /_mock/faults`); these are the ones a person reaches for.
 */
export const CHOICES = [
  ["Slow answer", { kind: "delay", delaySeconds: 2 }, "delaySeconds"],
  ["An outcome of GenAuth", { kind: "envelope", outcome: "EXPIRED_CODE" }, "outcome"],
  ["An HTTP status", { kind: "status", httpStatus: 503 }, "httpStatus"],
  ["Too many requests, with Retry-After", { kind: "status", httpStatus: 429, retryAfter: 5 }, "retryAfter"],
  ["Connection reset before it takes effect", { kind: "reset", when: "before" }],
  ["Connection reset after it took effect", { kind: "reset", when: "after" }],
  ["Connection closed without an answer", { kind: "drop" }],
  ["Answer cut in the middle", { kind: "cut" }],
  ["Answer that trickles in", { kind: "trickle", overSeconds: 5 }, "overSeconds"],
  ["Answer that is not JSON", { kind: "notJson" }],
  ["Empty answer", { kind: "empty" }],
  ["Message comes late", { kind: "delivery", delivery: "late", delaySeconds: 30 }, "delaySeconds"],
  ["Message never comes", { kind: "delivery", delivery: "never" }],
  ["Message comes twice", { kind: "delivery", delivery: "twice" }],
];

/** What the fields that are asked for are called. */
export const FIELDS = {
  delaySeconds: "Seconds",
  overSeconds: "Seconds",
  retryAfter: "Retry after, in seconds",
  httpStatus: "HTTP status",
  outcome: "Outcome",
};

/** What a fault does: `Answers HTTP 503`. */
export function deed(fault) {
  switch (fault.kind) {
    case "delay": return `Delays the request by ${delay(fault)}`;
    case "status": return `Answers HTTP ${fault.httpStatus}${fault.retryAfter === undefined ? "" : `, retry after ${fault.retryAfter} s`}`;
    case "envelope": return `Answers ${fault.outcome ?? figures(fault)}`;
    case "reset": return "Resets the connection";
    case "drop": return "Closes the connection without a byte";
    case "cut": return "Cuts the answer in the middle";
    case "trickle": return `Lets the answer trickle in over ${span(fault.overSeconds ?? 5)}`;
    case "notJson": return "Answers something that is not JSON";
    case "empty": return "Answers with no body";
    case "delivery": return { late: `Message comes ${delay(fault)} late`, never: "Message never comes", twice: "Message comes twice" }[fault.delivery];
    default: return String(fault.kind);
  }
}

/** Which requests it applies to, when, and how often: `bind-phone · before it takes effect · 2 more times`. */
export function scope(fault) {
  return [
    fault.route?.replace("/api/v3/", "") ?? (fault.kind === "delivery" ? "" : "every call"),
    fault.user && `user ${fault.user}`,
    fault.phoneNumber && `number ${fault.phoneNumber}`,
    fault.channel,
    fault.kind === "reset" || fault.kind === "status" ? `${fault.when} it takes effect` : "",
    fault.skip && `after the first ${fault.skip}`,
    fault.probability === undefined ? "" : `in ${Math.round(fault.probability * 100)} % of cases`,
    often(fault.times),
    fault.applied > 0 && `applied ${fault.applied === 1 ? "once" : `${fault.applied} times`}`,
  ].filter(Boolean).join(" · ");
}

function figures({ statusCode, apiCode }) {
  return apiCode === undefined ? `statusCode ${statusCode}` : `statusCode ${statusCode}, apiCode ${apiCode}`;
}

function often(times) {
  if (times === undefined || times === null) {
    return "until switched off";
  }
  return times === 1 ? "once more" : `${times} more times`;
}

function delay({ delaySeconds, delay: drawn = {} }) {
  if (delaySeconds !== undefined) {
    return seconds(delaySeconds);
  }
  return drawn.distribution === "uniform"
    ? `${drawn.fromSeconds} to ${seconds(drawn.toSeconds)}`
    : `about ${seconds(drawn.medianSeconds)}`;
}

function seconds(count) {
  return Number.isInteger(count) ? span(count) : `${count} s`;
}
