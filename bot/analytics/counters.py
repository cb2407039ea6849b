"""Count the events of a turn, without people.

How many talk, where they stop, and the results.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.analytics.spans import find_step
from bot.interview.standing import replay_flow
from bot.model.business_hours import JAPAN
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.turn import (
    CaseOpened,
    GaveUp,
    Judged,
    Rated,
    Reminded,
    Turn,
    Unanswered,
)
from flows.flow import ASSESSMENT, URGENT
from flows.programme import Programme

CountOne = tuple[str, str]
"""Name and kind of a count, as ("reached", "sales"), ("verdict", "likely"), ("talked", "")."""


def count_turn(
    before: Conversation, turn: Turn, now: datetime, programme: Programme
) -> tuple[CountOne, ...]:
    """List the figures to which a turn adds one. The day is Japan's.

    - talked, talked_month: a person's first message of the day, of the month
    - reached, answered: a question one has come to stand at; one has left with an answer. Of those
      who only go forward, reached less answered are the people who stand there
    - finished, verdict: a questionnaire has come to its end; what it said; finished_in: in which
      prefecture, where the owner has said
    - gave_up: a message that was begun twice and never ended, by its kind
    - first_reply, closed: how long after a case was opened somebody wrote, or ended it, in steps
      (`bot.analytics.spans`); outcome: what came of it
    - talk_helped: whether an owner said that talking with staff helped
    - entry: an answer of the FAQ was given; helped, missed: whether the owner found that it helped
    - follow_up: agreed, stopped; sent, a message with reminders; answered, the first word after one
    - person: a case was opened, by its reason; unanswered: a question we had no answer to
    """
    return (
        *_talked(before, turn.conversation, now),
        *_moved(before, turn.conversation, programme),
        *_finished(before, turn.conversation, programme),
        *_answers_given(turn),
        *_followed(before, turn),
        *_effects(turn),
        *_of_case(before.case, turn.conversation.case, now),
    )


def _talked(before: Conversation, after: Conversation, now: datetime) -> Iterator[CountOne]:
    if after.last_seen == before.last_seen:
        return  # a turn of staff or of a timer
    day = now.astimezone(JAPAN)
    seen = before.last_seen.astimezone(JAPAN) if before.last_seen else None
    if seen is None or seen.date() != day.date():
        yield "talked", ""
    if seen is None or (seen.year, seen.month) != (day.year, day.month):
        yield "talked_month", ""


def _place(conversation: Conversation, programme: Programme) -> str:
    """Find the question at which the owner stands, or "".

    A question whose further answers are awaited counts. One asked again for a correction does not:
    the owner has been there before.
    """
    stands = replay_flow(conversation, programme)
    at = stands.question.id if stands and stands.question else ""
    return conversation.adding or at


def _moved(before: Conversation, after: Conversation, programme: Programme) -> Iterator[CountOne]:
    stood, stands = _place(before, programme), _place(after, programme)
    if stood == stands:
        return
    if stood in after.answers:
        yield "answered", stood
    if stands:
        yield "reached", stands


def _finished(
    before: Conversation, after: Conversation, programme: Programme
) -> Iterator[CountOne]:
    """Count a finished questionnaire.

    Urgent trouble is no end: the questionnaire waits behind it.
    """
    end = _outcome(after, programme)
    if end and (after.flow, end) != (before.flow, _outcome(before, programme)) and end != URGENT:
        yield "finished", after.flow
        if place := after.answers.get(programme.place):
            yield "finished_in", place[0]
        if end == ASSESSMENT:
            yield "verdict", programme.assess(after.answers).verdict.value


def _of_case(before: Case | None, after: Case | None, now: datetime) -> Iterator[CountOne]:
    """Count the changes of a case in this turn."""
    if before is None or after is None or before.id != after.id:
        return
    since = find_step(now - after.opened_at)
    if after.first_reply_at and before.first_reply_at is None:
        yield "first_reply", since
    if after.ended_at and before.ended_at is None:
        yield "closed", since
    if after.outcome and before.outcome is None:
        yield "outcome", after.outcome.value


def _outcome(conversation: Conversation, programme: Programme) -> str:
    stands = replay_flow(conversation, programme)
    if stands is None or stands.question or conversation.adding:
        return ""
    return stands.state


def _answers_given(turn: Turn) -> Iterator[CountOne]:
    named = (notice.partition(":") for notice in turn.notices)
    yield from (("entry", entry) for kind, _, entry in named if kind == "faq")


def _followed(before: Conversation, turn: Turn) -> Iterator[CountOne]:
    was, is_now = before.follow_up, turn.conversation.follow_up
    if is_now and is_now.agreed_at and not (was and was.agreed_at):
        yield "follow_up", "agreed"
    if was and was.agreed_at and is_now is None:
        yield "follow_up", "stopped"
    if was and was.silent and is_now and not is_now.silent:
        yield "follow_up", "answered"


def _effects(turn: Turn) -> Iterator[CountOne]:
    for each in turn.effects:
        match each:
            case Unanswered():
                yield "unanswered", ""
            case Rated(how):
                yield "talk_helped", how
            case Judged(entry, helped):
                yield ("helped" if helped else "missed"), entry
            case Reminded():
                yield "follow_up", "sent"
            case GaveUp(kind):
                yield "gave_up", kind.value
            case CaseOpened() if turn.conversation.case:
                yield "person", turn.conversation.case.reason.value
