"""Define trouble by its kind, its clause and its urgency."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.understand.reading.clause import Clause


class TroubleKind(StrEnum):
    """Kinds of trouble, the gravest first."""

    DANGER = "danger"
    """Somebody else may die."""
    DESPAIR = "despair"
    SELF_HARM = "self_harm"
    URGENT = "urgent"
    """Money trouble that cannot wait a day."""
    HEAVY = "heavy"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One trouble heard in a clause.

    `option` is the emergency of the programme when it is `URGENT`. `imminent` when somebody has
    begun to act, so that there is no time for a talk. `doubtful` when it may as well be none: then
    it is asked about, and nothing is shown yet.
    """

    kind: TroubleKind
    clause: Clause
    option: str = ""
    imminent: bool = False
    doubtful: bool = False


DARK = frozenset({TroubleKind.DANGER, TroubleKind.DESPAIR, TroubleKind.SELF_HARM})
"""Kinds that come before everything else, since somebody may die."""
