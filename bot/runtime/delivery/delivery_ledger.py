"""Keep the outcome of each attempt, and show staff their messages' fate."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

import structlog

from bot.channels import Later, Outcome, Refused, Sent
from bot.clock import Clock
from bot.logs import fault, person
from bot.runtime.delivery.merged_deliveries import MergedDeliveries
from bot.runtime.delivery.retry import FIRST_WAIT, count_attempt, is_too_old, schedule_again
from bot.store import Delivery, Outgoing, Store, StoreError

Receipts = Callable[[Delivery, Outcome], tuple[Outgoing, ...]]
"""Makes the posts that show staff the fate of their message (`Outgoing.receipt`)."""

_LOG = structlog.get_logger("outbox")


def no_receipts(_: Delivery, __: Outcome) -> tuple[Outgoing, ...]:
    """Nobody is told."""
    return ()


class DeliveryLedger:
    """Write down outcomes. Deliveries that follow, such as receipts, go to `enqueue`.

    `is_closing` says that the process ends: a store in trouble is then waited for no more.
    """

    def __init__(
        self,
        store: Store,
        merged: MergedDeliveries,
        enqueue: Callable[[Iterable[Delivery]], None],
        *,
        receipts: Receipts,
        clock: Clock,
        longest_wait: float,
    ) -> None:
        self._store, self._merged, self._enqueue = store, merged, enqueue
        self._receipts, self._now, self._longest_wait = receipts, clock, longest_wait
        self.is_closing = False

    async def settle(self, delivery: Delivery, outcome: Outcome) -> tuple[Delivery, ...]:
        """Keep the outcome of an attempt.

        Returns the deliveries to try again, in order.
        """
        if isinstance(outcome, Sent):
            await self._finish(self._merged.split(delivery), outcome)
            return ()
        tried = count_attempt(delivery, outcome)
        if delivery in self._merged and not tried.unsure:
            return await self._split_merged(tried, outcome)
        return await self.keep_failed(tried, outcome)

    async def _finish(self, parts: tuple[Delivery, ...], outcome: Sent) -> None:
        """Delete made deliveries, after keeping their place and followers."""
        # Where a post stands is durable before its delivery is deleted: the other way round a crash
        # would leave a post that nobody could ever wipe.
        for each in parts:
            if outcome.post or each.outgoing.receipt:
                await self._settle_in_store(each, outcome)
        await self._store.delete_delivered([each.id for each in parts])

    async def _settle_in_store(self, made: Delivery, outcome: Sent) -> None:
        """Keep a made delivery, asking a store in trouble again.

        The platform is not asked again.
        """
        following = self._make_receipts(made, outcome)
        while True:
            try:
                put = await self._store.settle(made, following, outcome.post, self._now())
            # Sent is sent: asking the platform again would say it twice.
            except StoreError as error:
                bound_log(made).error("delivery not settled", **fault(error))
                if self.is_closing:
                    raise
                await asyncio.sleep(min(FIRST_WAIT, self._longest_wait))
            else:
                self._enqueue(put)
                return

    def _make_receipts(self, delivery: Delivery, outcome: Outcome) -> tuple[Outgoing, ...]:
        return self._receipts(delivery, outcome) if delivery.outgoing.receipt else ()

    async def _split_merged(
        self, together: Delivery, outcome: Later | Refused
    ) -> tuple[Delivery, ...]:
        """Undo a merge that the platform did not take.

        Each delivery goes on alone, the newer reply first.
        """
        *held, newer = self._merged.split(together)
        alone = replace(together, outgoing=newer.outgoing, due=self._now())
        if isinstance(outcome, Refused):
            return (*held, alone)
        return (*held, *await self.keep_failed(alone, outcome))

    async def keep_failed(self, tried: Delivery, outcome: Later | Refused) -> tuple[Delivery, ...]:
        """Keep a failed delivery for later, or give it up."""
        # Staff cannot mend this, such as a group we do not speak in.
        if isinstance(outcome, Refused) and not outcome.keep:
            bound_log(tried).warning("delivery dropped")
            await self._store.delete_delivered([tried.id])
            return ()
        if isinstance(outcome, Refused) or (is_too_old(tried, self._now()) and not tried.held):
            bound_log(tried).error("delivery given up")
            # The end and its receipt share a commit: staff never see a fate that is not kept.
            following = self._make_receipts(tried, outcome)
            self._enqueue(
                await self._store.postpone(replace(tried, due=None), following, self._now())
            )
            return ()
        later = schedule_again(tried, outcome, self._now(), self._longest_wait)
        bound_log(later).warning("delivery postponed")
        await self._save_postponed(later, outcome)
        return (later,)

    async def _save_postponed(self, later: Delivery, outcome: Later) -> None:
        """Save the next attempt of a delivery.

        If that fails, the delivery is still known in memory.
        """
        try:
            following = self._make_receipts(later, outcome)
            self._enqueue(await self._store.postpone(later, following, self._now()))
        except Exception as error:  # noqa: BLE001 - what we know must not be lost to it
            bound_log(later).error("delivery not kept", **fault(error))


def bound_log(delivery: Delivery) -> structlog.typing.FilteringBoundLogger:
    """Bind the outbox's log to a delivery, without its words."""
    bound: structlog.typing.FilteringBoundLogger = _LOG.bind(
        person=person(delivery.key), attempts=delivery.attempts, error=delivery.error
    )
    return bound
