"""Numbers as people write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.reading.numbers.quantities import (
    Amount,
    arabic,
    business_years,
    durations,
    heads,
    months,
    occasions,
    people,
    picked,
    shares,
    times,
)


def values(find: Callable[[str], tuple[Amount, ...]]) -> Callable[[str], tuple[float, ...]]:
    """The numbers alone of all that is found."""
    return lambda text: tuple(amount.value for amount in find(text))


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
numbers = st.text(
    "0123456789〇一二三四五六七八九十百千①②割分の年か月ヶ日週回度人名%、〜,半", max_size=12
)

KANJI = ("一", "二", "三", "四", "五", "六", "七", "八", "九")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3割", 30), ("三割五分", 35), ("３割半", 35), ("15%減", 15), ("１５％", 15), ("半分以下", 50),
        ("半減", 50), ("3分の1", 100 / 3), ("三分の二", 200 / 3), ("2.5割", 25), ("五分減", 5),
        ("さんわりげん", 30), ("120％", 120), ("売上が落ちた", None), ("0分の1", 100),
    ],
)  # fmt: skip
def test_percent(text: str, value: float | None) -> None:
    found = [amount.value for amount in shares(text)]
    assert found[:1] == ([] if value is None else [pytest.approx(value)])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("あと2ヶ月", 2), ("二か月", 2), ("2カ月", 2), ("２箇月", 2), ("にかげつ", 2), ("1ヶ月半", 1.5),
        ("半年", 6), ("1年", 12), ("一年半", 18), ("10日", 10 / 30), ("2週間", 0.5), ("十二ヶ月", 12),
        ("半年前", None), ("2週間前", None), ("1年半前", None), ("3年目", None), ("2025年", None), ("2月", None),
    ],
)  # fmt: skip
def test_months(text: str, value: float | None) -> None:
    assert months(text) == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("text", "values"),
    [("2、3ヶ月", [2, 3]), ("3〜4ヶ月", [3, 4]), ("四、五か月", [4, 5]), ("2か月か3か月", [2, 3])],
)
def test_ranges_of_months(text: str, values: list[float]) -> None:
    assert [amount.value for amount in durations(text)] == values


def test_ranges_of_shares() -> None:
    assert [amount.value for amount in shares("一、二割減")] == [10, 20]
    assert [amount.value for amount in shares("2〜3割")] == [20, 30]


@pytest.mark.parametrize(
    ("text", "value"),
    [("従業員5人", 5), ("三名", 3), ("二十人", 20), ("百五十人", 150), ("千二百人", 1200), ("1,200名", 1200),
     ("一人親方", 1), ("人手", None)],
)  # fmt: skip
def test_people(text: str, value: int | None) -> None:
    assert people(text) == value
    assert [amount.value for amount in heads(text)] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("text", "value"), [("二回目", 2), ("1度だけ", 1), ("いっかい", 1), ("ない", None)]
)
def test_times(text: str, value: int | None) -> None:
    assert times(text) == value
    assert [amount.value for amount in occasions(text)] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("text", "value"), [("2期連続", 2), ("三年つづけて", 3), ("3年目", None), ("3期ぶり", None)]
)
def test_years(text: str, value: int | None) -> None:
    assert [amount.value for amount in business_years(text)] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", (1,)), ("１", (1,)), ("①", (1,)), ("一", (1,)), ("1番", (1,)), ("１番です", (1,)), ("1つ目", (1,)),
        ("1と3", (1, 3)), ("1、3", (1, 3)), ("1,3", (1, 3)), ("①③", (1, 3)), ("1 3", (1, 3)), ("1・3・3", (1, 3)),
        ("1️⃣", (1,)), ("(2)", (2,)), ("2でお願いします", (2,)), ("三番", (3,)), ("12", (12,)), ("#2", (2,)),
        ("3割", ()), ("2か月", ()), ("", ()), ("はい", ()), ("123", ()), ("1人", ()), ("。", ()),
    ],
)  # fmt: skip
def test_picked(text: str, value: tuple[int, ...]) -> None:
    assert picked(text) == value


@pytest.mark.parametrize("number", range(1, 10))
def test_forms_of_a_number_mean_the_same(number: int) -> None:
    kanji, wide = KANJI[number - 1], chr(ord("０") + number)
    circled = chr(ord("①") + number - 1)
    assert {picked(form) for form in (str(number), kanji, wide, circled)} == {(number,)}
    for counter, read in (
        ("割", values(shares)),
        ("か月", months),
        ("人", people),
        ("回", times),
        ("期", values(business_years)),
    ):
        assert len({read(f"{form}{counter}") for form in (str(number), kanji, wide)}) == 1


@given(st.one_of(any_text, numbers, numbers.map(lambda text: text * 200)))
def test_nothing_raises(text: str) -> None:
    arabic(text)
    for read in (shares, months, people, times, business_years, picked):
        read(text)
