"""Run timers, such as passing promises and posts of the day.

Timers are rows. A due timer is a turn of its conversation like any other, exactly once by its name
and time, across restarts and several processes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from bot.handoff import case_life
from bot.logs import fault
from bot.model.posts import PostReference
from bot.runtime.conversation_service import ConversationService, SideEffects
from bot.store import Incoming, Store, TurnResult
from bot.store.records import ClearTimer, Timer, WipePosts

TimerHandler = Callable[[Timer, datetime], Awaitable[None]]
"""Does the work of a timer. It must clear the timer or set it again in the same turn."""

_LOG = structlog.get_logger("timers")


async def run_due_timers(store: Store, handlers: Mapping[str, TimerHandler], now: datetime) -> None:
    """Run every due timer.

    `handlers` are found by the start of a timer's name, up to the colon.
    """
    for timer in await store.records.list_due_timers(now):
        handler = handlers.get(timer.name.partition(":")[0])
        # A timer of another version, or of a channel that is off, waits for a process that knows it.
        if handler is None:
            continue
        try:
            await handler(timer, now)
        except Exception as error:  # noqa: BLE001 - one timer must not stop the others; it rings again
            _LOG.error("timer failed", kind=timer.name.partition(":")[0], **fault(error))


def make_event_id(timer: Timer) -> str:
    """Make the event id of a timer's turn, the same in every process."""
    return f"timer:{timer.name}:{timer.due.isoformat() if timer.due else ''}"


def make_promise_handler(conversations: ConversationService) -> TimerHandler:
    """Make the handler of a promised answer.

    When the answer is late, the owner gets an apology and a number to call.
    """

    async def handler(timer: Timer, now: datetime) -> None:
        await conversations.carry_out(
            Incoming(make_event_id(timer), timer.key),
            lambda conversation: case_life.apologise_when_overdue(
                conversation, conversations.advisor.context(now)
            ),
            now,
            SideEffects(always=(ClearTimer(timer),)),
        )

    return handler


def make_erasure_handler(store: Store) -> TimerHandler:
    """Make the handler that wipes the posts of a case ended long ago."""

    async def handler(timer: Timer, now: datetime) -> None:
        records = (
            ClearTimer(timer),
            WipePosts(PostReference.of_card(timer.name.partition(":")[2])),
        )
        incoming = Incoming(make_event_id(timer), timer.key)
        await store.commit(incoming, TurnResult(None, records=records), now)

    return handler
