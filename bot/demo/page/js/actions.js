// What a tap does: LINE's actions, as attributes of whatever is tapped.
// Source: LINE Messaging API reference, "Action objects".

import { toast } from "./dom.js";

/** What the phone can do by itself; a tap on anything else goes to the bot through `act`. */
const DOES = {
  postback: (action, act) => act.tap(action),
  message: (action, act) => act.say(action.text),
  location: (_, act) => act.shareLocation(),
  clipboard: (action) => copy(action.clipboardText),
};

/** Attributes that make an element tappable; `words` are what it shows. */
export function actionAttributes(action, act, words) {
  const label = !action.label || words.includes(action.label) ? words : `${action.label}：${words}`;
  if (action.type === "uri") return linkAttributes(action.uri, label);
  const does = DOES[action.type];
  if (!does) return { "data-unknown": `action ${action.type}`, class: "unknown" };
  const run = () => does(action, act);
  return {
    role: "button",
    tabindex: "0",
    "aria-label": label,
    "data-action": action.type,
    "data-value": action.data,
    onclick: run,
    onkeydown: (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      run();
    },
  };
}

/** A link: tel: calls, https: opens in a window of its own, which is not told where it came from. */
function linkAttributes(uri, label) {
  const outside = uri.startsWith("tel:") ? {} : { target: "_blank", rel: "noopener noreferrer" };
  return { href: uri, "aria-label": label, "data-action": "uri", ...outside };
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    toast(`コピーしました：${words}`);
  } catch {
    toast(`コピーできませんでした。番号は ${words} です。`);
  }
}
