// Where an owner may be: a few town halls to choose from, or any latitude and longitude.

import { dialog, h } from "./dom.js";

const TOWNS = [
  ["札幌市（北海道）", 43.0621, 141.3544],
  ["仙台市（宮城県）", 38.2682, 140.8694],
  ["墨田区（東京都）", 35.7107, 139.8015],
  ["四日市市（三重県）", 34.9651, 136.6245],
  ["尼崎市（兵庫県）", 34.7332, 135.4064],
  ["松山市（愛媛県）", 33.8392, 132.7657],
  ["那覇市（沖縄県）", 26.2124, 127.6809],
  ["海の上", 30.0, 150.0],
];

/** Ask for a place and hand it to `share({latitude, longitude})`. */
export function shareLocation(share) {
  dialog("位置情報を送る", (close) => {
    const latitude = number("緯度", "latitude", -90, 90, TOWNS[5][1]);
    const longitude = number("経度", "longitude", -180, 180, TOWNS[5][2]);
    const send = (event) => {
      event.preventDefault();
      close();
      share({ latitude: Number(latitude.input.value), longitude: Number(longitude.input.value) });
    };
    return h("div", { class: "fields" },
      h("div", { class: "choices" }, TOWNS.map(([name, north, east]) =>
        h("button", {
          type: "button", onclick: () => { close(); share({ latitude: north, longitude: east }); },
        }, name))),
      h("form", { class: "fields", onsubmit: send },
        h("div", { class: "pair" }, latitude.label, longitude.label),
        h("button", { class: "primary" }, "ここを送る")));
  });
}

function number(words, name, min, max, value) {
  const input = h("input", { type: "number", name, min, max, value, step: "any", required: true });
  return { input, label: h("label", {}, words, input) };
}
