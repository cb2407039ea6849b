// One message of Slack, and what can be done with it.

import { blocks } from "./blocks.js";
import { REACTIONS, emoji } from "./emoji.js";
import { clock, dialog, h, icon } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

/** A message as an element; `does` is what the desk can do with it, `answers` how many it has. */
export function post(item, { names, me, bot, does, answers, inThread, messageShortcuts }) {
  const name = item.username || names[item.user] || "だれか";
  const isBot = item.user === bot;
  const act = {
    names,
    values: item.values,
    press: (element, _, selected) => does.press(item, element, selected),
    suggest: (element, typed) => does.suggest(item, element, typed),
  };
  return h("article", {
    class: ["post", item.ephemeral && "ephemeral", item.deleted && "stone"].filter(Boolean).join(" "),
    "data-ts": item.ts, "aria-label": `${name}のメッセージ`,
  },
  h("div", { class: `face ${isBot ? "of-bot" : ""}`, "aria-hidden": "true" }, isBot ? "ナビ" : [...name][0]),
  h("div", { class: "post-body" },
    item.ephemeral && h("small", {}, "あなただけに表示されています"),
    item.broadcast && inThread === false && h("small", {}, "スレッドに返信しました"),
    h("div", { class: "post-head" },
      h("strong", {}, name), isBot && h("span", { class: "app" }, "アプリ"),
      h("time", {}, clock(Number(item.ts)))),
    content(item, names, act),
    item.edited && h("small", { class: "edited" }, "（編集済み）"),
    item.files.map((file) => h("div", { class: "file" }, `添付：${file}`)),
    reactions(item, names, me, does),
    answers > 0 && h("button", { type: "button", class: "answers", onclick: () => does.openThread(item) }, `${answers}件の返信`)),
  !item.deleted && tools(item, me, does, inThread, messageShortcuts));
}

function content(item, names, act) {
  if (item.deleted) return h("p", {}, "このメッセージは削除されました。");
  const drawn = item.blocks.length ? blocks(item.blocks, act) : h("p", {}, mrkdwn(item.text, names));
  return h("div", { class: "content" }, drawn,
    item.attachments.map((each) => h("div", { class: "attachment" }, each.title ?? each.text ?? each.fallback ?? "")));
}

function reactions(item, names, me, does) {
  const all = Object.entries(item.reactions);
  return all.length > 0 && h("div", { class: "reactions" }, all.map(([name, users]) =>
    h("button", {
      type: "button", "aria-pressed": String(users.includes(me)), title: users.map((user) => names[user]).join("、"),
      "aria-label": `:${name}: ${users.length}件`, onclick: () => does.react(item, name, users.includes(me)),
    }, `${emoji(name)} ${users.length}`)));
}

function tools(item, me, does, inThread, messageShortcuts) {
  if (item.ephemeral) return null;
  const tool = (label, name, onclick) =>
    h("button", { type: "button", class: "quiet", "aria-label": label, title: label, onclick }, icon(name));
  return h("div", { class: "post-tools" },
    tool("リアクションする", "smile", () => pickReaction(item, does)),
    !inThread && tool("スレッドで返信する", "thread", () => does.openThread(item)),
    item.user === me && tool("編集する", "pencil", () => edit(item, does)),
    item.user === me && tool("削除する", "bin", () => does.remove(item)),
    Object.keys(messageShortcuts).length > 0 && tool("その他", "more", () => pickShortcut(item, does, messageShortcuts)));
}

function pickReaction(item, does) {
  dialog("リアクション", (close) => h("div", { class: "row" }, REACTIONS.map((name) =>
    h("button", { type: "button", "aria-label": name, onclick: () => { close(); does.react(item, name, false); } }, emoji(name)))));
}

function pickShortcut(item, does, shortcuts) {
  dialog("このメッセージで", (close) => h("div", { class: "choices one" }, Object.entries(shortcuts).map(([id, name]) =>
    h("button", { type: "button", onclick: () => { close(); does.messageShortcut(item, id); } }, name))));
}

function edit(item, does) {
  dialog("メッセージを編集", (close) => {
    const field = h("textarea", { rows: "4", "aria-label": "メッセージ" });
    field.value = item.text;
    const save = (event) => { event.preventDefault(); close(); does.edit(item, field.value); };
    return h("form", { class: "fields", onsubmit: save }, field, h("button", { class: "primary" }, "保存"));
  });
}
