// The questionnaire as a drawing: one row per question, ways that skip rows at its side.

import { h, s } from "./dom.js";

const ROW = 40, WIDTH = 224, LEFT = 8, HEIGHT = 28, LANE = 9;

/** The map as an element; the way walked and the present state are lit. */
export function flowMap(map) {
  const rows = [...map.nodes].sort((one, other) => one.rank - other.rank);
  const place = new Map(rows.map((node, index) => [node.id, index]));
  const skips = map.edges.filter(({ from, to }) => place.get(to) - place.get(from) > 1);
  const lanes = lanesOf(skips, place);
  const width = LEFT + WIDTH + 16 + LANE * (Math.max(0, ...lanes.values()) + 1);
  const drawing = s("svg", {
    class: "flow", viewBox: `0 0 ${width} ${rows.length * ROW}`, width, height: rows.length * ROW,
    role: "img", "aria-label": inWords(map),
  });
  const edges = [...map.edges].sort((one, other) => one.walked - other.walked);
  for (const edge of edges) drawing.append(line(edge, place, lanes));
  for (const node of rows) drawing.append(station(node, place.get(node.id)));
  return h("figure", { class: "map" },
    h("figcaption", {},
      h("strong", {}, map.title),
      h("span", { class: "state" }, `いま：${map.state_title}`),
      h("span", { class: "state" }, `話し手：${map.mode_title}`)),
    drawing);
}

/** A lane for each way that skips rows, so that no two cover one another. */
function lanesOf(skips, place) {
  const lanes = new Map();
  const ends = [];
  for (const edge of [...skips].sort((a, b) => length(a, place) - length(b, place))) {
    const [top, bottom] = [place.get(edge.from), place.get(edge.to)];
    let lane = 0;
    while ((ends[lane] ?? []).some(([t, b]) => top < b && t < bottom)) lane += 1;
    (ends[lane] ??= []).push([top, bottom]);
    lanes.set(edge, lane);
  }
  return lanes;
}

const length = (edge, place) => place.get(edge.to) - place.get(edge.from);

function line(edge, place, lanes) {
  const [top, bottom] = [place.get(edge.from), place.get(edge.to)];
  const kind = edge.walked ? "way walked" : "way";
  if (!lanes.has(edge)) {
    const x = LEFT + WIDTH / 2;
    return s("path", { class: kind, d: `M${x} ${top * ROW + HEIGHT} V${bottom * ROW}` });
  }
  const start = top * ROW + HEIGHT * 0.7, end = bottom * ROW + HEIGHT * 0.3;
  const side = LEFT + WIDTH, out = side + 8 + LANE * (lanes.get(edge) + 1);
  return s("path", {
    class: kind,
    d: `M${side} ${start} H${out - 5} Q${out} ${start} ${out} ${start + 5} V${end - 5} Q${out} ${end} ${out - 5} ${end} H${side}`,
  });
}

function station(node, row) {
  const kind = ["station", node.kind, node.walked && "walked", node.here && "here"].filter(Boolean).join(" ");
  const group = s("g", { class: kind, transform: `translate(${LEFT} ${row * ROW})` });
  const room = 16 - node.title.length;
  const answer = node.answer.length > room ? `${node.answer.slice(0, room - 1)}…` : node.answer;
  group.append(
    s("rect", { width: WIDTH, height: HEIGHT, rx: node.kind === "question" ? 6 : 14 }),
    text(10, node.title, "title"),
    text(WIDTH - 10, answer, "answer"),
  );
  return group;
}

function text(x, words, kind) {
  const element = s("text", { x, y: HEIGHT / 2 + 4.5, class: kind });
  element.textContent = words;
  return element;
}

function inWords(map) {
  const walked = map.nodes.filter((node) => node.walked && node.answer).map((node) => `${node.title}は${node.answer}`);
  const here = map.nodes.find((node) => node.here);
  return `${map.title}。${walked.join("、") || "まだ答えていません"}。いまは${here?.title ?? map.state_title}。`;
}
