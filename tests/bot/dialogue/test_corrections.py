"""A denial takes a recorded answer back, and a correction is heard as one and said aloud."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from bot.dialogue.answering.facts import record_told
from bot.dialogue.heard import Heard
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Turn
from bot.understand.reading import Certainty, Clause, Fact, Reading
from tests.bot.dialogue.test_facts import CONTEXT, tell

CORRECTIONS = Path(__file__).parents[2] / "cases" / "corrections.csv"


def outcome(turn: Turn, facts: str, denied: str) -> str:
    """`facts` are `question=options`: 「a/b」 either of them, 「a+b」 both; none of `denied` may stand."""
    answers = turn.conversation.answers
    pairs = [each.split("=") for each in denied.split()]
    if any(option in answers.get(question, ()) for question, option in pairs):
        return "stands"
    for question, wanted in (each.split("=") for each in facts.split()):
        meant = [set(filter(None, each.split("+"))) for each in wanted.split("/")]
        if set(answers.get(question, ())) not in meant:
            return "missed"
    return "right"


def test_corrections_are_heard_and_what_was_denied_seldom_stands() -> None:
    outcomes: Counter[str] = Counter()
    failures = []
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            result = outcome(tell(row["before"], row["text"]), row["facts"], row["not"])
            outcomes[result] += 1
            if result != "right":
                failures.append(f"{result}: 「{row['before']}」「{row['text']}」")
    print(f"\ncorrections: {dict(outcomes)}", *failures, sep="\n  ")  # noqa: T201  (shown when it fails)
    assert outcomes["right"] >= 0.8 * outcomes.total()
    assert outcomes["stands"] <= 0.11 * outcomes.total()


@pytest.mark.parametrize(
    ("before", "text", "said"),
    [
        (
            "うちは前に405つかった",
            "いや405じゃない、早期のほう",
            "「前に早期の計画を作った」に直しました",
        ),
        (
            "返済は問題ない",
            "先月ぶんだけ落ちてなかったみたい",
            "「遅れている・止まっている」に直しました",
        ),
        ("公庫と信金から借りてる", "信金は完済してた", "「日本政策金融公庫」に直しました"),
        (
            "工場で社員400人",
            "やっぱ従業員5人やった",
            "「製造・建設・運輸・その他（300人）」に直しました",
        ),
        ("社会保険を滞納してます", "社会保険は払ってました", "「社会保険料」は、取り消しました"),
    ],
)
def test_correction_says_what_changed(before: str, text: str, said: str) -> None:
    assert said in tell(before, text).replies[0].text


def test_denied_lender_of_a_list_is_none_of_them() -> None:
    answers = tell("公庫と信金から借りてる。保証協会はなし").conversation.answers
    assert answers["lenders"] == ("bank", "jfc")


def test_answer_denied_with_nothing_in_its_place_is_asked_again() -> None:
    turn = tell("うどん屋です。給料が遅れてます", "給料は遅れてないです")
    assert "arrears" not in turn.conversation.answers


@pytest.mark.parametrize(
    "text", ["銀行には相談していません", "銀行の担当が来ない", "公庫じゃないところはどうですか"]
)
def test_denial_of_something_else_takes_nothing_back(text: str) -> None:
    assert tell("公庫と銀行から借りてます", text).conversation.answers["lenders"] == ("bank", "jfc")


def test_correction_inside_an_answer_to_the_open_question_stays_an_answer() -> None:
    turn = tell("診断したい", "3割減った", "お客が減った", "いや、材料費が重い")
    assert turn.conversation.answers["costs"] == ("materials",)
    assert turn.conversation.answers["cause"] == ("fewer_customers",)


def test_number_of_people_is_judged_by_the_trade_told_before() -> None:
    turn = tell("飲食店です", "従業員は60人います")
    assert turn.conversation.answers["industry"] == ("over",)
    assert turn.conversation.answers["trade"] == ("retail",)


def test_record_told_option_that_one_message_says_and_denies_is_open_once_more() -> None:
    """In a long story 「返信できません」 looks like a late payment, and 「遅れてはない」 denies it."""
    before = Conversation("test:you", flow="diagnosis", answers={"repayment": ("late",)})
    said = Fact("repayment", ("late",), Clause("返信できません", "返信できない"), Certainty.SAID)
    denied = {"repayment": frozenset({"late"})}
    heard = Heard(typed("…"), reading=Reading("…", (), (said,), denied=denied))
    told = record_told(before, heard, CONTEXT)
    assert told.conversation.answers == {}
    assert "取り消しました" in told.echo()
