"""Correct the numbers of offices besides the councils.

They are よろず, guarantee associations and branches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from knowledge.amendments.form import Fault
from knowledge.amendments.kinds import OfficeCorrected
from knowledge.amendments.telephone import digits
from knowledge.directory.centers import Branch, Directory, GuaranteeAssociation, Yorozu
from knowledge.directory.phone import Phone, Status
from knowledge.sources import Source

Office = Yorozu | GuaranteeAssociation | Branch

GONE = "この窓口は、いまは載っていません。カードを開き直してください。"
NUMBER_GONE = "この番号は、いまは載っていません。カードを開き直してください。"

LISTS: Mapping[str, Callable[[Directory], tuple[Office, ...]]] = {
    "yorozu": lambda directory: directory.yorozu,
    "guarantee": lambda directory: directory.guarantee_associations,
    "smrj": lambda directory: directory.branches,
}
"""Kind of office → all offices of that kind."""


def find_office(directory: Directory, kind: str, name: str) -> Office | None:
    """Find an office by its kind and name."""
    offices = LISTS[kind](directory) if kind in LISTS else ()
    return next((each for each in offices if each.name == name), None)


def numbers_of(office: Office) -> tuple[Phone, ...]:
    """List the numbers of an office, one at most for a branch."""
    if isinstance(office, Branch):
        return (office.phone,) if office.phone else ()
    return office.phones


def corrected(
    directory: Directory, amendment: OfficeCorrected, source: Source
) -> Directory | Fault:
    """Put the corrected number into its office.

    An office that has it, or a newer one, stays as it is.
    """
    office = find_office(directory, amendment.office, amendment.name)
    if office is None:
        return "name", GONE
    listed = numbers_of(office)
    if any(_is_newer(each, amendment) for each in listed):
        return directory
    known = {digits(each.number) for each in listed}
    if amendment.old and digits(amendment.old) not in known:
        return "old", NUMBER_GONE
    return _replace_office(directory, office, _with_number(office, amendment, source))


def _is_newer(phone: Phone, amendment: OfficeCorrected) -> bool:
    is_same = digits(phone.number) == digits(amendment.new)
    return phone.status is Status.BY_STAFF and (
        phone.checked_on > amendment.on or (is_same and phone.checked_on == amendment.on)
    )


def _with_number(office: Office, amendment: OfficeCorrected, source: Source) -> Office:
    """Replace the old number by the new.

    Without an old one the new one comes first.
    """
    new = Phone(
        number=amendment.new,
        desk=office.name,
        status=Status.BY_STAFF,
        source=source.id,
        as_of=amendment.on,
        checked_on=amendment.on,
        grade=source.grade,
    )
    if isinstance(office, Branch):
        sources = tuple(dict.fromkeys((*office.sources, source.id)))
        return replace(office, phone=new, sources=sources, checked_on=amendment.on)
    old, added = digits(amendment.old), digits(amendment.new)
    kept = tuple(each for each in office.phones if digits(each.number) not in {old, added})
    return replace(office, phones=(new, *kept))


def _replace_office(directory: Directory, before: Office, after: Office) -> Directory:
    if isinstance(after, Branch):
        branches = tuple(after if each is before else each for each in directory.branches)
        return replace(directory, branches=branches)
    if isinstance(after, Yorozu):
        yorozu = tuple(after if each is before else each for each in directory.yorozu)
        return replace(directory, yorozu=yorozu)
    associations = tuple(
        after if each is before else each for each in directory.guarantee_associations
    )
    return replace(directory, guarantee_associations=associations)
