"""Typed text made comparable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understand.text import LONGEST, clean, fold, has_words, hiragana, one_of, squeeze, stem

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＲＥＳＴＡＲＴ！", "restart"), ("リスケ ちゅう", "りすけちゅう"), ("ﾘｽｹ", "りすけ"), ("①", "1"),
        ("し・に　た\nい", "しにたい"), ("消\u200bえ\u200bたい", "消えたい"), ("３割／2%", "3割/2%"), ("㈱", "株"),
        ("ヴァイオリン", "ゔぁいおりん"),
    ],
)  # fmt: skip
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("赤字です", "赤字"),
        ("そうですね", "そう"),
        ("戻ってください。", "戻って"),
        ("です", "です"),
        ("はい", "はい"),
    ],
)
def test_stem_leaves_polite_endings_out(text: str, bare: str) -> None:
    assert stem(text) == bare


def test_squeeze_keeps_katakana() -> None:
    assert squeeze("ガソリン 代！") == "ガソリン代"


def test_one_of_holds_several_patterns_in_a_string() -> None:
    assert one_of("バカ アホ", "くそ") == "(?:ばか|あほ|くそ)"


def test_hiragana_leaves_everything_else() -> None:
    assert hiragana("カナ漢字かなABCー") == "かな漢字かなABCー"


@given(any_text)
@example("ᄀ　ᅡ")
@example("İ")
@example("か゛")
@example("ｶﾞ")
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text)
def test_clean_is_idempotent_and_printable(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not [c for c in cleaned if c != "\n" and unicodedata.category(c) == "Cc"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(lambda text: text * 300))
def test_clean_cuts_what_nobody_reads(text: str) -> None:
    # NFKC may make one character several (「㍿」), never many.
    assert len(clean(text)) <= LONGEST * 18


@given(any_text)
def test_stem_is_never_empty_where_fold_is_not(text: str) -> None:
    assert bool(stem(text)) == bool(fold(text))
    assert has_words(text) in (True, False)
