"""Dates told by themselves are found in any text without error, and only where a kind and a date stand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.follow_up.hearing import list_told_dates
from bot.understand.dates import Sense, list_dates
from bot.understand.reading import clauses_of, normalise
from flows.keiei.follow_up import FOLLOW_UP

TODAY = date(2026, 11, 30)
PIECES = st.sampled_from(
    ["決算", "リスケ", "405", "返済", "受理", "納期限", "3月", "12月25日", "来月末", "は", "です", "、", "。",
     "あ、ちがう", "令和9年6月30日", "でした", "じゃない", "たい", "？", "2月30日", "手形", "まで"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=12).map("".join)))
def test_what_is_told_has_a_kind_and_a_date_in_its_words(text: str) -> None:
    for told in list_told_dates(clauses_of(normalise(text)), FOLLOW_UP.dates, TODAY):
        assert told.kinds
        assert list_dates(told.words, TODAY, Sense(by_month=True, by_part=True))
