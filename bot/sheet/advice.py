"""Write the path, steps and questions to experts as parts of a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from bot.presentation.cards.detail_cards import told_findings
from bot.presentation.wording import say
from bot.sheet.sheet import Form, Line, Part
from flows.advice import Guide
from flows.assessment import VERDICT_LABELS, Assessment, Effect
from flows.flow import Answers
from flows.programme import Programme

_DECIDES = (Effect.FOR, Effect.AGAINST)
"""Findings that are reasons. Points to check stand with the open ones."""


def path_part(assessment: Assessment) -> Part:
    """Write the verdict, the path with its reasons, and other paths."""
    lines = tuple(_path_lines(assessment))
    return Part("path", say("sheet.path_heading"), Form.FACTS, lines)


def _path_lines(assessment: Assessment) -> Iterator[Line]:
    main = assessment.route.main
    yield Line(main.path.name, VERDICT_LABELS[assessment.verdict])
    yield Line(main.path.what, say("sheet.what"), main.path.sources)
    yield Line(main.why, say("sheet.why"))
    for finding in told_findings(assessment):
        if finding.effect in _DECIDES:
            yield Line(finding.text, say("sheet.why"), finding.sources)
    for each in assessment.route.beside:
        yield Line(each.path.name, say("sheet.beside"), each.path.sources)


def steps_part(assessment: Assessment) -> Part:
    """Write the steps of the path in order."""
    path = assessment.route.main.path
    lines = tuple(map(Line, path.steps))
    return Part("steps", say("sheet.steps_heading"), Form.BOXES, lines, path.sources)


def remarks_part(assessment: Assessment) -> Part:
    """Write the remarks beside the verdict."""
    lines = tuple(Line(each.text, cites=each.sources) for each in assessment.remarks)
    return Part("remarks", say("cards.remarks_heading"), Form.LINES, lines)


def expert_part(answers: Answers, assessment: Assessment, programme: Programme) -> Part:
    """Write questions to an expert, empty where the path needs none."""
    guide = programme.guides.get(programme.expert_guide)
    if guide is None or guide not in assessment.guides:
        return Part("six-questions", say("sheet.expert_heading"), Form.ASKED)
    lines = tuple(_numbered_lines(guide, answers))
    return Part("six-questions", say("sheet.expert_heading"), Form.ASKED, lines, guide.sources)


def _numbered_lines(guide: Guide, answers: Answers) -> Iterator[Line]:
    """List the numbered lines of a guide, without their numbers."""
    for line in guide.lines_for(answers):
        number, dot, question = line.partition(". ")
        if dot and number.isdecimal():
            yield Line(question)
