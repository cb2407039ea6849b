"""Assessment, path and office → cards. What is shown carries its date, and what is not known says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.model.messages import Card, Section
from bot.model.turn import Context
from bot.presentation import wording
from bot.presentation.costs import cost_lines
from flows.assessment import (
    VERDICT_LABELS,
    Assessment,
    Effect,
    TurningPoint,
    Verdict,
    turning_points,
)
from flows.flow import Answers, Flow
from flows.programme import Programme
from flows.support import Suggested, SupportPath
from flows.urgency import LABELS, Level, Today
from knowledge import sources
from knowledge.directory.helplines import Helpline, for_mind
from knowledge.library import Library

MARKS = {Effect.FOR: "○", Effect.CHECK: "△", Effect.AGAINST: "－", Effect.NOTE: "・"}
SHOWN_TURNING_POINTS = 2
SHOWN_SOURCES = 4
_FULL_WIDTH = str.maketrans({"(": "（", ")": "）", "~": "〜"})


def verdict_card(
    flow: Flow, answers: Answers, assessment: Assessment, programme: Programme
) -> Card:
    """Show the verdict, each reason beside the owner's answer, and what would change it."""
    soon = programme.urgency(answers)
    sections = [Section("理由", tuple(reasons(assessment, programme)))]
    if soon.level is not Level.PREVENTION:
        signs = "、".join(dict.fromkeys(sign.because for sign in soon.signs))
        sections.append(Section("急ぎ度", (f"{LABELS[soon.level]}動きましょう（{signs}）。",)))
    changes = tuple(_turning_lines(flow, answers, programme))
    if changes:
        sections.append(Section("ここが変わると", changes))
    return Card(VERDICT_LABELS[assessment.verdict], tuple(sections), subtitle=_about(assessment))


def _about(assessment: Assessment) -> str:
    """Name what the verdict judges: the plan, or the support that fits instead."""
    main = assessment.route.main.path
    if assessment.is_about_plan or _speaks_against(assessment):
        return f"国の計画づくり支援（{_short(assessment.plan)}）について"
    return f"合いそうなのは「{main.name}」"


def _short(path: SupportPath) -> str:
    """Take the name people use: that in the brackets, or the whole."""
    return path.name.split("（")[-1].removesuffix("）")


def _speaks_against(assessment: Assessment) -> bool:
    return any(finding.effect is Effect.AGAINST for finding in assessment.findings)


def reasons(assessment: Assessment, programme: Programme) -> Iterator[str]:
    """List a verdict's reasons, a line for each finding.

    Where the path decides rather than a rule, its reason comes first.

    Where a rule speaks against the plan, what would speak for it is left out: it helps nobody.
    """
    against = _speaks_against(assessment)
    decided = {finding.effect for finding in assessment.findings} & {Effect.CHECK, Effect.AGAINST}
    if assessment.verdict is not Verdict.LIKELY and not decided:
        yield f"{MARKS[Effect.CHECK]} {assessment.route.main.why}"
    for finding in assessment.findings:
        if against and finding.effect in (Effect.FOR, Effect.CHECK):
            continue
        labels = _bare(programme.questions[finding.question].labels(finding.chosen))
        yield f"{MARKS[finding.effect]} {finding.text}（お答え：{labels}）"


def _bare(label: str) -> str:
    """Take the brackets off a label that is to stand in brackets itself."""
    return re.sub(r"（[^（）]*）", "", label)


def _turning_lines(flow: Flow, answers: Answers, programme: Programme) -> Iterator[str]:
    shown: set[str] = set()
    for point in turning_points(programme.assess, flow, answers, programme.place):
        if point.question in shown or not _worth_saying(point, answers, programme):
            continue
        shown.add(point.question)
        question = flow[point.question]
        yield (
            f"「{question.title}」が「{question.labels(point.options)}」なら、"
            f"「{VERDICT_LABELS[point.verdict]}」になります。"
        )
        if len(shown) == SHOWN_TURNING_POINTS:
            return


def _worth_saying(point: TurningPoint, answers: Answers, programme: Programme) -> bool:
    """Tell whether the owner may well answer differently after a look: what was unknown, and the size."""
    return answers[point.question] == ("unknown",) or point.question in programme.guesses


def path_card(answers: Answers, assessment: Assessment, context: Context) -> Card:
    """Show the path that fits: why, what to do, what it costs."""
    main = assessment.route.main
    sections = [
        Section("", (main.why, main.path.what)),
        Section("やる順番", _numbered(main.path.steps)),
        *_cost(main.path, context),
        *(_wishes(answers, context.programme) if assessment.meets_wishes else []),
        *_beside(assessment.route.beside),
        *([Section("チラシでは", (main.path.formerly,))] if main.path.formerly else []),
        sources_section(cited(assessment), context.library),
    ]
    return Card(f"道すじ：{main.path.name}", tuple(sections))


def _numbered(steps: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _cost(path: SupportPath, context: Context) -> list[Section]:
    lines = cost_lines(path.id, context.library.programmes, context.programme.cost_examples)
    return [Section("お金のめやす", lines)] if lines else []


def _wishes(answers: Answers, programme: Programme) -> list[Section]:
    lines = tuple(f"・{wish.met_by}" for wish in programme.wishes_met(answers))
    return [Section("かなえたいことについて", lines)] if lines else []


def _beside(beside: Iterable[Suggested]) -> list[Section]:
    lines = tuple(f"・{other.path.name}：{other.why}" for other in beside)
    return [Section("あわせて", lines)] if lines else []


def cited(assessment: Assessment) -> list[str]:
    """List the ids of the sources: the path's first, then the findings'."""
    suggested = (assessment.route.main, *assessment.route.beside)
    by_path = [source for other in suggested for source in other.path.sources]
    return by_path + [source for finding in assessment.findings for source in finding.sources]


def sources_section(ids: Iterable[str], library: Library, most: int = SHOWN_SOURCES) -> Section:
    """List at most `most` sources, once each, with the date of the page."""
    known = [library.sources[each] for each in dict.fromkeys(ids)]
    lines = [
        f"・{source.what}（{sources.in_words(source.date)}）".translate(_FULL_WIDTH)
        for source in known[:most]
    ]
    if len(known) > most:
        lines.append(f"ほか{len(known) - most}件（「出典」と送ると、全部お見せします）")
    return Section("出典と、その日付", tuple(lines), small=True)


def today_card(answers: Answers, context: Context) -> Card:
    """Show what to do today, before anything else."""
    urgent = context.programme.today(answers)
    sections = [Section(each.title, _today_lines(each, context.library)) for each in urgent]
    helpers = dict.fromkeys(path for each in urgent for path in each.paths)
    if helpers:
        lines = tuple(
            f"・{path.name}：{path.say}"
            for path in map(context.programme.paths.__getitem__, helpers)
        )
        sections.append(Section("あわせて相談するところ", lines))
    ids = [source for each in urgent for source in each.sources]
    return Card(wording.URGENT_TITLE, (*sections, sources_section(ids, context.library)))


def _today_lines(today: Today, library: Library) -> tuple[str, ...]:
    """Write the one thing to do, whom to call, what to say, what follows."""
    numbers = (helpline_line(library.helplines[each]) for each in today.calls)
    return (
        f"まず、これだけ：{today.first}。",
        *numbers,
        f"電話でひとこと：{today.say}",
        *(f"・{step}" for step in today.steps),
        f"つながらないとき：{today.closed}。",
    )


ALL_DAY = "24時間"
"""What helplines.json says of the hours of a helpline that always answers."""


def helpline_line(line: Helpline) -> str:
    """Write a helpline's name, number and hours."""
    hours = f"（{line.hours}）" if line.hours else ""
    return f"・{line.name}　{line.number}{hours}".translate(_FULL_WIDTH)


def helpline_lines(library: Library, *, all_day: bool = False) -> tuple[str, ...]:
    """List the helplines for the mind, then the day they were checked.

    `all_day` leaves those that are always open: they can be called whatever the hour is.
    """
    shown = for_mind(library.helplines)
    if all_day:
        shown = tuple(line for line in shown if line.hours == ALL_DAY) or shown
    checked = min(line.checked_on for line in shown)
    dates = sorted({sources.in_words(line.as_of) for line in shown})
    return (
        *(helpline_line(line) for line in shown),
        f"（番号は{'・'.join(dates)}の資料による。{sources.in_words(checked)}に確認）",
    )
