// One user: a row that tells who it is, and opens to what can be changed.

import { disclose, el, icon, say } from "./dom.js";
import { address, inWords, time, date } from "./words.js";

const ACTIVE = "Activated";
/** Shown in the row itself, or under a name of its own. */
const SHOWN = new Set(["userId", "status", "phoneNumber", "phoneCountryCode", "phoneVerified", "nickname", "email"]);
const NAMES = { hasPassword: "Password", loginsCount: "Sign-ins", createdAt: "Created", updatedAt: "Changed" };

/** What a user is called. */
export function nameOf(user) {
  return user.nickname || user.username || address(user) || user.email || user.userId;
}

/** Makes the row of a user; `acts` are what can be done to it: copyId, copyToken, setPhone, setStatus, remove. */
export function userRow(user, acts) {
  const parts = {
    name: el("bdi", { class: "name" }),
    also: el("p", { class: "about" }),
    phone: el("p", { class: "phone" }),
    email: el("p", { class: "about" }),
    status: el("span", { class: "badge" }),
    detail: el("div", { class: "detail", hidden: "" }),
  };
  const open = el("button", { type: "button", class: "open" }, parts.name);
  const token = el("button", { type: "button", class: "quiet token", onclick: acts.copyToken }, icon("copy"), "Copy token");
  const row = el("li", { class: "row user" },
    el("div", { class: "who" }, open, parts.also),
    el("div", { class: "reach" }, parts.phone, parts.email),
    el("div", { class: "end" }, parts.status, token),
    parts.detail,
  );
  let panel = null;
  let shown = user;
  disclose(open, (isOpen) => {
    panel ??= userPanel(acts, parts.detail);
    panel.show(shown);
    panel.lookUp();
    parts.detail.hidden = !isOpen;
  });
  row.show = (latest) => {
    shown = latest;
    showUser(row, parts, latest);
    token.setAttribute("aria-label", `Copy a new access token of ${nameOf(latest)}`);
    panel?.show(latest);
  };
  row.show(user);
  return row;
}

function showUser(row, parts, user) {
  say(parts.name, nameOf(user));
  say(parts.also, user.nickname && user.username ? user.username : `made ${time(Date.parse(user.createdAt))}`);
  say(parts.phone, user.phoneNumber ? address(user) : "No phone");
  row.toggleAttribute("data-has-phone", Boolean(user.phoneNumber));
  say(parts.email, user.email ?? "");
  say(parts.status, String(user.status));
  parts.status.dataset.kind = user.status === ACTIVE ? "good" : "bad";
}

/** Fills the part of the row that opens; gives `show(user)`. */
function userPanel(acts, place) {
  const facts = el("dl", { class: "facts" });
  const sessions = el("dd", {}, "…");
  const phone = phoneForm(acts);
  const status = el("button", { type: "button" });
  const remove = el("button", { type: "button", class: "warn" }, "Delete…");
  let shown = null;
  status.addEventListener("click", () => acts.setStatus(shown.status === ACTIVE ? "Suspended" : ACTIVE));
  remove.addEventListener("click", () => acts.remove(shown));
  place.append(
    facts,
    phone.form,
    el("div", { class: "buttons" },
      el("button", { type: "button", onclick: acts.copyToken }, icon("copy"), "Copy access token"),
      el("button", { type: "button", onclick: acts.copyId }, icon("copy"), "Copy user id"),
      status,
      remove),
  );
  return {
    show: (user) => {
      shown = user;
      facts.replaceChildren(...factsOf(user).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]), el("dt", {}, "Sessions"), sessions);
      say(status, user.status === ACTIVE ? "Suspend" : "Activate");
      phone.show(user);
    },
    /** Asks for what the list of users leaves out. */
    lookUp: async () => say(sessions, sessionsInWords(await acts.sessions().catch(() => []))),
  };
}

function sessionsInWords(list) {
  const moments = list.map(({ signedInAt, expiresAt }) => {
    const since = signedInAt === null ? "" : `since ${date(Date.parse(signedInAt))}, ${time(Date.parse(signedInAt))}, `;
    return `${since}until ${date(Date.parse(expiresAt))}, ${time(Date.parse(expiresAt))}`;
  });
  return moments.length === 0 ? "none" : moments.join("; ");
}

function phoneForm(acts) {
  const number = el("input", { name: "phoneNumber", inputmode: "tel", autocomplete: "off", placeholder: "18812348888 or +12025550123" });
  const remove = el("button", { type: "button" }, "Remove");
  const form = el("form", { class: "set-phone" },
    el("label", {}, "Phone number", number),
    el("div", { class: "buttons" }, el("button", { type: "submit" }, "Set phone"), remove),
    el("p", { class: "answer", role: "status" }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    acts.setPhone(form, number.value.trim() || null);
  });
  remove.addEventListener("click", () => acts.setPhone(form, null));
  return {
    form,
    show: (user) => {
      if (document.activeElement !== number) {
        number.value = user.phoneNumber ? `${user.phoneCountryCode ?? ""}${user.phoneNumber}` : "";
      }
      remove.hidden = !user.phoneNumber;
    },
  };
}

/** What else is known of a user, by name: whatever the server tells beyond the row. */
function factsOf(user) {
  const rest = Object.entries(user).filter(([name, value]) => !SHOWN.has(name) && value !== null && value !== undefined);
  return [["User id", user.userId], ...rest.map(([name, value]) => [NAMES[name] ?? inWords(name), fact(name, value)])];
}

/** What tells one entry of a list from another: a role's code, a factor's address or key, ... */
function entryInWords(name, entry) {
  if (name === "factors") {
    const { factorType, phoneNumber, phoneCountryCode, email, key } = entry;
    const where = phoneNumber ? `${phoneCountryCode} ${phoneNumber}` : email ?? `key ${key}, recovery code ${entry.recoveryCode}`;
    return `${factorType}: ${where}`;
  }
  return entry.code ?? entry.name ?? entry.appName ?? entry.tenantName ?? JSON.stringify(entry);
}

function fact(name, value) {
  if (Array.isArray(value) && value.every((each) => typeof each === "object")) {
    return value.map((each) => entryInWords(name, each)).join("; ");
  }
  if (name.endsWith("At")) {
    return `${date(Date.parse(value))}, ${time(Date.parse(value))}`;
  }
  if (name === "hasPassword") {
    return value ? "set" : "none";
  }
  if (typeof value === "boolean") {
    return value ? "yes" : "no";
  }
  return typeof value === "object" ? el("code", {}, JSON.stringify(value)) : String(value);
}
