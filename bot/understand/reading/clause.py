"""Define a clause of a message, by kind, person and time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Say whether a clause states, asks, requests, supposes, quotes, or takes back."""

    STATEMENT = "statement"
    QUESTION = "question"
    REQUEST = "request"
    SUPPOSED = "supposed"
    QUOTED = "quoted"
    CORRECTION = "correction"


class Whose(StrEnum):
    """Say whose affairs a clause tells, usually those of the owner's business."""

    OWN = "own"
    STAFF = "staff"
    KIN = "kin"
    OTHER = "other"
    GENERAL = "general"


class When(StrEnum):
    """Tell whether a clause is true now, is over, or is still to come."""

    NOW = "now"
    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message that says one thing.

    `text` are the words as typed, `form` the same in plain form (one spelling, hiragana for
    katakana, no blanks or punctuation, spoken and polite endings plain). `denied` is whether it
    says that something is not so. `sentence` counts the sentences of the message from 0.
    """

    text: str
    form: str
    kind: Kind = Kind.STATEMENT
    denied: bool = False
    subject: Whose = Whose.OWN
    when: When = When.NOW
    sentence: int = 0
    cancelled: bool = False
    """Taken back by a later clause, as in 「公庫です、あ、ちがう、信金です」."""

    @property
    def states(self) -> bool:
        """Tell whether the clause states something to be believed."""
        return self.kind in {Kind.STATEMENT, Kind.REQUEST} and not self.cancelled
