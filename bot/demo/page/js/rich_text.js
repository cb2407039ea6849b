// Slack's rich text: sections, lists, quotes, preformatted text, and what stands in them.

import { emoji } from "./emoji.js";
import { h, unknown } from "./dom.js";
import { anchor, mention } from "./mrkdwn.js";

const SECTIONS = {
  rich_text_section: (given, names) => h("p", {}, parts(given.elements, names)),
  rich_text_quote: (given, names) => h("blockquote", {}, parts(given.elements, names)),
  rich_text_preformatted: (given, names) => h("pre", { class: "code", tabindex: "0" }, parts(given.elements, names)),
  rich_text_list: (given, names) => h(given.style === "ordered" ? "ol" : "ul", {
    class: "rich-list",
    start: given.offset ? given.offset + 1 : undefined,
    style: { marginInlineStart: `${1.4 + 1.4 * (given.indent ?? 0)}em` },
  }, given.elements.map((each) => h("li", {}, parts(each.elements, names)))),
};

const PARTS = {
  text: (given) => given.text,
  link: (given) => anchor(given.url, given.text ?? given.url),
  emoji: (given) => emoji(given.name),
  user: (given, names) => mention(`@${names[given.user_id] ?? "だれか"}`),
  channel: (given, names) => mention(`#${names[given.channel_id] ?? "チャンネル"}`),
  usergroup: () => mention("@グループ"),
  broadcast: (given) => mention(`@${given.range}`),
  date: (given) => given.fallback ?? new Date(given.timestamp * 1000).toLocaleString("ja-JP", { timeZone: "Asia/Tokyo" }),
};

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

/** The sections of a `rich_text` block as elements. */
export function richText(given, names) {
  return given.elements.map((each) =>
    SECTIONS[each.type]?.(each, names) ?? unknown(`block ${each.type}`));
}

function parts(elements, names) {
  return elements.map((each) => {
    const draw = PARTS[each.type];
    if (!draw) return unknown(`rich_text ${each.type}`);
    return Object.keys(each.style ?? {}).filter((name) => each.style[name]).reduce((inside, name) =>
      STYLES[name] ? h(STYLES[name], {}, inside) : unknown(`rich_text style.${name}`), draw(each, names));
  });
}
