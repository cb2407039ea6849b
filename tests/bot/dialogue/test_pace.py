"""One person gets a minute's messages read, then one kind sentence, then silence.

Despair is always answered.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.conversation import Conversation, from_dict, to_dict
from bot.model.messages import Kind, Message, typed
from bot.model.turn import Turn
from bot.presentation.wording import say
from bot.runtime.advisor import Advisor
from flows.keiei.programme import KEIEI
from knowledge import library

LIBRARY = library.load()
NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
PER_MINUTE = 20
ADVISOR = Advisor(lambda: LIBRARY, KEIEI, per_minute=PER_MINUTE)


class Person:
    """A person who sends messages, kept between them as in the store."""

    def __init__(self) -> None:
        self.conversation, self.now = Conversation("line:Utest"), NOW

    def send(self, message: str | Message, *, after: float = 0.0) -> Turn:
        """The turn of a message that comes `after` seconds."""
        self.now += timedelta(seconds=after)
        given = typed(message) if isinstance(message, str) else message
        turn = ADVISOR.answer(self.conversation, given, self.now)
        self.conversation = from_dict(to_dict(turn.conversation))
        return turn

    def empty_bucket(self) -> Turn:
        """Send one message more than is read, and return its turn."""
        for _ in range(PER_MINUTE):
            assert is_answered(self.send("こんにちは"))
        return self.send("こんにちは")


def said(turn: Turn) -> str:
    return "\n".join(each.text for each in turn.replies)


def is_answered(turn: Turn) -> bool:
    return bool(turn.replies) and say("conversation.too_fast") not in said(turn)


def test_bucket_empty_says_one_kind_sentence_then_nothing() -> None:
    person = Person()
    assert said(person.empty_bucket()) == say("conversation.too_fast")
    before = person.conversation
    assert all(not person.send("こんにちは").replies for _ in range(30))
    assert person.conversation == before


def test_bucket_silent_turn_leaves_nothing_to_keep() -> None:
    person = Person()
    person.empty_bucket()
    turn = person.send("こんにちは")
    assert not turn.effects
    assert turn.conversation.last_seen == person.conversation.last_seen


def test_bucket_refills_within_a_minute() -> None:
    person = Person()
    person.empty_bucket()
    assert is_answered(person.send("こんにちは", after=60))
    assert sum(is_answered(person.send("こんにちは")) for _ in range(30)) == PER_MINUTE - 1


def test_bucket_answers_a_little_before_it_is_full_without_repeating_the_sentence() -> None:
    person = Person()
    person.empty_bucket()
    for _ in range(5):
        assert is_answered(person.send("こんにちは", after=3.1))
        assert not person.send("こんにちは").replies


def test_bucket_half_refilled_may_say_the_sentence_once_more() -> None:
    person = Person()
    person.empty_bucket()
    person.now += timedelta(seconds=60)
    assert said(person.empty_bucket()) == say("conversation.too_fast")


@pytest.mark.parametrize("words", ["死にたい", "もう消えてしまいたい", "もう生きていたくない"])
def test_despair_with_an_empty_bucket_is_heard_every_time(words: str) -> None:
    person = Person()
    person.empty_bucket()
    for _ in range(3):
        assert "0120-061-338" in said(person.send(words))
        assert not person.send("こんにちは").replies


@pytest.mark.parametrize("message", ["消して", Message(Kind.CHOICE, value="v1|do=forget")])
def test_forget_with_an_empty_bucket_forgets(message: str | Message) -> None:
    person = Person()
    person.empty_bucket()
    assert say("conversation.forgotten") in said(person.send(message))


def test_restart_does_not_empty_the_bucket() -> None:
    person = Person()
    turns = [person.send("最初から") for _ in range(PER_MINUTE + 1)]
    assert said(turns[-1]) == say("conversation.too_fast")


def test_ordinary_talk_is_never_asked_to_wait() -> None:
    person = Person()
    assert all(is_answered(person.send("こんにちは", after=3)) for _ in range(100))


def test_clock_set_back_shuts_nobody_out() -> None:
    person = Person()
    person.empty_bucket()
    assert is_answered(person.send("こんにちは", after=-3 * 3600))


def test_no_limit_reads_everything() -> None:
    unlimited, conversation = replace(ADVISOR, per_minute=0), Conversation("line:Utest")
    for _ in range(3 * PER_MINUTE):
        turn = unlimited.answer(conversation, typed("こんにちは"), NOW)
        assert is_answered(turn)
        conversation = turn.conversation
    assert conversation.recent == 0


@given(st.lists(st.floats(0, 20), min_size=1, max_size=120))
def test_bucket_never_answers_more_than_its_measure(pauses: list[float]) -> None:
    """Any stretch of time has at most a bucketful of answers and its refill."""
    person, sticker = Person(), Message(Kind.STICKER)
    answered = [person.now for pause in pauses if is_answered(person.send(sticker, after=pause))]
    for first, start in enumerate(answered):
        for count, end in enumerate(answered[first:], start=1):
            allowed = PER_MINUTE + (end - start).total_seconds() * PER_MINUTE / 60
            assert count <= allowed + 1
