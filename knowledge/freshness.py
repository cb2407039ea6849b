"""Find facts not checked for too long, and numbers never confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from knowledge import programme_ids
from knowledge.directory import center_faults, helplines
from knowledge.directory.centers import Center
from knowledge.directory.phone import Phone, Status
from knowledge.library import Library

FRESH_MONTHS = 12
"""Months after which a fact must be looked at again."""


class Kind(StrEnum):
    """Name the kind of a fact, and so the way to confirm it."""

    LEAFLET_PHONE = "leaflet_phone"
    """A number of 2015 that owners are still shown. Nobody ever confirmed it."""
    PHONE = "phone"
    """A council's number, confirmed as the one above."""
    ANSWER = "answer"
    """An answer of the FAQ."""
    OTHER = "other"
    """Anything else, corrected in its file."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A fact to look at again.

    `target` is what an amendment would name: the prefecture's code or the entry's id; for the
    rest the file. `name` tells staff what it is, `number` is the telephone number if it is one.
    """

    kind: Kind
    target: str
    name: str
    number: str
    checked_on: str


def stale(library: Library, today: date, months: int = FRESH_MONTHS) -> tuple[Stale, ...]:
    """List the facts to check next.

    Numbers of 2015 come first, then facts `months` old.
    """
    unconfirmed = [each for each in _facts(library) if each.kind is Kind.LEAFLET_PHONE]
    old = [each for each in aged(library, today, months) if each not in unconfirmed]
    return (*unconfirmed, *sorted(old, key=lambda each: each.checked_on))


def aged(library: Library, today: date, months: int = FRESH_MONTHS) -> tuple[Stale, ...]:
    """List the facts last checked `months` ago or earlier, in file order."""
    return tuple(
        each
        for each in _facts(library)
        if _age_in_months(date.fromisoformat(each.checked_on), today) >= months
    )


def _age_in_months(then: date, today: date) -> int:
    months = (today.year - then.year) * 12 + today.month - then.month
    return months if today.day >= then.day else months - 1


def _facts(library: Library) -> Iterator[Stale]:
    """List every fact with a day of checking."""
    directory = library.directory
    for center in directory.centers:
        yield from (_phone(center.code, center.name, phone) for phone in center.phones)
    for entry in library.faq.entries:
        if entry.checked_on:
            yield Stale(Kind.ANSWER, entry.id, entry.question, "", entry.checked_on)
    for file, content in (
        (center_faults.CENTERS, (directory.centers, directory.branches, directory.headquarters)),
        (center_faults.ASSOCIATIONS, directory.guarantee_associations),
        (center_faults.YOROZU, directory.yorozu),
        (helplines.FILE, library.helplines),
        (programme_ids.FILE, library.programmes),
    ):
        yield from (Stale(Kind.OTHER, file, *each) for each in _checked(content, ""))


def _phone(code: str, name: str, phone: Phone) -> Stale:
    is_old = phone.status is Status.LEAFLET_2015
    kind = Kind.LEAFLET_PHONE if is_old else Kind.PHONE
    return Stale(kind, code, name, phone.number, phone.checked_on)


def _checked(content: Any, name: str, place: str = "") -> Iterator[tuple[str, str, str]]:
    """Name, number and day of all that was checked inside `content`, however deep.

    `name` is that of what `content` belongs to; what has none is named by its `place` there.
    Councils' numbers are facts of their own kind, and so is what the leaflet says of them.
    """
    if isinstance(content, Mapping):
        content = tuple(content.values())
    if isinstance(content, tuple):
        for item in content:
            yield from _checked(item, name, place)
    elif is_dataclass(content) and not _is_copy(content):
        values = {each.name: getattr(content, each.name) for each in fields(content)}
        named = str(values.get("name") or values.get("desk") or values.get("id") or place)
        here = ": ".join(filter(None, (name, named)))
        if isinstance(values.get("checked_on"), str):
            yield here, str(values.get("number") or values.get("phone") or ""), values["checked_on"]
        apart = ("phones", "leaflet") if isinstance(content, Center) else ()
        for key, value in values.items():
            if key not in apart:
                yield from _checked(value, here, key)


def _is_copy(content: Any) -> bool:
    """Tell whether a branch's number only repeats its leaflet row."""
    return isinstance(content, Phone) and content.status is Status.LEAFLET_2015
