"""Hold the offices to call.

They are councils, guarantee associations, よろず支援拠点 and SMRJ branches. Facts and their sources stand
in centers.json, guarantee_associations.json and yorozu.json. The 47 councils (中小企業活性化協議会) took the
place of the leaflet's 経営改善支援センター on 2022-04-01, so each carries the leaflet's office beside what
could be found of today.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from knowledge.directory.center_faults import FILES, problems
from knowledge.directory.phone import Phone, Status
from knowledge.files import (
    PREFECTURE_CODES,
    KnowledgeError,
    Reader,
    read_json,
)


@dataclass(frozen=True, slots=True)
class LeafletDesk:
    """Hold a row of the leaflet's table, digit for digit.

    `status` says whether it is known to be outdated.
    """

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
    """Hold a prefecture's 中小企業活性化協議会, and the office it grew out of.

    `name_is_found` is false when no page naming this council was read and the name follows the rule
    that every prefecture has one. `phones` holds only numbers that may be dialled, best first.
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
        """Write the council as JSON-able data.

        ``formerly`` is the leaflet's office.
        """
        content = asdict(self)
        content["formerly"] = content.pop("leaflet")
        return content | {"phones": list(content["phones"]), "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class GuaranteeAssociation:
    """Hold a 信用保証協会.

    `city` is set for the four that serve a city only; `phones` may be empty.
    """

    code: str
    prefecture: str
    city: str | None
    name: str
    website: str
    directory: str
    source: str
    as_of: str
    checked_on: str
    phones: tuple[Phone, ...] = ()


@dataclass(frozen=True, slots=True)
class Yorozu:
    """Hold a prefecture's よろず支援拠点.

    It gives free advice on sales and everything else.
    """

    code: str
    prefecture: str
    name: str
    website: str
    directory: str
    note: str
    source: str
    as_of: str
    checked_on: str
    phones: tuple[Phone, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Say that a branch serves a prefecture.

    Without `source` that is a guess, to be said as a hint.
    """

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
        """The codes of the prefectures the branch serves."""
        return tuple(served.code for served in self.coverage)

    def is_found_for(self, code: str) -> bool:
        """Tell whether a source says that the branch serves the prefecture."""
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
    """Hold the offices of one prefecture.

    Of the associations the prefecture's own comes first.
    """

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
            GuaranteeAssociation(directory=associations["directory"], **_with_phones(row))
            for row in associations["associations"]
        ),
        yorozu=tuple(
            Yorozu(directory=yorozu["directory"], **_with_phones(row)) for row in yorozu["offices"]
        ),
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


def _with_phones(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "phones": _phones(row.get("phones", []))}


def _phones(listed: list[dict[str, Any]]) -> tuple[Phone, ...]:
    return tuple(Phone(**{**row, "status": Status(row["status"])}) for row in listed)


def _diallable(listed: list[dict[str, Any]], leaflet: LeafletDesk) -> tuple[Phone, ...]:
    """Return the confirmed numbers, or the leaflet's if not known to be gone."""
    confirmed = _phones(listed)
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
