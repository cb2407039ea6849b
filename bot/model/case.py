"""Hold a case, one handing-over of an owner to a person.

It lives in the owner's conversation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.model import later_reply
from bot.model.later_reply import LaterReply

_ID_LENGTH = 10
"""Hexadecimal digits of a case's id."""


class Reason(StrEnum):
    """Why a person is needed, the gravest first."""

    DESPAIR = "despair"
    URGENT = "urgent"
    MISSES = "misses"
    ASKED = "asked"


class Ending(StrEnum):
    """Say how a case ended. Staff can take up the first two again."""

    HANDED_BACK = "handed_back"
    COMPLETED = "completed"
    TAKEN_BACK = "taken_back"
    BLOCKED = "blocked"


class Outcome(StrEnum):
    """Say how the owner was helped in a completed case."""

    SOLVED = "solved"
    REFERRED = "referred"
    OTHER_SUPPORT = "other-support"
    UNREACHABLE = "unreachable"
    OTHER = "other"


class Doubt(StrEnum):
    """Say why staff are asked before their message goes to the owner."""

    NONE = ""
    NOT_HOLDER = "not-holder"
    CALLS_SOMEBODY = "calls-somebody"
    HAS_SLASHES = "has-slashes"
    HEADED = "headed"
    FOR_COLLEAGUES = "for-colleagues"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    `id` tells nothing of the person. `promised_by` is when an answer was promised. `holder` is the
    platform's id of who has taken it ("" while it waits), `holder_name` their name as the owner
    sees it. `first_reply_at` is when a person first wrote. `ended_at` and `ending` are None while it
    is open. `nudged` says that the promise was broken and an apology given.
    `quiet_until` is until when the owner need not be told again that words arrived; `media_told` that
    they know that pictures cannot be passed on. `asked_at` is when they last wrote, `quote` the mark
    by which the channel can quote that until it is answered. `later` are replies written for later. `snoozed_until` is until when staff
    have put it aside, `outcome` what came of it, `rated` that the owner has said whether it helped.
    `desk` is the platform's id of the channel that answers it, "" for the desk's own.
    """

    id: str
    reason: Reason
    opened_at: datetime
    promised_by: datetime
    holder: str = ""
    holder_name: str = ""
    first_reply_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None
    nudged: bool = False
    quiet_until: datetime | None = None
    media_told: bool = False
    asked_at: datetime | None = None
    quote: str = ""
    later: tuple[LaterReply, ...] = ()
    snoozed_until: datetime | None = None
    outcome: Outcome | None = None
    rated: bool = False
    desk: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the case waits for a person or is with one."""
        return self.ended_at is None

    @property
    def timer(self) -> str:
        """The name of the timer that watches over the promise."""
        return f"promise:{self.id}"

    @property
    def return_timer(self) -> str:
        """The name of the timer that brings back a case put aside."""
        return f"return:{self.id}"

    @property
    def region_timer(self) -> str:
        """The name of the timer that takes it to the desk of its region."""
        return f"region:{self.id}"

    def timer_of(self, later: LaterReply) -> str:
        """Name the timer of a reply written for later."""
        return f"later:{self.id}:{later.id}"


def case_id(key: str, opened_at: datetime) -> str:
    """Make a case's id from its person and moment, revealing neither."""
    known = f"{key} {opened_at.isoformat()}".encode()
    return hashlib.sha256(known).hexdigest()[:_ID_LENGTH]


_FIELDS = tuple(each.name for each in fields(Case))
_MOMENTS = tuple(each.name for each in fields(Case) if "datetime" in str(each.type))


def to_dict(case: Case) -> dict[str, Any]:
    """Write a case as JSON-able data."""
    data = {name: getattr(case, name) for name in _FIELDS}
    moments = {name: data[name].isoformat() for name in _MOMENTS if data[name]}
    later = [later_reply.to_dict(each) for each in case.later]
    return {**data, **moments, "later": later}


def from_dict(data: Mapping[str, Any]) -> Case:
    """Read a case from `to_dict`, ignoring fields of another version."""
    kept = {name: value for name, value in data.items() if name in _FIELDS}
    for name in _MOMENTS:
        if kept.get(name):
            kept[name] = datetime.fromisoformat(kept[name])
    kept["reason"] = Reason(kept["reason"])
    kept["ending"] = Ending(kept["ending"]) if kept.get("ending") else None
    kept["outcome"] = Outcome(kept["outcome"]) if kept.get("outcome") else None
    kept["later"] = tuple(map(later_reply.from_dict, kept.get("later", ())))
    return Case(**kept)
