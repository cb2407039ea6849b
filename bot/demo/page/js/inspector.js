// Behind the scenes: what went over the wire, the limits used, the map, and faults on a switch.

import { clock, fill, h } from "./dom.js";
import { flowMap } from "./flow.js";
import { get, post } from "./server.js";

const FAULTS = [
  ["error", "LINEが500を返す", "返事は送信箱に残り、あとで届きます"],
  ["slow", "LINEが遅い", "送信に4秒かかります"],
  ["duplicate", "同じ通知が2度届く", "それでも返事は1度です"],
];

/** The inspector in `place`. */
export class Inspector {
  constructor(place) {
    this.chosen = "";
    this.bot = h("div", { class: "bot-state" });
    this.faults = h("div", { class: "switches" });
    this.map = h("div", { class: "map-place", tabindex: "0", role: "group", "aria-label": "質問の地図" });
    this.list = h("ol", { class: "exchanges" });
    this.limits = h("div", { class: "limits" });
    this.request = h("pre", { tabindex: "0", role: "region", "aria-label": "送られたJSON" });
    this.answer = h("pre", { tabindex: "0", "aria-label": "返されたJSON" });
    this.time = h("p", { class: "time" });
    fill(place,
      h("h2", {}, "しくみ"),
      h("div", { class: "behind" }, h("section", { "aria-label": "ボットと障害" }, h("h3", {}, "ボットと障害"), this.bot, this.faults),
      h("section", { "aria-label": "やりとり" }, h("h3", {}, "やりとり"), this.list, this.time, this.limits,
        h("details", { open: true }, h("summary", {}, "送られたJSON"), this.request),
        h("details", {}, h("summary", {}, "返されたJSON"), this.answer)),
      h("section", { "aria-label": "質問の地図", class: "of-map" }, h("h3", {}, "質問の地図"), this.map)));
  }

  showBot(bot) {
    const kill = h("button", { type: "button", class: "danger", onclick: () => post("/api/bot/kill") }, "強制終了（kill -9）");
    const start = h("button", { type: "button", class: "primary", onclick: () => post("/api/bot/start") }, "起動する");
    const dot = h("span", { class: bot.up ? "dot up" : "dot down", "aria-hidden": "true" });
    fill(this.bot,
      h("p", {}, dot, bot.up ? `動いています（プロセス ${bot.process}、${bot.starts}回目の起動）` : bot.process ? "起動しています…" : "止まっています"),
      h("dl", {},
        h("dt", {}, "送信箱で待つ返事"), h("dd", { "data-count": "undelivered" }, String(bot.undelivered)),
        h("dt", {}, "ボットがまだ受け取れない通知"), h("dd", { "data-count": "waiting" }, String(bot.waiting))),
      h("div", { class: "row" }, bot.process ? kill : start));
  }

  showFaults(faults) {
    if (!this.faults.childElementCount) {
      fill(this.faults, FAULTS.map(([name, words, about]) => h("label", {},
        h("input", {
          type: "checkbox", name, role: "switch",
          onchange: (event) => post("/api/faults", { [name]: event.target.checked }),
        }), h("span", {}, words, h("small", {}, about)))));
    }
    for (const input of this.faults.querySelectorAll("input")) input.checked = faults[input.name];
  }

  /** The list; the latest one is shown in full unless another was chosen. */
  showExchanges(exchanges) {
    fill(this.list, [...exchanges].reverse().slice(0, 12).map((each) => this.line(each)));
    const chosen = exchanges.find(({ id }) => id === this.chosen) ?? exchanges.at(-1);
    if (chosen) this.show(chosen);
  }

  line(each) {
    return h("li", {},
      h("button", {
        type: "button", "data-id": each.id, class: each.ok ? "" : "failed",
        onclick: () => { this.chosen = each.id; this.show(each); },
      },
      h("span", { class: "way", "aria-label": each.way === "in" ? "ボットへ" : "ボットから" }, each.way === "in" ? "→" : "←"),
      h("span", { class: "what" }, each.what),
      each.attempts > 1 && h("span", { class: "times" }, `${each.attempts}回`),
      h("span", { class: "status" }, String(each.status)),
      h("span", { class: "ms" }, each.milliseconds === null ? "" : `${each.milliseconds} ms`)));
  }

  async show(line) {
    for (const button of this.list.querySelectorAll("button")) {
      button.toggleAttribute("aria-current", button.dataset.id === line.id);
    }
    const found = await get(`/api/exchange/${line.id}`);
    if (!found) return;
    this.time.textContent = `${clock(line.at)} ${line.what} ${line.status}` +
      (line.milliseconds === null ? "" : `　${line.way === "in" ? "受け取りまで" : "出来事から"} ${line.milliseconds} ms`);
    fill(this.limits, found.limits.map(limit));
    this.request.textContent = JSON.stringify(found.request, null, 1);
    this.answer.textContent = JSON.stringify(found.answer ?? found.attempts, null, 1);
  }

  showFlow(map) {
    fill(this.map, flowMap(map));
    const here = this.map.querySelector(".here");
    if (here) this.map.scrollTop = here.getCTM().f - this.map.clientHeight / 2;
  }
}

function limit({ name, used, most, unit }) {
  const shown = unit === "KB" ? `${(used / 1000).toFixed(1)} / ${most / 1000} KB` : `${used.toLocaleString()} / ${most.toLocaleString()}`;
  const id = `limit-${name}`;
  return h("div", { class: "limit" },
    h("label", { for: id }, name),
    h("meter", { id, min: 0, max: most, high: most * 0.9, value: used }, shown),
    h("span", {}, shown));
}
