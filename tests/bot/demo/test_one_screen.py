"""The cards of every outcome each fit on the screen of a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser

from bot.channels.line.render import messages
from bot.dialogue.respond import respond
from bot.interview.outcomes import detail_reply, outcome
from bot.model.conversation import Conversation
from bot.model.messages import Reply, typed
from bot.presentation.cards.detail_cards import Detail
from flows.flow import ASSESSMENT
from flows.keiei.catalog import FLOWS
from flows.paths import find_paths
from tests.bot.channels.everything import CONTEXT, YOU
from tests.bot.demo import running

PHONE = {"width": 390, "height": 844}
"""An ordinary phone, at the standard size of type."""

PLACES = ("38", "01", "12", "47", "unknown")
"""Prefectures with each kind of contact.

In order: a current number, only a page, only the official list, a number known to be gone, no
place.
"""

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
  return items.map((item) => {
    const digits = [...item.querySelectorAll("*")].filter(
      (each) => !each.children.length && /^[0-9-]{3,}$/.test(each.textContent.trim()));
    const broken = digits.filter((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      return range.getClientRects().length > 1;
    });
    return [item.getBoundingClientRect().height, broken.length, item.scrollWidth];
  });
}
"""

Drawn = list[tuple[float, int, float]]


def ends() -> Iterator[tuple[Conversation, str]]:
    """Every different end of every questionnaire, at a place with a number of today."""
    for flow in FLOWS.values():
        for path in find_paths(flow):
            conversation = Conversation(YOU, flow=flow.id)
            for question, option in path.answers:
                conversation = conversation.answered(question, (option,))
            yield _at(conversation, PLACES[0]), path.outcome


def _at(conversation: Conversation, place: str) -> Conversation:
    return conversation.answered("prefecture", (place,))


CLOSED = replace(CONTEXT, now=CONTEXT.now + timedelta(hours=9))


def first_cards() -> Iterator[Reply]:
    seen: set[Reply] = set()
    for conversation, end in ends():
        card = outcome(conversation, end, CONTEXT)[0]
        if card in seen:
            continue  # it differs at no other place either
        seen.add(card)
        for context, place in product((CONTEXT, CLOSED), PLACES):
            yield outcome(_at(conversation, place), end, context)[0]


def details() -> Iterator[Reply]:
    seen: set[Reply] = set()
    for conversation, end in ends():
        for detail in Detail if end == ASSESSMENT else ():
            card = detail_reply(detail, conversation, CONTEXT)
            if card is None or card in seen:
                continue
            seen.add(card)
            for place in PLACES:
                if at_place := detail_reply(detail, _at(conversation, place), CONTEXT):
                    yield at_place


TROUBLES = (
    "死にたい",
    "いま薬を飲んだ、死にたい",
    "夫が死にたいと言っています",
    "夫がいま首を吊ろうとしています",
    "死にたい。夫も死にたいと言っています",
    "給料が払えない",
    "差押えの通知が来た",
    "ヤミ金に追われています",
    "一括で返せと言われた",
    "給料が払えないし、差押えの通知が来た。ヤミ金にも借りた",
)


def trouble_cards() -> Iterator[Reply]:
    for words in TROUBLES:
        turn = respond(Conversation(YOU), typed(words), CONTEXT)
        yield next(reply for reply in turn.replies if reply.card)


def drawn(browser: Browser, address: str, replies: Iterator[Reply]) -> dict[str, Any]:
    """Measure each different card in the browser.

    Returns the height in pixels, the numbers that break over a line, and the width.
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
