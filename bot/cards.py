"""Assessment, path and desk → cards. What is shown carries its date, and what is not known says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from bot import hours, wording
from bot.costs import cost_lines
from bot.messages import Card, Link, LinkKind, Section
from flows.catalog import QUESTIONS
from flows.eligibility import (
    COUNCIL_DECIDES,
    PLANS,
    VERDICT_LABELS,
    Assessment,
    Effect,
    TurningPoint,
    Verdict,
    turning_points,
)
from flows.flow import Answers, Flow
from flows.support import PATHS, Door, Suggested, SupportPath, wishes_met
from flows.urgency import LABELS, Level, today, urgency
from knowledge import sources
from knowledge.centers import Center, Desks, Phone, Status
from knowledge.library import Library

MARKS = {Effect.FOR: "○", Effect.CHECK: "△", Effect.AGAINST: "－", Effect.NOTE: "・"}
SHOWN_TURNING_POINTS = 2
SHOWN_SOURCES = 4
_FULL_WIDTH = str.maketrans({"(": "（", ")": "）", "~": "〜"})


def verdict_card(flow: Flow, answers: Answers, assessment: Assessment) -> Card:
    """The verdict with its reasons, each beside the owner's own answer, and what would change it."""
    soon = urgency(answers)
    sections = [Section("理由", tuple(_reasons(assessment)))]
    if soon.level is not Level.PREVENTION:
        signs = "、".join(dict.fromkeys(sign.because for sign in soon.signs))
        sections.append(Section("急ぎ度", (f"{LABELS[soon.level]}動きましょう（{signs}）。",)))
    changes = tuple(_turning_lines(flow, answers))
    if changes:
        sections.append(Section("ここが変わると", changes))
    return Card(VERDICT_LABELS[assessment.verdict], tuple(sections), subtitle=_about(assessment))


def _about(assessment: Assessment) -> str:
    """What the verdict is about: the plan it judges, or the support that fits instead."""
    main = assessment.route.main.path
    if main.id in PLANS or _speaks_against(assessment):
        return f"国の計画づくり支援（{_short(PATHS[assessment.programme])}）について"
    return f"合いそうなのは「{main.name}」"


def _short(path: SupportPath) -> str:
    """The name people use: what stands in the brackets, or the whole name."""
    return path.name.split("（")[-1].removesuffix("）")


def _speaks_against(assessment: Assessment) -> bool:
    return any(finding.effect is Effect.AGAINST for finding in assessment.findings)


def _reasons(assessment: Assessment) -> Iterator[str]:
    """A line per finding; where the path decides rather than a rule, its reason comes first.

    Where a rule speaks against the plan, what would speak for it is left out: it helps nobody.
    """
    against = _speaks_against(assessment)
    decided = {finding.effect for finding in assessment.findings} & {Effect.CHECK, Effect.AGAINST}
    if assessment.verdict is not Verdict.LIKELY and not decided:
        yield f"{MARKS[Effect.CHECK]} {assessment.route.main.why}"
    for finding in assessment.findings:
        if against and finding.effect in (Effect.FOR, Effect.CHECK):
            continue
        labels = _bare(QUESTIONS[finding.question].labels(finding.chosen))
        yield f"{MARKS[finding.effect]} {finding.text}（お答え：{labels}）"


def _bare(label: str) -> str:
    """A label without its brackets, to stand in brackets itself."""
    return re.sub(r"（[^（）]*）", "", label)


def _turning_lines(flow: Flow, answers: Answers) -> Iterator[str]:
    shown: set[str] = set()
    for point in turning_points(flow, answers):
        if point.question in shown or not _worth_saying(point, answers):
            continue
        shown.add(point.question)
        question = flow[point.question]
        yield (
            f"「{question.title}」が「{question.labels(point.options)}」なら、"
            f"「{VERDICT_LABELS[point.verdict]}」になります。"
        )
        if len(shown) == SHOWN_TURNING_POINTS:
            return


def _worth_saying(point: TurningPoint, answers: Answers) -> bool:
    """Whether the owner may well answer differently after a look: what was unknown, and the size."""
    return answers[point.question] == ("unknown",) or point.question == "industry"


def path_card(answers: Answers, assessment: Assessment, library: Library) -> Card:
    """The path that fits: why, what to do in order, what it costs, and what stands beside it."""
    main = assessment.route.main
    sections = [
        Section("", (main.why, main.path.what)),
        Section("やる順番", _numbered(main.path.steps)),
        *_cost(main.path, library),
        *(_wishes(answers) if main.path.id in PLANS | COUNCIL_DECIDES else []),
        *_beside(assessment.route.beside),
        *([Section("チラシでは", (main.path.formerly,))] if main.path.formerly else []),
        sources_section(cited(assessment), library),
    ]
    return Card(f"道すじ：{main.path.name}", tuple(sections))


def _numbered(steps: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _cost(path: SupportPath, library: Library) -> list[Section]:
    lines = cost_lines(path.id, library.programmes)
    return [Section("お金のめやす", lines)] if lines else []


def _wishes(answers: Answers) -> list[Section]:
    lines = tuple(f"・{wish.met_by}" for wish in wishes_met(answers))
    return [Section("かなえたいことについて", lines)] if lines else []


def _beside(beside: Iterable[Suggested]) -> list[Section]:
    lines = tuple(f"・{other.path.name}：{other.why}" for other in beside)
    return [Section("あわせて", lines)] if lines else []


def cited(assessment: Assessment) -> list[str]:
    """The ids of every source the assessment rests on: the path first, then the findings."""
    suggested = (assessment.route.main, *assessment.route.beside)
    by_path = [source for other in suggested for source in other.path.sources]
    return by_path + [source for finding in assessment.findings for source in finding.sources]


def sources_section(ids: Iterable[str], library: Library, most: int = SHOWN_SOURCES) -> Section:
    """Where the facts come from, once each, with the date of the page; at most `most` of them."""
    known = [library.sources[each] for each in dict.fromkeys(ids)]
    lines = [
        f"・{source.what}（{sources.in_words(source.date)}）".translate(_FULL_WIDTH)
        for source in known[:most]
    ]
    if len(known) > most:
        lines.append(f"ほか{len(known) - most}件（「出典」と送ると、全部お見せします）")
    return Section("出典と、その日付", tuple(lines), small=True)


def today_card(answers: Answers, library: Library) -> Card:
    """What to do today, before anything else."""
    urgent = today(answers)
    sections = [Section(each.title, _numbered(each.steps)) for each in urgent]
    helpers = dict.fromkeys(path for each in urgent for path in each.paths)
    if helpers:
        lines = tuple(f"・{PATHS[path].name}：{PATHS[path].say}" for path in helpers)
        sections.append(Section("あわせて相談するところ", lines))
    ids = [source for each in urgent for source in each.sources]
    return Card(wording.URGENT_TITLE, (*sections, sources_section(ids, library)))


def desk_card(
    desks: Desks, path: SupportPath | None, now: datetime, library: Library, say: str = ""
) -> Card:
    """The desk to go to first, and the council of the prefecture.

    `path` is the support that fits, None when only the desk was asked for; `say` replaces what to
    say on the telephone.
    """
    if path and path.door not in (Door.COUNCIL, Door.COUNCIL_405):
        return _other_door_card(desks, path, now)
    center = desks.center
    phone = center.phone(for_405=path is not None and path.door is Door.COUNCIL_405)
    sections = [
        Section("電話", (*_phone_lines(center, phone), _open_line(now))),
        Section("電話でひとこと", (say or (path.say if path else wording.PERSON_SAY),)),
        Section("持っていくもの", _to_bring(library)),
        Section("前の名前", (_formerly(center),)),
        Section("ほかの相談先", tuple(_other_desks(desks)), small=True),
    ]
    return Card(
        center.name,
        tuple(sections),
        _links(center, phone),
        subtitle=f"{center.prefecture}の公的な相談窓口"
        + (f"（{center.host}）" if center.host else ""),
    )


def _other_door_card(desks: Desks, path: SupportPath, now: datetime) -> Card:
    """A desk that is not the council's, with its own words; the council stands below by name."""
    center, phone = desks.center, desks.center.phone()
    title, lines, links = _door(desks, path)
    bring = path.bring or ("借入のわかる書類（全部そろわなくても、相談できます）",)
    return Card(
        title,
        (
            Section("相談のしかた", lines),
            Section("電話でひとこと", (path.say,)),
            Section("持っていくもの", bring),
            Section(
                "返済のことも相談したくなったら",
                (center.name, *_phone_lines(center, phone), _open_line(now)),
            ),
            Section("ほかの相談先", tuple(_other_desks(desks)), small=True),
        ),
        (*links, Link(LinkKind.OPEN, "協議会のサイト", center.website or center.directory)),
        subtitle=f"{center.prefecture}の相談先",
    )


def _door(desks: Desks, path: SupportPath) -> tuple[str, tuple[str, ...], tuple[Link, ...]]:
    """Name, how to reach it, and links, of a desk that is not the council's."""
    if path.door is Door.YOROZU:
        site = Link(LinkKind.OPEN, "サイトを開く", desks.yorozu.website)
        return desks.yorozu.name, (f"申込みはサイトから：{desks.yorozu.website}",), (site,)
    if path.door is Door.GUARANTEE:
        first = desks.guarantee_associations[0]
        lines = tuple(f"{each.name} {each.website}" for each in desks.guarantee_associations)
        return first.name, lines, (Link(LinkKind.OPEN, "サイトを開く", first.website),)
    if path.door is Door.TAX_OFFICE:
        return "お近くの税務署", ("徴収の担当へ。所轄は国税庁のサイトで探せます。",), ()
    return "お近くの年金事務所", ("所轄は日本年金機構のサイトで探せます。",), ()


def _phone_lines(center: Center, phone: Phone | None) -> tuple[str, ...]:
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
    """A number and how old it is, in one line."""
    if phone.status is Status.LEAFLET_2015:
        return f"{phone.number}（2015年のチラシの番号。変わっているかもしれません）"
    kind = "窓口のサイト" if phone.grade == "primary" else "紹介記事"
    as_of, checked_on = sources.in_words(phone.as_of), sources.in_words(phone.checked_on)
    return f"{phone.number}（{kind}による番号。{as_of}、確認日{checked_on}）"


def _open_line(now: datetime) -> str:
    if hours.is_open(now):
        return wording.OPEN_NOW
    return wording.closed_now(hours.spoken(hours.next_opening(now)))


def _to_bring(library: Library) -> tuple[str, ...]:
    names = [document.name for document in library.programmes.documents["first-visit"]]
    return (*(f"・{name}" for name in names), "全部そろわなくても、相談できます。")


def _formerly(center: Center) -> str:
    return f"2015年のチラシでは「{center.leaflet.name}」（{center.leaflet.host}）。2022年4月から、いまの協議会です。"


def _other_desks(desks: Desks) -> Iterator[str]:
    yield f"・{desks.yorozu.name}（無料の経営相談）{desks.yorozu.website}"
    for association in desks.guarantee_associations:
        yield f"・{association.name} {association.website}"
    branch = desks.branch
    if branch.phone and branch.phone.status is Status.CONFIRMED:
        yield f"・{branch.name} {phone_line(branch.phone)}"
    else:
        yield f"・{branch.name}"


def _links(center: Center, phone: Phone | None) -> tuple[Link, ...]:
    old = phone is not None and phone.status is Status.LEAFLET_2015
    label = "電話する（2015年の番号）" if old else "電話する"
    call = [Link(LinkKind.CALL, label, phone.number)] if phone else []
    site = Link(LinkKind.OPEN, "サイトを開く", center.website or center.directory)
    return (*call, site)


def directory_card(now: datetime, library: Library) -> Card:
    """Where to look when the prefecture is not known: the official list, and the national desk."""
    center = library.directory.centers[0]
    return Card(
        "中小企業活性化協議会",
        (
            Section("", ("47都道府県に1つずつある、公的な相談窓口です。相談は無料です。",)),
            Section("さがし方", (f"公式の一覧：{center.directory}", _open_line(now))),
            Section("電話でひとこと", (wording.PERSON_SAY,)),
            Section("持っていくもの", _to_bring(library)),
        ),
        (Link(LinkKind.OPEN, "公式の一覧を開く", center.directory),),
    )


def helpline_lines(library: Library) -> tuple[str, ...]:
    """The helplines for the mind: name, number and hours, then the day they were checked."""
    shown = [
        line
        for line in library.helplines.values()
        if line.audience == "mind" and line.show and line.number
    ]
    checked = min(line.checked_on for line in shown)
    dates = sorted({sources.in_words(line.as_of) for line in shown})
    return (
        *(
            (
                f"・{line.name}　{line.number}" + (f"（{line.hours}）" if line.hours else "")
            ).translate(_FULL_WIDTH)
            for line in shown
        ),
        f"（番号は{'・'.join(dates)}の資料による。{sources.in_words(checked)}に確認）",
    )
