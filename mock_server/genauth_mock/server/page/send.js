// The form that asks the real API for a code, so that nobody needs a terminal to see one.

import { byId, el } from "./dom.js";
import { notice } from "./notice.js";
import { address, channel, SMS_CHANNELS } from "./words.js";

export class SendForm {
  #page;
  #onSent;

  /** `onSent()` is called after the API was asked. */
  constructor(page, onSent) {
    this.#page = page;
    this.#onSent = onSent;
    byId("send-channel").replaceChildren(
      ...SMS_CHANNELS.map((name) => el("option", { value: name }, channel(name))),
    );
    byId("send-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(event.target);
    });
  }

  async #send(form) {
    const body = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
    await this.#page.submitting(form, async () => {
      const answer = await this.#page.server.post("/api/v3/send-sms", body);
      const place = form.querySelector(".answer");
      if (answer.statusCode === 200) {
        notice(`Sent to ${address(body)}`);
      } else {
        place.dataset.kind = "refused";
        place.textContent = `${answer.message} (${codesOf(answer)})`;
      }
      this.#onSent();
    });
  }
}

function codesOf(answer) {
  const api = answer.apiCode === undefined ? "" : `, apiCode ${answer.apiCode}`;
  return `statusCode ${answer.statusCode}${api}`;
}
