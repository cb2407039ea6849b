"""Write the file of a case for the colleague who takes it over.

Urgent parts come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.interview.standing import correctable, open_question, replay_flow
from bot.interview.summary import (
    answer_lines,
    center_line,
    reason_lines,
    urgency_line,
    verdict_line,
)
from bot.model.case import Case
from bot.model.case_details import CaseDetails
from bot.model.conversation import Conversation
from bot.model.turn import Context
from bot.presentation.case_names import REASONS
from bot.presentation.times import say_date, say_moment
from bot.presentation.wording import join_words, say
from flows.flow import ASSESSMENT, UNKNOWN
from flows.programme import Programme

_STORY_ANSWERS = 3
"""Answers that tell the story where staff have not written it. More need two lines."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """Hold one part of a case file, a heading with its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reception:
    """Say when and by what way an owner came to us.

    `by` names the staff member, "" for nobody yet.
    """

    at: datetime
    way: str
    by: str = ""


def make_case_file(
    conversation: Conversation, context: Context, came: Reception, words: Sequence[str] = ()
) -> tuple[FilePart, ...]:
    """List the parts that have anything to say.

    `words` are what the owner wrote after their yes, in their own words.
    """
    programme, details = context.programme, conversation.details
    case = conversation.case
    parts = (
        (say("case_file.heading_urgency"), [_say_urgency(conversation, programme)]),
        (say("case_file.heading_reason"), [REASONS[case.reason]] if case else []),
        (say("case_file.heading_taken"), _reception_lines(came)),
        (say("case_file.heading_story"), [details.story or _tell_story(conversation, programme)]),
        (say("case_file.heading_words"), [say("signs.quoted", words=each) for each in words]),
        (say("case_file.heading_result"), [verdict_line(conversation, programme)]),
        (say("case_file.heading_open"), list(_open_points(conversation, programme))),
        (say("case_file.heading_loans"), [details.loans]),
        (say("case_file.heading_guarantor"), [details.guarantor]),
        (say("case_file.heading_due"), [say_due(details)]),
        (say("case_file.heading_notice"), [details.notice]),
        (say("case_file.heading_papers"), [details.papers]),
        (say("case_file.heading_advised"), list(_list_advice(conversation, context))),
        (say("case_file.heading_next"), list(_next_steps(details, case))),
        (
            say("case_file.heading_answers"),
            [say("signs.bullet", line=each) for each in answer_lines(conversation, programme)],
        ),
        (say("case_file.heading_reasons"), reason_lines(conversation, programme)),
        (say("case_file.heading_office"), [center_line(conversation, context)]),
    )
    shown = ((heading, tuple(filter(None, lines))) for heading, lines in parts)
    return tuple(FilePart(heading, lines) for heading, lines in shown if lines)


def write_as_text(parts: Sequence[FilePart]) -> str:
    """Write the file as plain text, to copy and to print."""
    return "\n\n".join(
        "\n".join((say("signs.heading", heading=part.heading), *part.lines)) for part in parts
    )


def say_due(details: CaseDetails) -> str:
    """Say what falls due next and when, or ""."""
    if details.due_on is None:
        return details.due_what
    return say("case_file.due", day=say_date(details.due_on), what=details.due_what).rstrip()


def say_next_step(details: CaseDetails) -> str:
    """Say the next promise and its day, or ""."""
    if not (details.next_step and details.next_by):
        return details.next_step
    return say("case_file.next_by", step=details.next_step, day=say_date(details.next_by))


# --- parts ----------------------------------------------------------------------------------------


def _say_urgency(conversation: Conversation, programme: Programme) -> str:
    return urgency_line(conversation, programme) or say("case_file.no_urgency")


def _reception_lines(came: Reception) -> list[str]:
    by = say("case_file.taken_by", name=came.by) if came.by else say("case_file.taken_by_nobody")
    return [say("case_file.taken_at", moment=say_moment(came.at), channel=came.way), by]


def _tell_story(conversation: Conversation, programme: Programme) -> str:
    """Tell the story by the answers that decide most."""
    known = (
        programme.questions[each]
        for each in programme.essential
        if each != programme.place and _is_answered(conversation, each)
    )
    told = [
        say(
            "summary.answer", question=each.title, labels=each.labels(conversation.answers[each.id])
        )
        for each in known
    ]
    return join_words(told[:_STORY_ANSWERS])


def _is_answered(conversation: Conversation, question: str) -> bool:
    return conversation.answers.get(question, (UNKNOWN.id,)) != (UNKNOWN.id,)


def _open_points(conversation: Conversation, programme: Programme) -> Iterator[str]:
    """List the unknown, the likely, and the unasked answers."""
    for question in reversed(correctable(conversation, programme)):
        if not _is_answered(conversation, question.id):
            yield say("case_file.open_unknown", question=question.title)
    for name, options in conversation.likely.items():
        question = programme.questions[name]
        labels = question.labels(options)
        yield say("case_file.open_likely", question=question.title, labels=labels)
    stands, asked = replay_flow(conversation, programme), open_question(conversation, programme)
    if stands and stands.question and asked and asked.id not in conversation.likely:
        yield say("case_file.open_question", question=asked.title)
    if stands and stands.question and stands.remaining > 1:
        yield say("case_file.open_more", count=stands.remaining - 1)


def _list_advice(conversation: Conversation, context: Context) -> Iterator[str]:
    """List the advice of the bot and of staff."""
    programme = context.programme
    titles = join_words(each.title for each in programme.today(conversation.answers))
    if titles:
        yield say("case_file.advised_today", titles=titles)
    stands = replay_flow(conversation, programme)
    if stands and not stands.question and stands.state == ASSESSMENT:
        path = programme.assess(conversation.answers).route.main.path
        yield say("case_file.advised_path", path=path.name)
    if entry := context.library.faq.get(conversation.topic):
        yield say("case_file.advised_answer", question=entry.question)
    if conversation.details.advised:
        yield say("case_file.advised_staff", words=conversation.details.advised)


def _next_steps(details: CaseDetails, case: Case | None) -> Iterator[str]:
    """List the promises and their times."""
    if case and case.is_open and case.first_reply_at is None:
        yield say("case_file.first_reply", moment=say_moment(case.promised_by))
    if details.next_step:
        yield say_next_step(details)
