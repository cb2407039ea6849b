"""Give numbers and units one spelling.

As 2,000,000 · 三分の二 · 3割 · ６ヶ月 · 30パーセント.
"""

from __future__ import annotations

import re

_DIGITS = "〇一二三四五六七八九"
# Begun only where the digits begin: a long row of them is read once, not from each digit on.
_NUMBER = rf"(?<!\d)\d++|[{_DIGITS}十]"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
"""A comma between thousands."""

_FRACTION = re.compile(rf"({_NUMBER}) ?(?:分|ぶん)の ?({_NUMBER})")
"""A fraction in words, as 3分の2."""

_SLASHED = re.compile(r"(?<=\d) ?/ ?(?=\d)")
"""A slash between digits."""

_TENTHS = re.compile(rf"(\d|[{_DIGITS[1:]}])割(?![引合りれっ])")
"""Tenths, but not another word such as 割引 or 割合."""

_PERCENT = re.compile(r"(?<=\d) ?(?:パーセント|ぱーせんと|パー(?!ト))")
"""A per cent sign in words."""

_MONTHS = re.compile(rf"(?<=[\d{_DIGITS}十何数半]) ?[かカヵヶケ箇]月")
"""A number of months in any spelling."""

_YEN = re.compile(r"(?<=[\d万千百億])えん")
"""Yen in hiragana behind a number."""


def in_digits(folded: str) -> str:
    """Return a folded text with its numbers and units in one spelling. Linear in the text."""
    text = _THOUSANDS.sub("", folded)
    text = _FRACTION.sub(lambda found: f"{_digit(found[2])}/{_digit(found[1])}", text)
    text = _TENTHS.sub(lambda found: f"{_digit(found[1])}0%", _SLASHED.sub("/", text))
    return _YEN.sub("円", _MONTHS.sub("か月", _PERCENT.sub("%", text)))


def _digit(number: str) -> str:
    if number == "十":
        return "10"
    return str(_DIGITS.index(number)) if number in _DIGITS else number
