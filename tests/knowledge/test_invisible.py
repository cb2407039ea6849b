"""Invisible marks never change what is understood, found or heard."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand import text as typed
from bot.understand.trouble import is_dark
from knowledge.faq.answers import load
from knowledge.faq.wording import normalise
from knowledge.invisible import visible

FAQ = load()
MARKS = [
    *("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u115f", "\u034f", "\u202e"),
    *("\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef", "\U000e0041", "\u180e"),
]
QUESTIONS = (
    "税理士がいないとだめですか",
    "費用はいくら？",
    "死にたい",
    "赤字です",
    "葛城市",
    "リスケ",
)


def strewn(words: str, marks: list[str]) -> str:
    """The words with a mark behind each character."""
    behind = [*marks, *[""] * len(words)]
    return "".join(a + b for a, b in zip(words, behind, strict=False))


@given(st.sampled_from(QUESTIONS), st.lists(st.sampled_from([*MARKS, ""]), max_size=12))
def test_invisible_marks_change_no_form_that_is_compared(words: str, marks: list[str]) -> None:
    other = strewn(words, marks)
    assert visible(other) == words
    assert typed.fold(other) == typed.fold(words)
    assert typed.clean(other) == typed.clean(words)
    assert normalise.fold(other) == normalise.fold(words)


@pytest.mark.parametrize("mark", MARKS)
def test_invisible_marks_hide_no_despair_and_no_question(mark: str) -> None:
    assert is_dark(mark.join("もう死にたい"))
    plain, marked = FAQ.find(QUESTIONS[0]), FAQ.find(mark.join(QUESTIONS[0]))
    assert plain == marked


@given(st.text())
def test_what_is_taken_away_has_no_shape(text: str) -> None:
    gone = set(text) - set(visible(text))
    assert {unicodedata.category(each) for each in gone} <= {"Cf", "Mn", "Lo", "Cn"}
    assert visible(visible(text)) == visible(text)
