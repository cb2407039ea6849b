"""The cards of every outcome each fit on the screen of a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from bot.channels.line.drawing.render import messages
from bot.model.messages import Reply
from tests.bot.demo import running
from tests.bot.every_card import details, first_cards, trouble_cards

PHONE = {"width": 390, "height": 844}
"""An ordinary phone, at the standard size of type."""

DRAW = """
async (sent) => {
  const { chatItem } = await import("/page/js/messages.js");
  const chat = document.createElement("div");
  chat.className = "chat";
  chat.style.width = "390px";
  chat.style.display = "block";  // as tall as they are, all laid out at once
  const items = sent.map((message) => chatItem({ by: "bot", key: "k", at: 0, message }, {}));
  chat.append(...items);
  document.body.replaceChildren(chat);
  const next = () => new Promise(requestAnimationFrame);
  const frame = async () => { for (let count = 0; count < 4; count += 1) await next(); };
  const onOneLine = (item) => [...item.querySelectorAll("[role=button] .flex-text")].filter(
    (each) => each.style.whiteSpace === "nowrap");
  chat.style.setProperty("--type-scale", "1.3");
  await frame();
  const cut = items.map((item) => onOneLine(item).filter((each) => each.scrollWidth > each.clientWidth).length);
  chat.style.removeProperty("--type-scale");
  await frame();
  return items.map((item, at) => {
    const digits = [...item.querySelectorAll("*")].filter(
      (each) => !each.children.length && /^[0-9-]{3,}$/.test(each.textContent.trim()));
    const broken = digits.filter((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      return range.getClientRects().length > 1;
    });
    return [item.getBoundingClientRect().height, broken.length + cut[at], item.scrollWidth];
  });
}
"""

Drawn = list[tuple[float, int, float]]


def drawn(browser: Browser, address: str, replies: Iterator[Reply]) -> dict[str, Any]:
    """Measure each different card in the browser.

    Returns the height in pixels, the numbers that break over a line with the labels that are cut off in
    the largest type, and the width.
    """
    sent = [messages((reply,))[0] for reply in dict.fromkeys(replies)]
    with running.seat(browser, address, viewport=PHONE) as seat:
        found: Drawn = seat.page.evaluate(DRAW, sent)
    names = (json.dumps(message["altText"][:60], ensure_ascii=False) for message in sent)
    return dict(zip(names, found, strict=True))


@pytest.mark.parametrize("cards", [first_cards, details, trouble_cards])
def test_cards_fit_on_one_screen_and_no_number_breaks(
    browser: Browser, address: str, cards: Any
) -> None:
    found = drawn(browser, address, cards())
    assert found
    too_tall = {name: height for name, (height, _, _) in found.items() if height > PHONE["height"]}
    broken = [name for name, (_, count, _) in found.items() if count]
    too_wide = [name for name, (_, _, width) in found.items() if width > PHONE["width"]]
    assert (too_tall, broken, too_wide) == ({}, [], [])
