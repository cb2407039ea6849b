"""A form tells staff one sentence per faulty field before an amendment is kept."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from knowledge.amendments import (
    Amendment,
    NewAnswer,
    NewPhrasing,
    PhoneConfirmed,
    PhoneCorrected,
    Unreadable,
    apply,
    faults,
    telephone,
)
from knowledge.faq.answers import Answer, Entry, Faq, Suggestions
from tests.knowledge.amending import AMENDMENTS, LIBRARY, TODAY, new_entry

PHRASING = NewPhrasing(by="佐藤", on=TODAY, entry="reschedule-what", phrasing="元金だけ待つやつ")
ANSWER = NewAnswer(by="佐藤", on=TODAY, entry="reschedule-what", answer="返済を待ってもらうこと。")
CONFIRMED = PhoneConfirmed(by="佐藤", on=TODAY, code="28", number="078-303-5856")
CORRECTED = PhoneCorrected(by="佐藤", on=TODAY, code="28", old="078-303-5856", new="078-000-0000")


@pytest.mark.parametrize("amendment", [new_entry(), PHRASING, ANSWER, CONFIRMED, CORRECTED])
def test_what_is_right_has_no_faults(amendment: Amendment) -> None:
    assert faults(amendment, LIBRARY) == {}


@settings(max_examples=40, deadline=None)
@given(AMENDMENTS)
def test_what_has_no_faults_is_applied_and_what_is_told_is_a_sentence(amendment: Amendment) -> None:
    found = faults(amendment, LIBRARY)
    assert all(field and sentence.endswith("。") for field, sentence in found.items())
    if not found:
        assert apply(LIBRARY, (amendment,)).aside == ()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"question": " \n"}, "question", "文を書いて"),
        ({"question": "？？？"}, "question", "文を書いて"),
        ({"question": "猫" * 61}, "question", "60文字まで"),
        ({"answer": ""}, "answer", "文を書いて"),
        ({"answer": "長" * 501}, "answer", "500文字まで"),
        ({"answer": "はい。\n## 見出し {#x}"}, "answer", "使えません"),
        ({"answer": "はい。\n確認日: きのう"}, "answer", "使えません"),
        ({"answer": "はい。<!-- 内緒"}, "answer", "使えません"),
        ({"answer": "上限は200万円です。"}, "source", "金額"),
        ({"answer": "２００万 円まで。"}, "source", "金額"),
        ({"answer": "０３－１２３４－５６７８へ。"}, "source", "電話番号"),
        ({"answer": "0120123456へ。"}, "source", "電話番号"),
        ({"source": "長" * 201}, "source", "200文字まで"),
        ({"phrasings": ("。",)}, "phrasings", "文を書いて"),
        ({"phrasings": ("猫" * 101,)}, "phrasings", "100文字まで"),
        ({"phrasings": tuple(f"猫{n}" for n in range(21))}, "phrasings", "20個まで"),
        ({"on": "11/28"}, "on", "日付"),
        ({"question": "リスケとは何ですか"}, "question", "リスケとは何ですか？"),
        ({"question": "個人事業主は使えますか？"}, "question", "個人事業主でも使えますか？"),
        ({"phrasings": ("個人 使える",)}, "phrasings", "個人事業主でも使えますか？"),
    ],
)
def test_a_new_entry_with_a_fault(changes: dict[str, Any], field: str, words: str) -> None:
    found = faults(new_entry(**changes), LIBRARY)
    assert list(found) == [field]
    assert words in found[field]


def test_amounts_and_numbers_with_a_source_are_welcome() -> None:
    entry = new_entry(
        answer="上限は200万円です。03-1234-5678へ。", source="https://example.go.jp/a"
    )
    assert faults(entry, LIBRARY) == {}


def test_every_field_is_told_at_once() -> None:
    found = faults(new_entry(question="", answer="", phrasings=("…",), on=""), LIBRARY)
    assert set(found) == {"question", "answer", "phrasings", "on"}


def test_a_phrasing_that_surely_means_another_entry_names_it() -> None:
    found = faults(replace(PHRASING, phrasing="個人事業主だけど使えますか"), LIBRARY)
    assert "個人事業主でも使えますか？" in found["phrasing"]


def test_a_phrasing_so_short_that_it_means_many_is_told() -> None:
    found = faults(replace(PHRASING, phrasing="保証"), LIBRARY)
    assert "もっと具体的な" in found["phrasing"]


def test_a_wrong_answer_given_unsurely_may_be_replaced_by_a_right_one() -> None:
    # A new entry is often made because another one answered in its place.
    text = "社会保険の滞納で差押えになりそう"
    before = replace(LIBRARY, faq=Faq(tuple(map(_without_seizures, LIBRARY.faq.entries))))
    wrong = before.faq.find(text)
    assert isinstance(wrong, Answer | Suggestions)
    right = replace(PHRASING, entry="seizure-notice", phrasing=text)
    assert wrong.matches[0].entry.id != right.entry
    assert faults(right, before) == {}


def _without_seizures(entry: Entry) -> Entry:
    """The entry before owners' words for seizures of insurance were written into it."""
    told = tuple(each for each in entry.phrasings if "滞納で" not in each)
    return replace(entry, phrasings=told)


@pytest.mark.parametrize("amendment", [new_entry(), PHRASING, CORRECTED])
def test_what_is_there_already_is_told(amendment: Amendment) -> None:
    found = faults(amendment, apply(LIBRARY, (amendment,)).library)
    assert len(found) == 1
    assert "もう" in next(iter(found.values()))


def test_two_may_confirm_the_same_number_on_one_day() -> None:
    assert faults(CONFIRMED, apply(LIBRARY, (CONFIRMED,)).library) == {}


def test_an_entry_that_is_gone_is_told() -> None:
    assert faults(replace(PHRASING, entry="gone"), LIBRARY) == {
        "entry": "この答えは、もうありません。"
    }


def test_what_this_version_cannot_read_is_not_kept() -> None:
    assert "kind" in faults(Unreadable({}), LIBRARY)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("０７８−３３３−５８５６", "078-333-5856"),
        ("078（333）5856", "078-333-5856"),
        ("(078) 333-5856", "078-333-5856"),
        (" 03 1234 5678 ", "03-1234-5678"),
        ("０１２０ー１２３ー４５６", "0120-123-456"),
        ("050‐1234‐5678", "050-1234-5678"),
        ("0800-123-4567", "0800-123-4567"),
    ],
)
def test_numbers_are_typed_in_many_ways(typed: str, number: str) -> None:
    assert telephone.normal(typed) == number
    assert telephone.is_number(number)
    assert faults(replace(CORRECTED, new=typed), LIBRARY) == {}


@pytest.mark.parametrize(
    "typed",
    ["", "0783035856", "78-303-5856", "078-303-585", "078-303-58567", "電話", "090-123-4567",
     "+81-78-303-5856", "#9110", "110"],
)  # fmt: skip
def test_what_is_no_number_is_told(typed: str) -> None:
    assert "ハイフン" in faults(replace(CORRECTED, new=typed), LIBRARY)["new"]


def test_the_same_number_is_no_correction() -> None:
    assert "確認" in faults(replace(CORRECTED, new="０７８-303-5856"), LIBRARY)["new"]
