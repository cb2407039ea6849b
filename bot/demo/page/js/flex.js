// Flex Messages as LINE draws them: boxes, texts, buttons, separators, and what a tap does.
// Every key is known or marked: an element this page cannot draw is never left out quietly.
// Source: LINE Messaging API, "Flex Message layout" and "Flex Message elements".

import { h, unknown } from "./dom.js";
import { actionAttributes } from "./actions.js";

const GAPS = { none: "0", xs: "2px", sm: "4px", md: "8px", lg: "12px", xl: "16px", xxl: "20px" };
const SIZES = {
  xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74,
};
const WIDTHS = {
  nano: "120px", micro: "160px", deca: "220px", hecto: "241px", kilo: "260px", mega: "300px",
  giga: "min(386px, 100%)",
};
const SIDES = { start: "flex-start", center: "center", end: "flex-end" };
const TEXT_SIDES = { start: "start", center: "center", end: "end" };

const length = (value) => GAPS[value] ?? value;

/** A container, `{type: "bubble"}` or `{type: "carousel"}`, as an element. */
export function container(contents, act) {
  if (contents.type === "bubble") return bubble(contents, act);
  if (contents.type === "carousel") {
    const bubbles = contents.contents.map((each) => bubble(each, act));
    return h("div", { class: "carousel", tabindex: "0", role: "group", "aria-label": "横に送れるカード" },
      bubbles, marks(contents, ["type", "contents"]));
  }
  return unknown(`flex ${contents.type}`);
}

function bubble(given, act) {
  const blocks = ["header", "body", "footer"]
    .filter((name) => given[name])
    .map((name) => block(given[name], name, act));
  return h("div", { class: "bubble", style: { width: WIDTHS[given.size ?? "mega"] } },
    blocks, marks(given, ["type", "size", "header", "body", "footer"]));
}

const BLOCK_PADDING = { header: "20px", body: "20px", footer: "10px" };

function block(given, name, act) {
  const element = component(given, act, "vertical");
  if (!given.paddingAll) element.style.padding = BLOCK_PADDING[name];
  element.classList.add(`flex-${name}`);
  return element;
}

const DRAW = { box, text, button, separator, filler };

/** One component in a box of this layout; `first` in its box has no margin. */
function component(given, act, layout, first = true) {
  const draw = DRAW[given.type];
  if (!draw) return unknown(`flex ${given.type}`);
  const element = draw(given, act, layout);
  element.style.flex = flexOf(given, layout);
  if (given.margin && !first) {
    const side = layout === "vertical" ? "marginTop" : "marginLeft";
    element.style[side] = length(given.margin);
  }
  return element;
}

function flexOf(given, layout) {
  const grow = given.flex ?? (layout === "vertical" || given.type === "separator" ? 0 : 1);
  if (grow) return layout === "vertical" ? `${grow} 0 auto` : `${grow} ${grow} 0`;
  return layout === "vertical" ? "0 0 auto" : "0 0 auto";
}

const BOX = [
  "type", "layout", "contents", "flex", "margin", "spacing", "paddingAll", "paddingTop",
  "paddingBottom", "paddingStart", "paddingEnd", "backgroundColor", "cornerRadius", "width",
  "height", "borderWidth", "borderColor", "alignItems", "justifyContent", "action",
];

function box(given, act) {
  const { layout } = given;
  const down = layout === "vertical";
  const element = h(given.action?.type === "uri" ? "a" : "div", {
    class: "flex-box",
    style: {
      flexDirection: down ? "column" : "row",
      alignItems: given.alignItems ? SIDES[given.alignItems] : layout === "baseline" ? "baseline" : "",
      justifyContent: given.justifyContent ? justify(given.justifyContent) : "",
      backgroundColor: given.backgroundColor ?? "",
      borderRadius: given.cornerRadius ? length(given.cornerRadius) : "",
      border: given.borderWidth ? `${length(given.borderWidth)} solid ${given.borderColor ?? "#000"}` : "",
      width: given.width ?? "",
      height: given.height ?? "",
      ...paddings(given),
    },
    ...(given.action ? actionAttributes(given.action, act, wordsOf(given)) : {}),
  });
  const gap = length(given.spacing ?? "none");
  given.contents.forEach((each, index) => {
    const child = component(each, act, layout, index === 0);
    if (index && !each.margin) child.style[down ? "marginTop" : "marginLeft"] = gap;
    element.append(child);
  });
  element.append(...marks(given, BOX));
  return element;
}

const justify = (value) => ({ "flex-start": "flex-start", center: "center", "flex-end": "flex-end" }[value] ?? value);

function paddings(given) {
  const style = { padding: given.paddingAll ? length(given.paddingAll) : "" };
  for (const side of ["Top", "Bottom", "Start", "End"]) {
    const value = given[`padding${side}`];
    if (value) style[{ Start: "paddingInlineStart", End: "paddingInlineEnd" }[side] ?? `padding${side}`] = length(value);
  }
  return style;
}

const TEXT = [
  "type", "text", "size", "color", "weight", "style", "decoration", "align", "gravity", "wrap",
  "maxLines", "lineSpacing", "scaling", "flex", "margin", "action", "adjustMode",
];

function text(given, act) {
  const points = SIZES[given.size ?? "md"] ?? parseFloat(given.size);
  const scale = given.scaling ? "var(--type-scale, 1)" : "1";
  const element = h(given.action?.type === "uri" ? "a" : "div", {
    class: "flex-text",
    style: {
      fontSize: `calc(${points}px * ${scale})`,
      color: given.color ?? "#000000",
      fontWeight: given.weight === "bold" ? "700" : "400",
      fontStyle: given.style === "italic" ? "italic" : "",
      textDecoration: given.decoration ?? "none",
      textAlign: TEXT_SIDES[given.align ?? "start"],
      alignSelf: { center: "center", bottom: "flex-end" }[given.gravity] ?? "",
      whiteSpace: given.wrap ? "pre-wrap" : "nowrap",
      overflow: given.wrap ? "" : "hidden",
      textOverflow: given.wrap ? "" : "ellipsis",
      lineHeight: given.lineSpacing ? `calc(1.3em + ${given.lineSpacing})` : "1.4",
    },
    ...(given.action ? actionAttributes(given.action, act, given.text) : {}),
  }, given.text);
  element.append(...marks(given, TEXT));
  if (given.adjustMode === "shrink-to-fit" && !given.wrap) shrinkToFit(element, element.style.fontSize);
  return element;
}

const SMALLEST = 0.5;

/** Set the words smaller until they fit on their line, each time there is more or less room. */
function shrinkToFit(element, size) {
  const fit = () => {
    element.style.fontSize = size;
    const share = element.clientWidth / element.scrollWidth;
    if (share < 1) element.style.fontSize = `calc(${size} * ${Math.max(SMALLEST, share - 0.01)})`;
  };
  // In the next frame: what observes sizes must not change them at once.
  new ResizeObserver(() => requestAnimationFrame(fit)).observe(element);
}

const BUTTON = ["type", "action", "style", "color", "height", "flex", "margin", "gravity", "adjustMode"];
const BUTTON_STYLES = { primary: "flex-primary", secondary: "flex-secondary", link: "flex-link" };

function button(given, act) {
  const element = h(given.action.type === "uri" ? "a" : "div", {
    class: `flex-button ${BUTTON_STYLES[given.style ?? "link"]}`,
    ...actionAttributes(given.action, act, given.action.label),
  }, given.action.label);
  if (given.color) element.style[(given.style ?? "link") === "link" ? "color" : "backgroundColor"] = given.color;
  element.append(...marks(given, BUTTON));
  return element;
}

function separator(given) {
  return h("div", { class: "flex-separator", style: { backgroundColor: given.color ?? "#D4D6DA" } },
    marks(given, ["type", "color", "margin"]));
}

function filler(given) {
  return h("div", {}, marks(given, ["type", "flex"]));
}

/** The words inside a component, for what a tap on it is called. */
function wordsOf(given) {
  if (given.type === "text") return given.text;
  return (given.contents ?? []).map(wordsOf).filter(Boolean).join(" ");
}

/** A mark for every key of `given` that this page does not draw. */
function marks(given, known) {
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => unknown(`flex ${given.type}.${key}`));
}
