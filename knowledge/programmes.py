"""What each programme of support is, was in 2015, costs, asks for and excludes: programmes.json.

Amounts are whole yen. Every fact carries its sources, the date of the newest of them (`as_of`),
the day it was checked, and `confirm` where the owner must be told to ask the office.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil
from types import MappingProxyType
from typing import Any, TypeVar

from knowledge.files import (
    AS_OF,
    DAY,
    FLAG,
    NOTE,
    OBJECT,
    TEXT,
    WHOLE,
    Kind,
    KnowledgeError,
    Reader,
    Shape,
    faults,
    list_of,
    matching,
    one_of,
    part,
    read_json,
    rows,
    some,
    source_in,
)

FILE = "programmes.json"
LEAFLET_2015 = "leaflet-2015"
CURRENT = "current"
IDS = (
    "business-plan-405",
    "business-plan-405-guideline",
    "early-plan",
    "profitability",
    "revitalization",
    "re-challenge",
    "guarantee-support",
    "yorozu",
    "expert-dispatch",
)
DOCUMENT_LISTS = ("business-plan-405", "early-plan", "first-visit")
_MAN = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Where a fact comes from, how old it is, and whether the office must confirm it."""

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
    """A class of the 2015 manual: sales and debt both below, cost up to `cost_max_yen`.

    The highest class has no upper bounds: None.
    """

    id: str
    name: str
    sales_below_yen: int | None
    debt_below_yen: int | None
    cost_max_yen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition(Dated):
    """The terms of a programme at one time: ``leaflet-2015`` or ``current``.

    `rate` is the public part of the cost, None where costs are not shared by a rate. The first
    of `caps` is the main one. `size_classes` of the current edition are those of 2015.
    """

    id: str
    title: str
    rate: Fraction | None
    caps: tuple[Cap, ...]
    total_cap_yen: int | None
    size_classes: tuple[SizeClass, ...]
    notes: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Dated):
    """What to do next. `paid` says whether costs of this step are shared; None: it has none."""

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
    """The upper bounds of a 中小企業 in one industry; meeting either is enough."""

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
    """The most employees of a 小規模企業者 in a group of industries; capital does not count."""

    id: str
    industry: str
    employees: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalForm(Dated):
    """A legal form that is included or excluded; `max_employees` bounds an inclusion."""

    name: str
    note: str
    max_employees: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed(Dated):
    """What became of a name in the leaflet or since; `since` is None where no date was found."""

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
    steps: tuple[Step, ...]

    @property
    def current(self) -> Edition:
        """The terms of today."""
        return self.editions[CURRENT]


@dataclass(frozen=True, slots=True)
class Programmes:
    """Everything programmes.json holds; documents by programme, and ``first-visit``."""

    programmes: Mapping[str, Programme]
    renamed: tuple[Renamed, ...]
    sme_thresholds: tuple[SmeThreshold, ...]
    small_enterprise_thresholds: tuple[SmallEnterpriseThreshold, ...]
    sme_rules: tuple[Fact, ...]
    included_legal_forms: tuple[LegalForm, ...]
    excluded_legal_forms: tuple[LegalForm, ...]
    documents: Mapping[str, tuple[Document, ...]]

    def edition(self, programme_id: str, edition: str = CURRENT) -> Edition:
        """Return the terms of a programme. Raises KeyError naming what there is instead."""
        if programme_id not in self.programmes:
            known = ", ".join(self.programmes)
            raise KeyError(f"{programme_id!r} is not a programme; expected one of {known}.")
        editions = self.programmes[programme_id].editions
        if edition not in editions:
            known = ", ".join(editions)
            raise KeyError(f"{programme_id} has no edition {edition!r}; expected one of {known}.")
        return editions[edition]


@dataclass(frozen=True, slots=True)
class CostShare:
    """Who pays what of one cost, in yen. Above `all_own_above` every further yen is the owner's."""

    cost: int
    public: int
    own: int
    cap: int
    all_own_above: int
    rate: Fraction
    kind: str
    edition: str
    as_of: str
    sources: tuple[str, ...]
    confirm: bool


@dataclass(frozen=True, slots=True)
class CostBand:
    """The owner's own share as a band, in yen, up to the cost where the cap is reached.

    `own_from` is 0 when no source speaks of a smallest cost; then only "at most" is honest.
    `size` is the class that narrowed the band, None when none did.
    """

    own_from: int
    own_to: int
    public_from: int
    public_to: int
    all_own_above: int
    rate: Fraction
    kind: str
    size: str | None
    edition: str
    as_of: str
    sources: tuple[str, ...]
    confirm: bool

    def in_words(self) -> str:
        """Return the own share in Japanese, such as 約15万円から約33万円."""
        if self.own_from == 0:
            return f"最大で{yen_in_words(self.own_to)}"
        return f"{yen_in_words(self.own_from)}から{yen_in_words(self.own_to)}"


def cost_share(
    programme_id: str, cost_yen: int, edition: str = CURRENT, kind: str | None = None
) -> CostShare:
    """Return how a cost of `cost_yen` is shared: the public part is rounded down and capped.

    `kind` is one of the edition's kinds of cost; without it the main one, the making of the plan.
    Raises KeyError for what is unknown and ValueError where costs are not shared by a rate.
    """
    if cost_yen < 0:
        raise ValueError(f"A cost of {cost_yen} yen is below zero.")
    terms = load().edition(programme_id, edition)
    cap, rate = _cap(programme_id, terms, kind)
    public = min(int(cost_yen * rate), cap.cap_yen)
    return CostShare(
        cost=cost_yen,
        public=public,
        own=cost_yen - public,
        cap=cap.cap_yen,
        all_own_above=_cost_at_cap(cap, rate),
        rate=rate,
        kind=cap.kind,
        edition=edition,
        as_of=cap.as_of,
        sources=cap.sources,
        confirm=cap.confirm,
    )


def cost_band(
    programme_id: str,
    *,
    size: str | None = None,
    edition: str = CURRENT,
    kind: str | None = None,
) -> CostBand:
    """Return the band the owner's share lies in while the cap is not exceeded.

    `size` (``small``, ``medium``, ``upper-medium``) narrows it where the edition has size classes
    and `kind` is the main one. Raises as `cost_share` does.
    """
    terms = load().edition(programme_id, edition)
    cap, rate = _cap(programme_id, terms, kind)
    highest, bounded = _cost_at_cap(cap, rate), None
    if size is not None and terms.size_classes and cap is terms.caps[0]:
        bounded = _size_class(terms, size)
        highest = min(highest, bounded.cost_max_yen)
    low = cost_share(programme_id, cap.cost_from_yen or 0, edition, cap.kind)
    high = cost_share(programme_id, highest, edition, cap.kind)
    return CostBand(
        own_from=low.own,
        own_to=high.own,
        public_from=low.public,
        public_to=high.public,
        all_own_above=high.all_own_above,
        rate=rate,
        kind=cap.kind,
        size=bounded.id if bounded else None,
        edition=edition,
        as_of=bounded.as_of if bounded else cap.as_of,
        sources=tuple(dict.fromkeys(cap.sources + (bounded.sources if bounded else ()))),
        confirm=cap.confirm or (bounded is not None and bounded.confirm),
    )


def yen_in_words(amount: int) -> str:
    """Return an amount in 万円 as it is said: 75000 → 7万5千円, 333334 → 約33万円."""
    if amount < _MAN:
        return f"{amount:,}円"
    thousands, rest = divmod(amount, 1000)
    if rest:
        return f"約{round(amount / _MAN)}万円"
    ten_thousands, odd = divmod(thousands, 10)
    return f"{ten_thousands}万{f'{odd}千' if odd else ''}円"


def _cap(programme_id: str, terms: Edition, kind: str | None) -> tuple[Cap, Fraction]:
    if terms.rate is None or not terms.caps:
        raise ValueError(f"{programme_id} does not share costs by a rate.")
    for cap in terms.caps:
        if kind in {None, cap.kind}:
            return cap, terms.rate
    known = ", ".join(cap.kind for cap in terms.caps)
    raise KeyError(f"{programme_id} has no cost of kind {kind!r}; expected one of {known}.")


def _cost_at_cap(cap: Cap, rate: Fraction) -> int:
    """Return the smallest cost whose public part is the whole cap."""
    return ceil(cap.cap_yen / rate)


def _size_class(terms: Edition, size: str) -> SizeClass:
    for found in terms.size_classes:
        if found.id == size:
            return found
    known = ", ".join(found.id for found in terms.size_classes)
    raise KeyError(f"{size!r} is not a size class; expected one of {known}.")


@cache
def load() -> Programmes:
    """Return the content of programmes.json. Raises KnowledgeError naming every fault of it."""
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
        "steps": _all(Step, row["steps"]),
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


def problems(read: Reader = read_json) -> list[str]:
    """Return a sentence for every fault of programmes.json, naming row and field."""
    content, source = read(FILE), source_in(read)
    return [
        *faults(
            FILE, content, {"documents": OBJECT, **dict.fromkeys(("programmes", *_LISTS), _MANY)}
        ),
        *_faults_of_programmes(content, source),
        *_faults_of_documents(content, source),
        *(
            sentence
            for key, shape in _LISTS.items()
            for sentence in _faults_of_rows(f"{FILE}: {key}", rows(content, key), shape, source)
        ),
    ]


_ID = matching(r"[a-z0-9]+(-[a-z0-9]+)*", "words in small letters joined by hyphens")
_MANY = list_of(OBJECT)
_FACT: Shape = {"id": _ID, "text": TEXT}
_STEP: Shape = {"id": _ID, "text": TEXT, "note": NOTE, "paid": FLAG.or_null()}
_DOCUMENT: Shape = {"name": TEXT, "note": NOTE}
_FORM: Shape = {"name": TEXT, "note": NOTE, "max_employees": WHOLE.or_null()}
_CAP: Shape = {
    "kind": _ID,
    "label": TEXT,
    "cap_yen": WHOLE,
    "cost_from_yen": WHOLE.or_null(),
    "optional": FLAG,
}
_SIZE: Shape = {
    "id": one_of("small", "medium", "upper-medium"),
    "name": TEXT,
    "sales_below_yen": WHOLE.or_null(),
    "debt_below_yen": WHOLE.or_null(),
    "cost_max_yen": WHOLE,
}
_EDITION: Shape = {
    "id": one_of(LEAFLET_2015, CURRENT),
    "title": TEXT,
    "rate": matching(r"[1-9]/[1-9]", "a rate such as 2/3").or_null(),
    "caps": _MANY,
    "total_cap_yen": WHOLE.or_null(),
    "size_classes": _MANY,
    "notes": _MANY,
}
_PROGRAMME: Shape = {
    "id": one_of(*IDS),
    "name": TEXT,
    "what": TEXT,
    "desk": one_of("council", "guarantee-association", "yorozu", "support-organisation"),
    "bank_help": one_of("needed", "not-needed", "either"),
    "formerly": TEXT,
    "aliases": some(TEXT),
    "for_whom": some(OBJECT),
    "rules": some(OBJECT),
    "editions": some(OBJECT),
    "steps": some(OBJECT),
}
_LISTS: Mapping[str, Shape] = {
    "renamed": {"was": TEXT, "now": TEXT, "since": AS_OF.or_null()},
    "sme_thresholds": {"id": _ID, "industry": TEXT, "capital_yen": WHOLE, "employees": WHOLE},
    "small_enterprise_thresholds": {"id": _ID, "industry": TEXT, "employees": WHOLE},
    "sme_rules": _FACT,
    "included_legal_forms": _FORM,
    "excluded_legal_forms": _FORM,
}


def _dated(shape: Shape, source: Kind) -> Shape:
    return {
        **shape,
        "sources": some(source),
        "as_of": AS_OF,
        "checked_on": DAY,
        "confirm": FLAG,
    }


def _faults_of_rows(
    where: str, listed: list[dict[str, Any]], shape: Shape, source: Kind
) -> Iterator[str]:
    """Yield the faults of each row, and of a key that stands twice."""
    key = next(iter(shape))
    seen = [row.get(key) for row in listed]
    for index, row in enumerate(listed):
        place = f"{where}: {row.get(key, f'[{index}]')}"
        yield from faults(place, row, _dated(shape, source))
        if row.get(key) in seen[:index]:
            yield f"{place}: {key} stands more than once; expected once."


def _faults_of_programmes(content: Any, source: Kind) -> Iterator[str]:
    listed = rows(content, "programmes")
    yield from _faults_of_rows(FILE, listed, _PROGRAMME, source)
    for missing in sorted(set(IDS) - {str(row.get("id")) for row in listed}):
        yield f"{FILE}: programmes have no {missing}; expected each of {', '.join(IDS)}."
    for row in listed:
        where = f"{FILE}: {row.get('id')}"
        for key, shape in {"for_whom": _FACT, "rules": _FACT, "steps": _STEP}.items():
            yield from _faults_of_rows(f"{where}: {key}", rows(row, key), shape, source)
        yield from _faults_of_editions(where, rows(row, "editions"), source)


def _faults_of_editions(where: str, listed: list[dict[str, Any]], source: Kind) -> Iterator[str]:
    yield from _faults_of_rows(where, listed, _EDITION, source)
    if CURRENT not in [edition.get("id") for edition in listed]:
        yield f"{where}: editions have no {CURRENT}; expected one."
    for edition in listed:
        place = f"{where}: {edition.get('id')}"
        for key, shape in {"caps": _CAP, "size_classes": _SIZE, "notes": _FACT}.items():
            yield from _faults_of_rows(f"{place}: {key}", rows(edition, key), shape, source)
        if bool(edition.get("rate")) != bool(edition.get("caps")):
            yield f"{place}: rate and caps belong together; expected both or neither."


def _faults_of_documents(content: Any, source: Kind) -> Iterator[str]:
    documents = part(content, "documents")
    shape = dict.fromkeys(DOCUMENT_LISTS, some(OBJECT))
    yield from faults(f"{FILE}: documents", documents, shape)
    for name in DOCUMENT_LISTS:
        where = f"{FILE}: documents: {name}"
        yield from _faults_of_rows(where, rows(documents, name), _DOCUMENT, source)
