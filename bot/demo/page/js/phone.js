// The owner's phone: the chat, quick replies, the rich menu, and what a thumb can do.

import { actionAttributes } from "./actions.js";
import { dialog, fill, h, icon } from "./dom.js";
import { chatItem } from "./messages.js";
import { shareLocation } from "./places.js";
import { richMenu } from "./rich_menu.js";
import { post } from "./server.js";

const TOGETHER_SECONDS = 2;
const TRY = ["返済が苦しい", "リスケとは？", "診断する"];
const TYPE_SIZES = [["標準", "1"], ["大", "1.15"], ["特大", "1.3"]];

/** The phone in `place`; `choosePerson(name)` is called for another owner. */
export class Phone {
  constructor(place, choosePerson) {
    this.place = place;
    this.choosePerson = choosePerson;
    this.items = new Map();
    this.elements = new Map();
    this.person = "";
    this.drawn = "";
    this.menuOpen = true;
    this.act = {
      tap: (action) => this.tap(action),
      say: (text) => this.do("send", { text }),
      unsend: (messageId) => this.do("unsend", { message_id: messageId }),
      shareLocation: () => shareLocation((where) => this.do("location", where)),
    };
    this.build();
  }

  /** Let this person do something. */
  do(doing, body = {}) {
    return post(`/api/line/${doing}`, { person: this.person, ...body });
  }

  tap(action) {
    if (action.inputOption === "closeRichMenu") this.showMenu(false);
    if (action.inputOption === "openKeyboard") { this.showMenu(false); this.input.focus(); }
    return this.do("tap", { data: action.data });
  }

  build() {
    this.who = h("select", { "aria-label": "だれのスマホか", onchange: () => this.choosePerson(this.who.value) });
    this.log = h("div", { class: "chat", role: "log", "aria-label": "トーク", tabindex: "0" });
    this.offers = h("div", { class: "offers", role: "group", "aria-label": "クイックリプライ" });
    this.input = h("textarea", {
      rows: "1", placeholder: "メッセージを入力", "aria-label": "メッセージ",
      onkeydown: (event) => this.key(event), oninput: () => this.grow(),
    });
    this.composer = h("form", { class: "composer", onsubmit: (event) => this.send(event) },
      h("button", { type: "button", class: "quiet", "aria-label": "送るものを選ぶ", "aria-haspopup": "dialog", onclick: () => this.choose() }, icon("plus")),
      this.input,
      h("button", { class: "quiet", "aria-label": "送信" }, icon("send")));
    this.friend = h("div", { class: "friend" });
    this.menu = h("div", { class: "rich-menu" });
    this.menuBar = h("button", {
      type: "button", class: "menu-bar", "aria-expanded": "true", onclick: () => this.showMenu(!this.menuOpen),
    });
    fill(this.place,
      h("div", { class: "owner" },
        h("label", {}, h("span", { class: "word" }, "オーナー"), this.who),
        h("button", { type: "button", class: "small", onclick: () => this.addPerson() }, "人を増やす"),
        h("label", {}, h("span", { class: "word" }, "文字"), this.typeSize())),
      h("div", { class: "device" },
        h("div", { class: "chat-head" },
          h("strong", {}, "経営改善ナビ"),
          h("button", { type: "button", class: "quiet", "aria-label": "トークの設定", "aria-haspopup": "dialog", onclick: () => this.settings() }, icon("menu"))),
        this.log, this.offers, this.friend, this.composer, this.menuBar, this.menu));
  }

  typeSize() {
    const select = h("select", {
      "aria-label": "文字の大きさ",
      onchange: () => this.place.style.setProperty("--type-scale", select.value),
    }, TYPE_SIZES.map(([label, value]) => h("option", { value }, label)));
    return select;
  }

  // What the server tells.

  /** The chat: the order of its items and those that are new. */
  showChat({ person, order, fresh }) {
    if (person !== this.drawn) {
      this.person = this.drawn = person;
      this.showMenu(true);
      this.items.clear();
      this.elements.clear();
      fill(this.log);
    }
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 120;
    for (const [key, item] of Object.entries(fresh)) this.items.set(key, item);
    this.arrange(order);
    if (Object.values(fresh).some(({ by }) => by === "user")) this.showMenu(false);
    this.offer(this.items.get(order.findLast((key) => this.items.get(key).by !== "loading")));
    this.showFirstSteps(!order.length);
    if (atEnd || Object.keys(fresh).length) this.scrollDown(order);
  }

  /** An empty chat says what can be done here. */
  showFirstSteps(empty) {
    if (!empty) { this.firstSteps?.remove(); return; }
    this.firstSteps ??= firstSteps((text) => this.do("send", { text }));
    this.log.append(this.firstSteps);
  }

  /** Put the elements in order; those that stay are not touched, so that nothing is read twice. */
  arrange(order) {
    for (const [key, element] of this.elements) {
      if (order.includes(key)) continue;
      element.remove();
      this.elements.delete(key);
    }
    let before = null;
    for (const key of order) {
      const element = this.elements.get(key) ?? chatItem(this.items.get(key), this.act);
      if (!this.elements.has(key)) {
        this.elements.set(key, element);
        if (before) before.after(element);
        else this.log.prepend(element);
      }
      before = element;
    }
  }

  /** To the beginning of what came last, when that is longer than the screen. */
  scrollDown(order) {
    const first = this.elements.get(this.firstOfLast(order));
    this.log.scrollTop = this.log.scrollHeight;
    if (first && first.offsetTop < this.log.scrollTop) this.log.scrollTop = first.offsetTop - 8;
  }

  /** The key of the first of the messages that came together last, after what the owner said. */
  firstOfLast(order) {
    const items = order.map((key) => this.items.get(key));
    const together = items.at(-1)?.at - TOGETHER_SECONDS;
    const mine = items.findLastIndex(({ by }) => by === "user");
    return order.find((_, index) => index > mine && items[index].at >= together) ?? order.at(-1);
  }

  offer(last) {
    fill(this.offers, (last?.quick_replies ?? []).map((action) =>
      h("div", { class: "offer", ...actionAttributes(action, this.act, action.label) }, action.label)));
    this.offers.hidden = !last?.quick_replies?.length;
    this.offers.scrollLeft = 0;
  }

  /** Everybody, and whether this person is a friend of the account. */
  showPersons(persons) {
    fill(this.who, persons.map(({ name }) =>
      h("option", { value: name, selected: name === this.person }, `${name}さん`)));
    this.persons = persons;
    this.showFriend();
  }

  showFriend() {
    const me = this.persons?.find(({ name }) => name === this.person);
    if (!me) return;
    this.blocked = me.blocked;
    const ask = !me.known || me.blocked;
    fill(this.friend, ask && [
      h("p", {}, me.blocked ? "ブロックしています。" : "まだ友だちではありません。"),
      h("button", { type: "button", class: "primary", onclick: () => this.do("follow") },
        me.blocked ? "ブロックをやめる" : "友だち追加"),
    ]);
    this.friend.hidden = !ask;
    this.composer.hidden = me.blocked;
    this.who.value = this.person;
  }

  showRichMenu(menu) {
    this.hasMenu = Boolean(menu.areas);
    fill(this.menu, this.hasMenu && richMenu(menu, this.act));
    fill(this.menuBar, this.hasMenu && [menu.chatBarText, icon("chevron")]);
    this.showMenu(this.hasMenu && this.menuOpen);
  }

  showMenu(open) {
    this.menuOpen = open;
    this.menu.hidden = !open || !this.hasMenu;
    this.menuBar.hidden = !this.hasMenu;
    this.menuBar.setAttribute("aria-expanded", String(open));
  }

  // What the thumb does.

  key(event) {
    // While kanji are being chosen, Enter chooses.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.send(event);
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 120)}px`;
  }

  async send(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.grow();
    const sent = await this.do("send", { text });
    if (sent || this.input.value) return;
    this.input.value = text;  // what could not be sent is not lost
    this.grow();
  }

  choose() {
    dialog("送るものを選ぶ", (close) => {
      const pick = (label, run) =>
        h("button", { type: "button", onclick: () => { close(); run(); } }, label);
      return h("div", { class: "choices" },
        pick("位置情報", () => this.act.shareLocation()),
        pick("スタンプ", () => this.do("sticker")),
        pick("写真", () => this.do("image")),
        pick("昔のボタンを押す", () => this.pressOld()));
    });
  }

  /** A button of an old message: its value, chosen from all that ever stood in this chat. */
  pressOld() {
    const values = [...new Set([...this.items.values()].flatMap((item) => postbacks(item.message)))];
    dialog("昔のボタンを押す", (close) => {
      const field = h("input", { id: "old-value", list: "old-values", value: values[0] ?? "v1|sales=up" });
      const press = (event) => { event.preventDefault(); close(); this.do("tap", { data: field.value }); };
      return h("form", { class: "fields", onsubmit: press },
        h("p", {}, "前のメッセージのボタンも、いつまでも使えます。値を選ぶか、書いてください。"),
        h("label", { for: "old-value" }, "ボタンの値"),
        field,
        h("datalist", { id: "old-values" }, values.map((value) => h("option", { value }))),
        h("button", { class: "primary" }, "押す"));
    });
  }

  addPerson() {
    dialog("人を増やす", (close) => {
      const field = h("input", { id: "new-person", maxlength: "20", required: true });
      const add = async (event) => {
        event.preventDefault();
        const added = await post("/api/persons", { name: field.value });
        close();
        if (added) this.choosePerson(added.name);
      };
      return h("form", { class: "fields", onsubmit: add },
        h("label", { for: "new-person" }, "呼び名（架空のもの）"), field, h("button", { class: "primary" }, "増やす"));
    });
  }

  settings() {
    dialog("トークの設定", (close) => h("div", { class: "choices" },
      h("button", {
        type: "button",
        onclick: () => { close(); this.do(this.blocked ? "follow" : "unfollow"); },
      }, this.blocked ? "ブロックをやめる" : "ブロックする")));
  }
}

/** What an owner can do at first; `say(words)` sends one of the examples. */
function firstSteps(say) {
  return h("div", { class: "first-steps" },
    h("p", {}, h("strong", {}, "オーナーのスマホです。")),
    h("p", {}, "下に自分の言葉で書くか、例を押してみてください。"),
    h("div", { class: "row" }, TRY.map((words) =>
      h("button", { type: "button", class: "small", onclick: () => say(words) }, words))));
}

function postbacks(message) {
  if (Array.isArray(message)) return message.flatMap(postbacks);
  if (!message || typeof message !== "object") return [];
  const own = message.type === "postback" && message.data ? [message.data] : [];
  return [...own, ...Object.values(message).flatMap(postbacks)];
}
