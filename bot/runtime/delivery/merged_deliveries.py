"""Merge a person's deliveries into one call, by the channel's policy."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import datetime

from bot.channels import DeliveryPolicy
from bot.store import Delivery


class MergedDeliveries:
    """Hold the deliveries that go in one call, under the newest's number.

    A merge lives in memory alone: the store keeps the rows apart, as a restart will find them.
    """

    def __init__(self) -> None:
        self._parts: dict[int, tuple[Delivery, ...]] = {}

    def __contains__(self, delivery: Delivery) -> bool:
        return delivery.id in self._parts

    def take_next(self, queue: deque[Delivery], policy: DeliveryPolicy, now: datetime) -> Delivery:
        """Take the policy's next deliveries from the queue, merged into one."""
        *carried, newer = policy.choose_next(tuple(queue), now)
        for each in (*carried, newer):
            queue.remove(each)
        if not carried:
            return newer
        self._parts[newer.id] = (*carried, newer)
        messages = [one for each in (*carried, newer) for one in each.outgoing.messages]
        return replace(newer, outgoing=replace(newer.outgoing, messages=messages))

    def parts_of(self, delivery: Delivery) -> tuple[Delivery, ...]:
        """List the deliveries merged under this number, oldest first.

        One that is not merged stands for itself.
        """
        return self._parts.get(delivery.id, (delivery,))

    def split(self, delivery: Delivery) -> tuple[Delivery, ...]:
        """Undo the merge and return its parts, oldest first."""
        return self._parts.pop(delivery.id, (delivery,))
