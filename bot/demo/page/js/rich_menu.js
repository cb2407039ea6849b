// The rich menu: the picture that was uploaded, with its areas to tap.

import { actionAttributes } from "./actions.js";
import { h } from "./dom.js";

/** The menu as an element: areas lie over the picture in percent of its size. */
export function richMenu(menu, act) {
  const { width, height } = menu.size;
  const areas = menu.areas.map(({ bounds, action }) =>
    h("div", {
      class: "area",
      style: {
        left: `${(100 * bounds.x) / width}%`,
        top: `${(100 * bounds.y) / height}%`,
        width: `${(100 * bounds.width) / width}%`,
        height: `${(100 * bounds.height) / height}%`,
      },
      ...actionAttributes(action, act, action.label),
    }));
  return h("div", { class: "menu-picture", role: "group", "aria-label": menu.chatBarText },
    h("img", { src: `/api/menu/${menu.id}`, alt: "", width, height }), areas);
}
