// QR codes and push messages that wait for a second device: here a person scans, confirms and refuses them.

import { byId, el, keepRows, say } from "./dom.js";
import { notice } from "./notice.js";
import { nameOf } from "./user.js";

const OPEN = new Set(["PENDING", "SCANNED", "PUSHED"]);
const DONE = { SCAN: "Scanned", CONFIRM: "Confirmed", CANCEL: "Refused" };
/** How many users there are to scan as: the newest. */
const OFFERED = 50;

export class SecondDevices {
  #page;
  #users = [];

  constructor(page) {
    this.#page = page;
  }

  clear() {
    this.#draw([]);
  }

  /** Shows what waits; `users` are those who may scan. */
  async refresh(users) {
    this.#users = users;
    const { server } = this.#page;
    const [{ qrCodes }, { pushCodes }] = await Promise.all([server.get("/_mock/qr-codes"), server.get("/_mock/push-codes")]);
    this.#draw([
      ...qrCodes.map((code) => ({ ...code, id: code.qrcodeId, path: `/_mock/qr-codes/${code.qrcodeId}` })),
      ...pushCodes.map((code) => ({ ...code, id: code.pushCodeId, path: `/_mock/push-codes/${code.pushCodeId}` })),
    ].filter((code) => OPEN.has(code.status)));
  }

  #draw(codes) {
    byId("second-devices").hidden = codes.length === 0;
    keepRows(byId("device-rows"), codes, (code) => code.id, (code) => this.#row(code));
  }

  #row(code) {
    const what = el("p", { class: "name" });
    const who = el("select", { "aria-label": "Scan as" });
    const scan = el("button", { type: "button" }, "Scan");
    const confirm = el("button", { type: "button", class: "primary" }, "Confirm");
    const refuse = el("button", { type: "button" }, "Refuse");
    scan.addEventListener("click", () => this.#act(code, { action: "SCAN", userId: who.value }));
    confirm.addEventListener("click", () => this.#act(code, { action: "CONFIRM" }));
    refuse.addEventListener("click", () => this.#act(code, { action: "CANCEL" }));
    const row = el("li", { class: "row" }, what, el("div", { class: "buttons" }, who, scan, confirm, refuse));
    row.show = (latest) => {
      const isNew = latest.status === "PENDING";
      const kind = latest.status === "PUSHED" ? "Push message to" : isNew ? "QR code" : "QR code, scanned by";
      say(what, `${kind} ${latest.userId === null ? latest.id.slice(-6) : this.#nameOf(latest.userId)}`);
      who.hidden = scan.hidden = !isNew;
      confirm.hidden = refuse.hidden = isNew;
      if (isNew && document.activeElement !== who) {
        this.#offer(who);
      }
    };
    row.show(code);
    return row;
  }

  #offer(who) {
    const chosen = who.value;
    who.replaceChildren(...this.#users.slice(0, OFFERED).map((user) => el("option", { value: user.userId }, nameOf(user))));
    if (chosen) {
      who.value = chosen;
    }
  }

  #nameOf(userId) {
    const user = this.#users.find((each) => each.userId === userId);
    return user === undefined ? userId : nameOf(user);
  }

  #act(code, body) {
    return this.#page.clicking(async () => {
      await this.#page.server.post(code.path, body);
      notice(DONE[body.action]);
      await this.refresh(this.#users);
    });
  }
}
