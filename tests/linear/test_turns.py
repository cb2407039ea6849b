"""A whole turn answers any text in time linear in its length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Context, Turn
from bot.understand.text import LONGEST, LONGEST_HEARD, clean
from flows.keiei.catalog import QUESTIONS
from flows.keiei.programme import KEIEI
from knowledge import library
from scripts.hostile import KINDS
from tests.linear.costs import STEEP, growth, text_of

NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
CONTEXT = Context(NOW, library.load(), KEIEI)


def answer(conversation: Conversation, text: str) -> Turn:
    return respond(conversation, typed(text), CONTEXT)


FRESH = Conversation("line:you")
DEAR_TURN = 0.2
"""Seconds a turn with a few hundred characters may cost at most.

It holds also where they become thousands.
"""


def at(question: str) -> Conversation:
    return Conversation("line:you", flow="diagnosis", asking_again=question)


def at_figure(name: str) -> Conversation:
    return Conversation("line:you", picture="cash", figure_again=name)


def conversations() -> Iterator[Conversation]:
    """At the beginning, at every question, and where consent is asked for."""
    yield FRESH
    yield from map(at, QUESTIONS)
    yield Conversation("line:you", flow="diagnosis", asking_consent=True)
    yield from map(at_figure, ("cash", "payments", "headcount"))


@pytest.mark.parametrize(
    "text",
    [
        "だな" * 20 + "x",
        "なんですけど" * 25 + "x",
        "今は" * 20 + "x",
        "自分でも" * 30 + "わからない",
        "もう" * 2500,
        "全部" * 1000 + "x",
        "ﷺ" * 5000,
        "本当に" * 19 + "x",
        "気持ちが落ち着いた" * 6 + "x",
    ],
    ids=lambda text: f"{text[:8]}-{len(text)}",
)
def test_a_text_made_to_hang_is_answered_at_every_question(text: str) -> None:
    assert all(answer(each, text).replies for each in conversations())


@pytest.mark.parametrize("kind", KINDS)
def test_a_turn_takes_time_linear_in_what_is_typed(kind: str) -> None:
    make: Callable[[int], str] = partial(text_of, "", KINDS[kind], "")
    for conversation in (FRESH, *map(at, ("sales", "wishes", "prefecture"))):
        assert growth(partial(answer, conversation), make, LONGEST, DEAR_TURN) <= STEEP
    assert growth(partial(answer, FRESH), make, LONGEST_HEARD, DEAR_TURN) <= STEEP


@pytest.mark.parametrize("kind", ["amounts", "payments", "digits"])
def test_a_figure_takes_time_linear_in_what_is_typed(kind: str) -> None:
    make: Callable[[int], str] = partial(text_of, "", KINDS[kind], "")
    for conversation in map(at_figure, ("cash", "payments")):
        assert growth(partial(answer, conversation), make, LONGEST, DEAR_TURN) <= STEEP


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_is_cut_again_after_normalising(kind: str) -> None:
    assert len(clean(KINDS[kind] * LONGEST)) <= LONGEST
