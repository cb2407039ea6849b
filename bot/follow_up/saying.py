"""Write reminders as one message, and the plan of those to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.follow_up.schedule import Reminder, plan_reminders
from bot.interview.buttons import PAPERS as PAPERS_LIST
from bot.interview.buttons import PERSON, RESUME, UNFOLLOW
from bot.model.follow_up import FollowUp
from bot.model.messages import Choice, Reply, choice
from bot.presentation.times import say_full_date
from bot.presentation.wording import say
from flows.follow_up import AGREED, NUDGES, PAPERS, PAUSED, FollowUpPlan

SHOWN = 5
"""Reminders listed at once. The rest is counted."""

CALLED = choice(say("buttons.called"), "follow", "called")
NOT_CALLED = choice(say("buttons.not_called"), "follow", "not_called")
CHECK_IN = choice(say("buttons.check_in"), "follow", "check")
DATES = choice(say("buttons.follow_dates"), "follow", "dates")


def reminder_reply(reminders: Sequence[Reminder], now: datetime) -> Reply:
    """Write reminders as one message, with taps to answer and to stop."""
    texts = [_text(each) for each in reminders]
    lines = texts if len(texts) == 1 else [say("follow_up.several", count=len(texts)), *texts]
    if any(each.latest < now for each in reminders):
        lines.append(say("follow_up.late"))
    if any(each.rule.since not in NUDGES for each in reminders):
        lines.append(say("follow_up.papers_decide"))
    if any(each.rule.since != PAUSED for each in reminders):
        lines.append(say("follow_up.how_to_stop"))
    return Reply("\n\n".join(lines), _answers_to(reminders), (PERSON, UNFOLLOW))


def _text(reminder: Reminder) -> str:
    return reminder.rule.text.format(day=say_full_date(reminder.since), left=reminder.left)


def _answers_to(reminders: Sequence[Reminder]) -> tuple[Choice, ...]:
    choices = [
        *((CHECK_IN,) if any(each.rule.check_in for each in reminders) else ()),
        *((CALLED, NOT_CALLED) if any(each.rule.unless_called for each in reminders) else ()),
        *((PAPERS_LIST,) if any(each.rule.since == PAPERS for each in reminders) else ()),
        *((RESUME,) if any(each.rule.since == PAUSED for each in reminders) else ()),
    ]
    return tuple(choices)


def plan_lines(follow_up: FollowUp, plan: FollowUpPlan, now: datetime) -> tuple[str, ...]:
    """List the reminders to come, the next first, and how many there are besides."""
    coming = [each for each in plan_reminders(follow_up, plan) if each.due > now]
    if not coming:
        return (say("follow_up.planned_none"),)
    lines = [say("follow_up.planned"), *(_plan_line(each, plan) for each in coming[:SHOWN])]
    if len(coming) > SHOWN:
        lines.append(say("follow_up.more", count=len(coming) - SHOWN))
    return tuple(lines)


def _plan_line(reminder: Reminder, plan: FollowUpPlan) -> str:
    day = say_full_date(reminder.due.date())
    return say("follow_up.planned_line", day=day, what=_name(reminder, plan))


def _name(reminder: Reminder, plan: FollowUpPlan) -> str:
    """Name the date that a reminder counts from."""
    if kind := plan.dates.get(reminder.rule.since):
        return say("follow_up.planned_date", label=kind.label, day=say_full_date(reminder.since))
    return _NUDGE_NAMES[reminder.rule.since]


_NUDGE_NAMES = {
    AGREED: say("follow_up.planned_call"),
    PAUSED: say("follow_up.planned_pause"),
    PAPERS: say("follow_up.planned_papers"),
}
