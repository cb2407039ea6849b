"""Figures keep their form through JSON, and go with their conversation."""

import json

from hypothesis import given, settings

from bot.figures.figures import NAMES, Figures, Given, How, from_dict, to_dict
from bot.model import conversation as conversations
from bot.model.conversation import Conversation
from tests.bot.figures.owners_figures import TODAY, TYPED, any_figures, figures


@settings(max_examples=40)
@given(any_figures())
def test_figures_written_and_read_are_the_same(kept: Figures) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(kept)))) == kept


@settings(max_examples=40)
@given(any_figures())
def test_conversation_keeps_figures_through_json(kept: Figures) -> None:
    before = Conversation("line:U1", figures=kept)
    data = json.loads(json.dumps(conversations.to_dict(before)))
    assert conversations.from_dict(data) == before
    assert ("figures" in data) == bool(kept.given)


def test_figures_of_another_version_are_left_aside() -> None:
    data = {"cash": 5, "turtles": 3, "given": {"turtles": ["typed", "2026-11-30", None, None]}}
    assert from_dict(data) == Figures(cash=5)


@settings(max_examples=40)
@given(any_figures())
def test_figure_taken_back_leaves_the_others(kept: Figures) -> None:
    for name in kept.given:
        after = kept.without(name)
        assert getattr(after, name) is None
        assert {*after.given} == {*kept.given} - {name}
        assert all(getattr(after, each) == getattr(kept, each) for each in NAMES if each != name)


def test_figure_given_again_is_the_last_given() -> None:
    before = figures(cash=300, debt=4800)
    after = before.with_figure("cash", None, Given(How.UNKNOWN, TODAY))
    assert (after.cash, [*after.given]) == (None, ["debt", "cash"])
    assert after.with_figure("cash", 7, TYPED).given["cash"] is TYPED
