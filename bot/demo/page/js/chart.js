// A chart of Slack (`data_visualization`): bars side by side, and the numbers for a screen reader.

import { h, s, unknown } from "./dom.js";

const WIDTH = 520, HEIGHT = 150, FOOT = 18;

/** The chart as an element; other kinds than bars are marked. */
export function chart(given) {
  const { type, series, axis_config: axis } = given.chart;
  if (type !== "bar") return unknown(`chart ${type}`);
  const most = Math.max(1, ...series.flatMap(({ data }) => data.map(({ value }) => value)));
  const group = WIDTH / axis.categories.length;
  const bar = (group * 0.8) / series.length;
  const drawing = s("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT + FOOT}`, class: "chart", role: "img", "aria-label": inWords(series),
  });
  series.forEach(({ data }, number) => data.forEach(({ value }, index) => {
    const height = (value / most) * (HEIGHT - 10);
    const x = index * group + group * 0.1 + number * bar;
    drawing.append(s("rect", { class: `series-${number}`, x, y: HEIGHT - height, width: bar * 0.9, height }));
  }));
  drawing.append(s("path", { class: "axis", d: `M0 ${HEIGHT}H${WIDTH}` }));
  const every = Math.ceil(axis.categories.length / 7);
  axis.categories.forEach((category, index) => {
    if (index % every) return;
    const label = s("text", { x: index * group + group / 2, y: HEIGHT + 13 });
    label.textContent = category.split("-")[0];
    drawing.append(label);
  });
  return h("figure", { class: "kit-chart" },
    h("figcaption", {}, given.title),
    drawing,
    h("div", { class: "legend" }, series.map(({ name }, number) => h("span", { class: `series-${number}` }, name)),
      h("span", { class: "unit" }, `最大 ${most}`, axis.x_label && `・横は${axis.x_label}`)));
}

const inWords = (series) => series.map(({ name, data }) =>
  `${name}：${data.filter(({ value }) => value).map(({ label, value }) => `${label}は${value}`).join("、") || "なし"}`).join("。");
