"""Every card an owner can be shown: ends of questionnaires, offices, trouble."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product

from bot.dialogue.respond import respond
from bot.interview.outcomes import detail_reply, outcome
from bot.model.conversation import Conversation
from bot.model.messages import Reply, typed
from bot.model.turn import Context
from bot.presentation.cards.center_cards import center_card
from bot.presentation.cards.detail_cards import Detail
from flows.flow import ASSESSMENT
from flows.keiei.catalog import FLOWS
from flows.keiei.paths import PATHS
from flows.paths import find_paths
from knowledge.place_names.places import PREFECTURES
from tests.bot.channels.everything import CONTEXT, YOU

PLACES = ("38", "01", "12", "47", "unknown")
"""Prefectures with each kind of contact.

In order: a current number, only a page, only the official list, a number known to be gone, no
place.
"""


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


def first_cards(
    places: Sequence[str] = PLACES, contexts: Sequence[Context] = (CONTEXT, CLOSED)
) -> Iterator[Reply]:
    """The first card of every end, open and closed."""
    seen: set[Reply] = set()
    for conversation, end in ends():
        card = outcome(conversation, end, CONTEXT)[0]
        if card in seen:
            continue  # it differs at no other place either
        seen.add(card)
        for context, place in product(contexts, places):
            yield outcome(_at(conversation, place), end, context)[0]


def details(places: Sequence[str] = PLACES) -> Iterator[Reply]:
    """The cards behind every first card."""
    seen: set[Reply] = set()
    for conversation, end in ends():
        for detail in Detail if end == ASSESSMENT else ():
            card = detail_reply(detail, conversation, CONTEXT)
            if card is None or card in seen:
                continue
            seen.add(card)
            for place in places:
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
    """The first card of every kind of trouble."""
    for words in TROUBLES:
        turn = respond(Conversation(YOU), typed(words), CONTEXT)
        yield next(reply for reply in turn.replies if reply.card)


def office_cards() -> Iterator[Reply]:
    """The office of every path in every prefecture."""
    for code in PREFECTURES:
        offices = CONTEXT.library.directory.for_prefecture(code)
        for path in (None, *PATHS.values()):
            yield Reply("", card=center_card(offices, path, CONTEXT.now, CONTEXT.library))
