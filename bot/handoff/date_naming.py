"""Let staff name dates of a follow-up, while they speak with the owner.

The owner has agreed to the follow-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.follow_up.naming import Doubt, doubt_day
from bot.follow_up.reminding import ring_again
from bot.follow_up.saying import plan_lines
from bot.handoff.refusals import Refused
from bot.interview.buttons import UNFOLLOW
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.follow_up import FollowUp
from bot.model.messages import Reply
from bot.model.turn import CaseMoved, Context, Move, Turn
from bot.presentation import staff_wording
from bot.presentation.times import say_full_date
from bot.presentation.wording import say
from flows.follow_up import DateKind, FollowUpPlan

Days = Mapping[str, date | None]
"""The day of each kind of date that staff have changed.

None for one that is taken out.
"""


def find_date_faults(days: Days, plan: FollowUpPlan, today: date) -> dict[str, str]:
    """Find the odd days, with the reason by the kind of date."""
    doubts = {
        kind: doubt_day(plan.dates[kind], day, today)
        for kind, day in days.items()
        if day and kind in plan.dates
    }
    return {kind: _WHY[doubt] for kind, doubt in doubts.items() if doubt}


_WHY: Mapping[Doubt, str] = {
    Doubt.PASSED: staff_wording.DAY_PASSED,
    Doubt.AHEAD: staff_wording.DAY_AHEAD,
    Doubt.FAR: staff_wording.DAY_FAR,
}


def name_dates(conversation: Conversation, days: Days, context: Context) -> Turn | Refused:
    """Keep the days, move their reminders, and tell the owner.

    Refused without the owner's consent.
    """
    before, plan = conversation.follow_up, context.programme.follow_up
    if before is None or not before.agreed_at:
        return Refused(staff_wording.NOT_FOLLOWED)
    kinds = (kind for kind in plan.dates.values() if kind.id in days)
    changed = [kind for kind in kinds if days[kind.id] != _day_of(before, kind)]
    if not changed:
        return Turn(conversation)
    after = before
    for kind in changed:
        day = days[kind.id]
        after = after.named(kind.id, day, context.now) if day else after.without(kind.id)
    lines = (line for kind in changed for line in _tell_change(kind, after))
    said = "\n".join(
        (
            say("follow_up.staff_named"),
            *lines,
            "",
            *plan_lines(after, plan, context.now),
            "",
            say("follow_up.staff_named_wrong"),
        )
    )
    rung, effects = ring_again(replace(conversation, follow_up=after), context, context.now)
    return Turn(rung, (Reply(said, (), (UNFOLLOW,)),), (*effects, CaseMoved(Move.FILED)))


def _day_of(follow_up: FollowUp, kind: DateKind) -> date | None:
    known = follow_up.dates.get(kind.id)
    return known.day if known else None


def _tell_change(kind: DateKind, follow_up: FollowUp) -> Iterator[str]:
    day = _day_of(follow_up, kind)
    yield (
        say("follow_up.staff_named_line", label=kind.label, day=say_full_date(day))
        if day
        else say("follow_up.staff_dropped_line", label=kind.label)
    )


def list_days(conversation: Conversation, plan: FollowUpPlan) -> dict[str, date | None]:
    """List the known days of an owner who agreed, else none."""
    follow_up = conversation.follow_up
    if follow_up is None or not follow_up.agreed_at:
        return {}
    return {kind.id: _day_of(follow_up, kind) for kind in plan.dates.values()}


def today_of(context: Context) -> date:
    """Tell the day it is in Japan."""
    return context.now.astimezone(JAPAN).date()
