"""Delivers what the outbox holds: in order for each person, many people at once.

A delivery that fails is tried again, later and later; one the platform refuses is kept and shown.
The store's rows are the truth; what is in memory here is only who is being served now.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from bot import metrics
from bot.channels import Channel, Later, Outcome, Refused, Sent
from bot.logs import person
from bot.store import Delivery, Store

AT_ONCE = 50
"""People served at the same time."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Seconds before the second attempt, and the most between later ones."""

LONGEST_TRY = timedelta(hours=20)
"""A retry key is good for a day; a message older than this would confuse more than help."""

MOST_MESSAGES = 5
"""Messages of one call."""

HELD_CHECK = 3600.0
"""Seconds until what the monthly quota holds back is tried again by itself."""

_LOG = structlog.get_logger("outbox")


def _now() -> datetime:
    return datetime.now(UTC)


class Outbox:
    """The deliveries under way. `start` takes up what an earlier process left behind."""

    def __init__(
        self,
        store: Store,
        channels: Callable[[], Mapping[str, Channel]],
        longest_wait: float = LONGEST_WAIT,
    ) -> None:
        self._store, self._channels, self._longest_wait = store, channels, longest_wait
        self._queues: dict[str, deque[Delivery]] = defaultdict(deque)
        self._serving: dict[str, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(AT_ONCE)
        self._wake: dict[str, asyncio.Event] = {}
        self._carried: dict[int, tuple[int, ...]] = {}
        self._closing = False

    async def start(self) -> None:
        """Take up every delivery that is still to be made.

        The process before may have been killed in the middle of an attempt, so each counts as
        tried: a reply token that is then said to be used was used by that attempt.
        """
        left = await self._store.undelivered()
        self.hand_over(replace(each, attempts=max(1, each.attempts)) for each in left)

    def hand_over(self, deliveries: Iterable[Delivery]) -> None:
        """Deliver these soon, after what the same person still waits for."""
        for delivery in deliveries:
            self._queues[delivery.key].append(delivery)
            if delivery.key in self._wake:
                self._wake[delivery.key].set()
            if delivery.key not in self._serving:
                self._serving[delivery.key] = asyncio.create_task(self._serve(delivery.key))

    async def stop(self, seconds: float = 10.0) -> None:
        """Finish what can be finished in `seconds`; the rest stays in the store."""
        self._closing = True
        for event in self._wake.values():
            event.set()
        tasks = tuple(self._serving.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def idle(self) -> bool:
        """Whether nothing is being delivered."""
        return not self._serving

    async def _serve(self, key: str) -> None:
        """Deliver one person's messages, oldest first, until there are none."""
        try:
            queue = self._queues[key]
            while queue:
                again = await self._attempt(queue[0])
                if again is None:
                    queue.popleft()
                elif self._closing:
                    return
                else:
                    queue[0] = again
                    await self._wait(key, queue)
        finally:
            self._serving.pop(key, None)
            if not self._closing and not self._queues[key]:
                del self._queues[key]

    async def _wait(self, key: str, queue: deque[Delivery]) -> None:
        """Wait until the first delivery is due; a newer message of the person ends a hold."""
        due = queue[0].due or _now()
        event = self._wake[key] = asyncio.Event()
        try:
            if len(queue) == 1 or not _is_held(queue[0]):
                seconds = max(0.0, (due - _now()).total_seconds())
                await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            del self._wake[key]
        if _is_held(queue[0]) and len(queue) > 1:
            self._carry(queue)

    def _carry(self, queue: deque[Delivery]) -> None:
        """Put what the quota held back in front of the newer reply, which costs nothing.

        Where both do not fit into one call the reply goes first and the rest waits on.
        """
        held, newer = queue.popleft(), queue.popleft()
        together = [*held.outgoing.messages, *newer.outgoing.messages]
        if len(together) > MOST_MESSAGES:
            queue.extendleft((held, newer))
            return
        queue.appendleft(replace(newer, outgoing=replace(newer.outgoing, messages=together)))
        self._carried[newer.id] = (*self._carried.pop(held.id, ()), held.id)

    async def _attempt(self, delivery: Delivery) -> Delivery | None:
        """One attempt; None when the delivery is settled, else how it is to be tried again."""
        channel = self._channels().get(delivery.outgoing.channel)
        if channel is None:
            return replace(delivery, due=_now() + timedelta(seconds=60), error="channel is off")
        wait = ((delivery.due or _now()) - _now()).total_seconds()
        if delivery.attempts and wait > 0:
            return delivery
        async with self._room:
            outcome = await channel.deliver(delivery, _now())
        metrics.deliveries.labels(channel.name, _named(outcome)).inc()
        return await self._settle(delivery, outcome)

    async def _settle(self, delivery: Delivery, outcome: Outcome) -> Delivery | None:
        if isinstance(outcome, Sent):
            await self._store.delivered([delivery.id, *self._carried.pop(delivery.id, ())])
            return None
        tried = replace(delivery, attempts=delivery.attempts + 1, error=outcome.error)
        log = _LOG.bind(person=person(delivery.key), attempts=tried.attempts, error=tried.error)
        if isinstance(outcome, Refused) or _too_old(tried):
            log.error("delivery given up")
            await self._store.postpone(replace(tried, due=None))
            return None
        later = replace(tried, due=_now() + timedelta(seconds=self._pause(tried, outcome)))
        log.warning("delivery postponed")
        await self._store.postpone(later)
        return later

    def _pause(self, tried: Delivery, outcome: Later) -> float:
        if outcome.held:
            return HELD_CHECK
        growing = FIRST_WAIT * 2.0 ** min(tried.attempts - 1, 20)
        return min(max(growing, outcome.seconds or 0.0), self._longest_wait)


def _is_held(delivery: Delivery) -> bool:
    return "monthly limit" in delivery.error.lower()


def _too_old(delivery: Delivery) -> bool:
    until = delivery.outgoing.reply_until
    return until is not None and _now() - until > LONGEST_TRY


def _named(outcome: Outcome) -> str:
    return outcome.how if isinstance(outcome, Sent) else type(outcome).__name__.lower()
