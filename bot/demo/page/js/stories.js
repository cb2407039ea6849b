// Stories to watch, at reading speed or at once.

import { dialog, fill, h } from "./dom.js";
import { get, post } from "./server.js";

/** Offer the stories; `watch(name)` is called with who acts in the one that begins. */
export async function chooseStory(watch) {
  const found = await get("/api/stories");
  dialog("物語を見る", (close) => {
    const play = async (story, atOnce) => {
      close();
      const begun = await post("/api/story", { story, at_once: atOnce });
      if (begun) watch(begun.person);
    };
    return h("ul", { class: "stories" }, found.stories.map(({ name, title, about }) => h("li", {},
      h("h3", {}, title),
      h("p", {}, about),
      h("div", { class: "row" },
        h("button", { type: "button", class: "primary", "aria-label": `${title}を読む速さで見る`, onclick: () => play(name, false) }, "読む速さで"),
        h("button", { type: "button", "aria-label": `${title}を一気に見る`, onclick: () => play(name, true) }, "一気に")))));
  });
}

/** The story under way: how far it has come, on whose phone, and a way to stop it. */
export function showStory(place, story, watch) {
  place.hidden = !story.title || (!story.running && !story.note);
  fill(place,
    h("strong", {}, story.title ?? ""),
    h("span", {}, story.running ? `${story.step} / ${story.steps}` : story.note ?? ""),
    story.person && h("button", { type: "button", class: "small", onclick: watch }, `${story.person}さんのスマホを見る`),
    story.running && h("button", { type: "button", class: "small", onclick: () => post("/api/story/stop") }, "止める"));
}
