"""Define paths to support and their conditions.

A programme brings the content.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flows.flow import Has


class OfficeKind(StrEnum):
    """Name the kind of office where a path begins."""

    COUNCIL = "council"
    COUNCIL_405 = "council-405"
    GUARANTEE = "guarantee"
    YOROZU = "yorozu"
    TAX_OFFICE = "tax-office"
    PENSION_OFFICE = "pension-office"
    LOCAL_TAX_OFFICE = "local-tax-office"


@dataclass(frozen=True, slots=True)
class SupportPath:
    """One way to support.

    `name` is the programme's own name, `what` one sentence on what it does, `office` the office to
    call, `steps` what to do in order, `say` what to say on the telephone, `formerly` what the
    leaflet of 2015 called it, `sources` ids of `knowledge/sources.json`. `bring` is what to have
    at hand, where that is not what the council asks for.
    """

    id: str
    name: str
    what: str
    office: OfficeKind
    steps: tuple[str, ...]
    say: str
    sources: tuple[str, ...]
    formerly: str = ""
    bring: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PathRule:
    """Hold a path that fits when all of `when` hold.

    `why` says so to the owner in one sentence.
    """

    path: str
    why: str
    when: tuple[Has, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Hold a path with the sentence that says why."""

    path: SupportPath
    why: str


@dataclass(frozen=True, slots=True)
class Route:
    """Hold the path to take first, and those beside it."""

    main: Suggested
    beside: tuple[Suggested, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """Hold a possible wish of an owner, and today's way to meet it."""

    question: str
    option: str
    met_by: str
    sources: tuple[str, ...]
