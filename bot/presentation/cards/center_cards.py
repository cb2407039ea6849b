"""Draw the card of the office to call.

It has the number or page to tap first, words to say, papers to bring, and other offices.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.model.messages import Card, Link, LinkKind, Section
from bot.presentation.cards.contact import (
    COUNCIL_KINDS,
    council_links,
    links_to,
    phone_lines,
    say_hours,
)
from bot.presentation.source_lines import FULL_WIDTH, without_brackets
from bot.presentation.wording import join_words, say
from flows.support import OfficeKind, Suggested, SupportPath
from knowledge.directory.centers import Branch, Center, Offices
from knowledge.directory.phone import Status
from knowledge.library import Library

_EXPLAINED = 2
"""Other kinds of support that are explained. The rest is named, for one screen."""


def center_card(
    offices: Offices, path: SupportPath | None, now: datetime, library: Library, words: str = ""
) -> Card:
    """Show the first office to call, with its page, words and papers.

    `path` is the support that fits, None when only the office was asked for; `words` replace the
    words for the telephone.
    """
    if path and path.office not in COUNCIL_KINDS:
        return _other_office_card(offices, path, now)
    center = offices.center
    phone = center.phone(for_405=path is not None and path.office is OfficeKind.COUNCIL_405)
    said = words or (path.say if path else say("handoff.person_say"))
    about = (*phone_lines(center, phone), _formerly(center))
    return Card(
        center.name,
        (
            Section(say("offices.say_heading"), (said,)),
            Section(say("offices.bring_heading"), (_papers_in_short(path, library),)),
            Section("", about, small=True),
        ),
        links_to(offices, path, now),
        subtitle=_about_council(center),
        links_first=True,
    )


def _about_council(center: Center) -> str:
    if center.host:
        host = without_brackets(center.host.translate(FULL_WIDTH))
        return say("offices.council_of", prefecture=center.prefecture, host=host)
    return say("offices.council", prefecture=center.prefecture)


def _other_office_card(offices: Offices, path: SupportPath, now: datetime) -> Card:
    """Show an office that is not the council, with the council below."""
    how = how_to_find(path)
    return Card(
        office_name(offices, path),
        (
            *([Section(say("offices.how_heading"), how)] if how else []),
            Section(say("offices.say_heading"), (path.say,)),
            Section(say("offices.bring_heading"), path.bring or (say("offices.bring_loans"),)),
            Section(say("offices.council_heading"), (offices.center.name,)),
        ),
        (*links_to(offices, path, now), *council_links(offices.center, now)[:1]),
        subtitle=say("offices.other_office", prefecture=offices.center.prefecture),
        links_first=True,
    )


def office_name(offices: Offices, path: SupportPath) -> str:
    """Name the office a path leads to."""
    match path.office:
        case OfficeKind.YOROZU:
            return offices.yorozu.name
        case OfficeKind.GUARANTEE:
            return offices.guarantee_associations[0].name
        case OfficeKind.TAX_OFFICE:
            return say("offices.tax_office")
        case OfficeKind.LOCAL_TAX_OFFICE:
            return say("offices.local_tax_office")
        case OfficeKind.PENSION_OFFICE:
            return say("offices.pension_office")
        case _:
            return offices.center.name


def how_to_find(path: SupportPath) -> tuple[str, ...]:
    """Say how to find an office whose number is not known here."""
    if path.office is OfficeKind.TAX_OFFICE:
        return (say("offices.tax_office_how"),)
    if path.office is OfficeKind.LOCAL_TAX_OFFICE:
        return (say("offices.local_tax_office_how"),)
    return (say("offices.pension_office_how"),) if path.office is OfficeKind.PENSION_OFFICE else ()


def to_bring(path: SupportPath | None, library: Library) -> tuple[str, ...]:
    """List the papers to have at hand, the path's or else the council's."""
    if path and path.bring:
        return path.bring
    names = _first_papers(library)
    return (*(say("signs.bullet", line=name) for name in names), say("offices.bring_enough"))


def _papers_in_short(path: SupportPath | None, library: Library) -> str:
    """Name the papers to have at hand in one paragraph."""
    if path and path.bring:
        return "".join(path.bring)
    return say("offices.bring_in_short", names=join_words(_first_papers(library)))


def _first_papers(library: Library) -> list[str]:
    return [document.name for document in library.programmes.documents["first-visit"]]


def _formerly(center: Center) -> str:
    return say("offices.formerly", name=center.leaflet.name)


def offices_card(
    offices: Offices, path: SupportPath | None, beside: Iterable[Suggested], now: datetime
) -> Card:
    """Show the prefecture's other offices, with their purpose and address."""
    kind = path.office if path else OfficeKind.COUNCIL
    links = [] if kind in COUNCIL_KINDS else [*links_to(offices, None, now)[:1]]
    if kind is not OfficeKind.YOROZU:
        links.append(
            Link(
                LinkKind.OPEN,
                offices.yorozu.name,
                offices.yorozu.website,
                say("offices.yorozu_about"),
            )
        )
    if kind is not OfficeKind.GUARANTEE:
        links += [
            Link(LinkKind.OPEN, each.name, each.website, say("offices.association_about"))
            for each in offices.guarantee_associations
        ]
    links += _branch_link(offices.branch, offices.center.code)
    lines = tuple(
        say("cards.beside", path=each.path.name, why=each.why)
        if place < _EXPLAINED
        else say("cards.beside_name", path=each.path.name)
        for place, each in enumerate(beside)
    )
    return Card(
        say("offices.others_heading"),
        (Section(say("cards.beside_heading"), lines),) if lines else (),
        tuple(links),
        subtitle=say("offices.other_office", prefecture=offices.center.prefecture),
    )


def _branch_link(branch: Branch, place: str) -> list[Link]:
    """Link to a branch of SMRJ whose number is current and serves the place."""
    phone = branch.phone
    if phone is None or phone.status is not Status.CONFIRMED or not branch.is_found_for(place):
        return []
    return [Link(LinkKind.CALL, branch.name, phone.number, say("offices.branch_about"))]


def directory_card(now: datetime, library: Library) -> Card:
    """Show the official list of councils, for an unknown prefecture."""
    center = library.directory.centers[0]
    hours = say_hours(None, now)
    return Card(
        say("offices.councils"),
        (
            Section("", (say("offices.councils_about"),)),
            Section(say("offices.say_heading"), (say("handoff.person_say"),)),
            Section(say("offices.bring_heading"), (_papers_in_short(None, library),)),
        ),
        (Link(LinkKind.OPEN, say("offices.open_directory"), center.directory, hours),),
        links_first=True,
    )
