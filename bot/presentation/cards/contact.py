"""Link to an office by its number with hours, or by its page.

A number of 2015 is never something to tap: most have changed, and a wrong number costs somebody in
trouble the courage for the next call. The office's own page comes instead.
"""

from __future__ import annotations

from datetime import datetime

from bot.model import business_hours
from bot.model.messages import Link, LinkKind
from bot.presentation.source_lines import FULL_WIDTH, without_brackets
from bot.presentation.times import say_moment
from bot.presentation.wording import say
from flows.support import OfficeKind, SupportPath
from knowledge import sources
from knowledge.directory.centers import Center, GuaranteeAssociation, Offices, Yorozu
from knowledge.directory.phone import Phone, Status

COUNCIL_KINDS = (OfficeKind.COUNCIL, OfficeKind.COUNCIL_405)


def links_to(offices: Offices, path: SupportPath | None, now: datetime) -> tuple[Link, ...]:
    """Link to a path's office, the best way first.

    Without a path it is the council.
    """
    if path is None or path.office in COUNCIL_KINDS:
        return council_links(
            offices.center, now, for_405=path is not None and path.office is OfficeKind.COUNCIL_405
        )
    if path.office is OfficeKind.YOROZU:
        return (*_calls(offices.yorozu, now), *_yorozu_pages(offices.yorozu))
    if path.office is OfficeKind.GUARANTEE:
        return tuple(
            link
            for each in offices.guarantee_associations
            for link in (
                *_calls(each, now),
                _open(say("offices.site_of", name=each.name), each.website),
            )
        )
    return ()


def _yorozu_pages(office: Yorozu) -> tuple[Link, ...]:
    """Link to the page to apply at, and to the list in doubt.

    The list follows where the page's address is in doubt.
    """
    site = _open(say("offices.apply", name=office.name), office.website)
    in_list = _open(say("offices.not_reached"), office.directory)
    return (site, in_list) if office.note else (site,)


def _calls(office: GuaranteeAssociation | Yorozu, now: datetime) -> tuple[Link, ...]:
    """Link to the first number that can be trusted, where there is one."""
    trusted = [phone for phone in office.phones if is_trusted(phone)]
    label, hours = say("offices.call", name=office.name), say_hours(None, now)
    return tuple(Link(LinkKind.CALL, label, phone.number, hours) for phone in trusted[:1])


def council_links(center: Center, now: datetime, *, for_405: bool = False) -> tuple[Link, ...]:
    """Link to a council's page, and to a trusted number."""
    phone, page = center.phone(for_405=for_405), center.website or center.directory
    if phone is None or not is_trusted(phone):
        label = say(
            "offices.find_number" if center.website else "offices.find_in_list", name=center.name
        )
        return (_open(label, page, say_hours(center, now)),)
    call = Link(
        LinkKind.CALL, say("offices.call", name=center.name), phone.number, say_hours(center, now)
    )
    return call, _open(say("offices.open_site"), page)


def _open(label: str, address: str, note: str = "") -> Link:
    return Link(LinkKind.OPEN, label, address, note)


def is_trusted(phone: Phone) -> bool:
    """Ask whether a number may be offered to be called."""
    return phone.status in (Status.CONFIRMED, Status.BY_STAFF)


def say_hours(center: Center | None, now: datetime) -> str:
    """Say when an office can be called, now or from when on.

    Its own hours are used where they are known.
    """
    hours = usual_hours(center)
    if business_hours.is_open(now):
        return say("offices.open_now", hours=hours)
    opens = say_moment(business_hours.next_opening(now))
    return say("offices.closed_now", opens=opens, hours=hours)


def usual_hours(center: Center | None) -> str:
    """Say an office's own hours if known, else the usual ones."""
    own = (center.hours if center else None) or ""
    return without_brackets(own.translate(FULL_WIDTH)) or say("offices.usual_hours")


def phone_line(phone: Phone) -> str:
    """Write a number with its age in one line, every date once."""
    if phone.status is Status.LEAFLET_2015:
        return say("offices.old_number", number=phone.number)
    as_of, checked_on = sources.in_words(phone.as_of), sources.in_words(phone.checked_on)
    if phone.status is Status.BY_STAFF:
        return say("offices.number_by_staff", number=phone.number, date=as_of)
    kind = say("offices.kind_primary" if phone.grade == "primary" else "offices.kind_secondary")
    if as_of == checked_on:
        return say("offices.number_checked", number=phone.number, kind=kind, checked_on=checked_on)
    return say(
        "offices.number_dated",
        number=phone.number,
        kind=kind,
        as_of=as_of,
        checked_on=checked_on,
    )


def phone_lines(center: Center, phone: Phone | None) -> tuple[str, ...]:
    """Write a number with its age.

    An old or missing number comes with another way.
    """
    if phone is None:
        return (say("offices.no_number"),)
    if is_trusted(phone):
        return (phone_line(phone),)
    instead = say("offices.instead_site" if center.website else "offices.instead_list")
    return instead, say("offices.old_number", number=phone.number)
