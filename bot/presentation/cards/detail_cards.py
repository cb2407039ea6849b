"""Draw the details behind a result, each on a card.

They come on tap and take one screen at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from bot.model.messages import Card, Section
from bot.model.turn import Context
from bot.presentation.cards.center_cards import offices_card, to_bring
from bot.presentation.cards.result_cards import offices_of
from bot.presentation.costs import cost_lines
from bot.presentation.source_lines import sources_section, without_brackets
from bot.presentation.wording import say
from flows.advice import Guide
from flows.assessment import (
    VERDICT_LABELS,
    Assessment,
    Effect,
    Finding,
    Verdict,
    turning_points,
)
from flows.flow import UNKNOWN, Answers, Flow
from flows.programme import Programme
from knowledge.library import Library

MARKS = {
    Effect.FOR: say("cards.mark_for"),
    Effect.CHECK: say("cards.mark_check"),
    Effect.AGAINST: say("cards.mark_against"),
    Effect.NOTE: say("cards.mark_note"),
}
SHOWN_TURNING_POINTS = 2
SHOWN_SOURCES = 12
"""Sources that fit on one screen. The command lists them all."""


class Detail(StrEnum):
    """Name a detail behind a result."""

    REASONS = "reasons"
    STEPS = "steps"
    NOTES = "notes"
    COSTS = "costs"
    WISHES = "hopes"
    PAPERS = "papers"
    OFFICES = "offices"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Result:
    """Hold a result with the answers it comes from."""

    flow: Flow
    answers: Answers
    assessment: Assessment


def detail_card(detail: Detail, result: Result, context: Context) -> Card | None:
    """Draw the card of one detail, or None where the result lacks it."""
    sections = _SECTIONS[detail](result, context) if detail in _SECTIONS else ()
    if detail is Detail.OFFICES:
        return _offices(result, context)
    return Card(_TITLES[detail], sections) if any(each.lines for each in sections) else None


def details_of(result: Result, context: Context) -> tuple[Detail, ...]:
    """List the details of this result in the order of offering."""
    return tuple(each for each in Detail if detail_card(each, result, context))


def reasons(assessment: Assessment, programme: Programme) -> Iterator[str]:
    """List a verdict's reasons, a line for each finding.

    Where the path decides rather than a rule, its reason comes first.
    """
    effects = {finding.effect for finding in assessment.findings}
    decided = effects & {Effect.CHECK, Effect.AGAINST}
    if assessment.verdict is not Verdict.LIKELY and not decided:
        yield f"{MARKS[Effect.CHECK]} {assessment.route.main.why}"
    for finding in told_findings(assessment):
        labels = without_brackets(programme.questions[finding.question].labels(finding.chosen))
        mark = MARKS[finding.effect]
        yield say("cards.reason", mark=mark, text=finding.text, labels=labels)


def told_findings(assessment: Assessment) -> Iterator[Finding]:
    """List the findings that are told.

    Where a rule speaks against the plan, what would speak for it is left out: it helps nobody.
    """
    against = any(finding.effect is Effect.AGAINST for finding in assessment.findings)
    for finding in assessment.findings:
        if not (against and finding.effect in (Effect.FOR, Effect.CHECK)):
            yield finding


def _reasons(result: Result, context: Context) -> tuple[Section, ...]:
    """List the reasons, the answers that would change the verdict, and notes.

    Notes decide nothing and are in small print.
    """
    lines = tuple(reasons(result.assessment, context.programme))
    is_note = MARKS[Effect.NOTE]
    changes = tuple(turning_lines(result, context.programme))
    parts = (
        Section("", tuple(line for line in lines if not line.startswith(is_note))),
        Section(say("cards.turning_heading"), changes),
        Section(
            say("cards.notes_heading"),
            tuple(line for line in lines if line.startswith(is_note)),
            small=True,
        ),
    )
    return tuple(part for part in parts if part.lines)


def turning_lines(result: Result, programme: Programme) -> Iterator[str]:
    """Say which other answers would make the verdict better."""
    shown: set[str] = set()
    may_change = partial(_may_change, answers=result.answers, programme=programme)
    for point in turning_points(programme.assess, result.flow, result.answers, may_change):
        if point.question in shown:
            continue
        shown.add(point.question)
        question = result.flow[point.question]
        yield say(
            "cards.turning",
            question=question.title,
            labels=question.labels(point.options),
            verdict=VERDICT_LABELS[point.verdict],
        )
        if len(shown) == SHOWN_TURNING_POINTS:
            return


def _may_change(question: str, *, answers: Answers, programme: Programme) -> bool:
    """Tell whether the owner may answer differently after a look.

    That is so for unknown answers and for guesses such as the size.
    """
    is_guess = answers[question] == (UNKNOWN.id,) or question in programme.guesses
    return is_guess and question != programme.place


def _steps(result: Result, _: Context) -> tuple[Section, ...]:
    path = result.assessment.route.main.path
    formerly = Section(say("cards.formerly_heading"), (path.formerly,), small=True)
    return (
        Section(path.name, (path.what,)),
        Section(say("cards.steps_heading"), number_lines(path.steps)),
        *([formerly] if path.formerly else []),
    )


def _remarks(result: Result, _: Context) -> tuple[Section, ...]:
    """List the remarks for this owner."""
    said = result.assessment.remarks
    return (Section("", tuple(say("signs.bullet", line=remark.text) for remark in said)),)


def guide_card(guide: Guide, answers: Answers, library: Library) -> Card:
    """Show the steps that concern this owner, with their sources."""
    cited_here = sources_section(guide.sources, library, "", SHOWN_SOURCES)
    return Card(guide.title, (Section("", guide.lines_for(answers)), cited_here))


def number_lines(steps: Iterable[str]) -> tuple[str, ...]:
    """Put numbers before lines, from 1."""
    return tuple(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _costs(result: Result, context: Context) -> tuple[Section, ...]:
    path, programme = result.assessment.route.main.path, context.programme
    lines = cost_lines(path.id, context.library.programmes, programme.cost_examples)
    return (Section("", lines),)


def _wishes(result: Result, context: Context) -> tuple[Section, ...]:
    if not result.assessment.meets_wishes:
        return ()
    met = context.programme.wishes_met(result.answers)
    return (Section("", tuple(say("signs.bullet", line=wish.met_by) for wish in met)),)


def _papers(result: Result, context: Context) -> tuple[Section, ...]:
    return (Section("", to_bring(result.assessment.route.main.path, context.library)),)


def _sources(result: Result, context: Context) -> tuple[Section, ...]:
    place = result.answers.get(context.programme.place, ("",))[0]
    ids = cited(result.assessment)
    return (sources_section(ids, context.library, place, SHOWN_SOURCES),)


def _offices(result: Result, context: Context) -> Card | None:
    offices = offices_of(result.answers, context.programme, context.library)
    route = result.assessment.route
    return offices_card(offices, route.main.path, route.beside, context.now) if offices else None


def cited(assessment: Assessment) -> list[str]:
    """List the ids of sources, the path's first, then the findings'."""
    suggested = (assessment.route.main, *assessment.route.beside)
    by_path = [source for other in suggested for source in other.path.sources]
    found = [source for finding in assessment.findings for source in finding.sources]
    said = [source for remark in assessment.remarks for source in remark.sources]
    return by_path + found + said


_SECTIONS: Mapping[Detail, Callable[[Result, Context], tuple[Section, ...]]] = {
    Detail.REASONS: _reasons,
    Detail.STEPS: _steps,
    Detail.NOTES: _remarks,
    Detail.COSTS: _costs,
    Detail.WISHES: _wishes,
    Detail.PAPERS: _papers,
    Detail.SOURCES: _sources,
}
_TITLES: Mapping[Detail, str] = {
    Detail.REASONS: say("cards.reasons_heading"),
    Detail.STEPS: say("cards.steps_title"),
    Detail.NOTES: say("cards.remarks_heading"),
    Detail.COSTS: say("cards.costs_heading"),
    Detail.WISHES: say("cards.wishes_heading"),
    Detail.PAPERS: say("offices.bring_heading"),
    Detail.SOURCES: say("cards.sources_heading"),
}
