// What every part of the page shares: the server, the app's clock, and how a failure is shown.

import { Clock } from "./clock.js";
import { hideNotice, notice } from "./notice.js";
import { Refused, Server, Stale, Unreachable } from "./server.js";

export class Page {
  clock = new Clock();
  /** Whether the server answers, as far as is known. */
  isLive = false;
  /** Whether the server was there and answers no more. */
  isGone = false;

  constructor(appId) {
    this.server = new Server(appId);
  }

  /** Called where the server asks for its control token. */
  onLocked = () => {};

  /** Fills a section of the page, or shows in it what the server has against that. */
  async filling(section, act) {
    const place = section.querySelector(".problem");
    await this.#expecting(async () => {
      await act();
      place.hidden = true;
    }, (error) => {
      if (error instanceof Refused) { // a lost connection is shown once, at the top
        place.textContent = error.message;
        place.hidden = false;
      }
    });
  }

  /** Does what a form asks for, or shows beside it what the server has against that. */
  async submitting(form, act) {
    const place = form.querySelector(".answer");
    place.dataset.kind = "";
    place.textContent = "";
    hideNotice(); // it was about what was done before
    await this.#expecting(act, (error) => {
      place.dataset.kind = "refused";
      place.textContent = error.message;
    });
  }

  /** Does what a button asks for, or says what the server has against that. */
  async clicking(act) {
    await this.#expecting(act, (error) => notice(error.message));
  }

  /** Runs `act`; hands what may go wrong with any server to `show`, and lets a fault of the page through. */
  async #expecting(act, show) {
    try {
      await act();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        this.onLocked();
      } else if (error instanceof Refused || error instanceof Unreachable) {
        show(error);
      } else if (!(error instanceof Stale)) {
        throw error;
      }
    }
  }
}
