"""Show the follow-ups on the home, and stop them for a day.

Only counts of reminders, costs and answers are shown: the owners stand in a case and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.channels import Quota
from bot.channels.slack.home import wording
from bot.channels.slack.ui.blocks import (
    Json,
    actions,
    button,
    context,
    header,
    paragraph,
    rich_text,
)
from bot.channels.slack.web.events import BlockAction, make_incoming
from bot.model.business_hours import JAPAN
from bot.model.follow_up import TIMER
from bot.months import count_months_on
from bot.runtime.reminders import SHARE, STOPPED
from bot.store import Store, TurnResult
from bot.store.records import DayCount, Timer

STOP, GO_ON = "home:reminders-stop", "home:reminders-go"

LATE = timedelta(hours=2)
"""Time after which a reminder is overdue. It is looked at every hour."""

COUNTED = timedelta(days=30)
"""Time over which the section counts."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """Count the reminders to come, and the fate of the last thirty days'.

    `today` are due until midnight, `month` until the month ends, `overdue` could not be sent.
    `is_stopped` says that staff have stopped those of today.
    """

    today: int
    month: int
    overdue: int
    agreed: int
    stopped: int
    sent: int
    answered: int
    is_stopped: bool


NO_REMINDERS = Reminders(0, 0, 0, 0, 0, 0, 0, is_stopped=False)


async def count_reminders(store: Store, now: datetime) -> Reminders:
    """Count reminders in timers and tallies, without reading a conversation."""
    records, local = store.records, now.astimezone(JAPAN)
    until_midnight = await records.count_timers(TIMER, _midnight(local))
    until_month_end = await records.count_timers(TIMER, _month_end(local))
    overdue = await records.count_timers(TIMER, now - LATE)
    today = local.date()
    became = _add_up(await records.list_counts(today - COUNTED, today))
    return Reminders(
        today=until_midnight,
        month=until_month_end,
        overdue=overdue,
        agreed=became.get("agreed", 0),
        stopped=became.get("stopped", 0),
        sent=became.get("sent", 0),
        answered=became.get("answered", 0),
        is_stopped=await records.find_timer(STOPPED) is not None,
    )


def _add_up(counts: Iterable[DayCount]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in counts:
        if each.name == "follow_up":
            found[each.value] = found.get(each.value, 0) + each.count
    return found


def _midnight(local: datetime) -> datetime:
    return datetime.combine(local.date() + timedelta(days=1), time(), JAPAN)


def _month_end(local: datetime) -> datetime:
    first = count_months_on(local.date().replace(day=1), 1)
    return datetime.combine(first, time(), JAPAN)


def draw_reminders(reminders: Reminders | None, quota: Quota | None) -> Iterator[Json]:
    """Draw the follow-ups' part of the home, or nothing without any."""
    if reminders is None:
        yield header(wording.REMINDERS)
        yield context(wording.NOT_READ)
        return
    if not (reminders.month or reminders.agreed or reminders.sent or reminders.is_stopped):
        return
    yield header(wording.REMINDERS)
    yield paragraph(rich_text("\n".join(_describe(reminders, quota))))
    label, action = (
        (wording.REMINDERS_GO_BUTTON, GO_ON)
        if reminders.is_stopped
        else (wording.REMINDERS_STOP_BUTTON, STOP)
    )
    yield from actions([button(label, action)])


def _describe(reminders: Reminders, quota: Quota | None) -> Iterator[str]:
    yield wording.count_reminders(reminders.today, reminders.month, reminders.overdue)
    silent = max(0, reminders.sent - reminders.answered)
    yield wording.count_answers(reminders.sent, reminders.answered, silent)
    yield wording.count_consents(reminders.agreed, reminders.stopped)
    if quota and quota.limit is not None:
        left = max(0, int(SHARE * quota.limit) - quota.used)
        yield wording.count_cost(reminders.month, left)
        if reminders.month > left:
            yield wording.REMINDERS_TOO_MANY
    if reminders.is_stopped:
        yield wording.REMINDERS_STOPPED


async def stop_for_today(store: Store, event: BlockAction, now: datetime) -> None:
    """Stop the reminders of today.

    Those that are still of use go tomorrow.
    """
    timer = Timer(STOPPED, _midnight(now.astimezone(JAPAN)))
    await store.commit(make_incoming(event), TurnResult(None, records=(timer,)), now)


async def go_on(store: Store, event: BlockAction, now: datetime) -> None:
    """Let the reminders of today go again."""
    work = TurnResult(None, records=(Timer(STOPPED, None),))
    await store.commit(make_incoming(event), work, now)
