"""The desk's policy as it is now: read from the store, taken up while serving."""

from __future__ import annotations

from bot.model.desk_policy import USUAL, DeskPolicy, from_dict, to_dict
from bot.store.records import DeskEntry, Records

KIND, NAME = "policy", "desk"


class PolicyCache:
    """Holds the current policy; what another process has set is taken up by `refresh`."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.policy: DeskPolicy = USUAL

    async def refresh(self) -> None:
        """Read what was set last; what reading raises leaves the policy as it is."""
        kept = await self._records.list_desk_entries(KIND)
        content = next((each.content for each in kept if each.name == NAME), None)
        self.policy = from_dict(content) if content else USUAL


def make_policy_entry(policy: DeskPolicy) -> DeskEntry:
    """Write a policy as the store keeps it."""
    return DeskEntry(KIND, NAME, to_dict(policy))
