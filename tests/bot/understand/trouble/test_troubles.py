"""Despair is never missed in any spelling, and money trouble counts when current."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.lexicon import emergency_words_for
from bot.understand.text import clean
from bot.understand.trouble import DARK, TroubleKind, is_dark, troubles_in
from flows.keiei.programme import KEIEI
from knowledge.faq import answers

CASES = Path(__file__).parents[3] / "cases"
WORDS = emergency_words_for(KEIEI)

with (CASES / "distress.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
DESPAIR = [row["text"] for row in ROWS if row["kind"] == "despair"]
NO_DESPAIR = [row["text"] for row in ROWS if row["kind"] != "despair"]

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def emergency_in(text: str) -> str | None:
    found = [each.option for each in troubles_in(text, WORDS) if each.kind is TroubleKind.URGENT]
    return found[0] if found else None


def kind(text: str) -> str:
    gravest = next(iter(troubles_in(text, WORDS)), None)
    if gravest is None:
        return "none"
    return "despair" if gravest.kind in DARK else gravest.option or gravest.kind.value


def test_despair_is_never_missed() -> None:
    assert len(DESPAIR) >= 150
    assert [text for text in DESPAIR if not is_dark(text)] == []


def test_lines_written_after_the_code_are_heard() -> None:
    with (CASES / "trouble.csv").open(encoding="utf-8", newline="") as cases:
        rows = list(csv.DictReader(cases))
    missed = [row["text"] for row in rows if row["kind"] != "none" and kind(row["text"]) == "none"]
    alarms = [
        row["text"]
        for row in rows
        if row["kind"] == "none" and kind(row["text"]) not in {"none", "heavy"}
    ]
    assert len(missed) <= 8, missed
    assert len(alarms) <= 2, alarms


def test_false_alarms_are_few() -> None:
    alarms = [text for text in NO_DESPAIR if is_dark(text)]
    assert len(alarms) <= 3, alarms


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["kind"] != "despair"], ids=lambda row: row["text"]
)
def test_kinds(row: dict[str, str]) -> None:
    # A false alarm of despair is counted above; everything else must be exact.
    assert kind(row["text"]) in (row["kind"], "despair")


@pytest.mark.parametrize(
    "between", [" ", "　", "\n", "\u200b", "・", "…", "\u2060", "、", "\t"], ids=ascii
)
def test_despair_is_recognised_between_other_characters(between: str) -> None:
    assert [text for text in DESPAIR if not is_dark(between.join(text))] == []


def test_despair_is_recognised_after_cleaning_and_in_any_width() -> None:
    for text in DESPAIR:
        assert is_dark(clean(text)), text
        assert is_dark(text.upper()), text


PAST = "三十年つづけてきた店です。仕入れも家賃も上がって、銀行にも行きましたが断られました。\n"


ALONE = {"飛び降りたい", "飛び込みたい", "楽になりたい"}
"""Words that mean despair only as the whole message.

「車で飛び込みたい」 may be about sales calls.
"""


@pytest.mark.parametrize("text", [text for text in DESPAIR if text not in ALONE])
def test_despair_is_recognised_inside_a_long_story(text: str) -> None:
    assert is_dark(f"{PAST * 3}{text}。\n{PAST}")
    assert is_dark(f"{PAST * 40}{text}")


def test_questions_and_answers_of_the_product_are_no_despair() -> None:
    for name in ("typed_answers", "commands"):
        with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as cases:
            assert [row["text"] for row in csv.DictReader(cases) if is_dark(row["text"])] == []
    alarms = [
        text
        for entry in answers.load().entries
        if entry.id != "despair"
        for text in (entry.question, *entry.phrasings)
        if is_dark(text)
    ]
    assert alarms == []


def test_what_if_questions_of_the_faq_are_no_emergency() -> None:
    asked = [
        text
        for entry in answers.load().entries
        for text in (entry.question, *entry.phrasings)
        if text.endswith(("?", "？", "ですか", "ますか", "って何"))
    ]
    assert [text for text in asked if emergency_in(text)] == []


@given(any_text)
def test_nothing_raises(text: str) -> None:
    for said in (text, text * 100):
        troubles_in(said, WORDS)


@given(any_text, any_text)
def test_despair_stands_out_of_any_surroundings(before: str, after: str) -> None:
    assert is_dark(f"{before}。死にたいです。{after}") or "死" in before + after


@pytest.mark.parametrize(
    "text",
    ["死ぬつもりはないです", "死にたい気持ちはなくなりました", "死にたい人の相談にのる仕事です"],
)
def test_despair_plainly_denied_gone_or_of_others_is_not_heard(text: str) -> None:
    assert not is_dark(text)


@pytest.mark.parametrize(
    "text",
    [
        "死ぬつもりです",
        "死にたい気持ちが消えない",
        "死にたい気持ちがなくならない",
        "死にたい人間です",
    ],
)
def test_despair_that_stays_is_heard(text: str) -> None:
    assert is_dark(text)
