"""Texts are measured and shortened as LINE and Slack count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.presentation.limits import cut, head, split, utf16_units

TEXT = st.text(st.characters() | st.sampled_from("あ𠮷\n。 "), max_size=60)


@given(TEXT, st.integers(0, 40))
def test_a_head_is_as_long_as_it_can_be(text: str, most: int) -> None:
    kept = head(text, most)
    assert text.startswith(kept)
    assert utf16_units(kept) <= most
    assert kept == text or utf16_units(text[: len(kept) + 1]) > most


@given(TEXT, st.integers(2, 20))
def test_all_words_are_in_the_parts(text: str, most: int) -> None:
    parts = split(text, most)
    assert all(0 < utf16_units(each) <= most for each in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("words", "most", "kept"),
    [
        ("みじかい", 5, "みじかい"),
        ("ちょっと長い", 5, "ちょっと…"),
        ("あ𠮷𠮷𠮷", 5, "あ𠮷…"),
        ("", 5, ""),
    ],
)
def test_cutting_counts_utf16_and_leaves_no_half_characters(
    words: str, most: int, kept: str
) -> None:
    assert cut(words, most) == kept
    assert utf16_units(cut(words, most)) <= most


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("一。二。三。四。", ["一。二。三。", "四。"]),
        ("一二三\n四五六七", ["一二三", "四五六七"]),
        ("一二三\n\n四\n五六", ["一二三", "四\n五六"]),
        ("一\n\n二三\n四五六", ["一\n\n二三", "四五六"]),  # half full at least: few parts
        ("一二三四五六七八", ["一二三四五六", "七八"]),
        ("𠮷𠮷𠮷𠮷", ["𠮷𠮷𠮷", "𠮷"]),
        ("  ", []),
    ],
)
def test_splitting_prefers_paragraphs_then_lines_then_sentences(
    words: str, parts: list[str]
) -> None:
    assert split(words, 6) == parts
