"""Let phones show that something comes, while a delivery waits for its next attempt."""

from __future__ import annotations

import asyncio

import structlog

from bot.channels import Channel
from bot.logs import fault, person
from bot.store import Delivery

_LOG = structlog.get_logger("outbox")


class WaitingSigns:
    """Hold the signs being shown now. No delivery waits for them.

    One that fails does no harm.
    """

    def __init__(self) -> None:
        self._shown: set[asyncio.Task[None]] = set()

    def show(self, channel: Channel, delivery: Delivery) -> None:
        """Begin to show that this delivery is still to come."""
        task = asyncio.create_task(_show_safely(channel, delivery))
        # The loop holds tasks only weakly: without a set of ours one could vanish half-way.
        self._shown.add(task)
        task.add_done_callback(self._shown.discard)

    async def stop(self) -> None:
        """Stop showing signs."""
        shown = tuple(self._shown)
        for task in shown:
            task.cancel()
        await asyncio.gather(*shown, return_exceptions=True)


async def _show_safely(channel: Channel, delivery: Delivery) -> None:
    try:
        await channel.keep_waiting(delivery)
    except Exception as error:  # noqa: BLE001 - a courtesy; the delivery goes on without it
        _LOG.warning("waiting sign not shown", person=person(delivery.key), **fault(error))
