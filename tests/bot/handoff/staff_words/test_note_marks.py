"""Marks alone tell a note, and a message that may be one."""

import sys
import unicodedata

import pytest

from bot.handoff.staff_words import note_marks

BLANKS = [
    "",
    " ",
    "　",
    "\t",
    "\n",
    "\u200b",
    "\u200d",
    "\ufe0f",
    "\u2060",
    "\u3164",
    "\u2800",
    "*",
    "_",
]

NO_SLASHES = {
    "LATIN SMALL LETTER", "CIRCLED", "MUSICAL", "SQUARED", "INTEGRAL", "SUBSET", "SUPERSET", "QUAD", "CIRCLE",
    "DIVIDE", "TAG", "MODIFIER", "SIGN", "NOT SLASH", "COMMERCIAL",
}  # fmt: skip
"""Words in the names of characters that hold a slash among other things."""


def named_slashes() -> list[str]:
    named = ((chr(code), unicodedata.name(chr(code), "")) for code in range(sys.maxunicode + 1))
    return [
        char
        for char, name in named
        if ("SOLIDUS" in name or "SLASH" in name) and not any(each in name for each in NO_SLASHES)
    ]


def test_two_of_any_slash_make_a_note() -> None:
    for slash in [*named_slashes(), "╱", "╲", "⟋", "・", "･", "·", "￥"]:
        for between in BLANKS:
            assert note_marks.is_note(f"{slash}{between}{slash}内緒"), unicodedata.name(slash)


def test_unicode_has_the_slashes_that_are_known() -> None:
    assert {"/", "\\", "／", "∕", "⁄", "⧸", "⫽", "﹨"} <= set(named_slashes())


@pytest.mark.parametrize(
    "front",
    [
        "📝",
        "1.",
        "１）",
        "①",
        "-",
        "•",
        "・",
        "※",
        "（",
        "「",
        "【",
        "[",
        "★",
        "→",
        "👩‍💻",
        "❗️",
        "2026/11/30",
        "@太郎",
        "＠花子",
    ],
)
def test_whatever_stands_in_front_it_is_a_note(front: str) -> None:
    for blank in (" ", "　"):
        assert note_marks.is_note(f"{front}{blank}// 内緒")
        assert note_marks.is_note(f"{front}{blank}／／内緒")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "はい",
        "1/2です",
        "/ です",
        "・決算書\n・印鑑",
        "https://example.com",
        "（1）はい",
        "3/4 と 5/6",
        "A//",
        "…そうですね",
    ],
)
def test_one_slash_or_a_word_first_makes_none(text: str) -> None:
    assert not note_marks.is_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "はい\n// 内緒",
        "はい // 内緒",
        "はい／／内緒",
        "はい\n・・内緒",
        "はい\n1. //",
        "a / / b",
        "はい⫽",
    ],
)
def test_slashes_further_on_are_seen(text: str) -> None:
    assert note_marks.has_slashes_further_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/a をご覧ください",
        "12/3 10:00",
        "そうですね・・・",
        "・決算書\n・印鑑",
        "A／B",
    ],
)
def test_addresses_dates_and_dots_are_no_such_slashes(text: str) -> None:
    assert not note_marks.has_slashes_further_on(text)


@pytest.mark.parametrize(
    "text",
    ["メモ：x", "ﾒﾓ x", "【メモ】x", "note x", "ＮＯＴＥ x", "（社内）x", "📝 社内用 x", "1. Memo"],
)
def test_a_heading_of_a_note_is_seen(text: str) -> None:
    assert note_marks.is_headed_as_note(text)


def test_the_same_word_later_is_no_heading() -> None:
    assert not note_marks.is_headed_as_note("あとでメモをお持ちください")


@pytest.mark.parametrize("text", ["@花子 これ", "＠太郎さん", "（@花子）"])
def test_a_name_behind_an_at_calls_somebody(text: str) -> None:
    assert note_marks.calls_by_at(text)


@pytest.mark.parametrize("text", ["info@example.com です", "@", "10@100円"])
def test_an_address_calls_nobody(text: str) -> None:
    assert not note_marks.calls_by_at(text)
