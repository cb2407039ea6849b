// Block Kit as Slack draws it. Every block and key is known or marked, as in Flex Messages.
// Source: Slack's Block Kit reference, "Blocks".

import { chart } from "./chart.js";
import { element, picture } from "./elements.js";
import { h, unknown } from "./dom.js";
import { mrkdwn, plain, textObject } from "./mrkdwn.js";
import { richText } from "./rich_text.js";

const KINDS = {
  section: [section, ["text", "fields", "accessory", "expand"]],
  header: [(given) => h("h4", { class: "kit-header" }, plain(given.text.text)), ["text"]],
  context: [context, ["elements"]],
  divider: [() => h("hr"), []],
  actions: [actions, ["elements"]],
  input: [input, ["label", "element", "hint", "optional", "dispatch_action"]],
  rich_text: [(given, act) => h("div", { class: "rich" }, richText(given, act.names)), ["elements"]],
  image: [(given) => h("figure", { class: "kit-image" }, given.title && h("figcaption", {}, given.title.text), picture(given)), ["image_url", "slack_file", "alt_text", "title"]],
  markdown: [(given) => h("div", { class: "markdown" }, markdown(given.text)), ["text"]],
  alert: [(given, act) => h("div", { class: `alert ${given.level ?? "default"}`, role: "note" }, textObject(given.text, act.names)), ["text", "level"]],
  card: [card, ["title", "subtitle", "body", "icon", "hero_image", "actions"]],
  table: [table, ["rows", "column_settings"]],
  data_visualization: [chart, ["title", "chart"]],
};

/** The blocks as elements. */
export function blocks(given, act) {
  return given.map((each) => block(each, act));
}

function block(given, act) {
  const [draw, known] = KINDS[given.type] ?? [];
  if (!draw) return unknown(`block ${given.type}`);
  const strange = Object.keys(given).filter((key) => !["type", "block_id", ...known].includes(key));
  return h("div", { class: `kit kit-${given.type}`, "data-block-id": given.block_id },
    draw(given, act), strange.map((key) => unknown(`${given.type}.${key}`)));
}

function section(given, act) {
  return [
    h("div", { class: "section-text" },
      given.text && h("div", {}, textObject(given.text, act.names)),
      given.fields && h("div", { class: "fields-grid" }, given.fields.map((field) => h("div", {}, textObject(field, act.names))))),
    given.accessory && h("div", { class: "accessory" }, element(given.accessory, given, act, given.text?.text ?? "")),
  ];
}

function context(given, act) {
  return h("div", { class: "small-print" }, given.elements.map((each) =>
    each.type === "image" ? element(each, given, act) : h("span", {}, textObject(each, act.names))));
}

function actions(given, act) {
  return h("div", { class: "row" }, given.elements.map((each) => element(each, given, act)));
}

function input(given, act) {
  const error = act.errors?.[given.block_id];
  const label = given.label.text;
  return h("div", { class: error ? "input wrong" : "input" },
    h("div", { class: "label" }, plain(label), given.optional && h("small", {}, "（任意）")),
    element(given.element, given, act, label),
    given.hint && h("small", {}, plain(given.hint.text)),
    error && h("p", { class: "error", role: "alert" }, error));
}

function card(given, act) {
  return h("div", { class: "card" },
    given.title && h("strong", {}, textObject(given.title, act.names)),
    given.subtitle && h("small", {}, textObject(given.subtitle, act.names)),
    given.body && h("p", {}, textObject(given.body, act.names)),
    given.actions && h("div", { class: "row" }, given.actions.map((each) => element(each, given, act))));
}

function table(given, act) {
  const align = (column) => ({ textAlign: given.column_settings?.[column]?.align ?? "" });
  const cell = (each, column, head) => h(head ? "th" : "td", { style: align(column), scope: head ? "col" : undefined },
    each.type === "rich_text" ? richText(each, act.names) : each.text ?? String(each.value));
  const [head, ...rows] = given.rows;
  return h("div", { class: "table", tabindex: "0", role: "group", "aria-label": "表" }, h("table", {},
    h("thead", {}, h("tr", {}, head.map((each, column) => cell(each, column, true)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((each, column) => cell(each, column, false)))))));
}

/** Standard Markdown as the `markdown` block takes it: headings, lists, quotes, emphasis, links. */
function markdown(words) {
  return words.split("\n").map((line) => {
    const [, marks, title] = line.match(/^(#{1,6}) (.*)$/) ?? [];
    if (marks) return h("h4", {}, standard(title));
    const [, item] = line.match(/^\s*[-*] (.*)$/) ?? [];
    if (item) return h("p", { class: "item" }, "・", standard(item));
    const [, quoted] = line.match(/^> ?(.*)$/) ?? [];
    if (quoted !== undefined) return h("blockquote", {}, standard(quoted));
    return h("p", {}, standard(line));
  });
}

function standard(words) {
  const escaped = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return mrkdwn(escaped
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, "<$2|$1>")
    .replace(/\*\*([^*]+)\*\*/g, "*$1*")
    .replace(/~~([^~]+)~~/g, "~$1~"), {});
}
