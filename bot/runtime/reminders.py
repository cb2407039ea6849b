"""Send the reminders of follow-ups, within what the month allows.

They are timers like any other. Answers of staff and trouble come before them: a part of the month's
messages is left to those. A reminder that may not be pushed waits, and is said when the owner
writes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.follow_up.moments import grace_end
from bot.follow_up.reminding import remind
from bot.model.conversation import Conversation
from bot.model.turn import Turn
from bot.runtime.conversation_service import ConversationService, SideEffects
from bot.runtime.scheduler import TimerHandler, make_event_id
from bot.store import Incoming, TurnResult
from bot.store.records import ClearTimer, Timer

SHARE = 0.8
"""Part of a month's messages that reminders may use. The rest is for trouble and staff."""

STOPPED = "followstop:today"
"""The timer that is set while staff have stopped the reminders of a day."""

_AGAIN = timedelta(hours=1)
"""Delay of a timer whose moment was dealt with before."""


class Quota(Protocol):
    """Count this month's unasked messages against their limit."""

    @property
    def used(self) -> int:
        """Count the messages sent."""

    @property
    def limit(self) -> int | None:
        """Tell the limit, or None without one."""


class Allowance:
    """Count how many reminders may still be pushed.

    The platform is asked every few minutes only, so pushes since its last answer are counted here.
    """

    def __init__(self, read: Callable[[], Awaitable[Quota | None]]) -> None:
        self._read = read
        self._known: Quota | None = None
        self._since = 0

    async def may_push(self) -> bool:
        """Tell whether one more reminder may go, also when the quota is unknown."""
        quota = await self._read()
        if quota is not self._known:
            self._known, self._since = quota, 0
        if quota is None or quota.limit is None:
            return True
        return quota.used + self._since < SHARE * quota.limit

    def note_push(self) -> None:
        """Count one that goes."""
        self._since += 1


def make_reminder_handler(conversations: ConversationService, allowance: Allowance) -> TimerHandler:
    """Make the handler of a due reminder, which says it or puts it off."""
    records = conversations.store.records

    async def handler(timer: Timer, now: datetime) -> None:
        is_stopped = await records.find_timer(STOPPED) is not None
        may_push = not is_stopped and await allowance.may_push()

        def decide(conversation: Conversation) -> Turn:
            turn = remind(conversation, conversations.advisor.context(now), may_push=may_push)
            if turn.replies:
                allowance.note_push()
            return turn

        done = await conversations.carry_out(
            Incoming(make_event_id(timer), timer.key),
            decide,
            now,
            SideEffects(push_until=grace_end(now), always=(ClearTimer(timer),)),
        )
        if done.again and await records.find_timer(timer.name) == timer.due:
            await _move_on(conversations, timer, now)

    return handler


async def _move_on(conversations: ConversationService, timer: Timer, now: datetime) -> None:
    """Move on a timer whose moment was dealt with before.

    The clock was set back, so that it came twice.
    """
    moved = Timer(timer.name, now + _AGAIN, timer.key)
    incoming = Incoming(f"{make_event_id(timer)}:{now.isoformat()}", timer.key)
    await conversations.store.commit(incoming, TurnResult(None, records=(moved,)), now)


def make_stop_handler(conversations: ConversationService) -> TimerHandler:
    """Make the handler for the end of a stop, after which reminders go again."""

    async def handler(timer: Timer, now: datetime) -> None:
        incoming = Incoming(make_event_id(timer), timer.key)
        await conversations.store.commit(
            incoming, TurnResult(None, records=(ClearTimer(timer),)), now
        )

    return handler
