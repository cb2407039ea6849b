// The modals of Slack: the one in front, what is typed in it, and the errors under its inputs.

import { blocks } from "./blocks.js";
import { sayTrouble } from "./elements.js";
import { fill, h, icon } from "./dom.js";
import { plain } from "./mrkdwn.js";

/** The modals of one person; `does(doing, body)` tells the server, `names` gives names by ID. */
export class Modals {
  constructor(does, names) {
    this.does = does;
    this.names = names;
    this.shown = "";
    this.kept = new Map();
    this.element = h("dialog", { class: "modal", "aria-labelledby": "modal-title" });
    this.element.addEventListener("cancel", (event) => { event.preventDefault(); this.close(); });
    document.body.append(this.element);
  }

  /** Show what the server says is open. */
  show(stack) {
    const view = stack.at(-1);
    if (!view) {
      this.element.close();
      this.kept.clear();
      this.shown = "";
      return;
    }
    if (view.id !== this.shown) this.kept = new Map();
    this.view = view;
    this.draw(view.errors);
    if (view.id !== this.shown) this.element.querySelector("input, textarea, select, .kit button")?.focus();
    this.shown = view.id;
  }

  draw(errors) {
    const { view } = this;
    const focused = document.activeElement?.closest?.("[data-block-id]")?.dataset.blockId;
    fill(this.element,
      h("header", { class: "dialog-head" },
        h("h2", { id: "modal-title" }, plain(view.title.text)),
        h("button", { type: "button", class: "quiet", "aria-label": "すべて閉じる", onclick: () => this.close(true) }, icon("close"))),
      h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); this.submit(); } },
        h("div", { class: "modal-body" }, blocks(view.blocks, this.act(errors))),
        h("footer", { class: "row end" },
          h("button", { type: "button", onclick: () => this.close() }, view.close?.text ?? "閉じる"),
          view.submit && h("button", { class: "primary" }, view.submit.text))));
    if (!this.element.open) this.element.showModal();
    const again = focused && this.element.querySelector(`[data-block-id="${CSS.escape(focused)}"] :is(input, textarea, button)`);
    (again || this.element.querySelector(".wrong :is(input, textarea)"))?.focus();
  }

  act(errors) {
    return {
      names: this.names(),
      errors,
      values: this.values(),
      keep: (block, value) => this.kept.set(block.block_id, value),
      press: (element, block, selected) => this.press(element, block, selected),
      suggest: async (element, typed) => (await this.does("suggest", { what: element.action_id, text: typed }))?.options,
    };
  }

  /** What stands in the inputs: what the server knows, and over it what was typed since. */
  values() {
    const values = structuredClone(this.view.state.values);
    for (const [id, value] of this.kept) {
      for (const state of Object.values(values[id] ?? {})) {
        if ("value" in state) state.value = value;
      }
    }
    return values;
  }

  async press(element, block, selected) {
    if (block.type === "input") {
      this.kept.set(block.block_id, selected);
      if (!block.dispatch_action) return;
    }
    await this.does("fill", { values: this.filled() });
    const body = { what: element.action_id, home: false };
    if (element.value !== undefined && element.type === "button") body.value = element.value;
    if (selected !== undefined) body.selected = selected;
    sayTrouble(await this.does("press_in_view", body));
  }

  /** What was typed and chosen, for inputs that are still there. */
  filled() {
    const there = new Set(this.view.blocks.filter(({ type }) => type === "input").map(({ block_id: id }) => id));
    return Object.fromEntries([...this.kept].filter(([id]) => there.has(id)));
  }

  /** Send the form. */
  submit() {
    const missing = this.missing();
    if (Object.keys(missing).length) { this.draw(missing); return; }
    this.leave("submit", { values: this.filled() });
  }

  /** Close the one in front, or all. */
  close(everything = false) {
    this.leave("close", { everything });
  }

  /** Do what ends the form in front, once: it is seen until the server tells what is open then. */
  async leave(doing, body) {
    const leaving = `${this.view.id} ${this.view.hash}`;
    if (leaving === this.left) return;
    this.left = leaving;
    const answer = await this.does(doing, body);
    sayTrouble(answer);
    if (!answer?.ok || Object.keys(answer.errors ?? {}).length) this.left = "";
  }

  /** An error for each input that must be filled in and is not; Slack would not send the form. */
  missing() {
    const errors = {};
    const values = this.view.state.values;
    for (const block of this.view.blocks) {
      if (block.type !== "input" || block.optional) continue;
      const states = Object.values(values[block.block_id] ?? {});
      const typed = this.kept.has(block.block_id) ? this.kept.get(block.block_id) : states.map((state) =>
        Object.entries(state).find(([key]) => key !== "type")?.[1]).find(Boolean);
      if (!typed || typed.length === 0) errors[block.block_id] = "この項目は必須です。";
    }
    return errors;
  }
}
