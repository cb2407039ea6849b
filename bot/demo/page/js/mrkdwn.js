// Slack's mrkdwn as elements: emphasis, code, quotes, links, mentions, emoji.
// Source: Slack's "Formatting message text".

import { emoji } from "./emoji.js";
import { h } from "./dom.js";

const TOKEN = new RegExp([
  /```([\s\S]+?)```/, // 1: a block of code
  /`([^`\n]+)`/, // 2: code
  /<([^<>\n]+)>/, // 3: a link or a mention
  /(?<![\p{L}\p{N}])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\p{L}\p{N}])/, // 4: bold
  /(?<![\p{L}\p{N}])_(?!\s)([^_\n]+?)(?<!\s)_(?![\p{L}\p{N}])/, // 5: italic
  /(?<![\p{L}\p{N}])~(?!\s)([^~\n]+?)(?<!\s)~(?![\p{L}\p{N}])/, // 6: struck out
  /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/, // 7: emoji
].map(({ source }) => source).join("|"), "gu");

/** A text object, `plain_text` or `mrkdwn`, as nodes. */
export function textObject(given, names) {
  return given.type === "mrkdwn" ? mrkdwn(given.text, names) : plain(given.text);
}

/** Words that are not parsed, but for emoji and line breaks. */
export function plain(words) {
  return words.split(/:([a-z0-9_+'-]+):/).flatMap((part, index) =>
    index % 2 ? [emoji(part)] : lines(part));
}

function lines(words) {
  return words.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line])).filter((part) => part !== "");
}

/** Formatted words as nodes; `names` has people and channels by ID. */
export function mrkdwn(words, names) {
  const quoted = words.split(/(?:^|\n)((?:&gt;[^\n]*(?:\n|$))+)/);
  return quoted.flatMap((part, index) =>
    index % 2
      ? [h("blockquote", {}, inline(part.replace(/^&gt; ?/gm, "").trim(), names))]
      : inline(part, names));
}

function inline(words, names) {
  const nodes = [];
  let end = 0;
  for (const found of words.matchAll(TOKEN)) {
    nodes.push(...lines(unescaped(words.slice(end, found.index))));
    nodes.push(token(found, names));
    end = found.index + found[0].length;
  }
  return [...nodes, ...lines(unescaped(words.slice(end)))];
}

function token([, block, code, link, bold, italic, struck, name], names) {
  if (block) return h("pre", { class: "code" }, unescaped(block));
  if (code) return h("code", {}, unescaped(code));
  if (link) return linked(link, names);
  if (bold) return h("strong", {}, inline(bold, names));
  if (italic) return h("em", {}, inline(italic, names));
  if (struck) return h("s", {}, inline(struck, names));
  return emoji(name);
}

function linked(inside, names) {
  const [target, label] = inside.split("|");
  if (target.startsWith("@")) return mention(`@${names[target.slice(1)] ?? label ?? "だれか"}`);
  if (target.startsWith("#")) return mention(`#${names[target.slice(1)] ?? label ?? "チャンネル"}`);
  if (target.startsWith("!date^")) return date(target.split("^"), label);
  if (target.startsWith("!")) return mention(`@${label ?? target.slice(1)}`);
  return anchor(unescaped(target), unescaped(label ?? target));
}

/** A mention of somebody or of everybody. */
export const mention = (words) => h("span", { class: "mention" }, words);

/** A link in a window of its own. */
export const anchor = (url, words) => h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words);

const DATES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

function date([, timestamp, format], fallback) {
  const at = new Date(Number(timestamp) * 1000);
  const words = (format ?? fallback ?? "").replace(/\{(\w+?)(?:_pretty)?\}/g, (whole, name) =>
    DATES[name] ? at.toLocaleString("ja-JP", { ...DATES[name], timeZone: "Asia/Tokyo" }) : whole);
  return h("time", { title: fallback }, words);
}

const unescaped = (words) => words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
