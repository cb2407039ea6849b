"""How a message is built is seen beside its letters: time, whose it is, what was not believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.lexicon import emergency_words_for
from bot.understand.learned.grams import grams
from bot.understand.trouble import marks_in
from flows.keiei.programme import KEIEI


def marks(text: str) -> frozenset[str]:
    return marks_in(text, emergency_words_for(KEIEI))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("去年は差押えを受けたが今は完納", {"has long ago", "has settled"}),
        ("隣の店が差し押さえられたらしい", {"has of another", "has heard say"}),
        ("もし返済が遅れたらどうなりますか", {"has supposed", "has asks what"}),
        ("死ぬほど忙しい", {"has likened"}),
        ("首つりじゃなくて魚釣り", {"has joking"}),
        ("手形を集めて売る店です", {"has trade"}),
        ("口座が差し押さえられました", {"found seizure"}),
        ("給料が払えないわけじゃない", {"doubted wages"}),
    ],
)
def test_marks_name_how_a_message_is_built(said: str, expected: set[str]) -> None:
    assert expected <= marks(said)


def test_marks_of_what_happens_now_hold_no_turn_that_takes_it_back() -> None:
    seen = marks("今朝、口座が差し押さえられました")
    assert not {"has long ago", "has of another", "has supposed", "has likened"} & seen


@given(st.text(max_size=60))
def test_marks_of_any_text_are_never_runs_of_letters(text: str) -> None:
    assert not marks(text) & grams(text)
