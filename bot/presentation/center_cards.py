"""Where to call → a card: the number with its age, what to say and bring, who else helps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.model import business_hours
from bot.model.messages import Card, Link, LinkKind, Section
from bot.presentation import wording
from flows.support import OfficeKind, SupportPath
from knowledge import sources
from knowledge.directory.centers import Center, Offices
from knowledge.directory.phone import Phone, Status
from knowledge.library import Library


def center_card(
    offices: Offices, path: SupportPath | None, now: datetime, library: Library, say: str = ""
) -> Card:
    """Show the office to go to first, and the prefecture's council.

    `path` is the support that fits, None when only the office was asked for; `say` replaces what to
    say on the telephone.
    """
    if path and path.office not in (OfficeKind.COUNCIL, OfficeKind.COUNCIL_405):
        return _other_office_card(offices, path, now)
    center = offices.center
    phone = center.phone(for_405=path is not None and path.office is OfficeKind.COUNCIL_405)
    sections = [
        Section("電話", (*phone_lines(center, phone), open_line(now))),
        Section("電話でひとこと", (say or (path.say if path else wording.PERSON_SAY),)),
        Section("持っていくもの", _to_bring(library)),
        Section("前の名前", (_formerly(center),)),
        Section("ほかの相談先", tuple(_list_other_offices(offices)), small=True),
    ]
    return Card(
        center.name,
        tuple(sections),
        _links(center, phone),
        subtitle=f"{center.prefecture}の公的な相談窓口"
        + (f"（{center.host}）" if center.host else ""),
    )


def _other_office_card(offices: Offices, path: SupportPath, now: datetime) -> Card:
    """Show an office that is not the council, with its own words.

    The council stands below by name.
    """
    center, phone = offices.center, offices.center.phone()
    title, lines, links = _describe_office(offices, path)
    bring = path.bring or ("借入のわかる書類（全部そろわなくても、相談できます）",)
    return Card(
        title,
        (
            Section("相談のしかた", lines),
            Section("電話でひとこと", (path.say,)),
            Section("持っていくもの", bring),
            Section(
                "返済のことも相談したくなったら",
                (center.name, *phone_lines(center, phone), open_line(now)),
            ),
            Section("ほかの相談先", tuple(_list_other_offices(offices)), small=True),
        ),
        (*links, Link(LinkKind.OPEN, "協議会のサイト", center.website or center.directory)),
        subtitle=f"{center.prefecture}の相談先",
    )


def _describe_office(
    offices: Offices, path: SupportPath
) -> tuple[str, tuple[str, ...], tuple[Link, ...]]:
    """Name, how to reach it, and links, of a office that is not the council's."""
    if path.office is OfficeKind.YOROZU:
        site = Link(LinkKind.OPEN, "サイトを開く", offices.yorozu.website)
        return offices.yorozu.name, (f"申込みはサイトから：{offices.yorozu.website}",), (site,)
    if path.office is OfficeKind.GUARANTEE:
        first = offices.guarantee_associations[0]
        lines = tuple(f"{each.name} {each.website}" for each in offices.guarantee_associations)
        return first.name, lines, (Link(LinkKind.OPEN, "サイトを開く", first.website),)
    if path.office is OfficeKind.TAX_OFFICE:
        return "お近くの税務署", ("徴収の担当へ。所轄は国税庁のサイトで探せます。",), ()
    return "お近くの年金事務所", ("所轄は日本年金機構のサイトで探せます。",), ()


def phone_lines(center: Center, phone: Phone | None) -> tuple[str, ...]:
    """Write a number and its age, or where to look it up."""
    if phone is None:
        return (
            "いま確かめられた番号がありません（2015年のチラシの番号は変わっています）。",
            f"公式の一覧から探せます：{center.directory}",
        )
    lines = [phone_line(phone)]
    if phone.status is Status.LEAFLET_2015:
        where = (
            f"協議会のサイト：{center.website}"
            if center.website
            else f"公式の一覧：{center.directory}"
        )
        lines.append(f"先に確かめてください。{where}")
    return tuple(lines)


def phone_line(phone: Phone) -> str:
    """Write a number and its age in one line."""
    if phone.status is Status.LEAFLET_2015:
        return f"{phone.number}（2015年のチラシの番号。変わっているかもしれません）"
    if phone.status is Status.BY_STAFF:
        return f"{phone.number}（スタッフが{sources.in_words(phone.as_of)}に確かめた番号）"
    kind = "窓口のサイト" if phone.grade == "primary" else "紹介記事"
    as_of, checked_on = sources.in_words(phone.as_of), sources.in_words(phone.checked_on)
    return f"{phone.number}（{kind}による番号。{as_of}、確認日{checked_on}）"


def open_line(now: datetime) -> str:
    """Tell whether offices can be called now, else when they open."""
    if business_hours.is_open(now):
        return wording.OPEN_NOW
    return wording.closed_now(business_hours.spoken(business_hours.next_opening(now)))


def _to_bring(library: Library) -> tuple[str, ...]:
    names = [document.name for document in library.programmes.documents["first-visit"]]
    return (*(f"・{name}" for name in names), "全部そろわなくても、相談できます。")


def _formerly(center: Center) -> str:
    return f"2015年のチラシでは「{center.leaflet.name}」（{center.leaflet.host}）。2022年4月から、いまの協議会です。"


def _list_other_offices(offices: Offices) -> Iterator[str]:
    yield f"・{offices.yorozu.name}（無料の経営相談）{offices.yorozu.website}"
    for association in offices.guarantee_associations:
        yield f"・{association.name} {association.website}"
    branch = offices.branch
    # Which branch serves a prefecture could not be sourced for all; a guess is said to be one.
    guess = "" if branch.is_found_for(offices.center.code) else "（担当の地域は確認できていません）"
    if branch.phone and branch.phone.status is Status.CONFIRMED:
        yield f"・{branch.name}{guess} {phone_line(branch.phone)}"
    else:
        yield f"・{branch.name}{guess}"


def _links(center: Center, phone: Phone | None) -> tuple[Link, ...]:
    old = phone is not None and phone.status is Status.LEAFLET_2015
    label = "電話する（2015年の番号）" if old else "電話する"
    call = [Link(LinkKind.CALL, label, phone.number)] if phone else []
    site = Link(LinkKind.OPEN, "サイトを開く", center.website or center.directory)
    return (*call, site)


def directory_card(now: datetime, library: Library) -> Card:
    """Show where to look up an office when the prefecture is not known."""
    center = library.directory.centers[0]
    return Card(
        "中小企業活性化協議会",
        (
            Section("", ("47都道府県に1つずつある、公的な相談窓口です。相談は無料です。",)),
            Section("さがし方", (f"公式の一覧：{center.directory}", open_line(now))),
            Section("電話でひとこと", (wording.PERSON_SAY,)),
            Section("持っていくもの", _to_bring(library)),
        ),
        (Link(LinkKind.OPEN, "公式の一覧を開く", center.directory),),
    )
