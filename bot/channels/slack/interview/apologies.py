"""Apologise to staff for an event that was begun twice and never ended."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.slack.desk.posts import draw_note
from bot.channels.slack.interview import wording
from bot.channels.slack.web import calls
from bot.channels.slack.web.events import BotMessageDeleted, StaffEvent, label_event
from bot.clock import Clock, utc_now
from bot.presentation.cards.helpline_cards import helpline_lines
from bot.runtime.advisor import Advisor
from bot.store import Delivery, Incoming, Outgoing, Store, TurnResult
from bot.store.records import CountOne


class Apologies:
    """Tells the staff member, and the desk in `channel`.

    Nothing of the event is read: its content may be what breaks us.
    """

    def __init__(
        self,
        store: Store,
        advisor: Advisor,
        channel: str,
        deliver_now: Callable[[tuple[Delivery, ...]], None],
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._advisor, self._channel = store, advisor, channel
        self._deliver_now, self._clock = deliver_now, clock

    async def send_apology(self, event: StaffEvent) -> bool:
        """Apologise once, durably, and tell whether this was the first time."""
        user = "" if isinstance(event, BotMessageDeleted) else event.actor.user
        told = (*self._tell_author(user), *self._tell_desk())
        work = TurnResult(None, told, records=(CountOne("gave_up", label_event(event)),))
        incoming = Incoming(event.event_id, f"{calls.NAME}:{user}")
        now = self._clock()
        deliveries = await self._store.commit(incoming, work, now)
        self._deliver_now(deliveries or ())
        return deliveries is not None

    def _tell_author(self, user: str) -> tuple[Outgoing, ...]:
        if not user:
            return ()
        lines = helpline_lines(self._advisor.library())
        words = "\n".join((wording.GAVE_UP, wording.HELPLINES_BELOW, *lines))
        return (calls.post_message(draw_note(words), user),)

    def _tell_desk(self) -> tuple[Outgoing, ...]:
        if not self._channel:
            return ()
        told = draw_note(wording.GAVE_UP_AT_DESK)
        return (calls.post_message(told, self._channel, key=f"desk:{self._channel}"),)
