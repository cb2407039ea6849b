"""The total of the questions is told once and stays, and nobody goes back by answering."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Message, Progress, typed
from bot.model.turn import Context, Turn
from flows.keiei.programme import KEIEI
from knowledge import library

CONTEXT = Context(datetime(2026, 11, 30, 3, tzinfo=UTC), library.load(), KEIEI)

TOLD = st.sampled_from(
    [
        "cause=lost_client",
        "industry=retail",
        "letters=from_tax_office",
        "tax_kind=national",
        "profit=loss",
    ]
).map(lambda told: f"v1|{told}")
PICKED = st.integers(0, 7)


def _tap(turn: Turn, value: str) -> Turn:
    return respond(turn.conversation, Message(Kind.CHOICE, value=value), CONTEXT)


def _answer(turn: Turn, said: str | int) -> Turn:
    if isinstance(said, str):
        return _tap(turn, said)
    shown = [value for _, value in turn.conversation.offered]
    value = shown[said % len(shown)] if shown else "v1|do=resume"
    asks = value.startswith(tuple(f"v1|{each}=" for each in (*KEIEI.questions, "done")))
    tap = value if asks and KEIEI.handled not in value else "v1|do=resume"
    return _tap(turn, tap)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.one_of(TOLD, PICKED), max_size=10))
def test_progress_whatever_is_told_keeps_its_total_and_never_goes_back(
    said: list[str | int],
) -> None:
    turn = respond(Conversation("test:you"), typed("診断する"), CONTEXT)
    told = [turn.replies[-1].progress]
    for each in said:
        before = turn.conversation.answers
        turn = _answer(turn, each)
        if before.keys() <= turn.conversation.answers.keys() and turn.replies:
            told.append(turn.replies[-1].progress)
    counted = [each for each in told if each]
    assert {each.total for each in counted} == {14}
    assert all(1 <= each.position <= 14 for each in counted)


def test_progress_of_a_few_questions_counts_those_alone() -> None:
    asked = respond(Conversation("test:you"), typed("診断する"), CONTEXT)
    brief = respond(asked.conversation, typed("質問が多い"), CONTEXT)
    assert brief.replies[-1].progress == Progress(1, 3)


def test_progress_in_an_emergency_is_not_counted() -> None:
    told = respond(Conversation("test:you"), typed("今月の給料が払えない"), CONTEXT)
    assert told.replies[-1].progress is None
    more = respond(told.conversation, typed("うどん屋です"), CONTEXT)
    assert more.replies[-1].progress is None
