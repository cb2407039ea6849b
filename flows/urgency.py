"""Define how soon something must be done.

A programme brings the signs and the steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from flows.flow import Has


class Level(IntEnum):
    """Rank how soon to act, the sooner the smaller."""

    TODAY = 0
    WITHIN_A_MONTH = 1
    WITHIN_MONTHS = 2
    PREVENTION = 3


LABELS = {
    Level.TODAY: "今日のうちに",
    Level.WITHIN_A_MONTH: "1か月以内に",
    Level.WITHIN_MONTHS: "数か月のうちに",
    Level.PREVENTION: "落ち着いて、早めに",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """Hold one sign of urgency with its level and sources."""

    level: Level
    when: Has
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Urgency:
    """The level and the signs of that level, in the order of the ladder."""

    level: Level
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """Hold the things to do today about one emergency.

    `first` is the one thing to do, `calls` the helplines whose numbers belong to it, `steps` come
    after it, in order, `closed` is for when nobody answers. `paths` are other helpers besides the
    council, `say` are the words for the telephone, `say_at_office` those for the council where
    others suit it better.
    """

    id: str
    title: str
    first: str
    steps: tuple[str, ...]
    closed: str
    paths: tuple[str, ...]
    sources: tuple[str, ...]
    say: str
    calls: tuple[str, ...] = ()
    say_at_office: str = ""

    @property
    def words_at_office(self) -> str:
        """Choose what to say on the telephone to the council."""
        return self.say_at_office or self.say
