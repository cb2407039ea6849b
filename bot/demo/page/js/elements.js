// The interactive elements of Block Kit. `act` is what the screen does with them:
// `press(element, block, selected)`, `suggest(element, typed)`, `names`, `values`.
// Source: Slack's Block Kit reference, "Block elements".

import { among, combobox } from "./combobox.js";
import { dialog, fill, h, icon, toast, unknown } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";

const COMMON = ["type", "action_id", "confirm", "focus_on_load"];
const SELECT = [...COMMON, "placeholder", "options", "option_groups", "initial_option"];
const TYPED = [...COMMON, "placeholder", "initial_value", "dispatch_action_config"];

const KINDS = {
  button: [button, [...COMMON, "text", "value", "url", "style", "accessibility_label"]],
  overflow: [overflow, [...COMMON, "options"]],
  static_select: [staticSelect, SELECT],
  external_select: [externalSelect, [...SELECT, "min_query_length"]],
  users_select: [usersSelect, [...COMMON, "placeholder", "initial_user"]],
  conversations_select: [channelSelect, [...COMMON, "placeholder", "initial_conversation", "filter"]],
  multi_users_select: [severalUsers, [...COMMON, "placeholder", "initial_users", "max_selected_items"]],
  multi_static_select: [severalOptions, [...SELECT.filter((each) => each !== "initial_option"), "initial_options", "max_selected_items"]],
  radio_buttons: [radioButtons, [...COMMON, "options", "initial_option"]],
  checkboxes: [checkboxes, [...COMMON, "options", "initial_options"]],
  plain_text_input: [typedInput, [...TYPED, "multiline", "min_length", "max_length"]],
  email_text_input: [typedInput, TYPED],
  url_text_input: [typedInput, TYPED],
  number_input: [typedInput, [...TYPED, "is_decimal_allowed", "min_value", "max_value"]],
  datepicker: [dateInput, [...COMMON, "placeholder", "initial_date"]],
  timepicker: [dateInput, [...COMMON, "placeholder", "initial_time", "timezone"]],
  image: [picture, ["type", "image_url", "slack_file", "alt_text"]],
};

/** One element of a block. */
export function element(given, block, act, label = "") {
  const [draw, known] = KINDS[given.type] ?? [];
  if (!draw) return unknown(`element ${given.type}`);
  const made = draw(given, block, act, label);
  const strange = Object.keys(given).filter((key) => !known.includes(key));
  return strange.length ? h("div", {}, made, strange.map((key) => unknown(`${given.type}.${key}`))) : made;
}

/** Press it, after asking when it wants to be confirmed. */
async function press(given, block, act, selected) {
  if (given.confirm && !(await confirmed(given.confirm))) return;
  await act.press(given, block, selected);
}

function confirmed(given) {
  return new Promise((decide) => {
    const opened = dialog(given.title.text, (close) => {
      const answer = (value) => () => { opened.answer = value; close(); };
      return [
        h("div", {}, h("p", {}, textObject(given.text, {}))),
        h("footer", { class: "row end" },
          h("button", { type: "button", onclick: answer(false) }, given.deny.text),
          h("button", { type: "button", class: given.style === "danger" ? "danger" : "primary", onclick: answer(true) }, given.confirm.text)),
      ];
    });
    opened.addEventListener("close", () => decide(opened.answer === true));
  });
}

function button(given, block, act) {
  const style = { primary: "primary", danger: "danger" }[given.style] ?? "";
  const attributes = { class: `kit-button ${style}`, "aria-label": given.accessibility_label, "data-action-id": given.action_id };
  if (given.url) {
    return h("a", { ...attributes, href: given.url, target: "_blank", rel: "noopener noreferrer", onclick: () => act.press(given, block) }, plain(given.text.text));
  }
  return h("button", { type: "button", ...attributes, onclick: () => press(given, block, act) }, plain(given.text.text));
}

function overflow(given, block, act) {
  const open = () => dialog("その他の操作", (close) => h("div", { class: "choices one" }, given.options.map((option) =>
    h("button", { type: "button", onclick: () => { close(); press(given, block, act, option.value); } },
      plain(option.text.text), option.description && h("small", {}, option.description.text)))));
  return h("button", { type: "button", class: "quiet", "aria-label": "その他の操作", "aria-haspopup": "dialog", "data-action-id": given.action_id, onclick: open }, icon("more"));
}

const asOption = (option) => option && { label: option.text.text, value: option.value, note: option.description?.text };

function chosenOf(given, block, act) {
  return act.values?.[block.block_id]?.[given.action_id];
}

function staticSelect(given, block, act, label) {
  const all = given.options ?? given.option_groups.flatMap((group) => group.options);
  return combobox({
    label: label || given.placeholder?.text || "選択", placeholder: given.placeholder?.text,
    chosen: asOption(chosenOf(given, block, act)?.selected_option),
    find: among(all.map(asOption)),
    choose: (option) => press(given, block, act, option.value),
  });
}

function externalSelect(given, block, act, label) {
  const least = given.min_query_length ?? 3;
  return combobox({
    label: label || given.placeholder?.text || "選択", placeholder: given.placeholder?.text, least,
    chosen: asOption(chosenOf(given, block, act)?.selected_option),
    find: async (typed) => ((await act.suggest(given, typed)) ?? []).map(asOption),
    choose: (option) => press(given, block, act, option.value),
  });
}

/** People or channels by name, from their IDs. */
function named(act, letter) {
  return Object.entries(act.names).filter(([id]) => id.startsWith(letter)).map(([value, name]) => ({ value, label: name }));
}

function oneNamed(letter, key, asks) {
  return (given, block, act, label) => {
    const all = named(act, letter);
    return combobox({
      label: label || given.placeholder?.text || asks, placeholder: given.placeholder?.text,
      chosen: all.find(({ value }) => value === chosenOf(given, block, act)?.[key]),
      find: among(all), choose: (option) => press(given, block, act, option.value),
    });
  };
}

function usersSelect(...given) { return oneNamed("U", "selected_user", "人を選ぶ")(...given); }

function channelSelect(...given) { return oneNamed("C", "selected_conversation", "チャンネルを選ぶ")(...given); }

function severalUsers(given, block, act, label) {
  return several(given, block, act, label, named(act, "U"), chosenOf(given, block, act)?.selected_users ?? []);
}

function severalOptions(given, block, act, label) {
  const all = given.options ?? given.option_groups.flatMap((group) => group.options);
  const now = (chosenOf(given, block, act)?.selected_options ?? []).map(({ value }) => value);
  return several(given, block, act, label, all.map(asOption), now);
}

/** Several of a list: what is chosen stands below the menu, to be taken out again. */
function several(given, block, act, label, all, chosen) {
  const now = new Set(chosen);
  const most = given.max_selected_items ?? all.length;
  const below = h("div", { class: "chosen" });
  const tell = () => { show(); return press(given, block, act, [...now]); };
  const show = () => fill(below, all.filter(({ value }) => now.has(value)).map(({ value, label: name }) =>
    h("button", { type: "button", class: "chip", "aria-label": `${name}を外す`, onclick: () => { now.delete(value); tell(); } }, name, icon("close"))));
  const menu = combobox({
    label: label || given.placeholder?.text || "選択", placeholder: given.placeholder?.text, keeps: false,
    find: (typed) => (now.size < most ? among(all.filter(({ value }) => !now.has(value)))(typed) : []),
    choose: (option) => { now.add(option.value); tell(); },
  });
  show();
  return h("div", { class: "several" }, menu, below);
}

function radioButtons(given, block, act, label) {
  const now = chosenOf(given, block, act)?.selected_option?.value;
  return ticks(given, label, "radio", (option) => option.value === now, (option) => press(given, block, act, option.value));
}

function checkboxes(given, block, act, label) {
  const now = new Set((chosenOf(given, block, act)?.selected_options ?? []).map(({ value }) => value));
  return ticks(given, label, "checkbox", (option) => now.has(option.value), (option, on) => {
    if (on) now.add(option.value);
    else now.delete(option.value);
    return press(given, block, act, [...now]);
  });
}

function ticks(given, label, type, isOn, change) {
  const name = `tick-${Math.random().toString(36).slice(2)}`;
  return h("div", { class: "ticks", role: type === "radio" ? "radiogroup" : "group", "aria-label": label || "選択" },
    given.options.map((option) => h("label", {},
      h("input", { type, name, value: option.value, checked: isOn(option), onchange: (event) => change(option, event.target.checked) }),
      h("span", {}, textObject(option.text, {}), option.description && h("small", {}, textObject(option.description, {}))))));
}

const TYPES = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number" };

function typedInput(given, block, act, label) {
  const value = chosenOf(given, block, act)?.value ?? "";
  const on = given.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tell = () => act.press(given, block, input.value);
  const input = h(given.multiline ? "textarea" : "input", {
    type: given.multiline ? undefined : TYPES[given.type], rows: given.multiline ? "4" : undefined,
    "aria-label": label, placeholder: given.placeholder?.text, maxlength: given.max_length, minlength: given.min_length,
    autofocus: given.focus_on_load, oninput: () => (act.keep ? act.keep(block, input.value) : null),
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.isComposing || given.multiline) return;
      event.preventDefault();
      if (block.dispatch_action && on.includes("on_enter_pressed")) tell();
    },
  });
  input.value = value;
  if (block.dispatch_action && on.includes("on_character_entered")) input.addEventListener("change", tell);
  return input;
}

function dateInput(given, block, act, label) {
  const [type, key] = given.type === "datepicker" ? ["date", "selected_date"] : ["time", "selected_time"];
  return h("input", {
    type, "aria-label": label || given.placeholder?.text, value: chosenOf(given, block, act)?.[key],
    onchange: (event) => press(given, block, act, event.target.value),
  });
}

/** A picture: one from this machine is shown, any other is told by its words, since none is fetched. */
export function picture(given) {
  return h("span", { class: "picture", role: "img", "aria-label": given.alt_text }, given.alt_text);
}

/** Say what an app that does not answer looks like in Slack. */
export function sayTrouble(answer) {
  if (answer && !answer.ok) toast("経営改善ナビから応答がありませんでした。もう一度お試しください。");
}
