"""Apply LINE's rules for reply tokens and quota to waiting deliveries.

A reply is free and a push is counted. When the month's messages are used up, pushes are held. A
reply token takes five messages, so that a newer reply carries for free what is held before it.

Source: LINE Messaging API reference, "Send reply message" and "Get the target limit for sending
messages this month".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from bot.channels import DeliveryPolicy
from bot.presentation.limits import LINE
from bot.store import Delivery, Outgoing


class LinePolicy(DeliveryPolicy):
    """Send a free reply before held pushes, with as many as fit."""

    def choose_next(self, waiting: Sequence[Delivery], now: datetime) -> tuple[Delivery, ...]:
        """Choose the oldest delivery, or a free reply when the oldest is held.

        The free reply takes along the held ones that fit.
        """
        newer = next((each for each in waiting if not each.held), None)
        if newer is None or not waiting[0].held or not _is_free(newer, now):
            return (waiting[0],)
        if newer.attempts:
            # LINE may have it already, so a repetition must hold exactly the same messages.
            return (newer,)
        others = (each for each in waiting if each is not newer)
        return (*_fit_beside(newer, takewhile(lambda each: each.held, others)), newer)

    def is_counted(self, delivery: Delivery, now: datetime) -> bool:
        """Tell whether only a push is left."""
        return not _is_free(delivery, now)

    def is_superseded(self, delivery: Delivery, later: Iterable[Delivery]) -> bool:
        """Tell whether a later reply replaces this one.

        Never after a first attempt, since LINE may have this one already.
        """
        name = delivery.outgoing.replaces
        if not name or delivery.attempts:
            return False
        return any(each.outgoing.replaces == name for each in later)

    def take_over(self, given_way: Outgoing, later: Outgoing) -> Outgoing:
        """Put the echo of a superseded reply before the later one.

        Only as many messages as one call takes.
        """
        heard = (*given_way.heard, *later.heard)
        room = LINE.replies - len(later.messages)
        messages = (*given_way.heard[-room:], *later.messages) if room else later.messages
        return replace(later, messages=messages, heard=heard)


def _is_free(delivery: Delivery, now: datetime) -> bool:
    until = delivery.outgoing.reply_until
    in_time = until is not None and now < until
    return bool(delivery.outgoing.reply_token) and in_time and not delivery.token_gone


def _fit_beside(newer: Delivery, held: Iterable[Delivery]) -> list[Delivery]:
    """List the held deliveries that fit into the newer one's call.

    They stay in order, and the list ends before the first that does not fit.
    """
    room, fitting = LINE.replies - len(newer.outgoing.messages), list[Delivery]()
    for each in held:
        room -= len(each.outgoing.messages)
        if room < 0:
            break
        fitting.append(each)
    return fitting
