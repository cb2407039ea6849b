"""Delivers what the outbox holds: in order for each person, many people at once.

A delivery that fails is tried again, later and later; one the platform refuses is kept and shown.
The store's rows are the truth; what is in memory here is only who is being served now.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot import metrics
from bot.channels import Channel, DeliveryLookup, DeliveryPolicy, Later, Outcome, Refused, Sent
from bot.clock import Clock, utc_now
from bot.logs import fault, person
from bot.store import Delivery, Outgoing, Store, StoreError

Receipts = Callable[[Delivery, Outcome], tuple[Outgoing, ...]]
"""What staff are shown of the fate of a message of theirs (`Outgoing.receipt`)."""

AT_ONCE = 50
"""People served at the same time."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Seconds before the second attempt, and the most between later ones."""

LONGEST_TRY = timedelta(hours=20)
"""A retry key is good for a day; a message older than this would confuse more than help."""

HELD_CHECK = 3600.0
"""Seconds until what the monthly quota holds back is tried again by itself."""

_IN_ORDER = DeliveryPolicy()
"""For the deliveries of a channel that is off."""

_LOG = structlog.get_logger("outbox")


def no_receipts(_: Delivery, __: Outcome) -> tuple[Outgoing, ...]:
    """Nobody is told."""
    return ()


class Outbox:
    """The deliveries under way. `start` takes up what an earlier process left behind."""

    def __init__(
        self,
        store: Store,
        channels: Callable[[], Mapping[str, Channel]],
        longest_wait: float = LONGEST_WAIT,
        receipts: Receipts = no_receipts,
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._channels, self._longest_wait = store, channels, longest_wait
        self._receipts, self._now = receipts, clock
        self._queues: dict[str, deque[Delivery]] = defaultdict(deque)
        self._serving: dict[str, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(AT_ONCE)
        self._wake: dict[str, asyncio.Event] = {}
        self._carried: dict[int, tuple[Delivery, ...]] = {}
        self._shows: set[asyncio.Task[None]] = set()
        self._closing = False

    async def start(self) -> None:
        """Take up every delivery that is still to be made.

        The process before may have been killed in the middle of an attempt, so each counts as
        tried, and a reply as perhaps taken.
        """
        left = await self._store.list_undelivered()
        self.enqueue(
            replace(each, attempts=max(1, each.attempts), unsure=not each.token_gone)
            for each in left
        )

    def enqueue(self, deliveries: Iterable[Delivery]) -> None:
        """Deliver these soon, after what the same person still waits for."""
        for delivery in map(self._render, deliveries):
            # One queue and one task a person: their messages keep their order, and a person whom the
            # platform refuses holds up nobody else.
            self._queues[delivery.key].append(delivery)
            if delivery.key in self._wake:
                self._wake[delivery.key].set()
            if delivery.key not in self._serving:
                self._serving[delivery.key] = asyncio.create_task(self._serve(delivery.key))

    def _render(self, delivery: Delivery) -> Delivery:
        """Give a delivery its messages, which the store may have kept in a compact form."""
        outgoing = delivery.outgoing
        channel = self._channels().get(outgoing.channel)
        if outgoing.messages or not outgoing.compact or channel is None:
            return delivery
        try:
            messages = channel.render(outgoing.compact)
        except Exception as error:  # noqa: BLE001 - one row of another version must not end the start
            self._log(delivery).error("delivery not drawn", **fault(error))
            return delivery
        return replace(delivery, outgoing=replace(outgoing, messages=messages))

    async def stop(self, seconds: float = 5.0) -> None:
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
        shows = tuple(self._shows)
        for show in shows:
            show.cancel()
        await asyncio.gather(*shows, return_exceptions=True)

    def holds(self, key: str) -> bool:
        """Tell whether the monthly quota holds back something for this person."""
        return any(each.held for each in self._queues.get(key, ()))

    def idle(self) -> bool:
        """Tell whether nothing is being delivered."""
        return not self._serving

    async def _serve(self, key: str) -> None:
        """Deliver one person's messages, oldest first, until there are none."""
        try:
            queue = self._queues[key]
            while queue:
                policy = self._policy(queue[0])
                first = self._take_next(queue, policy)
                if policy.is_superseded(first, queue):
                    await self._store.delete_delivered([first.id])
                    continue
                again = await self._attempt_safely(first)
                # At the front again: what failed goes before what came later, or an answer would overtake its
                # question.
                queue.extendleft(reversed(again))
                if again and again[0].held:
                    await self._hold_what_follows(queue, policy)
                # What is left is in the store; the next process takes it up from there.
                if again and self._closing:
                    return
                if again:
                    await self._wait(key, queue)
        finally:
            self._serving.pop(key, None)
            if not self._closing and not self._queues[key]:
                del self._queues[key]

    def _policy(self, delivery: Delivery) -> DeliveryPolicy:
        channel = self._channels().get(delivery.outgoing.channel)
        return channel.policy if channel else _IN_ORDER

    def _take_next(self, queue: deque[Delivery], policy: DeliveryPolicy) -> Delivery:
        """Take what the channel lets go next out of the queue, several merged into one."""
        *carried, newer = policy.choose_next(tuple(queue), self._now())
        for each in (*carried, newer):
            queue.remove(each)
        if not carried:
            return newer
        # A merge lives in memory alone: the store keeps the rows apart, as a restart will find them.
        self._carried[newer.id] = (*carried, newer)
        messages = [one for each in (*carried, newer) for one in each.outgoing.messages]
        return replace(newer, outgoing=replace(newer.outgoing, messages=messages))

    async def _hold_what_follows(self, queue: deque[Delivery], policy: DeliveryPolicy) -> None:
        """Keep what is counted behind what is held, so that all arrives in order once it can."""
        for at, each in enumerate(tuple(queue)):
            if not each.held and policy.is_counted(each, self._now()):
                held = Later(queue[0].error, held=True)
                (queue[at],) = await self._keep_failed(_count_attempt(each, held), held)

    async def _wait(self, key: str, queue: deque[Delivery]) -> None:
        """Wait until the first delivery is due; a newer message of the person ends a hold."""
        first = queue[0]
        if first.held and not all(each.held for each in queue):
            return
        seconds = ((first.due or self._now()) - self._now()).total_seconds()
        if seconds <= 0:
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
        """Make one attempt; returns what is to be tried again, in order.

        Whatever goes wrong here, such as a locked store, the delivery goes on.
        """
        try:
            return await self._attempt(delivery)
        except Exception as error:  # noqa: BLE001 - one delivery must not end all of a person's
            self._log(delivery).error("attempt failed", **fault(error))
            tried = replace(delivery, attempts=delivery.attempts + 1)
            return (self._schedule_again(tried, Later(type(error).__name__)),)

    async def _attempt(self, delivery: Delivery) -> tuple[Delivery, ...]:
        channel = self._channels().get(delivery.outgoing.channel)
        if channel is None:
            off = replace(delivery, due=self._now() + timedelta(seconds=60), error="channel is off")
            return (off,)
        if delivery.attempts and delivery.due and delivery.due > self._now():
            return (delivery,)
        # Few at once: a platform that is slow must not collect every socket we may open.
        async with self._room:
            # Asked just before sending, not when queued: between the two lie minutes, or a "delete".
            # Who has blocked us or was forgotten since gets nothing more.
            parts = self._carried.get(delivery.id, (delivery,))
            left = [each for each in parts if await self._store.is_waiting(each.id)]
            if len(left) < len(parts):
                # Part of a merge was forgotten: what may still be said is sent without it.
                self._carried.pop(delivery.id, None)
                gone = all(each.id != delivery.id for each in left)
                return (*(await self._look_up_withdrawn(channel, delivery) if gone else ()), *left)
            outcome = await self._deliver_safely(channel, delivery)
        metrics.count(metrics.deliveries, channel.name, _name_outcome(outcome))
        again = await self._settle(delivery, outcome)
        if isinstance(outcome, Later) and not outcome.held and not delivery.attempts:
            self._show_waiting(channel, delivery)
        return again

    async def _look_up_withdrawn(self, channel: Channel, gone: Delivery) -> tuple[Delivery, ...]:
        """Look for what was taken back while nobody knew whether it was made, so that it is wiped."""
        if not gone.unsure or not isinstance(channel, DeliveryLookup):
            return ()
        found = await channel.trace(gone)
        if isinstance(found, Later):
            return (self._schedule_again(replace(gone, attempts=gone.attempts + 1), found),)
        if found:
            await self._store.settle(gone, (), found, self._now())
        return ()

    async def _deliver_safely(self, channel: Channel, delivery: Delivery) -> Outcome:
        """Deliver once; a channel that failed may have sent it all the same."""
        if delivery.outgoing.compact and not delivery.outgoing.messages:
            return Refused("what was kept cannot be drawn any more")
        try:
            return await channel.deliver(delivery, self._now())
        except Exception as error:  # noqa: BLE001 - a channel's mistake is tried again, not fatal
            self._log(delivery).error("channel failed", **fault(error))
            return Later(type(error).__name__, unsure=not delivery.token_gone)

    def _show_waiting(self, channel: Channel, delivery: Delivery) -> None:
        """Let the phone show that something comes, without waiting for that."""
        show = asyncio.create_task(_keep_waiting_safely(channel, delivery))
        self._shows.add(show)
        show.add_done_callback(self._shows.discard)

    async def _settle(self, delivery: Delivery, outcome: Outcome) -> tuple[Delivery, ...]:
        if isinstance(outcome, Sent):
            await self._finish(self._carried.pop(delivery.id, (delivery,)), outcome)
            return ()
        tried = _count_attempt(delivery, outcome)
        if delivery.id in self._carried and not tried.unsure:
            return await self._split_merged(tried, outcome)
        return await self._keep_failed(tried, outcome)

    async def _finish(self, parts: tuple[Delivery, ...], outcome: Sent) -> None:
        """Forget what was delivered; first keep where it is and what it leads to, if anything."""
        # Where a post stands is durable before its delivery is deleted: the other way round a crash
        # would leave a post that nobody could ever wipe.
        for each in parts:
            if outcome.post or each.outgoing.receipt:
                await self._settle_in_store(each, outcome)
        await self._store.delete_delivered([each.id for each in parts])

    async def _settle_in_store(self, made: Delivery, outcome: Sent) -> None:
        """Keep what the platform took. A store in trouble is asked again, the platform is not."""
        following = self._make_receipts(made, outcome)
        while True:
            try:
                put = await self._store.settle(made, following, outcome.post, self._now())
            # Sent is sent: asking the platform again would say it twice.
            except StoreError as error:
                self._log(made).error("delivery not settled", **fault(error))
                if self._closing:
                    raise
                await asyncio.sleep(min(FIRST_WAIT, self._longest_wait))
            else:
                self.enqueue(put)
                return

    def _make_receipts(self, delivery: Delivery, outcome: Outcome) -> tuple[Outgoing, ...]:
        return self._receipts(delivery, outcome) if delivery.outgoing.receipt else ()

    async def _split_merged(
        self, together: Delivery, outcome: Later | Refused
    ) -> tuple[Delivery, ...]:
        """Undo a merge that was not taken: each goes on alone, the newer reply first."""
        *held, newer = self._carried.pop(together.id)
        alone = replace(together, outgoing=newer.outgoing, due=self._now())
        if isinstance(outcome, Refused):
            return (*held, alone)
        return (*held, *await self._keep_failed(alone, outcome))

    async def _keep_failed(self, tried: Delivery, outcome: Later | Refused) -> tuple[Delivery, ...]:
        """Keep a delivery that failed: for later, or given up."""
        # Nothing that staff could mend, such as a group we do not speak in.
        if isinstance(outcome, Refused) and not outcome.keep:
            self._log(tried).warning("delivery dropped")
            await self._store.delete_delivered([tried.id])
            return ()
        if isinstance(outcome, Refused) or (_is_too_old(tried, self._now()) and not tried.held):
            self._log(tried).error("delivery given up")
            # Given up and its receipt in one commit: staff never see a fate that is not kept.
            following = self._make_receipts(tried, outcome)
            self.enqueue(
                await self._store.postpone(replace(tried, due=None), following, self._now())
            )
            return ()
        later = self._schedule_again(tried, outcome)
        self._log(later).warning("delivery postponed")
        await self._save_postponed(later, outcome)
        return (later,)

    async def _save_postponed(self, later: Delivery, outcome: Later) -> None:
        """Keep how it is to be tried again; what cannot be kept is still known here."""
        try:
            following = self._make_receipts(later, outcome)
            self.enqueue(await self._store.postpone(later, following, self._now()))
        except Exception as error:  # noqa: BLE001 - what we know must not be lost to it
            self._log(later).error("delivery not kept", **fault(error))

    def _schedule_again(self, tried: Delivery, outcome: Later) -> Delivery:
        return replace(
            tried, due=self._now() + timedelta(seconds=self._seconds_until_next(tried, outcome))
        )

    def _seconds_until_next(self, tried: Delivery, outcome: Later) -> float:
        if tried.held:
            return HELD_CHECK
        # Doubled each time, so that a platform in trouble is not beaten on; what it asks for counts.
        growing = FIRST_WAIT * 2.0 ** min(tried.attempts - 1, 20)
        return min(max(growing, outcome.seconds or 0.0), self._longest_wait)

    def _log(self, delivery: Delivery) -> structlog.typing.FilteringBoundLogger:
        bound: structlog.typing.FilteringBoundLogger = _LOG.bind(
            person=person(delivery.key), attempts=delivery.attempts, error=delivery.error
        )
        return bound


def _count_attempt(delivery: Delivery, outcome: Later | Refused) -> Delivery:
    """Count a failed attempt; what was held or unsure stays so."""
    tried = replace(delivery, attempts=delivery.attempts + 1, error=outcome.error)
    if isinstance(outcome, Refused):
        return tried
    return replace(
        tried,
        held=delivery.held or outcome.held,
        token_gone=delivery.token_gone or outcome.token_gone,
        # Doubt never goes away by a later failure: only the platform's word ends it.
        unsure=delivery.unsure or outcome.unsure,
    )


async def _keep_waiting_safely(channel: Channel, delivery: Delivery) -> None:
    try:
        await channel.keep_waiting(delivery)
    except Exception as error:  # noqa: BLE001 - a courtesy; the delivery goes on without it
        _LOG.warning("waiting not shown", person=person(delivery.key), **fault(error))


def _is_too_old(delivery: Delivery, now: datetime) -> bool:
    until = delivery.outgoing.reply_until
    return until is not None and now - until > LONGEST_TRY


def _name_outcome(outcome: Outcome) -> str:
    return outcome.how if isinstance(outcome, Sent) else type(outcome).__name__.lower()
