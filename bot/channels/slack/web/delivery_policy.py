"""Which of Slack's calls need not be made any more: a panel is replaced by the next tap."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels import DeliveryPolicy
from bot.store import Delivery


class SlackPolicy(DeliveryPolicy):
    """In order, without what a later call shows anyway (`Outgoing.replaces`)."""

    def is_superseded(self, delivery: Delivery, later: Iterable[Delivery]) -> bool:
        """Tell whether a later one shows the same thing; never when this may have been made."""
        name = delivery.outgoing.replaces
        if not name or delivery.unsure:
            # A post that may be there is made sure of, or nobody would ever change or delete it.
            return False
        return any(each.outgoing.replaces == name for each in later)
