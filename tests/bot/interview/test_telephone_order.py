"""The order in which staff ask a caller: what presses most first, help for today at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.respond import respond
from bot.interview.standing import open_question, replay_flow
from bot.model.conversation import Conversation, from_dict, to_dict
from bot.model.messages import typed
from bot.model.turn import Context
from flows.flow import ASSESSMENT, URGENT
from flows.keiei.programme import KEIEI
from knowledge import library

CONTEXT = Context(datetime(2026, 11, 25, 1, 0, tzinfo=UTC), library.load(), KEIEI)
CALLER = Conversation("slack:U1", flow="diagnosis", by_telephone=True)


def asked(conversation: Conversation) -> str:
    question = open_question(conversation, KEIEI)
    return question.id if question else ""


def test_order_by_telephone_is_notice_arrears_cash_repayment_lenders_then_the_rest() -> None:
    conversation, order = CALLER, list[str]()
    calm = {"letters": "none", "arrears": "none", "cash": "half_year", "lenders": "one"}
    while question := open_question(conversation, KEIEI):
        order.append(question.id)
        chosen = calm.get(question.id, question.options[0].id)
        conversation = conversation.answered(question.id, (chosen,))
    assert order[:5] == ["letters", "arrears", "cash", "repayment", "lenders"]
    assert order[5] == "sales"
    assert len(order) == len(set(order))
    stands = replay_flow(conversation, KEIEI)
    assert stands
    assert stands.state == ASSESSMENT


@pytest.mark.parametrize(
    ("question", "option"), [("letters", "seizure"), ("arrears", "wages"), ("cash", "this_month")]
)
def test_trouble_of_today_leads_to_the_place_and_what_to_do_at_once(
    question: str, option: str
) -> None:
    told = CALLER.answered(question, (option,))
    assert asked(told) == "prefecture"
    placed = told.answered("prefecture", ("28",))
    stands = replay_flow(placed, KEIEI)
    assert stands
    assert stands.state == URGENT
    # After that the questions go on where they were.
    handled = placed.answered("emergency", ("handled",))
    assert asked(handled) in KEIEI.by_telephone


def test_notice_is_asked_for_in_words_that_stand_alone() -> None:
    turn = respond(CALLER, typed("v1|do=resume"), CONTEXT)
    assert turn.replies[-1].text.startswith("【1/")
    assert "差押え" in turn.replies[-1].text
    assert "そのことで" not in turn.replies[-1].text


def test_order_survives_the_store_and_the_next_caller() -> None:
    turn = respond(CALLER.answered("sales", ("up",)), typed("v1|do=restart"), CONTEXT)
    again = from_dict(to_dict(turn.conversation))
    assert again.by_telephone
    assert asked(again) == "letters"


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40))
def test_every_way_by_telephone_ends(picks: list[int]) -> None:
    conversation = CALLER
    for turn in range(60):
        question = open_question(conversation, KEIEI)
        if question is None:
            stands = replay_flow(conversation, KEIEI)
            assert stands
            if stands.state != URGENT:
                return
            conversation = conversation.answered("emergency", ("handled",))
            continue
        assert question.id not in conversation.answers
        option = question.options[picks[turn % len(picks)] % len(question.options)]
        conversation = conversation.answered(question.id, (option.id,))
    raise AssertionError(conversation.answers)


@pytest.mark.parametrize("by_telephone", [True, False])
def test_trouble_tapped_among_several_answers_is_told_what_to_do_today(
    *, by_telephone: bool
) -> None:
    before = {"sales": ("up",), "costs": ("none",), "profit": ("black",), "letters": ("none",)}
    conversation = replace(CALLER, by_telephone=by_telephone, answers=before)
    for value in ("v1|arrears=tax", "v1|arrears=wages"):
        conversation = respond(conversation, typed(value), CONTEXT).conversation
    turn = respond(conversation, typed("v1|done=arrears"), CONTEXT)
    assert "今日、まずこれだけ" in "".join(each.text for each in turn.replies)
    # Said once.
    again = respond(turn.conversation, typed("v1|do=resume"), CONTEXT)
    assert "今日、まずこれだけ" not in "".join(each.text for each in again.replies)
