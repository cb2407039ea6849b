"""Confirm or correct a council's number.

The leaflet's row stays as it was printed.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.amendments.form import Fault
from knowledge.amendments.kinds import PhoneConfirmed, PhoneCorrected
from knowledge.amendments.telephone import digits
from knowledge.directory.centers import Center
from knowledge.directory.phone import Phone, Status
from knowledge.sources import Source

DESK = "協議会の窓口"
"""Stands for the desk of a number that no page gives one for."""

NOT_SHOWN = "この番号は、いまは載っていません。カードを開き直してください。"
KNOWN_TO_BE_OLD = "変わったとわかっている番号です。新しい番号は「訂正」で書いてください。"


def amended(
    center: Center, amendment: PhoneConfirmed | PhoneCorrected, source: Source
) -> Center | Fault:
    """Put a confirmed or corrected number into a council's record.

    A record that has it already, or something newer, stays as it is.
    """
    match amendment:
        case PhoneConfirmed(number=number, on=on):
            return _confirmed(center, number, on, source)
        case PhoneCorrected(old=old, new=new, on=on):
            return _corrected(center, old, new, on, source)


def _confirmed(center: Center, number: str, on: str, source: Source) -> Center | Fault:
    if listed := _listed(center, number):
        return _set(center, number, listed[0].number, on, source)
    if _same(center.leaflet.phone, number) and center.leaflet.status is Status.CHANGED:
        return "number", KNOWN_TO_BE_OLD
    return _unless_newer(center, on, "number")


def _corrected(center: Center, old: str, new: str, on: str, source: Source) -> Center | Fault:
    if _listed(center, old):
        return _set(center, old, new, on, source)
    known = _listed(center, new)
    if any(each.status is Status.BY_STAFF and each.checked_on >= on for each in known):
        return center
    if known and _same(center.leaflet.phone, old):
        return _with_leaflet(_set(center, new, new, on, source), old, new, on)
    if _same(center.leaflet.phone, old) or not (old or center.phones):
        added = replace(center, phones=(*center.phones, _phone(None, new, on, source)))
        return _with_leaflet(_sourced(added, source), old, new, on)
    return _unless_newer(center, on, "old")


def _unless_newer(center: Center, on: str, field: str) -> Center | Fault:
    """Leave a record alone that staff confirmed on a later day."""
    newer = any(each.status is Status.BY_STAFF and each.checked_on > on for each in center.phones)
    return center if newer else (field, NOT_SHOWN)


def _set(center: Center, old: str, new: str, on: str, source: Source) -> Center:
    """Replace `old` by `new`, unless the record is newer than `on`."""
    if any(each.checked_on > on for each in _listed(center, old)):
        return center
    phones = tuple(
        _phone(each, new, on, source) if _same(each.number, old) else each for each in center.phones
    )
    return _with_leaflet(_sourced(replace(center, phones=phones), source), old, new, on)


def _phone(before: Phone | None, number: str, on: str, source: Source) -> Phone:
    named = before is not None and before.status is not Status.LEAFLET_2015
    return Phone(
        number=number,
        desk=before.desk if before and named else DESK,
        status=Status.BY_STAFF,
        source=source.id,
        as_of=on,
        checked_on=on,
        grade=source.grade,
        for_405=before is not None and before.for_405,
    )


def _with_leaflet(center: Center, old: str, new: str, on: str) -> Center:
    """Note the state of the leaflet's number, keeping its print."""
    leaflet, status = center.leaflet, center.leaflet.status
    if _same(leaflet.phone, new):
        status = Status.LEAFLET_2015
    elif _same(leaflet.phone, old):
        status = Status.CHANGED
    if status is leaflet.status:
        return center
    return replace(center, leaflet=replace(leaflet, status=status, checked_on=on))


def _sourced(center: Center, source: Source) -> Center:
    if source.id in center.sources:
        return center
    return replace(center, sources=(*center.sources, source.id))


def _listed(center: Center, number: str) -> tuple[Phone, ...]:
    return tuple(each for each in center.phones if _same(each.number, number))


def _same(number: str, other: str) -> bool:
    return bool(digits(number)) and digits(number) == digits(other)
