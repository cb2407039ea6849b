"""Hold each programme of support, then and now, from programmes.json.

It has the costs, the conditions and the exclusions. Amounts are whole yen. Every fact carries its
sources, the date of the newest of them (`as_of`), the day it was checked, and `confirm` where the
owner must be told to ask the office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from knowledge.files import (
    KnowledgeError,
    read_json,
)
from knowledge.programme_faults import problems
from knowledge.programme_ids import CURRENT, FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Give a fact's sources, age, and whether the office must confirm it."""

    sources: tuple[str, ...]
    as_of: str
    checked_on: str
    confirm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Dated):
    """One plain sentence in Japanese."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap(Dated):
    """The most that is paid for one kind of cost.

    `cost_from_yen` is the smallest cost a source speaks of, None when none does. `optional`
    costs arise only in special cases, such as releasing a personal guarantee.
    """

    kind: str
    label: str
    cap_yen: int
    cost_from_yen: int | None
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeClass(Dated):
    """Hold a size class of the 2015 manual.

    Sales and debt both lie below its bounds, and the cost is up to `cost_max_yen`. The highest
    class has no upper bounds: None.
    """

    id: str
    name: str
    sales_below_yen: int | None
    debt_below_yen: int | None
    cost_max_yen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition(Dated):
    """Hold a programme's terms at one time, ``leaflet-2015`` or ``current``.

    `rate` is the public part of the cost, None where costs are not shared by a rate. The first of
    `caps` is the main one. `size_classes` of the current edition are those of 2015.
    """

    id: str
    title: str
    rate: Fraction | None
    caps: tuple[Cap, ...]
    total_cap_yen: int | None
    size_classes: tuple[SizeClass, ...]
    notes: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep(Dated):
    """Hold a step to do next.

    `paid` says whether costs of this step are shared; None: it has none.
    """

    id: str
    text: str
    note: str
    paid: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Dated):
    """A paper to bring or to hand in."""

    name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SmeThreshold(Dated):
    """Hold the upper bounds of a 中小企業 in one industry.

    Meeting either is enough.
    """

    id: str
    industry: str
    capital_yen: int
    employees: int

    def includes(self, *, capital_yen: int | None, employees: int | None) -> bool | None:
        """Tell whether a business is within the bounds, None when too little is known.

        Pass None for what is not known, and for the capital of a sole proprietor.
        """
        within = [
            value <= bound
            for value, bound in ((capital_yen, self.capital_yen), (employees, self.employees))
            if value is not None
        ]
        if any(within):
            return True
        return False if len(within) == len(("capital", "employees")) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallEnterpriseThreshold(Dated):
    """Hold the most employees of a 小規模企業者 in a group of industries.

    Capital does not count.
    """

    id: str
    industry: str
    employees: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalForm(Dated):
    """Hold a legal form that is included or excluded.

    `max_employees` bounds an inclusion.
    """

    name: str
    note: str
    max_employees: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed(Dated):
    """Hold the new name for a name in the leaflet or since.

    `since` is None where no date was found.
    """

    was: str
    now: str
    since: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Dated):
    """One programme of support.

    `desk` is the office where it begins, `bank_help` whether it goes with the bank's help (``needed``,
    ``not-needed``, ``either``), `formerly` what the leaflet says of it, `steps` in their order.
    """

    id: str
    name: str
    what: str
    desk: str
    bank_help: str
    formerly: str
    aliases: tuple[str, ...]
    for_whom: tuple[Fact, ...]
    rules: tuple[Fact, ...]
    editions: Mapping[str, Edition]
    steps: tuple[NextStep, ...]

    @property
    def current(self) -> Edition:
        """The terms of today."""
        return self.editions[CURRENT]


@dataclass(frozen=True, slots=True)
class Programmes:
    """Hold everything of programmes.json.

    Its documents are for the ``first-visit``.
    """

    programmes: Mapping[str, Programme]
    renamed: tuple[Renamed, ...]
    sme_thresholds: tuple[SmeThreshold, ...]
    small_enterprise_thresholds: tuple[SmallEnterpriseThreshold, ...]
    sme_rules: tuple[Fact, ...]
    included_legal_forms: tuple[LegalForm, ...]
    excluded_legal_forms: tuple[LegalForm, ...]
    documents: Mapping[str, tuple[Document, ...]]

    def edition(self, programme_id: str, edition: str = CURRENT) -> Edition:
        """Return the terms of a programme.

        Raises KeyError naming the known ones.
        """
        if programme_id not in self.programmes:
            known = ", ".join(self.programmes)
            raise KeyError(f"{programme_id!r} is not a programme; expected one of {known}.")
        editions = self.programmes[programme_id].editions
        if edition not in editions:
            known = ", ".join(editions)
            raise KeyError(f"{programme_id} has no edition {edition!r}; expected one of {known}.")
        return editions[edition]


@cache
def load() -> Programmes:
    """Return the content of programmes.json.

    Raises KnowledgeError naming every fault of it.
    """
    found = problems()
    if found:
        raise KnowledgeError(found)
    content = read_json(FILE)
    listed = [_programme(row) for row in content["programmes"]]
    return Programmes(
        programmes=MappingProxyType({programme.id: programme for programme in listed}),
        renamed=_all(Renamed, content["renamed"]),
        sme_thresholds=_all(SmeThreshold, content["sme_thresholds"]),
        small_enterprise_thresholds=_all(
            SmallEnterpriseThreshold, content["small_enterprise_thresholds"]
        ),
        sme_rules=_all(Fact, content["sme_rules"]),
        included_legal_forms=_all(LegalForm, content["included_legal_forms"]),
        excluded_legal_forms=_all(LegalForm, content["excluded_legal_forms"]),
        documents=MappingProxyType(
            {name: _all(Document, listed) for name, listed in content["documents"].items()}
        ),
    )


_Row = TypeVar("_Row", bound=Dated)


def _all(make: type[_Row], listed: list[dict[str, Any]]) -> tuple[_Row, ...]:
    return tuple(make(**{**row, "sources": tuple(row["sources"])}) for row in listed)


def _programme(row: dict[str, Any]) -> Programme:
    editions = [_edition(one) for one in row["editions"]]
    replaced = {
        "aliases": tuple(row["aliases"]),
        "sources": tuple(row["sources"]),
        "for_whom": _all(Fact, row["for_whom"]),
        "rules": _all(Fact, row["rules"]),
        "editions": MappingProxyType({edition.id: edition for edition in editions}),
        "steps": _all(NextStep, row["steps"]),
    }
    return Programme(**{**row, **replaced})


def _edition(row: dict[str, Any]) -> Edition:
    replaced = {
        "rate": Fraction(row["rate"]) if row["rate"] else None,
        "caps": _all(Cap, row["caps"]),
        "size_classes": _all(SizeClass, row["size_classes"]),
        "notes": _all(Fact, row["notes"]),
        "sources": tuple(row["sources"]),
    }
    return Edition(**{**row, **replaced})
