"""A reply that a staff member has written for later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class LaterReply:
    """Hold words that go to the owner at `due`, unless taken back before.

    `staff` is the platform's id of their author, `name` and `icon_url` how the owner sees the
    author. `post` names the copy that staff see. `quotes` says that the owner's last words stand
    above it.
    """

    id: str
    staff: str
    name: str
    icon_url: str
    text: str
    due: datetime
    post: str
    quotes: bool = False


def to_dict(later: LaterReply) -> dict[str, Any]:
    """Write a later reply as JSON-able data."""
    known = {name: getattr(later, name) for name in LaterReply.__slots__}
    return {**known, "due": later.due.isoformat()}


def from_dict(data: Mapping[str, Any]) -> LaterReply:
    """Read a later reply from `to_dict`."""
    return LaterReply(**{**data, "due": datetime.fromisoformat(data["due"])})
