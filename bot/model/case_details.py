"""Hold staff's own entries of a case, for a colleague who takes it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

LONGEST = 1000
"""Characters of one entry, which a colleague reads in a glance."""


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """Hold the entries of a case file, each empty or None at first.

    `story` tells the matter in one line. `due_on` is the day of the next payment or deadline,
    `due_what` what falls due. `notice` are letters that have come, `papers` those still to come.
    `advised` says what was advised, and to whom. `next_step` was promised by `next_by`.
    """

    story: str = ""
    loans: str = ""
    guarantor: str = ""
    due_on: date | None = None
    due_what: str = ""
    notice: str = ""
    papers: str = ""
    advised: str = ""
    next_step: str = ""
    next_by: date | None = None

    def __bool__(self) -> bool:
        """Tell whether anything was written down."""
        # Nearly all conversations have the same empty ones.
        return self is not NO_DETAILS and any(getattr(self, name) for name in _FIELDS)


NO_DETAILS = CaseDetails()

_FIELDS = tuple(each.name for each in fields(CaseDetails))
_DAYS = tuple(each.name for each in fields(CaseDetails) if "date" in str(each.type))


def to_dict(details: CaseDetails) -> dict[str, str]:
    """Write the filled-in entries as JSON-able data."""
    return {name: str(value) for name in _FIELDS if (value := getattr(details, name))}


def from_dict(data: Mapping[str, Any]) -> CaseDetails:
    """Read entries from `to_dict` or a form, ignoring unknown fields.

    Raises ValueError for a day that does not exist.
    """
    kept: dict[str, Any] = {name: data[name].strip() for name in _FIELDS if data.get(name)}
    for name in _DAYS:
        kept[name] = date.fromisoformat(kept[name]) if kept.get(name) else None
    return CaseDetails(**kept)
