"""Troubles on request for the next calls of a method."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.simulator.common.troubles import Troubles


class Kind(StrEnum):
    """A kind of trouble."""

    ERROR = "500"
    TIMEOUT = "timeout"
    DROP = "drop"
    RATE = "rate"
    SLOW = "slow"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One call that will go wrong.

    `accept` says that Slack does its work all the same and only the answer goes astray. `seconds`
    is how long a slow call waits before its work, or a timeout holds the line (0: to the end), or
    the `Retry-After` of a rate limit. `error` is the word of a refusal.
    """

    method: str
    kind: Kind
    accept: bool = False
    seconds: float = 0.0
    error: str = "internal_error"


class Faults(Troubles[Trouble]):
    """Hold the troubles that wait for their call, in order."""

    def add(
        self,
        method: str,
        kind: Kind | str,
        *,
        times: int = 1,
        accept: bool = False,
        seconds: float = 0.0,
        error: str = "internal_error",
    ) -> None:
        """Make the next `times` calls of `method` (its name, or `*`) go wrong.

        Beside Web API methods there are `upload`, `response_url` and `files`.
        """
        trouble = Trouble(method, Kind(kind), accept=accept, seconds=seconds, error=error)
        self.put(method, trouble, times)
