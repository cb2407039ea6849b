// What stands in a chat: one element per message, of the owner and of the bot.

import { clock, h, icon, unknown } from "./dom.js";
import { container } from "./flex.js";

const SENT = {
  text: (message) => bubble(message.text),
  sticker: () => h("div", { class: "sticker", role: "img", "aria-label": "スタンプ" }, icon("smile")),
  image: () => h("div", { class: "photo", role: "img", "aria-label": "写真" }, "写真"),
  location: (message) =>
    h("div", { class: "place" },
      h("strong", {}, "位置情報"),
      message.address && h("span", {}, message.address),
      h("span", { class: "coordinates" }, `${message.latitude}, ${message.longitude}`)),
  flex: (message, act) => container(message.contents, act),
};

const COMMON = ["type", "quickReply", "sender", "altText", "contents", "text", "id", "quoteToken", "markAsReadToken"];
const KEYS = {
  text: ["emojis"],
  sticker: ["packageId", "stickerId", "stickerResourceType", "keywords"],
  image: ["contentProvider"],
  location: ["latitude", "longitude", "address", "title"],
};

/** One item of the chat as an element; `act` is what taps do. */
export function chatItem(item, act) {
  if (item.by === "loading") return loading();
  if (item.message.type === "unsent") return notice("メッセージの送信を取り消しました");
  return item.by === "user" ? fromOwner(item, act) : fromBot(item, act);
}

function fromOwner(item, act) {
  const more = h("button", {
    type: "button", class: "quiet take-back", "aria-label": "送信を取り消す",
    onclick: () => act.unsend(item.id),
  }, icon("bin"));
  return h("div", { class: "message mine", "data-key": item.key },
    item.message.id && more,
    h("div", { class: "marks" },
      item.read && h("span", { class: "read" }, "既読"),
      h("time", {}, clock(item.at))),
    content(item.message, act));
}

function fromBot(item, act) {
  const sender = item.message.sender;
  const name = sender?.name ?? "経営改善ナビ";
  return h("div", { class: `message theirs ${sender ? "of-person" : ""}`, "data-key": item.key },
    avatar(name, sender),
    h("div", { class: "said" },
      h("span", { class: "name" }, name),
      h("div", { class: "row" },
        content(item.message, act),
        h("div", { class: "marks" }, h("time", {}, clock(item.at))))));
}

/** The icon of who speaks. Addresses of pictures lie outside this machine: initials are drawn. */
function avatar(name, sender) {
  const words = sender ? [...name][0] : "ナビ";
  return h("div", { class: "avatar", "aria-hidden": "true", title: sender?.iconUrl }, words);
}

function content(message, act) {
  const draw = SENT[message.type];
  if (!draw) return unknown(`message ${message.type}`);
  const element = draw(message, act);
  const known = [...COMMON, ...(KEYS[message.type] ?? [])];
  for (const key of Object.keys(message)) {
    if (!known.includes(key)) element.append(unknown(`${message.type}.${key}`));
  }
  return element;
}

function bubble(words) {
  return h("div", { class: "words" }, linked(words));
}

const LINKS = /(https?:\/\/[^\s、。）」』】]+|0\d{1,4}-\d{1,4}-\d{3,4})/;

/** A text with its addresses and telephone numbers tappable, as the phone makes them. */
function linked(words) {
  return words.split(LINKS).map((part, index) => {
    if (index % 2 === 0) return part;
    if (part.startsWith("0")) return h("a", { href: `tel:${part.replaceAll("-", "")}` }, part);
    return h("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part);
  });
}

function loading() {
  return h("div", { class: "message theirs loading", "data-key": "loading" },
    avatar("経営改善ナビ"),
    h("div", { class: "words dots", role: "img", "aria-label": "返事を用意しています" },
      h("i"), h("i"), h("i")));
}

function notice(words) {
  return h("div", { class: "notice" }, words);
}
