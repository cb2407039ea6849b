"""Verdict, findings, path and urgency, in cases that staff can edit.

Some rules hold for all of them.
"""

import csv
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assessment import Effect, Verdict, turning_points
from flows.flow import Answers
from flows.keiei.catalog import FLOWS, QUESTIONS
from flows.keiei.eligibility import RULES, assess
from flows.keiei.paths import PATHS
from flows.keiei.programme import KEIEI
from flows.keiei.support import BESIDE, MAIN, needs_bank_help, route
from flows.keiei.urgency import TODAY, today, urgency
from flows.keiei.wishes import WISHES, wishes_met
from flows.urgency import Level
from knowledge import programmes, sources

CASES = list(csv.DictReader(Path("tests/cases/assessments.csv").read_text("utf-8").splitlines()))
DIAGNOSIS = FLOWS["diagnosis"]


def read_answers(text: str) -> dict[str, tuple[str, ...]]:
    pairs = (part.split("=") for part in text.split(";") if part.strip())
    return {question.strip(): tuple(options.strip().split("|")) for question, options in pairs}


def any_answers() -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    return st.fixed_dictionaries(
        {},
        optional={
            question.id: st.lists(
                st.sampled_from([option.id for option in question.options]),
                min_size=1,
                max_size=len(question.options) if question.several else 1,
                unique=True,
            ).map(tuple)
            for question in QUESTIONS.values()
        },
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["who"])
def test_case(case: dict[str, str]) -> None:
    answers = read_answers(case["answers"])
    assessment = assess(answers)
    beside = {other.path.id for other in assessment.route.beside}
    assert assessment.verdict == case["verdict"]
    assert assessment.route.main.path.id == case["path"]
    assert beside == set(filter(None, case["beside"].split("|")))
    assert urgency(answers).level.name.lower() == case["urgency"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["who"])
def test_the_answers_of_a_case_exist(case: dict[str, str]) -> None:
    for question, options in read_answers(case["answers"]).items():
        assert all(QUESTIONS[question].option(option) for option in options)


def test_every_path_verdict_and_level_has_a_case() -> None:
    beside = {path for case in CASES for path in case["beside"].split("|")}
    assert {case["path"] for case in CASES} | beside >= set(PATHS)
    assert {case["verdict"] for case in CASES} == set(Verdict)
    assert {case["urgency"] for case in CASES} == {level.name.lower() for level in Level}


@given(any_answers())
def test_any_answers_get_a_verdict_a_path_and_steps(answers: Answers) -> None:
    assessment = assess(answers)
    assert assessment.route.main.path.steps
    assert assessment.route.main.why
    assert assessment.route.main.path not in [other.path for other in assessment.route.beside]


@given(any_answers(), st.randoms())
def test_the_order_of_answers_gives_the_same_verdict(answers: Answers, random: object) -> None:
    mixed = list(answers.items())
    random.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis' own Random
    assert assess(dict(mixed)) == assess(answers)


@given(any_answers())
def test_a_finding_is_tied_to_what_the_owner_said(answers: Answers) -> None:
    for finding in assess(answers).findings:
        assert finding.chosen
        assert set(finding.chosen) <= set(answers[finding.question])


@given(any_answers())
def test_a_plan_that_rules_speak_against_is_never_the_path(answers: Answers) -> None:
    assessment = assess(answers)
    against = any(finding.effect is Effect.AGAINST for finding in assessment.findings)
    if against:
        assert assessment.verdict is Verdict.OTHER


@given(any_answers())
def test_nothing_unknown_makes_a_verdict_sure(answers: Answers) -> None:
    unknown = dict.fromkeys(("legal_form", "bank_help"), ("unknown",))
    assert assess({**answers, **unknown}).verdict is not Verdict.LIKELY


def _is_not_the_place(question: str) -> bool:
    return question != KEIEI.place


@given(any_answers())
def test_turning_points_turn(answers: Answers) -> None:
    now = assess(answers).verdict
    for point in turning_points(assess, DIAGNOSIS, answers, _is_not_the_place):
        changed = assess({**answers, point.question: point.options})
        assert changed.verdict is point.verdict
        assert changed.verdict is not now


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.option)
def test_each_of_the_leaflets_six_wishes_is_met(wish: object) -> None:
    assert wishes_met({"wishes": (wish.option,)}) == (wish,)  # type: ignore[attr-defined]  # a Wish


def test_there_are_six_wishes_and_each_can_be_chosen() -> None:
    assert len(WISHES) == 6
    assert all(QUESTIONS["wishes"].option(wish.option) for wish in WISHES)


def test_every_rule_can_be_met() -> None:
    for rule in RULES:
        needed = [condition for condition in rule.only if not condition.negated]
        answers = {condition.question: (min(condition.options),) for condition in needed}
        assert rule.holds({**answers, rule.question: (rule.options[0],)})


def test_every_rule_of_the_paths_can_decide() -> None:
    """No row of the table is hidden behind the rows above it."""
    reached = {route(answers).main.why for answers in _many_answers()}
    assert {rule.why for rule in MAIN} <= reached


def test_every_path_beside_can_stand_there() -> None:
    reached = {other.why for answers in _many_answers() for other in route(answers).beside}
    assert {rule.why for rule in BESIDE} <= reached


def _many_answers() -> list[dict[str, tuple[str, ...]]]:
    """Combine the answers that decide a path, in pairs of rows."""
    rows: list[dict[str, tuple[str, ...]]] = [
        {
            condition.question: (min(condition.options),)
            for condition in rule.when
            if not condition.negated
        }
        for rule in (*MAIN, *BESIDE)
    ]
    return rows + [{**first, **second} for first, second in product(rows, rows)]


def test_the_bank_s_help_is_needed_when_late_or_asked_for() -> None:
    assert needs_bank_help({"repayment": ("late",)}) is True
    assert needs_bank_help({"bank_help": ("yes",)}) is True
    assert needs_bank_help({"bank_help": ("no",)}) is False
    assert needs_bank_help({}) is None


@pytest.mark.parametrize("emergency", TODAY)
def test_every_emergency_says_what_to_do_today(emergency: str) -> None:
    answers = {"emergency": (emergency,)}
    (shown,) = today(answers)
    assert len(shown.steps) >= 3
    assert urgency(answers).level is Level.TODAY
    assert all(path in PATHS for path in shown.paths)


def test_late_wages_are_urgent_however_they_were_told() -> None:
    assert today({"arrears": ("wages",)}) == today({"emergency": ("wages",)})


def test_paths_that_are_programmes_have_their_programme_and_the_same_name() -> None:
    shipped = programmes.load().programmes
    for path in PATHS.values():
        if path.id in shipped:
            assert path.id in shipped
    assert set(shipped) <= set(PATHS)


def test_every_path_and_rule_names_sources_that_exist() -> None:
    known = set(sources.load())
    cited = [source for rule in RULES for source in rule.sources]
    cited += [source for path in PATHS.values() for source in path.sources]
    assert set(cited) <= known


def test_work_before_acceptance_is_said_not_to_be_paid_for_where_it_matters() -> None:
    for path in ("business-plan-405", "business-plan-405-guideline", "early-plan"):
        steps = "".join(PATHS[path].steps)
        assert "受理の前の作業は補助されません" in steps
        assert steps.index("利用申請") < steps.index("受理の前")
