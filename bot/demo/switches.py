"""Faults that stay until they are switched off again, beside those asked for one by one."""

from __future__ import annotations

from bot.simulator.line.faults import Faults, Kind, Trouble

SENDING = frozenset({"reply", "push"})
"""The endpoints that bring words to an owner; the others go on working."""

SLOW_SECONDS = 4.0


class Switches(Faults):
    """LINE's faults as switches.

    `error`: LINE answers 500 and does nothing; `slow`: it takes `SLOW_SECONDS`;
    `duplicate`: every webhook is delivered twice.
    """

    def __init__(self) -> None:
        super().__init__()
        self.error = self.slow = self.duplicate = False

    def take(self, endpoint: str) -> Trouble | None:
        """Choose a call's trouble: a switch that is on, else one asked for."""
        if endpoint in SENDING and self.error:
            return Trouble(endpoint, Kind.ERROR)
        if endpoint in SENDING and self.slow:
            return Trouble(endpoint, Kind.SLOW, seconds=SLOW_SECONDS)
        return super().take(endpoint)

    def as_dict(self) -> dict[str, bool]:
        """List every switch and whether it is on."""
        return {"error": self.error, "slow": self.slow, "duplicate": self.duplicate}

    def turn(self, name: str, *, on: bool) -> None:
        """Turn one switch; KeyError for a name that is none."""
        if name not in self.as_dict():
            raise KeyError(name)
        setattr(self, name, on)
