"""Write an owner's situation as parts of a sheet.

These are the answers, the urgent trouble, and the open points.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.interview.outcomes import result_of
from bot.interview.standing import correctable, replay_flow
from bot.model import business_hours
from bot.model.conversation import Conversation
from bot.model.turn import Context
from bot.presentation.cards.detail_cards import told_findings, turning_lines
from bot.presentation.cards.helpline_cards import helpline_line
from bot.presentation.source_lines import without_brackets
from bot.presentation.times import say_day
from bot.presentation.wording import join_words, say
from bot.sheet.sheet import Form, Line, Part
from flows.assessment import Effect
from flows.flow import ASSESSMENT, UNKNOWN
from flows.urgency import LABELS, Level, Sign, Today
from knowledge import sources


def situation_part(conversation: Conversation, context: Context) -> Part:
    """Write the owner's answers in the order of the questions."""
    given = reversed(correctable(conversation, context.programme))
    known = (each for each in given if conversation.answers[each.id] != (UNKNOWN.id,))
    # A bracket is the form's own: 「小売・飲食（50人）」 does not say that fifty people work there.
    lines = (
        Line(without_brackets(each.labels(conversation.answers[each.id])), each.title)
        for each in known
    )
    # An option of an earlier version has no label.
    shown = tuple(line for line in lines if line.text)
    return Part("situation", say("sheet.situation_heading"), Form.FACTS, shown)


def urgent_part(conversation: Conversation, context: Context) -> Part:
    """Write the urgent trouble with its deadlines, empty without any."""
    today = context.programme.today(conversation.answers)
    lines = tuple(_today_lines(today, context)) if today else _soon(conversation, context)
    return Part("urgent", say("sheet.urgent_heading"), Form.LINES, lines)


def _today_lines(today: tuple[Today, ...], context: Context) -> Iterator[Line]:
    opens = business_hours.next_opening(context.now)
    is_open = business_hours.is_open(context.now)
    day = say_day(context.now if is_open else opens)
    for each in today:
        first = say("sheet.by_day", day=day, first=each.first)
        yield Line(first, each.title, each.sources)
        for line in (context.library.helplines[name] for name in each.calls):
            checked = sources.in_words(line.checked_on)
            number = helpline_line(line).removeprefix(say("sheet.bullet"))
            yield Line(say("sheet.helpline", line=number, checked_on=checked))
        yield Line(say("sheet.closed", closed=each.closed))


def _soon(conversation: Conversation, context: Context) -> tuple[Line, ...]:
    soon = context.programme.urgency(conversation.answers)
    if soon.level is Level.PREVENTION:
        return ()
    label = LABELS[soon.level]
    return tuple(Line(sign.because, label, sign.sources) for sign in _once_each(soon.signs))


def _once_each(signs: tuple[Sign, ...]) -> Iterator[Sign]:
    return iter({sign.because: sign for sign in signs}.values())


def today_steps_part(conversation: Conversation, context: Context) -> Part:
    """Write the steps after the first call in urgent trouble.

    Empty without trouble.
    """
    today = context.programme.today(conversation.answers)
    lines = tuple(Line(step) for each in today for step in each.steps)
    cites = tuple(each.sources[0] for each in today)
    return Part("today-steps", say("sheet.today_steps_heading"), Form.BOXES, lines, cites)


def open_part(conversation: Conversation, context: Context) -> Part:
    """Write points the owner does not know, and those the office decides."""
    lines = (*_unknown(conversation, context), *_to_confirm(conversation, context))
    return Part("open", say("sheet.open_heading"), Form.BOXES, lines)


def _unknown(conversation: Conversation, context: Context) -> Iterator[Line]:
    given = reversed(correctable(conversation, context.programme))
    titles = [each.title for each in given if conversation.answers[each.id] == (UNKNOWN.id,)]
    if titles:
        yield Line(say("sheet.unknown", titles=join_words(titles)))
    stands = replay_flow(conversation, context.programme)
    if stands and stands.question:
        yield Line(say("summary.midway", remaining=stands.remaining))


def _to_confirm(conversation: Conversation, context: Context) -> Iterator[Line]:
    """List points a rule wants checked, and answers that would change the result."""
    stands = replay_flow(conversation, context.programme)
    if stands is None or stands.state != ASSESSMENT:
        return
    result = result_of(conversation, context)
    for finding in told_findings(result.assessment):
        if finding.effect is Effect.CHECK:
            yield Line(finding.text, cites=finding.sources)
    yield from map(Line, turning_lines(result, context.programme))
