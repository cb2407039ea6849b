"""Draw the table of open cases, and the forms to move one.

The most urgent come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.slack.desk import wording as desk_wording
from bot.channels.slack.desk.case_card import HAND_ON, MOVE_DESK, SNOOZE
from bot.channels.slack.queue import wording
from bot.channels.slack.ui.blocks import (
    Json,
    actions,
    button,
    context,
    header,
    input_block,
    modal,
    plain_text,
    select,
    text_field,
)
from bot.channels.slack.ui.fields import radio, users_field
from bot.handoff.waiting import is_overdue, is_snoozed, most_urgent_first
from bot.model.case import Case
from bot.model.desk_policy import DeskPolicy
from bot.model.messages import Choice
from bot.presentation.case_names import LEVELS, REASONS, name_holder
from bot.presentation.limits import cut
from bot.presentation.times import say_moment, say_moment_from
from knowledge.place_names.places import PREFECTURES

NEXT = "queue:next"
OPEN_CASE = "home:case"

CASES = 20
"""Cases shown. The rest is counted."""

TO, NOTE, UNTIL, DESK = "to", "note", "until", "desk"
OWN_DESK = "own"
"""Stands for the desk's own channel in the form."""
HALF_AN_HOUR, TWO_HOURS, OPENING = "half", "two", "opening"

_NAME, _LONGEST_NOTE = 80, 500


@dataclass(frozen=True, slots=True)
class Queue:
    """Hold the open cases as one user sees them.

    `cases` is None where they could not be read. `names` are their names and `links` lead to their
    threads, by case id.
    """

    now: datetime
    viewer: str
    cases: Sequence[Case] | None = ()
    names: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


def draw_queue(queue: Queue, not_read: str) -> Iterator[Json]:
    """Draw the table, or say `not_read`."""
    cases = queue.cases
    yield header(wording.head_cases(len(cases or ())))
    if cases is None:
        yield context(not_read)
        return
    if not cases:
        yield context(wording.NOBODY_WAITS)
        return
    if any(not each.holder for each in cases):
        yield from actions([button(wording.NEXT_BUTTON, NEXT, style="primary")])
    in_order = most_urgent_first(cases, queue.now)
    yield from (_draw_row(each, queue) for each in in_order[:CASES])
    if len(in_order) > CASES:
        yield context(wording.count_other_cases(len(in_order) - CASES))


def _draw_row(case: Case, queue: Queue) -> Json:
    """Draw one case in two columns, its subject and its wait."""
    grave = f"{desk_wording.MARKS[case.reason]} {LEVELS[case.reason]}"
    name = queue.names.get(case.id, wording.CASE)
    holder = wording.name_holder(_name_holder(case, queue.viewer))
    left = f"{grave}　{name}\n{REASONS[case.reason]}"
    right = f"{_describe_wait(case, queue.now)}\n{holder}"
    row = {"type": "section", "fields": [plain_text(left), plain_text(right)]}
    link = queue.links.get(case.id)
    action = f"{OPEN_CASE}:{case.id}"
    return row | ({"accessory": button(wording.THREAD_BUTTON, action, url=link)} if link else {})


def _describe_wait(case: Case, now: datetime) -> str:
    since = now - case.opened_at
    if is_snoozed(case, now) and case.snoozed_until:
        return wording.say_snoozed(say_moment_from(case.snoozed_until, now))
    if case.first_reply_at and case.quote and case.asked_at:
        return wording.say_unanswered(now - case.asked_at)
    if case.first_reply_at:
        return wording.say_replied(since)
    promised = say_moment_from(case.promised_by, now)
    if is_overdue(case, now):
        return wording.say_overdue(since, promised)
    return wording.say_waiting(since, promised)


def _name_holder(case: Case, viewer: str) -> str:
    if not case.holder:
        return wording.NO_HOLDER
    return wording.YOU if case.holder == viewer else cut(name_holder(case), _NAME)


# --- forms ----------------------------------------------------------------------------------------


def draw_hand_on_form(case_id: str) -> Json:
    """Draw the form in which a colleague is chosen."""
    return modal(
        HAND_ON,
        wording.HAND_ON_TITLE,
        [
            context(wording.HAND_ON_HOW),
            input_block(wording.TO_WHOM, TO, users_field(TO)),
            input_block(
                wording.NOTE,
                NOTE,
                text_field(NOTE, several_lines=True, most=_LONGEST_NOTE),
                hint=wording.NOTE_HINT,
                optional=True,
            ),
        ],
        submit=wording.HAND_ON_SUBMIT,
        private=case_id,
    )


def draw_snooze_form(case_id: str, opens: datetime) -> Json:
    """Draw the form that sets when a case comes back."""
    choices = (
        Choice(wording.IN_HALF_AN_HOUR, HALF_AN_HOUR),
        Choice(wording.IN_TWO_HOURS, TWO_HOURS),
        Choice(wording.at_opening(say_moment(opens)), OPENING),
    )
    return modal(
        SNOOZE,
        wording.SNOOZE_TITLE,
        [
            context(wording.SNOOZE_HOW),
            input_block(wording.SNOOZE_LABEL, UNTIL, radio(UNTIL, choices, HALF_AN_HOUR)),
        ],
        submit=wording.SNOOZE_SUBMIT,
        private=case_id,
    )


def draw_move_form(case_id: str, policy: DeskPolicy) -> Json:
    """Draw the form in which another desk is chosen."""
    desks = dict.fromkeys(policy.regions.values())
    choices = [
        Choice(wording.USUAL_DESK, OWN_DESK),
        *(Choice(_name_desk(each, policy), each) for each in desks),
    ]
    return modal(
        MOVE_DESK,
        wording.MOVE_DESK_TITLE,
        [
            context(wording.MOVE_DESK_HOW),
            input_block(wording.WHICH_DESK, DESK, select(wording.WHICH_DESK, DESK, choices)),
        ],
        submit=wording.MOVE_DESK_SUBMIT,
        private=case_id,
    )


def _name_desk(channel: str, policy: DeskPolicy) -> str:
    return wording.name_desk([PREFECTURES[each] for each in policy.list_prefectures(channel)])


def read_return(chosen: str, now: datetime, opens: datetime) -> datetime:
    """Read when a case is to come back."""
    spans = {HALF_AN_HOUR: timedelta(minutes=30), TWO_HOURS: timedelta(hours=2)}
    return now + spans[chosen] if chosen in spans else opens
