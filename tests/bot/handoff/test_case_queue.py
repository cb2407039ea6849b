"""Pure functions hand cases on, put them aside, and record their outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.respond import respond
from bot.handoff import case_life, case_queue
from bot.handoff.rating import RATINGS, take_rating
from bot.handoff.refusals import Refused
from bot.handoff.waiting import most_urgent_first
from bot.model.case import Case, Outcome, Reason
from bot.model.conversation import Conversation, Mode
from bot.model.messages import Kind, Message, Speaker
from bot.model.turn import CaseMoved, Context, Move, Rated, SetTimer, Turn
from flows.keiei.programme import KEIEI
from knowledge.library import load

NOW = datetime(2026, 11, 27, 5, 30, tzinfo=UTC)
CONTEXT = Context(NOW, load(), KEIEI, desk=True)
CASE = Case("c1", Reason.ASKED, NOW, NOW + timedelta(hours=1), "U1", "花子", first_reply_at=NOW)
OPEN = Conversation("line:U1", Mode.WITH_STAFF, case=CASE)
TARO = case_life.Staff("U2", Speaker("太郎"))


def done(outcome: Turn | Refused) -> Turn:
    assert isinstance(outcome, Turn), outcome
    return outcome


def completed() -> Conversation:
    return done(case_life.complete(OPEN, NOW, KEIEI)).conversation


def test_hand_on_gives_the_case_to_the_colleague_and_tells_the_owner() -> None:
    turn = done(case_queue.hand_on(OPEN, TARO))
    assert turn.conversation.case is not None
    assert (turn.conversation.case.holder, turn.conversation.case.holder_name) == ("U2", "太郎")
    assert "太郎" in turn.replies[0].text
    assert isinstance(case_queue.hand_on(turn.conversation, TARO), Refused)


def test_hand_on_of_a_waiting_case_takes_it_for_the_colleague() -> None:
    waiting = replace(OPEN, mode=Mode.WAITING, case=replace(CASE, holder="", holder_name=""))
    turn = done(case_queue.hand_on(waiting, TARO))
    assert turn.conversation.mode is Mode.WITH_STAFF
    assert turn.replies[0].text.startswith("相談員の太郎が、これから")


def test_hand_on_to_a_colleague_without_a_name_names_nobody() -> None:
    nameless = case_life.Staff("U3", Speaker(""))
    assert (
        "担当が別の相談員に代わりました" in done(case_queue.hand_on(OPEN, nameless)).replies[0].text
    )


@pytest.mark.parametrize(
    "move",
    [
        lambda each: case_queue.hand_on(each, TARO),
        lambda each: case_queue.put_aside(each, NOW),
        case_queue.bring_back,
    ],
)
def test_moves_of_a_case_that_has_ended_are_refused(move: object) -> None:
    assert callable(move)
    assert isinstance(move(completed()), Refused)


def test_case_put_aside_stands_last_until_it_comes_back() -> None:
    later = NOW + timedelta(hours=2)
    aside = done(case_queue.put_aside(OPEN, later))
    assert SetTimer("return:c1", later) in aside.effects
    assert aside.conversation.case is not None
    other = replace(CASE, id="c2", promised_by=NOW + timedelta(days=9))
    assert most_urgent_first([aside.conversation.case, other], NOW)[0] is other
    back = done(case_queue.bring_back(aside.conversation))
    assert back.effects == (CaseMoved(Move.RETURNED), SetTimer("return:c1", None))
    assert isinstance(case_queue.bring_back(back.conversation), Refused)


def test_owners_words_bring_a_case_back_at_once() -> None:
    aside = done(case_queue.put_aside(OPEN, NOW + timedelta(hours=2))).conversation
    turn = respond(aside, Message(text="まだですか"), CONTEXT)
    assert CaseMoved(Move.RETURNED) in turn.effects
    assert turn.conversation.case is not None
    assert turn.conversation.case.snoozed_until is None


def test_outcome_is_said_of_completed_cases_only() -> None:
    assert isinstance(case_queue.say_outcome(OPEN, Outcome.SOLVED), Refused)
    turn = done(case_queue.say_outcome(completed(), Outcome.SOLVED))
    assert turn.conversation.case is not None
    assert turn.conversation.case.outcome is Outcome.SOLVED


@pytest.mark.parametrize("rating", RATINGS, ids=lambda each: each.value)
def test_rating_is_counted_once_a_case(rating: object) -> None:
    value = str(getattr(rating, "value", ""))
    first = respond(completed(), Message(Kind.CHOICE, value=value), CONTEXT)
    assert [each for each in first.effects if isinstance(each, Rated)]
    again = respond(first.conversation, Message(Kind.CHOICE, value=value), CONTEXT)
    assert not [each for each in again.effects if isinstance(each, Rated)]
    assert again.replies


def test_rating_of_no_kind_of_ours_is_none() -> None:
    assert take_rating(completed(), "maybe", CONTEXT) is None


def test_case_put_aside_is_awake_once_somebody_takes_it_or_it_ends() -> None:
    waiting = replace(OPEN, mode=Mode.WAITING, case=replace(CASE, holder="", holder_name=""))
    aside = done(case_queue.put_aside(waiting, NOW + timedelta(hours=2))).conversation
    assert aside.case
    off = SetTimer(aside.case.return_timer, None)
    for turn in (
        done(case_life.claim(aside, TARO, NOW)),
        done(case_queue.hand_on(aside, TARO)),
        done(case_life.hand_back(aside, NOW, KEIEI)),
    ):
        assert turn.conversation.case
        assert turn.conversation.case.snoozed_until is None
        assert off in turn.effects


def test_complete_after_words_of_dying_asks_for_no_rating() -> None:
    dark = replace(OPEN, case=replace(CASE, reason=Reason.DESPAIR))
    replies = done(case_life.complete(dark, NOW, KEIEI)).replies
    assert not any(set(RATINGS) & set(reply.buttons) for reply in replies)
    usual = done(case_life.complete(OPEN, NOW, KEIEI)).replies
    assert any(set(RATINGS) & set(reply.buttons) for reply in usual)
