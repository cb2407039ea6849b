"""Advice to owners stands in rows that staff can edit, each with its source."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.respond import respond
from bot.interview.buttons import AFTERWARDS
from bot.interview.outcomes import afterwards_reply, detail_reply, outcome
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Message, Reply
from bot.model.turn import Context
from bot.presentation.cards.detail_cards import Detail
from flows.advice import condition
from flows.assessment import VERDICT_LABELS, Verdict
from flows.flow import ASSESSMENT, URGENT, Answers
from flows.keiei.advice import GUIDES, REMARKS
from flows.keiei.catalog import QUESTIONS
from flows.keiei.paths import PATHS
from flows.keiei.programme import KEIEI
from knowledge.library import load
from tests.flows.test_assessment import any_answers, read_answers

CASES = list(csv.DictReader(Path("tests/cases/advice.csv").read_text("utf-8").splitlines()))
LIBRARY = load()
NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
CONTEXT = Context(NOW, LIBRARY, KEIEI)
OSAKA = {"prefecture": ("27",)}
LIKELY = VERDICT_LABELS[Verdict.LIKELY]


def told(answers: Answers) -> str:
    """Join all that an owner reads, the result and what is one tap deeper."""
    conversation = Conversation("check:you", flow="diagnosis", answers={**OSAKA, **answers})
    urgent = KEIEI.today(answers) and "handled" not in answers.get("emergency", ())
    replies = outcome(conversation, URGENT if urgent else ASSESSMENT, CONTEXT)
    return "\n".join(reply.text for reply in (*replies, *deeper(conversation, replies)))


def deeper(conversation: Conversation, replies: tuple[Reply, ...]) -> Iterator[Reply]:
    """Open what stands behind these replies' buttons, and the cards behind that."""
    behind = [choice.value for reply in replies for choice in reply.buttons]
    for value in dict.fromkeys(behind):
        if value == AFTERWARDS.value:
            yield afterwards_reply(conversation, CONTEXT)
        elif value.startswith("v1|more="):
            reply = detail_reply(Detail(value.removeprefix("v1|more=")), conversation, CONTEXT)
            yield from (reply,) if reply else ()
            yield from _guides(conversation, reply)


def _guides(conversation: Conversation, reply: Reply | None) -> Iterator[Reply]:
    for choice in reply.choices if reply else ():
        if choice.value.startswith("v1|guide="):
            tap = Message(kind=Kind.CHOICE, value=choice.value)
            yield from respond(conversation, tap, CONTEXT).replies


def without_what_could_change(text: str) -> str:
    """Leave out the lines on other answers, which name other verdicts."""
    return "\n".join(line for line in text.splitlines() if not line.endswith("になります。"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["who"])
def test_the_verdict_and_the_first_path_are_those_of_the_sources(case: dict[str, str]) -> None:
    assessment = KEIEI.assess(read_answers(case["answers"]))
    if case["verdict"]:
        assert assessment.verdict in case["verdict"].split("|")
    if case["path"]:
        assert assessment.route.main.path.id in case["path"].split("|")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["who"])
def test_what_must_be_said_is_said_and_nothing_that_must_not(case: dict[str, str]) -> None:
    text = told(read_answers(case["answers"]))
    wanted = [each for each in case["must_say"].split(";") if each]
    assert [each for each in wanted if not any(way in text for way in each.split("|"))] == []
    forbidden = [each for each in case["must_not_say"].split(";") if each]
    assert [each for each in forbidden if each in without_what_could_change(text)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["who"])
def test_a_row_names_options_paths_and_verdicts_that_exist_and_its_source(
    case: dict[str, str],
) -> None:
    for question, options in read_answers(case["answers"]).items():
        assert question == "emergency" or all(map(QUESTIONS[question].option, options))
    assert set(filter(None, case["path"].split("|"))) <= set(PATHS)
    assert set(filter(None, case["verdict"].split("|"))) <= set(Verdict)
    assert case["source"]


def test_there_are_rows_enough_and_none_twice() -> None:
    assert len(CASES) >= 150
    assert len({case["who"] for case in CASES}) == len(CASES)


@given(any_answers())
def test_those_who_close_never_hear_of_a_plan_that_fits(answers: Answers) -> None:
    closing = {**answers, "wishes": ("close",), "emergency": ("handled",)}
    assert LIKELY not in told(closing)


@given(any_answers(), st.sampled_from(("national", "local")))
def test_only_the_office_that_collects_is_named(answers: Answers, kind: str) -> None:
    paths = {"national": "tax-office", "local": "local-tax-office"}
    owing = {**answers, "arrears": ("tax",), "tax_kind": (kind,), "letters": ("none",)}
    way = KEIEI.assess(owing).route
    named = {way.main.path.id, *(other.path.id for other in way.beside)}
    (other,) = set(paths.values()) - {paths[kind]}
    assert other not in named


@pytest.mark.parametrize("remark", REMARKS.values(), ids=lambda remark: remark.id)
def test_every_remark_is_said_to_somebody(remark: object) -> None:
    assert any(remark in KEIEI.assess(read_answers(case["answers"])).remarks for case in CASES)


@pytest.mark.parametrize("guide", GUIDES.values(), ids=lambda guide: guide.id)
def test_every_guide_is_offered_to_somebody_and_opens(guide: object) -> None:
    answers = (read_answers(case["answers"]) for case in CASES)
    found = next(each for each in answers if guide in KEIEI.assess(each).guides)
    conversation = Conversation("check:you", flow="diagnosis", answers={**OSAKA, **found})
    tap = Message(kind=Kind.CHOICE, value=f"v1|guide={guide.id}")  # type: ignore[attr-defined]  # a Guide
    (reply,) = respond(conversation, tap, CONTEXT).replies
    assert all(line in reply.text for line in guide.lines_for(found))  # type: ignore[attr-defined]  # a Guide


@pytest.mark.parametrize("written", ["", "lenders", "lenders=", "bank"])
def test_a_condition_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no condition"):
        condition(written)
