"""Keep faults on until they are switched off, beside single ones."""

from __future__ import annotations

from bot.simulator.line.faults import Faults, Kind, Trouble

SENDING = frozenset({"reply", "push"})
"""Endpoints that bring words to an owner. The others go on working."""

SLOW_SECONDS = 4.0
"""Seconds of delay when a platform is made slow."""


class Switches(Faults):
    """LINE's faults as switches.

    `error`: LINE answers 500 and does nothing; `slow`: it takes `SLOW_SECONDS`;
    `duplicate`: every webhook is delivered twice.
    """

    def __init__(self) -> None:
        super().__init__()
        self.error = self.slow = self.duplicate = False

    def take(self, endpoint: str) -> Trouble | None:
        """Choose a call's trouble by a switch that is on, else a single one."""
        if endpoint in SENDING and self.error:
            return Trouble(endpoint, Kind.ERROR)
        if endpoint in SENDING and self.slow:
            return Trouble(endpoint, Kind.SLOW, seconds=SLOW_SECONDS)
        return super().take(endpoint)

    def as_dict(self) -> dict[str, bool]:
        """List every switch and whether it is on."""
        return {"error": self.error, "slow": self.slow, "duplicate": self.duplicate}

    def turn(self, name: str, *, on: bool) -> None:
        """Turn one switch, or raise KeyError for an unknown name."""
        if name not in self.as_dict():
            raise KeyError(name)
        setattr(self, name, on)
