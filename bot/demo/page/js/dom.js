// Elements in one line, icons, dialogs, and what went wrong.

/** An element: `h("button", { class: "x", onclick }, "words", child)`; falsy children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

function set(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "style") Object.assign(element.style, value);
  else if (name === "dataset") Object.assign(element.dataset, value);
  else element.setAttribute(name, value === true ? "" : value);
}

const PATHS = {
  plus: "M12 5v14M5 12h14",
  send: "M4 12l16-8-6 16-3-6z",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  menu: "M4 7h16M4 12h16M4 17h16",
  keyboard: "M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8",
  chevron: "M6 9l6 6 6-6",
  thread: "M4 5h16v11H10l-4 4v-4H4z",
  smile: "M12 3a9 9 0 100 18 9 9 0 000-18zM9 10h.01M15 10h.01M8.5 14.5c2 2 5 2 7 0",
  pencil: "M4 20l1-4L16 5l3 3L8 19z",
  bin: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
};

/** A line icon; it is decoration, the button around it has the words. */
export function icon(name) {
  const svg = s("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" });
  svg.append(s("path", { d: PATHS[name] }));
  return svg;
}

/** An element of an SVG drawing. */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** A mark in the place of something the page cannot draw; tests look for it. */
export function unknown(what) {
  return h("div", { class: "unknown", "data-unknown": what }, `表示できない要素: ${what}`);
}

/** A dialog with a title and a way to close it; `fill(close)` gives its contents. */
export function dialog(title, fill, attributes = {}) {
  const id = `dialog-${Math.random().toString(36).slice(2)}`;
  const element = h("dialog", { "aria-labelledby": id, ...attributes });
  const close = () => element.close();
  element.append(
    h("header", { class: "dialog-head" },
      h("h2", { id }, title),
      h("button", { type: "button", class: "quiet", "aria-label": "閉じる", onclick: close }, icon("close"))),
    ...[fill(close)].flat(),
  );
  element.addEventListener("close", () => element.remove());
  element.addEventListener("click", (event) => { if (event.target === element) close(); });
  document.body.append(element);
  element.showModal();
  return element;
}

/** Say what went wrong, for a while. */
export function toast(words) {
  const place = document.getElementById("toast");
  place.textContent = words;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { place.textContent = ""; }, 6000);
}

/** A time of day in Japan such as 9:05; `at` is in seconds. */
export function clock(at) {
  return new Date(at * 1000).toLocaleTimeString("ja-JP", { hour: "numeric", minute: "2-digit", timeZone: "Asia/Tokyo" });
}

/** Replace the children of an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter(Boolean));
}
