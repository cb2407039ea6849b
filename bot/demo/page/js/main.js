// The page: panes, what the server tells, and what is remembered of how it is looked at.

import { fill, h, toast } from "./dom.js";
import { Inspector } from "./inspector.js";
import { place, taste } from "./memory.js";
import { Phone } from "./phone.js";
import { listen, post } from "./server.js";
import { Slack } from "./slack.js";
import { chooseStory, showStory } from "./stories.js";

const phone = new Phone(document.getElementById("phone"), choosePerson);
const inspector = new Inspector(document.getElementById("inspector"));
const slack = new Slack(document.getElementById("slack"), chooseStaff);
let stop = () => {};
let watched = { person: place.recall("person"), staff: place.recall("staff") };

function choosePerson(person) {
  phone.person = person;
  place.keep("person", person);
  watch({ ...watched, person });
}

function chooseStaff(staff) {
  slack.staff = staff;
  place.keep("staff", staff);
  watch({ ...watched, staff });
}

/** Bring the phone to the front that a story plays on. */
function watchStory(person) {
  showPane("phone");
  if (person !== watched.person) choosePerson(person);
}

/** Listen to what these two people see. */
function watch(whom) {
  watched = whom;
  stop();
  stop = listen(whom, {
    app: (app) => slack.showApp(app),
    posts: (posts) => slack.showPosts(posts),
    home: (view) => slack.showHome(view),
    modals: (stack) => slack.showModals(stack),
    chat: (chat) => { phone.showChat(chat); phone.showFriend(); },
    persons: (persons) => phone.showPersons(persons),
    menu: (menu) => phone.showRichMenu(menu),
    bot: (bot) => { inspector.showBot(bot); showHealth(bot); },
    faults: (faults) => inspector.showFaults(faults),
    story: (story) => showStory(document.getElementById("playing"), story, () => watchStory(story.person)),
    exchanges: (exchanges) => inspector.showExchanges(exchanges),
    flow: (map) => inspector.showFlow(map),
    today: (day) => fill(document.getElementById("today"), day),
  }, (connected) => {
    document.body.dataset.connected = connected;
    if (!connected) toast("デモのサーバーとつながっていません。");
  });
}

let late;

/** Whether the bot runs, and what is not delivered; what goes at once is not worth a word. */
function showHealth(bot) {
  const say = (words) => fill(document.getElementById("health"),
    h("span", { class: bot.up ? "dot up" : "dot down", "aria-hidden": "true" }), words);
  const words = bot.up ? "ボット稼働中" : "ボット停止中";
  const waiting = bot.undelivered + bot.waiting;
  clearTimeout(late);
  if (waiting) late = setTimeout(() => say(`${words}・未配達 ${waiting}`), 1000);
  if (!waiting || !document.getElementById("health").textContent.startsWith(words)) say(words);
}

// Panes: side by side where there is room, one at a time on a phone.

const panes = document.querySelector(".panes");

function showPane(name) {
  if (name === "inspector") showInspector(true);
  place.keep("pane", name);
  panes.dataset.pane = name;
  for (const tab of document.querySelectorAll(".tabs button")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.pane === name));
  }
}

for (const tab of document.querySelectorAll(".tabs button")) {
  tab.addEventListener("click", () => showPane(tab.dataset.pane));
}

const toggle = document.getElementById("toggle-inspector");

function showInspector(open) {
  document.getElementById("inspector").hidden = !open;
  toggle.setAttribute("aria-pressed", String(open));
  panes.classList.toggle("inspecting", open);
}

toggle.addEventListener("click", () => {
  const open = toggle.getAttribute("aria-pressed") !== "true";
  showInspector(open);
  taste.keep("inspector", open ? "open" : "closed");
});

// How it is looked at.

const theme = document.getElementById("theme");

function setTheme(value) {
  theme.value = value;
  if (value) document.documentElement.dataset.theme = value;
  else delete document.documentElement.dataset.theme;
}

theme.addEventListener("change", () => { setTheme(theme.value); taste.keep("theme", theme.value); });
document.getElementById("open-stories").addEventListener("click", () => chooseStory(watchStory));

// Time passes at a wish.

const passTime = document.getElementById("pass-time");

passTime.addEventListener("click", async () => {
  passTime.disabled = true;
  try { await post("/api/time", { days: 92 }); } finally { passTime.disabled = false; }
});

setTheme(taste.recall("theme"));
showInspector(taste.recall("inspector") ? taste.recall("inspector") === "open" : innerWidth >= 1700);
showPane(place.recall("pane") || "phone");
watch(watched);
