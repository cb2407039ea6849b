"""Define rules, findings and verdicts of whether support fits.

A programme brings the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from flows.advice import Guide, Remark
from flows.flow import Answers, Flow, Has, Question, has
from flows.support import Route, SupportPath


class Verdict(StrEnum):
    """Name one of the three answers to "does it fit?"."""

    LIKELY = "likely"
    CONFIRM = "confirm"
    OTHER = "other"


VERDICT_LABELS = {
    Verdict.LIKELY: "使えそうです",
    Verdict.CONFIRM: "窓口で確認しましょう",
    Verdict.OTHER: "別の支援が合いそうです",
}
_BEST_FIRST = (Verdict.LIKELY, Verdict.CONFIRM, Verdict.OTHER)


class Effect(StrEnum):
    """Say whether a finding speaks for the verdict, must be checked, or against.

    A note does neither.
    """

    FOR = "for"
    CHECK = "check"
    AGAINST = "against"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold a rule that finds `text` when `question` has one of `options`.

    `programmes` are the plans it concerns, `only` further conditions, `sources` ids of
    `knowledge/sources.json`.
    """

    id: str
    programmes: frozenset[str]
    question: str
    options: tuple[str, ...]
    effect: Effect
    text: str
    sources: tuple[str, ...]
    only: tuple[Has, ...] = ()

    def holds(self, answers: Answers) -> bool:
        """Tell whether the owner's answers meet the rule."""
        return has(self.question, *self.options).holds(answers) and all(
            condition.holds(answers) for condition in self.only
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold a rule's finding in the owner's own answer.

    `chosen` are the options that met the rule.
    """

    rule: str
    question: str
    chosen: tuple[str, ...]
    effect: Effect
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """Hold a single answer that would change the verdict.

    It is `options` instead of today's for `question`.
    """

    question: str
    options: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Assessment:
    """Hold the verdict with its plan, its findings and the route.

    `remarks` are what must be said beside it, `guides` what is worth reading next. `is_about_plan`
    says that the route leads to a plan of the programme, `meets_wishes` that its goal can meet the
    owner's wishes.
    """

    verdict: Verdict
    plan: SupportPath
    findings: tuple[Finding, ...]
    route: Route
    remarks: tuple[Remark, ...] = ()
    guides: tuple[Guide, ...] = ()
    is_about_plan: bool = True
    meets_wishes: bool = True


def turning_points(
    assess: Callable[[Answers], Assessment],
    flow: Flow,
    answers: Answers,
    may_change: Callable[[str], bool],
) -> tuple[TurningPoint, ...]:
    """Find the single answers that would improve the verdict, best first.

    Only answers of the way walked are tried. `may_change` tells of a question whether its answer
    may well become another one.
    """
    now = assess(answers).verdict
    if now is _BEST_FIRST[0]:
        return ()
    found = [
        TurningPoint(question.id, options, verdict)
        for question in map(flow.__getitem__, flow.replay(answers).passed)
        if question.id not in flow.hidden and may_change(question.id)
        for options in _other_answers(question, answers[question.id])
        for verdict in [assess({**answers, question.id: options}).verdict]
        if _BEST_FIRST.index(verdict) < _BEST_FIRST.index(now)
    ]
    return tuple(sorted(found, key=lambda point: _BEST_FIRST.index(point.verdict)))


def _other_answers(question: Question, chosen: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the answers one step away.

    Another option, one more, or one less.
    """
    for option in question.options:
        if not question.several or option.alone:
            if (option.id,) != chosen:
                yield (option.id,)
        elif option.id in chosen:
            if len(chosen) > 1:
                yield tuple(other for other in chosen if other != option.id)
        else:
            alone = {other.id for other in question.options if other.alone}
            yield (*(other for other in chosen if other not in alone), option.id)
