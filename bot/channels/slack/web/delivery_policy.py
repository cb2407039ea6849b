"""Drop calls whose result a later call would replace."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels import DeliveryPolicy
from bot.store import Delivery


class SlackPolicy(DeliveryPolicy):
    """Sends calls in order, without those that a later one replaces."""

    def is_superseded(self, delivery: Delivery, later: Iterable[Delivery]) -> bool:
        """Tell whether a later call shows the same thing.

        Never for one that may have been made.
        """
        name = delivery.outgoing.replaces
        if not name or delivery.unsure:
            # A post that may be there is looked for, or nobody would ever change or delete it.
            return False
        return any(each.outgoing.replaces == name for each in later)
