"""Draw the first card of a result.

It takes one screen, with one thing to do and one way to call.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.model import business_hours
from bot.model.messages import Card, Link, LinkKind, Section, Tone
from bot.model.turn import Context
from bot.presentation.cards.contact import council_links, links_to, say_hours
from bot.presentation.source_lines import without_brackets
from bot.presentation.times import say_day
from bot.presentation.wording import say
from flows.assessment import VERDICT_LABELS, Assessment, Effect, Verdict
from flows.flow import UNKNOWN, Answers
from flows.programme import Programme
from flows.support import SupportPath
from flows.urgency import LABELS, Level
from knowledge.directory.centers import Offices
from knowledge.library import Library
from knowledge.place_names.places import PREFECTURES

_TONES = {
    Verdict.LIKELY: (Tone.GOOD, say("cards.mark_likely")),
    Verdict.CONFIRM: (Tone.CHECK, say("cards.mark_confirm")),
    Verdict.OTHER: (Tone.OTHER, say("cards.mark_other")),
}
"""Colour of a verdict, and a mark that says the same without colour."""

_FIRST_STEPS = 2
"""Steps for today and this week. The other steps have a card of their own."""


def result_card(answers: Answers, assessment: Assessment, context: Context) -> Card:
    """Show the verdict with its meaning, the first steps, and the office."""
    main, programme = assessment.route.main, context.programme
    tone, mark = _TONES[assessment.verdict]
    pressing = urgency_line(answers, programme)
    means = (main.why, *([pressing] if pressing else []))
    return Card(
        say("cards.result_title", mark=mark, verdict=VERDICT_LABELS[assessment.verdict]),
        (Section("", means), *_first_steps(main.path, context.now)),
        office_links(answers, main.path, context),
        subtitle=_about(assessment),
        tone=tone,
    )


def _first_steps(path: SupportPath, now: datetime) -> tuple[Section, ...]:
    """Show the first step today, and the second this week.

    While offices are closed, "today" is the day they open again.
    """
    headings = (_today_heading(now), say("cards.week_heading"))
    pairs = zip(headings, path.steps[:_FIRST_STEPS], strict=False)
    return tuple(Section(heading, (without_brackets(step),)) for heading, step in pairs)


def _today_heading(now: datetime) -> str:
    """Head what to do on the day the offices open next."""
    opens = business_hours.next_opening(now)
    is_today = (
        business_hours.is_open(now) or opens.date() == now.astimezone(business_hours.JAPAN).date()
    )
    return say("cards.today_heading") if is_today else say("cards.day_heading", day=say_day(opens))


def office_links(answers: Answers, path: SupportPath | None, context: Context) -> tuple[Link, ...]:
    """Link to the office the best way, or to the official list.

    The list is for owners without a known place.
    """
    offices = offices_of(answers, context.programme, context.library)
    if offices:
        return links_to(offices, path, context.now)[:1] or _council_after(offices, context.now)
    directory = context.library.directory.centers[0].directory
    hours = say_hours(None, context.now)
    return (Link(LinkKind.OPEN, say("offices.open_directory"), directory, hours),)


def _council_after(offices: Offices, now: datetime) -> tuple[Link, ...]:
    """Link to the council for what comes after the office to call today.

    The number of that office is not known here, it stands on its papers.
    """
    first, *_ = council_links(offices.center, now)
    return (replace(first, label=say("offices.loans_then", name=offices.center.name)),)


def offices_of(answers: Answers, programme: Programme, library: Library) -> Offices | None:
    """Find the offices of the owner's prefecture, or None if unknown."""
    code = answers.get(programme.place, (UNKNOWN.id,))[0]
    return library.directory.for_prefecture(code) if code in PREFECTURES else None


def urgency_line(answers: Answers, programme: Programme) -> str:
    """Say how soon to act with the first sign, or ""."""
    soon = programme.urgency(answers)
    if soon.level is Level.PREVENTION:
        return ""
    return say("cards.urgency", level=LABELS[soon.level], sign=soon.signs[0].because)


def _about(assessment: Assessment) -> str:
    """Name the plan that the verdict judges, or the support that fits instead."""
    if assessment.is_about_plan or _speaks_against(assessment):
        return say("cards.about_plan", plan=_short(assessment.plan))
    return say("cards.about_path", path=without_brackets(assessment.route.main.path.name))


def _short(path: SupportPath) -> str:
    """Take the name people use, which is in the brackets or the whole."""
    return path.name.split("（")[-1].removesuffix("）")


def _speaks_against(assessment: Assessment) -> bool:
    return any(finding.effect is Effect.AGAINST for finding in assessment.findings)


def change_line(was: tuple[str, ...], now: tuple[str, ...], programme: Programme) -> str:
    """Say in one line the change between two results.

    Each is questionnaire, verdict and path.
    """
    (_, verdict, path), (_, new_verdict, new_path) = was, now
    said = VERDICT_LABELS[Verdict(new_verdict)]
    if verdict != new_verdict:
        return say("cards.verdict_changed", was=VERDICT_LABELS[Verdict(verdict)], now=said)
    if path != new_path:
        return say("cards.path_changed", path=programme.paths[new_path].name)
    return say("cards.nothing_changed", verdict=said)
