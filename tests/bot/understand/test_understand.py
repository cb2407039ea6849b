"""Typed words are measured on `tests/cases/*.csv`, and hold for any text."""

from __future__ import annotations

import csv
import json
import re
import string
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand import (
    Understood,
    agreed,
    answer_in,
    is_done,
    small_talk_in,
    yes_or_no,
)
from bot.understand.answers import asks
from bot.understand.commands import Command, command_in, correction_in
from bot.understand.reading import clauses_of, lexicon_of, normalise
from bot.understand.reading.plain import plain
from bot.understand.text import clean
from flows.flow import UNKNOWN, Option, Question
from flows.keiei.catalog import QUESTIONS
from flows.keiei.questions import INDUSTRY, MEDICAL_SIZE
from knowledge import programmes
from knowledge.faq import answers
from knowledge.place_names.places import PREFECTURES, locate

CASES = Path(__file__).parents[2] / "cases"
ASKED = tuple(question for id_, question in QUESTIONS.items() if id_ != "emergency")
LABELS = [(question, option) for question in ASKED for option in question.options]

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
long_text = st.integers(0, 10_000).flatmap(
    lambda length: any_text.map(lambda text: (text or "あ") * (length // max(len(text), 1)))
)
questions = st.sampled_from(list(QUESTIONS.values()))


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- typed answers ------------------------------------------------------------------------------


def heard(question: Question, text: str) -> str:
    """Write the bot's understanding of a text as the CSV does.

    A place comes first, and a command never counts.
    """
    typed = clean(text)
    understood = answer_in(typed, question)
    exact = understood is not None and understood.exact
    spoken = command_in(typed)
    if spoken and not exact and not (spoken.bare and understood):
        return ""
    if question.id == "prefecture" and not asks(typed, question):
        place = locate(typed)
        if place.decision != "none":
            return "|".join(place.prefectures)
    return written(understood, question)


def written(understood: Understood | None, question: Question) -> str:
    options = understood.options if understood else ()
    return ("|" if question.several else "?").join(sorted(options))


def in_order(options: str) -> str:
    return re.sub(r"[^?|]+(?:[?|][^?|]+)+", _sorted, options)


def _sorted(found: re.Match[str]) -> str:
    between = "?" if "?" in found[0] else "|"
    return between.join(sorted(found[0].split(between)))


def test_typed_answers_are_understood_and_hardly_ever_misunderstood() -> None:
    outcomes: Counter[str] = Counter()
    failures = []
    for row in rows("typed_answers"):
        got = heard(QUESTIONS[row["question"]], row["text"])
        outcome = judged(got, in_order(row["options"]))
        outcomes[outcome] += 1
        if outcome != "right":
            failures.append(f"{outcome}: {row['question']} 「{row['text']}」 {got!r}")
    print(f"\ntyped answers: {dict(outcomes)}", *failures, sep="\n  ")  # noqa: T201  (shown with -s, and when the test fails)
    total = outcomes.total()
    assert total >= 450
    assert outcomes["right"] >= 0.98 * total
    assert outcomes["wrong"] <= 0.005 * total


def judged(got: str, expected: str) -> str:
    if got == expected:
        return "right"
    if not got:
        return "missed"
    return "asked" if "?" in got and set(expected.split("?")) & set(got.split("?")) else "wrong"


def test_the_cases_cover_every_question_and_enough_that_is_no_answer() -> None:
    cases = rows("typed_answers")
    assert {row["question"] for row in cases} == {question.id for question in ASKED}
    assert sum(not row["options"] for row in cases) >= 0.12 * len(cases)
    for row in cases:
        known = {option.id for option in QUESTIONS[row["question"]].options}
        assert set(filter(None, re.split(r"[?|]", row["options"]))) <= known, row


def test_every_option_has_a_case() -> None:
    tried = {
        (row["question"], option)
        for row in rows("typed_answers")
        for option in re.split(r"[?|]", row["options"])
    }
    untried = [
        (question.id, option.id)
        for question, option in LABELS
        if question.id != "prefecture" and (question.id, option.id) not in tried
    ]
    assert not untried


def test_questions_of_the_faq_are_not_taken_for_answers() -> None:
    """Hardly any question of the FAQ is taken for an answer, whichever is open."""
    asked = [
        text
        for entry in answers.load().entries
        for text in (entry.question, *entry.phrasings)
        if answers.is_question(text)
    ]
    taken = [
        (text, question.id)
        for text in asked
        for question in ASKED
        if question.id != "prefecture" and answer_in(clean(text), question)
    ]
    assert len(taken) <= 0.003 * len(asked) * len(ASKED), taken


# --- commands, small talk, yes and no -----------------------------------------------------------


def kinds(text: str) -> set[str]:
    """Everything a text is, as the bot's steps ask for it one after another."""
    typed = clean(text)
    found: set[str] = set()
    if spoken := command_in(typed):
        found.add(spoken.command.value)
    if talk := small_talk_in(typed):
        found.add(talk.value)
    if (answer := yes_or_no(typed)) is not None:
        found.add("yes" if answer else "no")
    return found | {"done"} if is_done(typed) else found


@pytest.mark.parametrize("row", rows("commands"), ids=lambda row: row["text"])
def test_commands_and_small_talk(row: dict[str, str]) -> None:
    assert kinds(row["text"]) == set(row["kind"].split("|")) - {"none"}


def test_every_command_has_a_case() -> None:
    assert {command.value for command in Command} <= {row["kind"] for row in rows("commands")}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((text, True) for text in ("はい", "はい。", "うん", "ぜひ", "お願いします", "はい、つないでください")),
        *((text, True) for text in ("つないでほしいです", "それでお願いします", "もちろんです", "OK", "了解です")),
        *((text, False) for text in ("いいえ", "やめておく", "やめときます", "けっこうです", "いらないです")),
        *((text, None) for text in ("大丈夫です", "いいです", "いいですよ", "わかりました", "はい？", "はい、でも…")),
        *((text, None) for text in ("お願いしません", "はいいいえ", "つなぐと、どうなりますか", "", "!!", "また今度")),
    ],
)  # fmt: skip
def test_only_a_clear_yes_is_a_consent(text: str, *, meant: bool | None) -> None:
    assert agreed(text) is meant


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("売上の答えを変えたい", "sales"),
        ("さっきの利益の回答、間違えました", "profit"),
        ("借入先を直したい", "lenders"),
        ("税理士のところを修正したい", "expert"),
        ("場所の答えを変えたいんですが", "prefecture"),
        ("業種まちがえた、直したい", "industry"),
        ("さっきの赤字は去年だけです", "profit"),
        ("赤字って答えたけど黒字やったわ", "profit"),
        ("メニューを変えたら売上が落ちた", None),
        ("税理士を変えたい", None),
        ("値段を変えたい", None),
        ("売上が変わった", None),
        ("答えを直したい", None),
    ],
)
def test_a_correction_names_the_question(text: str, question: str | None) -> None:
    clauses = clauses_of(normalise(text))
    assert correction_in(clauses, QUESTIONS, QUESTIONS, lexicon_of(QUESTIONS)) == question


# --- labels -------------------------------------------------------------------------------------


def wide(text: str) -> str:
    """Full-width letters, digits and signs."""
    printable = {ord(c): ord(c) + 0xFEE0 for c in string.ascii_letters + string.digits}
    return text.translate(printable)


def variants(label: str) -> tuple[str, ...]:
    return (
        label,
        f"  {label}　",
        wide(label),
        " ".join(label),
        f"{label}。",
        f"「{label}」",
        f"{label}です",
        "\u200b".join(label),
    )


@pytest.mark.parametrize(
    ("question", "option"), LABELS, ids=lambda each: each.id if hasattr(each, "id") else None
)
def test_a_label_typed_exactly_is_that_option(question: Question, option: Option) -> None:
    for text in variants(option.label):
        understood = answer_in(text, question)
        assert understood is not None, text
        assert understood.options == (option.id,), text
        assert understood.exact, text


def test_several_labels_at_once() -> None:
    understood = answer_in("人件費、家賃・リース と 光熱費・燃料", QUESTIONS["costs"])
    assert understood == Understood(("labor", "rent", "energy"), exact=True)


def test_a_misspelt_label_is_understood_but_never_turned_round() -> None:
    nearly = answer_in("返しているが若しい", QUESTIONS["repayment"])
    assert nearly is None or "late" not in nearly.options
    turned = answer_in("お客さまが増えた", QUESTIONS["cause"])
    assert turned is None or turned.options != ("fewer_customers",)
    over = answer_in("300人以上", MEDICAL_SIZE)
    assert over is None or over.options != ("within_300",)


@pytest.mark.parametrize(
    "forms",
    [
        ("3割減", "３割減", "三割減", "3わり減", "30%減", "30％減", "三〇％減"),
        ("2割減", "２割減", "二割減", "にわり減", "20パーセント減"),
    ],
)
def test_number_forms_of_a_share_mean_the_same(forms: tuple[str, ...]) -> None:
    meanings = {written(answer_in(form, QUESTIONS["sales"]), QUESTIONS["sales"]) for form in forms}
    assert len(meanings) == 1
    assert meanings <= {"down_sharp", "down_slight"}


@pytest.mark.parametrize(
    "form", ["2か月", "２ヶ月", "二ヵ月", "2ヵ月", "2ヶ月", "二箇月", "2カ月", "にかげつ"]
)
def test_number_forms_of_a_month_mean_the_same(form: str) -> None:
    understood = answer_in(form, QUESTIONS["cash"])
    assert understood is not None
    assert understood.options == ("within_3_months",)


# --- facts written down twice -------------------------------------------------------------------


def test_the_limits_are_those_of_the_programmes() -> None:
    """The labels, the limits read from them, and `knowledge/programmes.json` say the same."""
    data = json.loads(Path(programmes.__file__).with_name("programmes.json").read_text("utf-8"))
    known = {row["id"]: row["employees"] for row in data["sme_thresholds"]}
    assert INDUSTRY.words.numbers is not None
    *trades, over = INDUSTRY.words.numbers.bands
    limits = {band.option: band.high for band in trades}
    assert over.option == "over"
    assert {trade: known[trade] for trade in limits} == limits
    assert set(limits) == {option.id for option in INDUSTRY.options} - {"over", UNKNOWN.id}
    for option in INDUSTRY.options:
        assert option.id not in limits or f"（{known[option.id]}人）" in option.label


def test_the_limit_of_medical_corporations_is_that_of_the_programmes() -> None:
    data = json.loads(Path(programmes.__file__).with_name("programmes.json").read_text("utf-8"))
    known = {row["name"]: row["max_employees"] for row in data["included_legal_forms"]}
    assert MEDICAL_SIZE.words.numbers is not None
    within, _ = MEDICAL_SIZE.words.numbers.bands
    limit = int(within.high)
    assert known["医療法人"] == limit
    for option in (MEDICAL_SIZE.options[0], MEDICAL_SIZE.options[1]):
        assert f"{limit}人" in option.label


def test_every_word_of_an_option_finds_itself() -> None:
    """A word no text can match would be dead."""
    lexicon = lexicon_of(QUESTIONS)
    for question in ASKED:
        for option, words in question.words.options.items():
            for word in (*words.anywhere, *words.here, *words.degree):
                said = plain(word.replace("…", "").replace("。", ""))
                hits = lexicon.find(said)[question.id]
                assert any(option in hit.use.options for hit in hits), (question.id, word)


# --- any text at all ----------------------------------------------------------------------------


@given(any_text, questions)
def test_nothing_raises(text: str, question: Question) -> None:
    for typed in (text, clean(text)):
        command_in(typed)
        small_talk_in(typed)
        yes_or_no(typed)
        is_done(typed)
        answer_in(typed, question)
        asks(typed, question)
        plain(typed)


@given(long_text, questions)
def test_long_text_neither_raises_nor_counts_as_an_answer(text: str, question: Question) -> None:
    understood = answer_in(text, question)
    assert understood is None or understood.exact or len(text) <= 120


pieces = st.sampled_from(
    [
        word.strip("。")
        for question in ASKED
        for words in question.words.options.values()
        for word in (*words.anywhere, *words.here, *words.whole, *words.degree)
    ]
    + [
        "けど",
        "ない",
        "じゃなくて",
        "以外は大丈夫",
        "全部",
        "と",
        "、",
        "3割",
        "２ヶ月",
        "ですか",
        "？",
        "わからない",
    ]
)


@given(st.lists(pieces, max_size=6).map("".join), questions)
def test_options_are_always_those_of_the_question(text: str, question: Question) -> None:
    understood = answer_in(text, question)
    if understood is None:
        return
    known = [option.id for option in question.options]
    assert understood.options
    assert len(set(understood.options)) == len(understood.options)
    assert set(understood.options) <= set(known)
    alone = {option.id for option in question.options if option.alone}
    assert (
        not question.several or len(understood.options) == 1 or alone.isdisjoint(understood.options)
    )


@given(
    st.sampled_from(LABELS),
    st.sampled_from(["ですか？", "って何ですか", "だと使えませんか？", "の意味を教えて"]),
)
def test_a_label_in_a_question_is_no_answer(labelled: tuple[Question, Option], asking: str) -> None:
    question, option = labelled
    unsure = (
        "くらい" in option.label and asking == "ですか？"
    )  # 「半年くらいですか？」 only hesitates
    if question.id != "prefecture" and not unsure:
        assert answer_in(f"{option.label}{asking}", question) is None


def test_every_prefecture_is_an_answer() -> None:
    for code, name in PREFECTURES.items():
        assert heard(QUESTIONS["prefecture"], f"{name}です") == code
