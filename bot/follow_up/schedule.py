"""Compute every reminder of an owner from the dates they named.

Reminders are never kept. One is in time for two office days. If it could not be sent in them it is
owed as long as it is of use: it goes with the next reminder, or with the reply when the owner
writes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.follow_up.moments import earliest_from, even_out, grace_end, moment_on
from bot.model.business_hours import JAPAN
from bot.model.follow_up import FollowUp, NamedDate
from bot.months import count_months_on
from flows.follow_up import AGREED, PAPERS, PAUSED, DateKind, FollowUpPlan, ReminderRule


@dataclass(frozen=True, slots=True)
class Reminder:
    """Hold one reminder, counted from `since` and in time until `latest`.

    `due` is a moment of office hours.
    """

    rule: ReminderRule
    since: date
    due: datetime
    latest: datetime
    left: int = 0
    """Papers that are missing, where it is about them."""

    @property
    def id(self) -> str:
        """The name that keeps a reminder from being said twice."""
        return f"{self.rule.id}:{self.since.isoformat()}"

    @property
    def useful_until(self) -> datetime:
        """Find until when the reminder is worth saying with something else."""
        return max(self.latest, self.due + timedelta(days=self.rule.useful_days))


def plan_reminders(follow_up: FollowUp | None, plan: FollowUpPlan) -> tuple[Reminder, ...]:
    """List every reminder that is not done, the earliest first.

    What had been due before its date was named is none.
    """
    if follow_up is None:
        return ()
    found = (
        each
        for rule in plan.rules
        for each in _of_rule(rule, follow_up, plan)
        if each.id not in follow_up.done
    )
    return tuple(sorted(found, key=lambda each: (each.due, each.rule.id)))


def _of_rule(rule: ReminderRule, follow_up: FollowUp, plan: FollowUpPlan) -> Iterator[Reminder]:
    anchor = _anchor(rule.since, follow_up)
    if anchor is None or not _is_wanted(rule, follow_up):
        return
    for number in range(rule.times):
        since = _count_on(anchor.day, rule.every * number, plan.dates.get(rule.since))
        day = _count_on(since, rule.months, plan.dates.get(rule.since))
        day += timedelta(days=rule.days)
        exact = moment_on(day, follow_up.id, before=rule.before)
        due = even_out(exact, follow_up.id, before=rule.before) if rule.evened else exact
        if due > anchor.named_at:
            yield Reminder(rule, since, due, grace_end(exact), follow_up.papers_left)


def _is_wanted(rule: ReminderRule, follow_up: FollowUp) -> bool:
    if rule.unless_called and follow_up.called:
        return False
    if rule.since == PAPERS and not follow_up.papers_left:
        return False
    if follow_up.dates.keys() & {*rule.unless_named}:
        return False
    return follow_up.half_years or not rule.half_year


def _anchor(since: str, follow_up: FollowUp) -> NamedDate | None:
    """Find the date a reminder counts from, or None without consent."""
    if since == PAUSED:
        return _as_date(follow_up.paused_at)
    if since == AGREED:
        return _as_date(follow_up.agreed_at)
    if since == PAPERS:
        return _as_date(follow_up.papers_at) if follow_up.agreed_at else None
    return follow_up.dates.get(since) if follow_up.agreed_at else None


def _as_date(moment: datetime | None) -> NamedDate | None:
    return NamedDate(moment.astimezone(JAPAN).date(), moment) if moment else None


def _count_on(day: date, months: int, kind: DateKind | None) -> date:
    """Count months on from a day.

    The last day of a month stays one where only months are named.
    """
    return count_months_on(day, months, keep_last=kind is not None and kind.by_month)


# --- what is to be done of it now ------------------------------------------------------------------


def next_ring(follow_up: FollowUp | None, plan: FollowUpPlan, now: datetime) -> datetime | None:
    """Find when to look again, at the next reminder in time, or None."""
    in_time = (each for each in plan_reminders(follow_up, plan) if each.latest > now)
    first = next(in_time, None)
    return earliest_from(max(first.due, now)) if first else None


def list_ripe(follow_up: FollowUp, plan: FollowUpPlan, now: datetime) -> tuple[Reminder, ...]:
    """List the due reminders not said yet, in time or late."""
    return tuple(each for each in plan_reminders(follow_up, plan) if each.due <= now)


def list_sayable(reminders: Iterable[Reminder], now: datetime) -> tuple[Reminder, ...]:
    """List those that are still of use."""
    return tuple(each for each in reminders if now <= each.useful_until)


def with_done(follow_up: FollowUp, reminders: Iterable[Reminder]) -> FollowUp:
    """Mark reminders as said or past."""
    ids = tuple(each.id for each in reminders)
    return replace(follow_up, done=(*follow_up.done, *ids)) if ids else follow_up
