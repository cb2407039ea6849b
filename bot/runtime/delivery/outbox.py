"""Deliver the outbox, in order for each person and to many at once.

A failed delivery is tried again, later and later; one that the platform refuses is kept and shown.
The store's rows are the truth; memory holds only who is being served now.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

import structlog

from bot import metrics
from bot.channels import Channel, DeliveryPolicy, Later, Outcome, Refused, Sent
from bot.clock import Clock, utc_now
from bot.logs import fault
from bot.runtime.delivery.delivery_ledger import DeliveryLedger, Receipts, bound_log, no_receipts
from bot.runtime.delivery.guarded import go_on_while
from bot.runtime.delivery.late_looks import LateLooks
from bot.runtime.delivery.merged_deliveries import MergedDeliveries
from bot.runtime.delivery.retry import LONGEST_WAIT, count_attempt, count_seconds, schedule_again
from bot.runtime.delivery.waiting_signs import WaitingSigns
from bot.store import Delivery, Standing, Store

AT_ONCE = 50
"""People served at the same time."""

CLAIMED_AT_ONCE = 500
"""People whose deliveries are taken over from another process in one go."""

CLAIM_AGAIN = 1.0
"""Seconds to wait after a claim that failed."""

_LOG = structlog.get_logger("outbox")

_IN_ORDER = DeliveryPolicy()
"""For the deliveries of a channel that is off."""


class Outbox:
    """Hold the running deliveries. `start` takes up those of an earlier process."""

    def __init__(
        self,
        store: Store,
        channels: Callable[[], Mapping[str, Channel]],
        longest_wait: float = LONGEST_WAIT,
        receipts: Receipts = no_receipts,
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._channels, self._longest_wait = store, channels, longest_wait
        self._now = clock
        self._queues: dict[str, deque[Delivery]] = defaultdict(deque)
        self._serving: dict[str, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(AT_ONCE)
        self._wake: dict[str, asyncio.Event] = {}
        self._merged = MergedDeliveries()
        self._ledger = DeliveryLedger(
            store,
            self._merged,
            self.enqueue,
            receipts=receipts,
            clock=clock,
            longest_wait=longest_wait,
        )
        self._signs = WaitingSigns()
        self._late_looks = LateLooks(store, clock)
        self._attempted: dict[str, tuple[Delivery, ...]] = {}
        self._claiming: asyncio.Task[None] | None = None
        self._closing = False

    async def start(self) -> None:
        """Take up waiting deliveries, now and whenever another process dies."""
        await self._claim()
        self._claiming = asyncio.create_task(self._claim_for_ever())

    async def _claim_for_ever(self) -> None:
        while True:
            try:
                await self._store.wait_for_free()
                await self._claim()
            except Exception as error:  # noqa: BLE001 - without claims this process would send nothing more
                _LOG.error("deliveries not claimed", **fault(error))
                await asyncio.sleep(CLAIM_AGAIN)

    async def _claim(self) -> None:
        """Take over deliveries that nobody makes.

        Once this process ends, it only finishes those it has.
        """
        most = 0 if self._closing else CLAIMED_AT_ONCE
        claimed = await self._store.claim(self._list_in_hand, most)
        in_hand = self._list_in_hand()
        new = [each for each in claimed if each.id not in in_hand]
        for each in new:
            _LOG.debug("delivery taken over", delivery=each.retry_key, tried=each.attempts)
        self.enqueue(new)
        for key in {each.key for each in new}:
            _put_in_order(self._queues[key])

    def _list_in_hand(self) -> frozenset[int]:
        """List the numbers of deliveries that wait here or are being made."""
        waiting = (each for queue in self._queues.values() for each in queue)
        attempted = (each for parts in self._attempted.values() for each in parts)
        return frozenset(each.id for each in (*waiting, *attempted))

    def enqueue(self, deliveries: Iterable[Delivery]) -> None:
        """Deliver these soon, after those that wait for the same person."""
        for delivery in map(self._render, deliveries):
            # One queue and one task a person: their messages keep their order, and a person whom the
            # platform refuses holds up nobody else.
            self._queues[delivery.key].append(delivery)
            if delivery.key in self._wake:
                self._wake[delivery.key].set()
            if delivery.key not in self._serving:
                self._serving[delivery.key] = asyncio.create_task(self._serve(delivery.key))

    def _render(self, delivery: Delivery) -> Delivery:
        """Draw the messages of a delivery that the store kept in compact form."""
        outgoing = delivery.outgoing
        channel = self._channels().get(outgoing.channel)
        if outgoing.messages or not outgoing.compact or channel is None:
            return delivery
        try:
            messages = channel.render(outgoing.compact)
        except Exception as error:  # noqa: BLE001 - one row of another version must not end the start
            bound_log(delivery).error("delivery not drawn", **fault(error))
            return delivery
        return replace(delivery, outgoing=replace(outgoing, messages=messages))

    async def stop(self, seconds: float = 5.0) -> None:
        """Finish as many deliveries as `seconds` allow.

        The rest stays in the store.
        """
        self._closing = self._ledger.is_closing = True
        for event in self._wake.values():
            event.set()
        tasks = tuple(self._serving.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        # Only now, since until here other processes must know that this one lives.
        if self._claiming:
            self._claiming.cancel()
            await asyncio.gather(self._claiming, return_exceptions=True)
        await self._late_looks.stop()
        await self._signs.stop()

    def idle(self) -> bool:
        """Tell whether nothing is being delivered."""
        return not self._serving

    async def _serve(self, key: str) -> None:
        """Deliver one person's messages, oldest first, until there are none."""
        try:
            queue = self._queues[key]
            while queue:
                policy = self._policy(queue[0])
                first = self._merged.take_next(queue, policy, self._now())
                self._attempted[key] = self._merged.parts_of(first)
                if policy.is_superseded(first, queue):
                    _hand_on(first, queue, policy)
                    await self._store.delete_needless(first.id)
                    continue
                again = await self._attempt_safely(first)
                # In its place again: what failed goes before what came later, or an answer would overtake its
                # question.
                _put_in_order(queue, again)
                if again and again[0].held:
                    await self._hold_what_follows(queue, policy)
                # The rest is in the store, where the next process takes it up.
                if again and self._closing:
                    return
                if again:
                    await self._wait(key, queue)
        finally:
            self._attempted.pop(key, None)
            self._serving.pop(key, None)
            if not self._closing and not self._queues[key]:
                del self._queues[key]

    def _policy(self, delivery: Delivery) -> DeliveryPolicy:
        channel = self._channels().get(delivery.outgoing.channel)
        return channel.policy if channel else _IN_ORDER

    async def _hold_what_follows(self, queue: deque[Delivery], policy: DeliveryPolicy) -> None:
        """Hold counted deliveries behind a held one, to keep their order."""
        for at, each in enumerate(tuple(queue)):
            if not each.held and policy.is_counted(each, self._now()):
                held = Later(queue[0].error, held=True)
                (queue[at],) = await self._ledger.keep_failed(count_attempt(each, held), held)

    async def _wait(self, key: str, queue: deque[Delivery]) -> None:
        """Wait until the first delivery is due.

        A newer message of the person ends a hold.
        """
        first = queue[0]
        if first.held and not all(each.held for each in queue):
            return
        seconds = count_seconds(first, self._now())
        if not seconds:
            return
        event = self._wake[key] = asyncio.Event()
        if self._closing:
            event.set()
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            del self._wake[key]

    async def _attempt_safely(self, delivery: Delivery) -> tuple[Delivery, ...]:
        """Make one attempt and return the deliveries to try again, in order.

        The delivery goes on after any error here, such as a locked store.
        """
        try:
            return await self._attempt(delivery)
        except Exception as error:  # noqa: BLE001 - one delivery must not end all of a person's
            bound_log(delivery).error("attempt failed", **fault(error))
            tried = replace(delivery, attempts=delivery.attempts + 1)
            return (self._schedule_again(tried, Later(type(error).__name__)),)

    async def _attempt(self, delivery: Delivery) -> tuple[Delivery, ...]:
        channel = self._channels().get(delivery.outgoing.channel)
        if channel is None:
            off = replace(delivery, due=self._now() + timedelta(seconds=60), error="channel is off")
            return (off,)
        if delivery.attempts and count_seconds(delivery, self._now()):
            return (delivery,)
        # Few at once: a platform that is slow must not collect every socket we may open.
        async with self._room:
            # Asked just before sending, not when queued: between the two lie minutes, or a "delete".
            # An owner who blocked us or was forgotten since gets nothing more.
            parts = self._merged.parts_of(delivery)
            stand = {each.id: await self._store.find_standing(each.id) for each in parts}
            left = [each for each in parts if stand[each.id] is Standing.OURS]
            if len(left) < len(parts):
                # Part of a merge was forgotten. The other messages are sent without it.
                self._merged.split(delivery)
                if delivery.unsure and stand[delivery.id] is not Standing.OURS:
                    self._late_looks.look_soon(channel, delivery)
                return tuple(left)
            _LOG.debug("delivery begun", delivery=delivery.retry_key, unsure=delivery.unsure)
            outcome = await self._deliver_safely(channel, delivery)
        what = _name_outcome(outcome)
        metrics.count(metrics.deliveries, channel.name, what)
        _LOG.debug("delivery ended", delivery=delivery.retry_key, outcome=what)
        again = await self._ledger.settle(delivery, outcome)
        if delivery.unsure and isinstance(outcome, Sent):
            self._late_looks.look_late(channel, delivery)
        if isinstance(outcome, Later) and not outcome.held and not delivery.attempts:
            self._signs.show(channel, delivery)
        return again

    async def _deliver_safely(self, channel: Channel, delivery: Delivery) -> Outcome:
        """Deliver once, and doubt the result when the channel failed.

        A channel that failed may have sent it all the same.
        """
        if delivery.outgoing.compact and not delivery.outgoing.messages:
            return Refused("what was kept cannot be drawn any more")
        try:
            work = channel.deliver(delivery, self._now())
            return await go_on_while(self._store.may_deliver, work)
        except Exception as error:  # noqa: BLE001 - a channel's mistake is tried again, not fatal
            bound_log(delivery).error("channel failed", **fault(error))
            return Later(type(error).__name__, unsure=not delivery.token_gone)

    def _schedule_again(self, tried: Delivery, outcome: Later) -> Delivery:
        return schedule_again(tried, outcome, self._now(), self._longest_wait)


def _name_outcome(outcome: Outcome) -> str:
    return outcome.how if isinstance(outcome, Sent) else type(outcome).__name__.lower()


def _put_in_order(queue: deque[Delivery], more: Iterable[Delivery] = ()) -> None:
    """Put these into a person's queue by number.

    Numbers are the order in which a person is told things.
    """
    whole = sorted((*more, *queue), key=lambda each: each.id)
    queue.clear()
    queue.extend(whole)


def _hand_on(given_way: Delivery, queue: deque[Delivery], policy: DeliveryPolicy) -> None:
    """Move the heard messages of a superseded delivery into the later one."""
    for at, each in enumerate(queue):
        if each.outgoing.replaces == given_way.outgoing.replaces:
            outgoing = policy.take_over(given_way.outgoing, each.outgoing)
            queue[at] = replace(each, outgoing=outgoing)
            return
