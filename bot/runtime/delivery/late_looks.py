"""Look again at a platform for posts of a delivery that are too many.

A process that is paused just as it writes a request makes it when it goes on, whatever became of the
delivery meanwhile. The one that took it over did not find it then. Both look once more: what the
store does not know goes (`Store.settle`).
"""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import replace

import structlog

from bot.channels import Channel, DeliveryLookup, Later
from bot.clock import Clock
from bot.logs import fault, person
from bot.store import Delivery, Standing, Store

LATE = 20.0
"""Seconds after which a platform surely has a request that was on its way.

It is longer than any call may take.
"""

LONGEST_PAUSE = 300.0

_LOG = structlog.get_logger("outbox")


class LateLooks:
    """The looks still to come. They are kept in memory alone."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._now = store, clock
        self._tasks: set[asyncio.Task[None]] = set()

    def look_soon(self, channel: Channel, delivery: Delivery) -> None:
        """Look as soon as nobody makes this delivery any more."""
        self._begin(channel, replace(delivery, doubted=time.monotonic()), 0.0)

    def look_late(self, channel: Channel, delivery: Delivery) -> None:
        """Look when all that was on its way has arrived."""
        # A look that others asked for a moment before tells of this one, too.
        doubted = time.monotonic() + LATE / 2
        self._begin(channel, replace(delivery, doubted=doubted), LATE)

    async def stop(self) -> None:
        """Give up the looks still to come."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, channel: Channel, delivery: Delivery, seconds: float) -> None:
        if not isinstance(channel, DeliveryLookup):
            return
        task = asyncio.create_task(self._look_until_known(channel, delivery, seconds))
        # The loop holds tasks only weakly: without a set of ours one could vanish half-way.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _look_until_known(
        self, channel: DeliveryLookup, delivery: Delivery, seconds: float
    ) -> None:
        await asyncio.sleep(seconds)
        for times in itertools.count():
            try:
                if await self._look(channel, delivery):
                    return
            except Exception as error:  # noqa: BLE001 - a store in trouble is asked again
                _LOG.warning("not looked again", person=person(delivery.key), **fault(error))
            await asyncio.sleep(min(2.0 ** min(times, 10), LONGEST_PAUSE))

    async def _look(self, channel: DeliveryLookup, delivery: Delivery) -> bool:
        """Look once, and return False when another look is needed."""
        standing = await self._store.find_standing(delivery.id)
        if standing is not Standing.GONE:
            return standing is Standing.OURS  # then it is made again, and looked for before
        found = await channel.trace(delivery)
        if isinstance(found, Later):
            return False
        for post in found:
            await self._store.settle(delivery, (), post, self._now())
        return True
