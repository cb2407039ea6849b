// A menu one can type into: Slack's selects. The pattern is ARIA's combobox with a listbox.

import { fill, h } from "./dom.js";

let count = 0;

/**
 * A menu; `find(typed)` gives the options (a list, or a promise of one), each `{label, value, note}`;
 * `choose(option)` is told what was chosen, and `least` how much must be typed before it is asked.
 * Where it does not keep what was chosen it stands empty again, for the next.
 */
export function combobox({ label, placeholder, chosen, find, choose, least = 0, keeps = true }) {
  const id = `menu-${(count += 1)}`;
  const list = h("ul", { id, role: "listbox", "aria-label": label, hidden: true });
  const input = h("input", {
    type: "text", role: "combobox", autocomplete: "off", "aria-label": label, "aria-expanded": "false",
    "aria-controls": id, "aria-autocomplete": "list", placeholder, value: chosen?.label,
  });
  let options = [];
  let at = -1;
  let shown = chosen;

  const open = (is) => {
    list.hidden = !is;
    input.setAttribute("aria-expanded", String(is));
    if (!is) { at = -1; input.removeAttribute("aria-activedescendant"); }
  };
  const take = (option) => {
    shown = keeps ? option : undefined;
    input.value = shown?.label ?? "";
    open(false);
    choose(option);
  };
  const light = (next) => {
    at = Math.max(0, Math.min(options.length - 1, next));
    [...list.children].forEach((each, index) => each.setAttribute("aria-selected", String(index === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    if (list.children[at]) input.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const look = async (typed) => {
    if (typed.length < least) { open(false); return; }
    const found = await find(typed);
    if (document.activeElement !== input) return;
    options = found;
    at = -1;
    fill(list, options.length ? options.map((option, index) => h("li", {
      id: `${id}-${index}`, role: "option", "aria-selected": "false",
      onmousedown: (event) => { event.preventDefault(); take(option); },
    }, option.label, option.note && h("small", {}, option.note))) : h("li", { class: "none", role: "option", "aria-disabled": "true" }, "見つかりません"));
    open(true);
  };
  const KEYS = {
    ArrowDown: () => (list.hidden ? look("") : light(at + 1)),
    ArrowUp: () => light(at - 1),
    Enter: () => options[at] && take(options[at]),
    Escape: () => open(false),
  };
  // Not when it is merely given the focus: a form that opens would be hidden behind its first list.
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => list.hidden && look(least ? input.value : ""));
  input.addEventListener("input", () => look(input.value.trim()));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !KEYS[event.key] || (event.key === "Escape" && list.hidden)) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  });
  input.addEventListener("blur", () => { open(false); input.value = shown?.label ?? ""; });
  return h("div", { class: "combobox" }, input, list);
}

/** Those of a fixed list whose words hold what was typed. */
export function among(options) {
  const folded = (words) => words.normalize("NFKC").toLowerCase();
  return (typed) => options.filter(({ label }) => folded(label).includes(folded(typed)));
}
