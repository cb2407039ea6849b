"""A telephone number of an office, and how far it can be trusted."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How far a telephone number can be trusted."""

    CONFIRMED = "confirmed"
    """Read on a page written after the change of 2022; its date stands in `Phone.as_of`."""
    LEAFLET_2015 = "leaflet_2015"
    """Printed in 2015 and not found since: it may have changed."""
    CHANGED = "changed"
    """Known to have changed: history, never to be called."""
    BY_STAFF = "by_staff"
    """Staff of this service made sure of it on the day in `Phone.as_of`; `Phone.source` says how."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number, what answers it and why we believe so.

    `desk` is what answers, as the page names it. `as_of` is the date of the page that prints it (an
    ISO date or the page's own words), `checked_on` the day we last looked, `grade` ``primary`` when
    the office itself or a public body prints it. `for_405` marks a number of its own for the
    cost-sharing programme.
    """

    number: str
    desk: str
    status: Status
    source: str
    as_of: str
    checked_on: str
    grade: str
    for_405: bool = False
