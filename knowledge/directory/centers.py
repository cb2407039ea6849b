"""The offices to call: councils, guarantee associations, よろず支援拠点 and SMRJ branches.

Facts and their sources stand in centers.json, guarantee_associations.json and yorozu.json. The
47 councils (中小企業活性化協議会) took the place of the leaflet's 経営改善支援センター on
2022-04-01, so each carries the leaflet's office beside what could be found of today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from knowledge.files import (
    AS_OF,
    DAY,
    FLAG,
    GRADE,
    NOTE,
    OBJECT,
    PHONE,
    PREFECTURE,
    PREFECTURE_CODES,
    TEXT,
    WEBSITE,
    Kind,
    KnowledgeError,
    Reader,
    Shape,
    faults,
    list_of,
    one_of,
    part,
    read_json,
    rows,
    some,
    source_in,
)

CENTERS = "centers.json"
ASSOCIATIONS = "guarantee_associations.json"
YOROZU = "yorozu.json"
FILES = (CENTERS, ASSOCIATIONS, YOROZU)
CITIES_WITH_AN_ASSOCIATION = frozenset({"横浜市", "川崎市", "名古屋市", "岐阜市"})


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

    `desk` is what answers as the page names it, `as_of` the date of the page that prints it (an ISO date or the page's own words),
    `checked_on` the day we last looked, `grade` ``primary`` when the office itself or a public
    body prints it. `for_405` marks a number of its own for the cost-sharing programme.
    """

    number: str
    desk: str
    status: Status
    source: str
    as_of: str
    checked_on: str
    grade: str
    for_405: bool = False


@dataclass(frozen=True, slots=True)
class LeafletDesk:
    """A row of the leaflet's table, digit for digit, and whether it is known to be outdated."""

    name: str
    host: str
    phone: str
    status: Status
    source: str
    as_of: str
    checked_on: str

    def as_phone(self) -> Phone:
        """Return the printed number with its age, in the form the other numbers have."""
        return Phone(
            number=self.phone,
            desk=self.name,
            status=self.status,
            source=self.source,
            as_of=self.as_of,
            checked_on=self.checked_on,
            grade="primary",
        )


@dataclass(frozen=True, slots=True)
class Center:
    """The 中小企業活性化協議会 of one prefecture, and the office it grew out of.

    `name_is_found` is false when no page naming this council was read and the name follows the
    rule that every prefecture has one. `phones` holds only what may be dialled, best first.
    """

    code: str
    prefecture: str
    name: str
    name_is_found: bool
    host: str | None
    website: str | None
    directory: str
    address: str | None
    hours: str | None
    phones: tuple[Phone, ...]
    leaflet: LeafletDesk
    note: str
    sources: tuple[str, ...]
    checked_on: str

    def phone(self, *, for_405: bool = False) -> Phone | None:
        """Return the best number to show, or None when none may be offered.

        With `for_405` the number of the cost-sharing programme comes first where it has its own.
        """
        special = [phone for phone in self.phones if phone.for_405]
        return next(iter((special if for_405 else []) + list(self.phones)), None)

    def as_dict(self) -> dict[str, object]:
        """Return the council as JSON can hold it; ``formerly`` is the leaflet's office."""
        content = asdict(self)
        content["formerly"] = content.pop("leaflet")
        return content | {"phones": list(content["phones"]), "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class GuaranteeAssociation:
    """A 信用保証協会. `city` is set for the four that serve a city only."""

    code: str
    prefecture: str
    city: str | None
    name: str
    website: str
    directory: str
    source: str
    as_of: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class Yorozu:
    """The よろず支援拠点 of one prefecture: free advice on sales and everything else."""

    code: str
    prefecture: str
    name: str
    website: str
    directory: str
    note: str
    source: str
    as_of: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """That a branch serves a prefecture. Without `source` it is a reading, to be said as a hint."""

    code: str
    source: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A regional office of 中小機構 (SMRJ)."""

    name: str
    address: str | None
    phone: Phone | None
    coverage: tuple[Coverage, ...]
    leaflet: LeafletDesk
    note: str
    sources: tuple[str, ...]
    checked_on: str

    @property
    def prefectures(self) -> tuple[str, ...]:
        """The codes of the prefectures it serves."""
        return tuple(served.code for served in self.coverage)

    def is_found_for(self, code: str) -> bool:
        """Tell whether a source says that it serves the prefecture."""
        return any(served.code == code and served.source for served in self.coverage)


@dataclass(frozen=True, slots=True)
class Headquarters:
    """The national head office of the councils, which keeps the leaflet's national office."""

    name: str
    host: str
    website: str
    leaflet: LeafletDesk
    note: str
    sources: tuple[str, ...]
    checked_on: str


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices of one prefecture; of the associations the prefecture's own comes first."""

    center: Center
    guarantee_associations: tuple[GuaranteeAssociation, ...]
    yorozu: Yorozu
    branch: Branch


@dataclass(frozen=True, slots=True)
class Directory:
    """All offices of the country, in the order of the prefecture codes."""

    centers: tuple[Center, ...]
    guarantee_associations: tuple[GuaranteeAssociation, ...]
    yorozu: tuple[Yorozu, ...]
    branches: tuple[Branch, ...]
    headquarters: Headquarters

    @property
    def national(self) -> LeafletDesk:
        """The leaflet's row of the national head office."""
        return self.headquarters.leaflet

    @property
    def leaflet_rows(self) -> tuple[LeafletDesk, ...]:
        """The 58 rows of the leaflet: the head office, 47 prefectures, 10 branches."""
        prefectures = [center.leaflet for center in self.centers]
        return (self.national, *prefectures, *(branch.leaflet for branch in self.branches))

    def for_prefecture(self, code: str) -> Offices:
        """Find the offices of the prefecture with JIS code `code`, such as ``28``.

        Raises KeyError for anything else.
        """
        if code not in PREFECTURE_CODES:
            raise KeyError(f"{code!r} is not a prefecture code; expected 01 to 47.")
        associations = [one for one in self.guarantee_associations if one.code == code]
        return Offices(
            center=next(center for center in self.centers if center.code == code),
            guarantee_associations=tuple(sorted(associations, key=lambda one: bool(one.city))),
            yorozu=next(office for office in self.yorozu if office.code == code),
            branch=next(branch for branch in self.branches if code in branch.prefectures),
        )


@cache
def load() -> Directory:
    """Return the directory of the packaged files.

    Raises KnowledgeError naming every fault when there is any.
    """
    found = problems()
    if found:
        raise KnowledgeError(found)
    return read(read_json)


def read(reader: Reader) -> Directory:
    """Return the directory of files that have no faults."""
    content, associations, yorozu = (reader(name) for name in FILES)
    return Directory(
        centers=tuple(_center(row, content["directory"]) for row in content["centers"]),
        guarantee_associations=tuple(
            GuaranteeAssociation(directory=associations["directory"], **row)
            for row in associations["associations"]
        ),
        yorozu=tuple(Yorozu(directory=yorozu["directory"], **row) for row in yorozu["offices"]),
        branches=tuple(_branch(row) for row in content["branches"]),
        headquarters=_headquarters(content["national"]),
    )


def _center(row: Mapping[str, Any], directory: str) -> Center:
    leaflet = _leaflet(row["leaflet"])
    replaced = {
        "phones": _diallable(row["phones"], leaflet),
        "leaflet": leaflet,
        "sources": tuple(row["sources"]),
    }
    return Center(directory=directory, **{**row, **replaced})


def _diallable(listed: list[dict[str, Any]], leaflet: LeafletDesk) -> tuple[Phone, ...]:
    """Return the confirmed numbers; failing that the leaflet's, unless it is known to be gone."""
    confirmed = tuple(Phone(**{**row, "status": Status(row["status"])}) for row in listed)
    if confirmed or leaflet.status is Status.CHANGED:
        return confirmed
    return (leaflet.as_phone(),)


def _leaflet(row: Mapping[str, Any]) -> LeafletDesk:
    return LeafletDesk(**{**row, "status": Status(row["status"])})


def _branch(row: Mapping[str, Any]) -> Branch:
    leaflet = _leaflet(row["leaflet"])
    served = [(one["code"], one["source"], one["as_of"]) for one in row["serves"]]
    return Branch(
        name=row["name"],
        address=row["address"],
        phone=next(iter(_diallable(row["phones"], leaflet)), None),
        coverage=tuple(Coverage(*one) for one in served),
        leaflet=leaflet,
        note=row["note"],
        sources=tuple(row["sources"]),
        checked_on=row["checked_on"],
    )


def _headquarters(row: Mapping[str, Any]) -> Headquarters:
    replaced = {"leaflet": _leaflet(row["leaflet"]), "sources": tuple(row["sources"])}
    return Headquarters(**{**row, **replaced})


def problems(read: Reader = read_json) -> list[str]:
    """Return a sentence for every fault of the three files, naming file, row and field."""
    source = source_in(read)
    content, associations, yorozu = (read(name) for name in FILES)
    return [
        *_faults_of_centers(content, source),
        *_faults_of_branches(content, source),
        *_faults_of_list(ASSOCIATIONS, associations, "associations", _association(source)),
        *_faults_of_cities(associations),
        *_faults_of_list(YOROZU, yorozu, "offices", _yorozu(source)),
    ]


_LIST = list_of(OBJECT)


def _phone(source: Kind) -> Shape:
    return {
        "number": PHONE,
        "desk": TEXT,
        "for_405": FLAG,
        # A number of the leaflet stands under "leaflet", and nowhere else.
        "status": one_of(Status.CONFIRMED, Status.BY_STAFF),
        "source": source,
        "as_of": AS_OF,
        "checked_on": DAY,
        "grade": GRADE,
    }


_LEAFLET: Shape = {
    "name": TEXT,
    "host": TEXT,
    "phone": PHONE,
    "status": one_of(Status.LEAFLET_2015, Status.CHANGED),
    "source": one_of("leaflet"),
    "as_of": one_of("2015"),
    "checked_on": DAY,
}


def _desk(source: Kind) -> Shape:
    """Return what a council, a branch and the head office have in common."""
    return {
        "name": TEXT,
        "leaflet": OBJECT,
        "note": NOTE,
        "sources": some(source),
        "checked_on": DAY,
    }


def _council(source: Kind) -> Shape:
    return {
        "code": PREFECTURE,
        "prefecture": TEXT,
        "name_is_found": FLAG,
        "host": TEXT.or_null(),
        "website": WEBSITE.or_null(),
        "address": TEXT.or_null(),
        "hours": TEXT.or_null(),
        "phones": _LIST,
        **_desk(source),
    }


def _association(source: Kind) -> Shape:
    return {
        "code": PREFECTURE,
        "prefecture": TEXT,
        "city": one_of(*sorted(CITIES_WITH_AN_ASSOCIATION)).or_null(),
        "name": TEXT,
        "website": WEBSITE,
        "source": source,
        "as_of": AS_OF,
        "checked_on": DAY,
    }


def _yorozu(source: Kind) -> Shape:
    shape = {**_association(source), "note": NOTE}
    del shape["city"]
    return shape


def _faults_of_centers(content: Any, source: Kind) -> Iterator[str]:
    top = {"directory": WEBSITE, "national": OBJECT, "centers": _LIST, "branches": _LIST}
    yield from faults(CENTERS, content, top)
    centers = rows(content, "centers")
    yield from _faults_of_codes(CENTERS, "centers", [row.get("code") for row in centers])
    for row in centers:
        where = f"{CENTERS}: {row.get('prefecture')}"
        yield from faults(where, row, _council(source))
        yield from _faults_of_numbers(where, row, source)
    where, national = f"{CENTERS}: national", part(content, "national")
    yield from faults(where, national, {"host": TEXT, "website": WEBSITE, **_desk(source)})
    yield from faults(f"{where}: leaflet", national.get("leaflet"), _LEAFLET)


def _faults_of_branches(content: Any, source: Kind) -> Iterator[str]:
    shape = {"address": TEXT.or_null(), "phones": _LIST, "serves": _LIST, **_desk(source)}
    branches = rows(content, "branches")
    for row in branches:
        where = f"{CENTERS}: {row.get('name')}"
        yield from faults(where, row, shape)
        yield from _faults_of_numbers(where, row, source)
        for served in rows(row, "serves"):
            yield from _faults_of_coverage(f"{where}: serves {served.get('code')}", served, source)
    codes = [served.get("code") for row in branches for served in rows(row, "serves")]
    yield from _faults_of_codes(CENTERS, "branches", codes)


def _faults_of_coverage(where: str, served: Mapping[str, Any], source: Kind) -> Iterator[str]:
    shape = {
        "code": PREFECTURE,
        "basis": one_of("found", "unverified"),
        "source": source.or_null(),
        "as_of": AS_OF.or_null(),
    }
    yield from faults(where, served, shape)
    is_sourced = bool(served.get("source") and served.get("as_of"))
    if is_sourced != (served.get("basis") == "found"):
        yield f"{where}: basis found needs source and as_of; basis unverified has neither."


def _faults_of_numbers(where: str, row: Mapping[str, Any], source: Kind) -> Iterator[str]:
    leaflet = part(row, "leaflet")
    yield from faults(f"{where}: leaflet", leaflet, _LEAFLET)
    for index, phone in enumerate(rows(row, "phones")):
        yield from faults(f"{where}: phones[{index}]", phone, _phone(source))
        if leaflet.get("status") == Status.CHANGED and phone.get("number") == leaflet.get("phone"):
            yield f"{where}: phones[{index}] is the leaflet's number, which is marked changed."


def _faults_of_list(name: str, content: Any, key: str, shape: Shape) -> Iterator[str]:
    yield from faults(name, content, {"directory": WEBSITE, key: _LIST})
    listed = rows(content, key)
    yield from _faults_of_codes(name, key, [row["code"] for row in listed if _serves_all(row)])
    for row in listed:
        yield from faults(f"{name}: {row.get('name')}", row, shape)


def _serves_all(row: Mapping[str, Any]) -> bool:
    return "code" in row and not row.get("city")


def _faults_of_cities(content: Any) -> Iterator[str]:
    cities = [row["city"] for row in rows(content, "associations") if row.get("city")]
    if sorted(map(str, cities)) != sorted(CITIES_WITH_AN_ASSOCIATION):
        expected = ", ".join(sorted(CITIES_WITH_AN_ASSOCIATION))
        yield f"{ASSOCIATIONS}: associations of a city are {cities}; expected once each {expected}."


def _faults_of_codes(name: str, key: str, codes: list[Any]) -> Iterator[str]:
    """Yield a sentence for each prefecture that is not there exactly once."""
    for code in PREFECTURE_CODES:
        count = codes.count(code)
        if count != 1:
            yield f"{name}: {key} have prefecture {code} {count} times; expected once."
