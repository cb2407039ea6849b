"""Hold the desk's current policy, read from the store while serving."""

from __future__ import annotations

from bot.model.desk_policy import USUAL, DeskPolicy, from_dict, to_dict
from bot.store.records import DeskEntry, Records

KIND, NAME = "policy", "desk"


class PolicyCache:
    """Hold the current policy. `refresh` takes up another process's setting."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.policy: DeskPolicy = USUAL

    async def refresh(self) -> None:
        """Read the latest setting.

        An error of reading is raised on, and leaves the policy as it is.
        """
        kept = await self._records.list_desk_entries(KIND)
        content = next((each.content for each in kept if each.name == NAME), None)
        self.policy = from_dict(content) if content else USUAL

    def list_region_desks(self) -> tuple[str, ...]:
        """List the channels that answer a region now."""
        return tuple(self.policy.regions.values())


def make_policy_entry(policy: DeskPolicy) -> DeskEntry:
    """Write a policy in the form the store keeps."""
    return DeskEntry(KIND, NAME, to_dict(policy))
