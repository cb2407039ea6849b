"""Give the next calls of an endpoint trouble on request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.simulator.common.troubles import Troubles


class Kind(StrEnum):
    """Name a kind of trouble."""

    ERROR = "500"
    TIMEOUT = "timeout"
    DROP = "drop"
    RATE = "rate"
    QUOTA = "quota"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One call that will go wrong.

    `accept` says that LINE does its work all the same and only the answer goes astray. `seconds`
    is how long a slow call waits before its work, or a timeout holds the line (0: to the end).
    """

    endpoint: str
    kind: Kind
    accept: bool = False
    seconds: float = 0.0


class Faults(Troubles[Trouble]):
    """Hold the troubles that wait for their call, in order."""

    def add(
        self,
        endpoint: str,
        kind: Kind | str,
        *,
        times: int = 1,
        accept: bool = False,
        seconds: float = 0.0,
    ) -> None:
        """Make the next `times` calls of `endpoint` (its name, or `*`) go wrong."""
        trouble = Trouble(endpoint, Kind(kind), accept=accept, seconds=seconds)
        self.put(endpoint, trouble, times)
