"""Explain a verdict from answers, rule by rule."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from flows.assessment import VERDICT_LABELS, Assessment, Rule
from flows.flow import Answers, Has
from flows.keiei.programme import KEIEI
from flows.support import Suggested


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `explain`."""
    parser.add_argument(
        "answers",
        nargs="*",
        metavar="QUESTION=OPTION[|OPTION]",
        help='answers, or one JSON object {"question": ["option"]}; read from standard input if none',
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the reasons of the verdict, and return 2 for unknown answers."""
    try:
        answers = read_answers(arguments.answers or sys.stdin.read().split(";"))
    except ValueError as error:
        print(f"explain: {error}", file=sys.stderr)
        return 2
    assessment = KEIEI.assess(answers)
    if arguments.json:
        print(json.dumps(as_json(answers, assessment), ensure_ascii=False))
    else:
        print("\n".join(lines(answers, assessment)))
    return 0


def read_answers(given: list[str]) -> dict[str, tuple[str, ...]]:
    """Read answers from arguments or one JSON object.

    Raises ValueError naming the unknown ones.
    """
    parts = [part.strip() for text in given for part in _parts(text) if part.strip()]
    pairs = [part.partition("=") for part in parts]
    given_options = {question.strip(): options.split("|") for question, _, options in pairs}
    answers = {
        question: tuple(_find_option(question, each) for each in options)
        for question, options in given_options.items()
    }
    for question, options in answers.items():
        _refuse_unknown(question, options)
    return answers


def _find_option(question: str, said: str) -> str:
    """Find an option by its label, or by its id."""
    asked = KEIEI.questions.get(question)
    options = asked.options if asked else ()
    return next((each.id for each in options if each.label == said.strip()), said.strip())


def _parts(text: str) -> list[str]:
    """Split one argument into answers.

    It is a JSON object, or several answers with ; between them.
    """
    if not text.lstrip().startswith("{"):
        return text.split(";")
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"this is no JSON object: {error}") from error
    return [
        f"{question}={'|'.join([options] if isinstance(options, str) else map(str, options))}"
        for question, options in given.items()
    ]


def _refuse_unknown(question: str, options: tuple[str, ...]) -> None:
    asked = KEIEI.questions.get(question)
    if asked is None:
        offered = ", ".join(f"{each.id} ({each.title})" for each in KEIEI.questions.values())
        raise ValueError(f"there is no question {question!r}; choose from {offered}")
    if unknown := [each for each in options if asked.option(each) is None]:
        offered = ", ".join(f"{option.id} ({option.label})" for option in asked.options)
        raise ValueError(f"{question} has no option {', '.join(unknown)!r}; choose from {offered}")


def lines(answers: Answers, assessment: Assessment) -> Iterator[str]:
    """Write the verdict, the rules that held or not, and the path."""
    yield f"verdict: {assessment.verdict} ({VERDICT_LABELS[assessment.verdict]})"
    yield f"judged: {assessment.plan.id} ({assessment.plan.name})"
    soon = KEIEI.urgency(answers)
    yield f"urgency: {soon.level.name.lower()}" + "".join(
        f" · {each.because}" for each in soon.signs
    )
    yield "rules that held:"
    for finding in assessment.findings:
        yield (
            f"  {finding.effect:8}{finding.rule}: {finding.question}={'|'.join(finding.chosen)}"
            f" → {finding.text} [{', '.join(finding.sources)}]"
        )
    yield "rules about the same answers that did not hold:"
    yield from (
        f"  {rule.id}: {_needs(rule, answers)}" for rule in _find_failed(answers, assessment)
    )
    yield _way("first path", assessment.route.main, answers)
    yield from (_way("beside", other, answers) for other in assessment.route.beside)
    yield from (f"must be said: {each.id} → {each.text}" for each in assessment.remarks)
    yield from (f"may be opened: {each.id} → {each.title}" for each in assessment.guides)


def _find_failed(answers: Answers, assessment: Assessment) -> Iterator[Rule]:
    """Find the rules on an answered question that did not hold."""
    held = {finding.rule for finding in assessment.findings}
    return (rule for rule in KEIEI.rules if rule.question in answers and rule.id not in held)


def _needs(rule: Rule, answers: Answers) -> str:
    """Say which answer or condition a rule lacked, or that its plan differs."""
    wanted = Has(rule.question, frozenset(rule.options))
    missing = [_write_condition(each) for each in (wanted, *rule.only) if not each.holds(answers)]
    return "needs " + " and ".join(missing) if missing else "about another plan or path"


def _write_condition(condition: Has) -> str:
    sign = "!=" if condition.negated else "="
    return f"{condition.question}{sign}{'|'.join(sorted(condition.options))}"


def _way(label: str, way: Suggested, answers: Answers) -> str:
    """Write a path with the row of the table that chose it."""
    rows = (*KEIEI.path_rules, *KEIEI.beside)
    held = (rule for rule in rows if all(each.holds(answers) for each in rule.when))
    by = next((rule for rule in held if (rule.path, rule.why) == (way.path.id, way.why)), None)
    conditions = " and ".join(map(_write_condition, by.when)) if by else ""
    because = conditions or "nothing else fits"
    return f"{label}: {way.path.id} ({way.path.name}) because {because} → {way.why}"


def as_json(answers: Answers, assessment: Assessment) -> dict[str, Any]:
    """Give the same as data."""
    return {
        "answers": {question: list(options) for question, options in answers.items()},
        "verdict": assessment.verdict,
        "plan": assessment.plan.id,
        "path": assessment.route.main.path.id,
        "beside": [other.path.id for other in assessment.route.beside],
        "urgency": KEIEI.urgency(answers).level.name.lower(),
        "findings": [
            {
                "rule": finding.rule,
                "effect": finding.effect,
                "question": finding.question,
                "options": list(finding.chosen),
                "text": finding.text,
                "sources": list(finding.sources),
            }
            for finding in assessment.findings
        ],
        "not_met": {rule.id: _needs(rule, answers) for rule in _find_failed(answers, assessment)},
        "remarks": [remark.id for remark in assessment.remarks],
        "guides": [guide.id for guide in assessment.guides],
    }
