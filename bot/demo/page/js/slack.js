// The staff's Slack: the desk's channel, direct messages with the app, its home, threads, modals.

import { blocks } from "./blocks.js";
import { sayTrouble } from "./elements.js";
import { dialog, fill, h, icon } from "./dom.js";
import { Modals } from "./modal.js";
import { post } from "./posts.js";
import { post as ask } from "./server.js";

/** What stands where nothing has been written yet. */
const EMPTY = {
  channel: "支援スタッフのSlackです。オーナーが「人と話す」を選ぶと、ここに相談が届きます。",
  region: "地域の窓口です。ホームの「地域の窓口」で都道府県を決めると、その相談がここに届きます。",
  direct: "電話を受けながら聞き取るときは、下に /keiei と書いてください。窓口を探すこともできます。",
};

/** The pane in `place`; `chooseStaff(id)` is called for another person. */
export class Slack {
  constructor(place, chooseStaff) {
    this.place = place;
    this.chooseStaff = chooseStaff;
    this.staff = "";
    this.drawn = "";
    this.items = new Map();
    this.order = [];
    this.seen = new Map();
    this.where = "channel";
    this.thread = "";
    this.app = { channels: [], users: [], people: [], commands: [], shortcuts: {}, message_shortcuts: {} };
    this.modals = new Modals((doing, body) => this.do(doing, body), () => this.names());
    this.does = this.allDoings();
    this.build();
  }

  do(doing, body = {}) {
    return ask(`/api/slack/${doing}`, { user: this.staff, ...body });
  }

  names() {
    return Object.fromEntries([...this.app.users, ...this.app.channels].map(({ id, name }) => [id, name]));
  }

  /** What can be done with a message. */
  allDoings() {
    const at = (item) => ({ channel: item.channel, ts: item.ts });
    return {
      press: async (item, element, selected) => {
        const body = { ...at(item), what: element.action_id };
        if (element.type === "button" && element.value !== undefined) body.value = element.value;
        if (selected !== undefined) body.selected = selected;
        sayTrouble(await this.do("press", body));
      },
      suggest: async (item, element, typed) => (await this.do("suggest", { ...at(item), what: element.action_id, text: typed }))?.options,
      react: (item, name, isMine) => this.do(isMine ? "unreact" : "react", { ...at(item), name }),
      edit: (item, text) => this.do("edit", { ...at(item), text }),
      remove: (item) => this.do("delete", at(item)),
      messageShortcut: async (item, id) => sayTrouble(await this.do("message_shortcut", { ...at(item), callback_id: id })),
      openThread: (item) => this.openThread(item.thread_ts || item.ts),
    };
  }

  build() {
    this.who = h("select", { "aria-label": "操作する人", onchange: () => this.chooseStaff(this.who.value) });
    this.side = h("nav", { class: "side", "aria-label": "Slackの会話" });
    this.title = h("h3", {});
    this.stream = h("div", { class: "stream", role: "log", "aria-label": "メッセージ一覧", tabindex: "0" });
    this.homeView = h("div", { class: "home", role: "region", "aria-label": "アプリのホーム", tabindex: "0", hidden: true });
    this.composer = this.newComposer("メッセージを書く", (text) => this.say(text));
    this.threadPanel = h("aside", { class: "thread", "aria-label": "スレッド", hidden: true });
    fill(this.place,
      h("div", { class: "owner" }, h("label", {}, h("span", { class: "word" }, "スタッフ"), this.who),
        h("button", { type: "button", class: "small", "aria-haspopup": "dialog", onclick: () => this.pickShortcut() }, "ショートカット")),
      h("div", { class: "workspace" }, this.side,
        h("div", { class: "middle" }, h("header", { class: "place-head" }, this.title), this.stream, this.homeView, this.composer.element),
        this.threadPanel));
  }

  newComposer(label, send) {
    const field = h("textarea", {
      rows: "1", "aria-label": label, placeholder: label,
      onkeydown: (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event); },
    });
    const submit = (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (!text) return;
      field.value = "";
      send(text);
    };
    const element = h("form", { class: "slack-composer", onsubmit: submit }, field,
      h("button", { class: "quiet", "aria-label": `送信（${label}）` }, icon("send")));
    return { element, field };
  }

  // What the server tells.

  showApp(app) {
    this.app = app;
    const people = app.users.filter(({ id }) => app.people.includes(id));
    fill(this.who, people.map(({ id, name, guest }) => h("option", { value: id }, guest ? `${name}（ゲスト）` : `${name}さん`)));
    this.who.value = this.staff || people[0].id;
    this.drawStream();
    this.drawSide();
  }

  showPosts({ person, order, fresh }) {
    if (person !== this.drawn) {
      this.staff = this.drawn = this.who.value = person;
      this.items.clear();
      this.seen.clear();
      this.closeThread();
    }
    for (const [key, item] of Object.entries(fresh)) this.items.set(key, item);
    this.order = order;
    this.drawStream();
    if (this.thread) this.drawThread();
    this.drawSide();
  }

  showHome(view) {
    this.view = view;
    if (this.where === "home") this.drawHome();
  }

  showModals(stack) {
    this.modals.show(stack);
  }

  // Drawing.

  all() {
    return this.order.map((key) => this.items.get(key));
  }

  in(where) {
    const channel = this.channelAt(where);
    return this.all().filter((item) => (channel ? item.channel === channel.id : item.direct));
  }

  /** The channel shown at a place: the desk's own is "channel", another stands by its ID. */
  channelAt(where) {
    return where === "channel" ? this.app.channels[0] : this.app.channels.find(({ id }) => id === where);
  }

  drawSide() {
    const [own, ...others] = this.app.channels;
    if (!own) return;
    const channels = [["channel", own], ...others.map((each) => [each.id, each])];
    const places = [...channels.map(([id, { name }]) => [id, `# ${name}`]), ["direct", "経営改善ナビ"], ["home", "アプリのホーム"]];
    fill(this.side, places.map(([id, name]) => {
      const unread = id === "home" || id === this.where ? 0 : this.unread(id);
      return h("button", {
        type: "button", "aria-current": id === this.where ? "page" : undefined, class: unread ? "unread" : "",
        onclick: () => this.go(id),
      }, name, unread > 0 && h("span", { class: "badge", "aria-label": `未読${unread}件` }, String(unread)));
    }));
  }

  unread(where) {
    const seen = this.seen.get(where) ?? "";
    return this.in(where).filter((item) => item.ts > seen && item.user !== this.staff).length;
  }

  go(where) {
    this.where = where;
    this.closeThread();
    this.stream.hidden = where === "home";
    this.composer.element.hidden = where === "home";
    this.homeView.hidden = where !== "home";
    if (where === "home") { this.do("open_home"); this.drawHome(); }
    else this.drawStream();
    this.drawSide();
  }

  drawStream() {
    if (this.where === "home") return;
    const channel = this.channelAt(this.where);
    this.title.textContent = this.where === "direct" ? "経営改善ナビ（アプリ）" : `# ${channel?.name ?? ""}`;
    const items = this.in(this.where);
    const tops = items.filter((item) => !item.thread_ts || item.thread_ts === item.ts || item.broadcast);
    this.arrange(this.stream, tops.map((item) => [item, this.answersTo(item)]), false);
    this.stream.dataset.empty = tops.length ? "" : EMPTY[this.where] ?? EMPTY.region;
    this.seen.set(this.where, items.at(-1)?.ts ?? "");
  }

  answersTo(parent) {
    return this.all().filter((item) => item.channel === parent.channel && item.thread_ts === parent.ts && item.ts !== parent.ts && !item.deleted).length;
  }

  /** Put messages into a list; those that look the same stay, so that focus and reading stay. */
  arrange(list, wanted, inThread) {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    const focus = document.activeElement?.dataset?.actionId;
    const inside = list.contains(document.activeElement);
    const before = new Map([...list.children].map((child) => [child.dataset.mark, child]));
    const children = wanted.map(([item, answers]) => {
      const mark = `${this.keyOf(item)}:${answers}`;
      const element = before.get(mark) ?? post(item, {
        names: this.names(), me: this.staff, bot: this.app.bot, does: this.does, answers, inThread,
        messageShortcuts: this.app.message_shortcuts,
      });
      element.dataset.mark = mark;
      return element;
    });
    if (children.length === list.children.length && children.every((child, index) => child === list.children[index])) return;
    reorder(list, children);
    if (inside && focus && !list.contains(document.activeElement)) {
      [...list.querySelectorAll(`[data-action-id="${CSS.escape(focus)}"]`)].at(-1)?.focus();
    }
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  keyOf(item) {
    return this.order.find((key) => this.items.get(key) === item);
  }

  drawHome() {
    this.title.textContent = "アプリのホーム";
    const { view } = this;
    const act = view?.blocks && {
      names: this.names(), values: view.state.values,
      press: async (element, _, selected) => {
        const body = { what: element.action_id, home: true };
        if (element.type === "button" && element.value !== undefined) body.value = element.value;
        if (selected !== undefined) body.selected = selected;
        sayTrouble(await this.do("press_in_view", body));
      },
      suggest: async (element, typed) => (await this.do("suggest", { what: element.action_id, text: typed }))?.options,
    };
    fill(this.homeView, act ? blocks(view.blocks, act) : h("p", { class: "none" }, "まだ何もありません。"));
  }

  // Threads.

  openThread(ts) {
    this.thread = ts;
    const also = h("input", { type: "checkbox" });
    this.answers = h("div", { class: "stream", role: "log", "aria-label": "スレッドのメッセージ", tabindex: "0" });
    const composer = this.newComposer("スレッドに返信する", (text) => {
      const [first] = this.threadItems();
      this.tell(this.do("say", { text, channel: first.channel, thread_ts: ts, broadcast: also.checked }));
      also.checked = false;
    });
    const direct = this.where === "direct";
    fill(this.threadPanel,
      h("header", { class: "place-head" }, h("h3", {}, "スレッド"),
        h("button", { type: "button", class: "quiet", "aria-label": "スレッドを閉じる", onclick: () => this.closeThread() }, icon("close"))),
      this.answers, composer.element,
      !direct && h("label", { class: "also" }, also, "チャンネルにも投稿する"));
    const atEnd = this.stream.scrollHeight - this.stream.scrollTop - this.stream.clientHeight < 80;
    this.threadPanel.hidden = false;
    this.place.classList.add("with-thread");
    this.drawThread();
    if (atEnd) this.stream.scrollTop = this.stream.scrollHeight;
    composer.field.focus();
  }

  threadItems() {
    return this.all().filter((item) => item.ts === this.thread || item.thread_ts === this.thread);
  }

  drawThread() {
    this.arrange(this.answers, this.threadItems().map((item) => [item, 0]), true);
  }

  closeThread() {
    this.thread = "";
    this.threadPanel.hidden = true;
    this.place.classList.remove("with-thread");
  }

  // Writing.

  async say(text) {
    const at = this.channelAt(this.where);
    const channel = at ? { channel: at.id } : {};
    const [command, ...rest] = text.split(/\s+/);
    if (text.startsWith("/")) {
      this.tell(this.do("command", { name: command, text: rest.join(" "), ...channel }));
    } else {
      this.tell(this.do("say", { text, ...channel }));
    }
  }

  async tell(doing) {
    sayTrouble(await doing);
  }

  pickShortcut() {
    dialog("ショートカット", (close) => h("div", { class: "choices one" },
      Object.entries(this.app.shortcuts).map(([id, name]) =>
        h("button", { type: "button", onclick: () => { close(); this.tell(this.do("shortcut", { callback_id: id })); } }, name)),
      h("p", { class: "none" }, `スラッシュコマンド: ${this.app.commands.join("、")}`)));
  }
}

/** The children in this order, moving only those that are not in their place. */
function reorder(list, children) {
  for (const child of [...list.children]) if (!children.includes(child)) child.remove();
  children.forEach((child, index) => {
    if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null);
  });
}
