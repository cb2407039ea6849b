"""Hold a telephone number of an office, and how far to trust it."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Say how far to trust a telephone number."""

    CONFIRMED = "confirmed"
    """Read on a page written after the change of 2022, dated by `Phone.as_of`."""
    LEAFLET_2015 = "leaflet_2015"
    """Printed in 2015 and not found since. The number may have changed."""
    CHANGED = "changed"
    """Known to have changed. It is history, and never to be called."""
    BY_STAFF = "by_staff"
    """Confirmed by staff on the day in `Phone.as_of`. `Phone.source` says how."""


@dataclass(frozen=True, slots=True)
class Phone:
    """Hold a number with its desk, and why we believe it.

    `desk` is the desk's name on the page. `as_of` is the date of the page that prints it (an ISO
    date or the page's own words), `checked_on` the day we last looked, `grade` ``primary`` when the
    office itself or a public body prints it. `for_405` marks a number of its own for the
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
