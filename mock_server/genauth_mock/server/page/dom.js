// Builds elements. Text from anyone becomes a text node, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** Finds the one element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * Makes an element.
 *
 * `attributes` are set as they are; `on…` names take a listener, and null leaves one out.
 * `children` are elements, texts, or lists of them.
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat());
  return element;
}

/** Writes a text where it is not there already, so that nothing is laid out again for the same words. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Shows a number beside the name of a view; nothing for 0. */
export function showCount(view, number) {
  const place = document.querySelector(`[data-count=${view}]`);
  say(place, String(number));
  place.hidden = number === 0;
}

const ICONS = {
  active: "M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 0 0 0-12.5zM8 4.5V8l2.5 1.75",
  used: "M3 8.5l3.3 3.3L13 4.8",
  expired: "M4.5 2h7M4.5 14h7M5 2c0 4 6 4.5 6 6s-1 2-3 3s-3 2-3 3M11 2c0 4-6 4.5-6 6s1 2 3 3s3 2 3 3",
  exhausted: "M4 4l8 8M12 4l-8 8",
  replaced: "M3 6h8.5M9 3l3 3l-3 3M13 11H4.5",
  copy: "M5.5 5.5h7.5v8h-7.5zM10.5 5.5v-3h-7.5v8h2.5",
  check: "M3 8.5l3.3 3.3L13 4.8",
  filter: "M2 4h12M4.5 8h7M6.5 12h3",
  auto: "M8 2a6 6 0 1 0 0 12a6 6 0 0 0 0-12zM8 2v12M8 5h3.6M8 8h5.6M8 11h3.9",
  light: "M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9L13 13M13 3l-1.1 1.1M4.1 11.9L3 13",
  dark: "M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3z",
};

/** Draws one of the page's icons; a reader of the screen is told by the text beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Lets a button open and close something below it; `onTurn(isOpen)` shows and hides it. */
export function disclose(button, onTurn) {
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-expanded") === "false";
    button.setAttribute("aria-expanded", String(isOpen));
    onTurn(isOpen);
  });
}

/**
 * Makes the children of `list` the rows of `items`: rows are kept by key, so focus and selection stay.
 *
 * `make(item)` gives an element with a `show(item)` method on it.
 */
export function keepRows(list, items, keyOf, make) {
  const wanted = new Set(items.map((item) => String(keyOf(item))));
  const rows = new Map([...list.children].map((row) => [row.dataset.key, row]));
  for (const [key, row] of rows) {
    if (!wanted.has(key)) {
      row.remove(); // before the others are put in order: a row that is moved loses the focus
    }
  }
  let place = list.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let row = rows.get(key);
    if (row === undefined) {
      row = make(item);
      row.dataset.key = key;
    } else {
      row.show(item);
    }
    if (row === place) {
      place = place.nextElementSibling;
    } else {
      list.insertBefore(row, place);
    }
  }
}

/** Fills a box with what `make()` gives, unless it is filled with that `kind` already: focus and selection stay. Gives whether it did. */
export function keepBox(box, kind, make) {
  if (box.dataset.kind === kind) {
    return false;
  }
  box.dataset.kind = kind;
  box.replaceChildren(...make());
  return true;
}

/** Says how much of a long list is shown, and offers the rest; `more` is called for it, the same one each time. */
export function showMore(place, shown, total, more) {
  place.hidden = shown >= total;
  keepBox(place, "more", () => [
    el("span"),
    el("button", { type: "button", class: "quiet", onclick: more }, "Show more"),
  ]);
  say(place.firstElementChild, `${shown} of ${total} are shown. `);
}
