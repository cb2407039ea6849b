"""What happens at a time, by itself: promises that pass, posts of the day. Timers are rows.

A timer that has come is a turn of its conversation like any other, exactly once by its name and time,
across restarts and several processes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from bot.handoff import case_life
from bot.logs import fault
from bot.model.case import CARD
from bot.runtime.conversation_service import Besides, OwnerTurns
from bot.store import Incoming, Store, Work
from bot.store.records import Rung, Timer, Wiped

Ring = Callable[[Timer, datetime], Awaitable[None]]
"""Does what a timer is for; it must call the timer off or set it anew within the same turn."""

_LOG = structlog.get_logger("timers")


async def ring(store: Store, bells: Mapping[str, Ring], now: datetime) -> None:
    """Do what is due. `bells` are found by what a timer's name begins with, up to the colon."""
    for timer in await store.records.due(now):
        bell = bells.get(timer.name.partition(":")[0])
        if bell is None:
            continue
        try:
            await bell(timer, now)
        except Exception as error:  # noqa: BLE001 - one timer must not stop the others; it rings again
            _LOG.error("timer failed", kind=timer.name.partition(":")[0], **fault(error))


def event_of(timer: Timer) -> str:
    """The event id of a timer's turn."""
    return f"timer:{timer.name}:{timer.due.isoformat() if timer.due else ''}"


def promise(turns: OwnerTurns) -> Ring:
    """The bell of a promised answer: an apology and a telephone number if nobody has answered."""

    async def bell(timer: Timer, now: datetime) -> None:
        await turns.do(
            Incoming(event_of(timer), timer.key),
            lambda conversation: case_life.overdue(conversation, turns.advisor.context(now)),
            now,
            Besides(always=(Rung(timer),)),
        )

    return bell


def erasure(store: Store) -> Ring:
    """The bell of a case that ended long ago: what staff were shown of it loses its words."""

    async def bell(timer: Timer, now: datetime) -> None:
        records = (Rung(timer), Wiped(CARD + timer.name.partition(":")[2]))
        incoming = Incoming(event_of(timer), timer.key)
        await store.turn(incoming, lambda _: Work(None, records=records), now)

    return bell
