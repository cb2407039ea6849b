"""Read amounts of yen as people write them.

4800万, １．５億, 三百万, 5、60万, 50〜60万, 12,000千円. Each is found once, in one pass, with the text up to its
neighbours, which tells its purpose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

LARGEST = 10**13
"""Yen. No amount of a small business exceeds ten trillion."""

LONGEST_READ = 1000
"""Characters in which amounts are looked for."""


class Unit(StrEnum):
    """Name the unit an amount was written with."""

    LARGE = "large"
    """万 or 億, so that the amount is plain."""
    YEN = "yen"
    """円 alone."""
    NONE = "none"
    """A bare number."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Hold an amount by its ends in yen, with the text around.

    The ends are equal for a single amount. `high` is None where there is no end (「500万以上」).
    `before` reaches back to the amount before it, `after` to the one behind. `about` tells that it
    was not meant exactly.
    """

    low: int
    high: int | None
    unit: Unit
    before: str = ""
    after: str = ""
    about: bool = False

    @property
    def value(self) -> int:
        """The amount, the middle of a range, or the only end."""
        return self.low if self.high is None else (self.low + self.high) // 2


_DIGITS = str.maketrans("〇零一二三四五六七八九壱弐参萬", "00123456789123万")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
"""A comma between thousands."""

_NEIGHBOURS = re.compile(
    f"({'|'.join(f'{low}(?={high})' for low, high in pairwise('一二三四五六七八九'))})(.)(?=[十百千万])"
)
"""「二三百万」 is two or three million."""
_SPOKEN = {
    **dict(
        zip(
            ["いち", "に", "さん", "し", "ご", "ろく", "なな", "はち", "きゅう"],
            "123456789",
            strict=True,
        )
    ),
    **dict(zip(["いっ", "よん", "ろっ", "しち", "はっ", "く"], "146789", strict=True)),
    **dict.fromkeys(["じゅう", "じゅっ"], "十"),
    **dict.fromkeys(["ひゃく", "びゃく", "ぴゃく"], "百"),
    **dict.fromkeys(["せん", "ぜん"], "千"),
}
_SPOKEN_WORD = "|".join(sorted(_SPOKEN, key=len, reverse=True))
_SPOKEN_NUMBER = re.compile(
    rf"(?<![ぁ-ん])(?P<number>(?:{_SPOKEN_WORD}){{1,8}}+)(?P<unit>まん|おく)(?:えん)?+"
)
"""A sum in hiragana, as ごひゃくまんえん."""

_SPOKEN_UNIT = re.compile(r"(?<=[\d十百千])\s?(まん|マン|おく|オク)(?:えん|エン)?+")
"""A unit in kana behind a number, as 500まん."""

_UNITS = {"まん": "万", "マン": "万", "おく": "億", "オク": "億"}

_WORTHS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "億": 10**8, "兆": 10**12}
_PIECE = re.compile(r"\d+(?:\.\d+)?|[兆億万千百十]")
"""Digits, or one unit in kanji."""

_NUMBER = re.compile(
    r"(?<![\d./])(?<!万が)(?:\d{1,13}+(?:\.\d{1,4}+)?+(?!\d)|(?<=[数何])[億万千百十]|[千百十])"
    r"(?:\s?(?:[兆億万千百十]|(?<=[兆億万千百十])\d{1,13}+(?:\.\d{1,4}+)?+)){0,12}+\s?(?P<yen>円|¥)?+"
)
"""A sum with its units, as 1億2000万円, but not 万が一."""

_NO_MONEY = re.compile(
    r"\s?(?:年|月|日|時|分|人|名|%|割|か月|ヶ月|カ月|ケ月|箇月|週|回|期|件|社|個|台|枚|本|店|歳|才|点|番|倍|行目|坪|屋|キロ|[/:.]\d)"
)
"""Units behind a number that is no sum of money."""

_JOINS = re.compile(r"\s?(?:[~〜–—\-ー]|から|か|or|[、,・])\s?")
"""Words and marks between the two ends of a range, or between alternatives."""

_LISTS = re.compile(r"\s?[、,・]\s?")
"""Marks that may stand between separate sums."""

_BECOMES = re.compile(r"\s?(?:くらい|ほど)?(?:に(?:減|落|下|なっ|へ)|へと?減|まで(?:減|落|下))")
"""Words behind a second sum to which the first has fallen."""

_ABOUT_BEFORE = re.compile(
    r"(?:約|およそ|おおよそ|だいたい|大体|ざっと|ほぼ|たぶん|多分|平均|ざっくり|せいぜい|[数何])\s?$"
)
"""Words before a sum that is not exact."""

_ABOUT_AFTER = re.compile(
    r"\s?(?:[くぐ]らい|ほど|程度|前後|ちょ|弱|強|近く|あまり|余り|そこそこ|か(?:な|も|と)|と思|だと思|ちかく|内外|見当|台|とか)"
)
"""Words behind a sum that is not exact."""

_OR_MORE = re.compile(r"\s?(?:円)?(?:以上|超|より(?:上|多)|は(?:ある|超)|を?(?:超え|こえ|越え))")
"""Words behind a sum that is a lower limit."""

_OR_LESS = re.compile(
    r"\s?(?:円)?(?:以下|以内|未満|足らず|たらず|もない|も無い|より(?:下|少)|を?切|いかない|に満たない|しない)"
)
"""Words behind a sum that is an upper limit."""


def sums_in(text: str) -> tuple[Sum, ...]:
    """List every amount of the part of a text that is read, in order."""
    plain = write_digits(text[:LONGEST_READ])
    return tuple(_with_surroundings(plain, list(_merge(list(_find(plain)), plain))))


def write_digits(text: str) -> str:
    """Write kanji and spoken numbers in digits, without thousands separators."""
    plain = unicodedata.normalize("NFKC", text)[:LONGEST_READ].replace("¥", "")
    plain = _NEIGHBOURS.sub(r"\1、\2", _THOUSANDS.sub("", plain)).translate(_DIGITS)
    plain = _SPOKEN_NUMBER.sub(_write_spoken, plain)
    return _SPOKEN_UNIT.sub(lambda found: _UNITS[found[1]], plain)


def _write_spoken(found: re.Match[str]) -> str:
    words = re.findall(_SPOKEN_WORD, found["number"])
    return "".join(_SPOKEN[word] for word in words) + _UNITS[found["unit"]]


@dataclass(frozen=True, slots=True)
class _Found:
    """Hold a number at its place in the text.

    `digits` and `worth` are its first digits and the unit behind them.
    """

    start: int
    end: int
    value: Fraction
    unit: Unit
    digits: Fraction
    worth: Fraction


def _find(text: str) -> Iterator[_Found]:
    for found in _NUMBER.finditer(text):
        unit = _unit_of(found)
        if unit is not Unit.LARGE and _NO_MONEY.match(text, found.end()):
            continue
        if unit is Unit.LARGE and re.match(
            "人|個|件|社|台|枚|本|回", text[found.end() : found.end() + 1]
        ):
            continue
        value = _value(found[0])
        if value > LARGEST:
            continue
        first = _PIECE.match(found[0])
        digits = Fraction(first[0]) if first and first[0][0].isdigit() else Fraction(1)
        worth = value / digits if digits else Fraction(1)
        yield _Found(found.start(), found.end(), value, unit, digits, worth)


def _unit_of(found: re.Match[str]) -> Unit:
    if any(unit in found[0] for unit in _GROUPS):
        return Unit.LARGE
    if found["yen"]:
        return Unit.YEN
    return Unit.NONE


def _value(number: str) -> Fraction:
    """Read 「1億5千万」 and the like.

    「1億5000」 and 「1億5千」 leave the 万 unsaid.
    """
    total, section, pending, last = Fraction(0), Fraction(0), None, 1
    for piece in _PIECE.findall(number):
        if piece in _WORTHS:
            section += (1 if pending is None else pending) * _WORTHS[piece]
            pending = None
        elif piece in _GROUPS:
            amount = section + (pending or 0)
            last = _GROUPS[piece]
            total += (amount or 1) * last
            section, pending = Fraction(0), None
        else:
            pending = Fraction(piece)
    rest = section + (pending or 0)
    unsaid = last == _GROUPS["億"] and rest < _GROUPS["万"] and "円" not in number
    return total + (rest * _GROUPS["万"] if unsaid else rest)


# --- ranges -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    sum: Sum


def _merge(found: list[_Found], text: str) -> Iterator[_Span]:
    """Make a range of two numbers with only a joining mark between them."""
    at = 0
    while at < len(found):
        this, after = found[at], found[at + 1] if at + 1 < len(found) else None
        if after and (span := _range(this, after, text)):
            yield span
            at += 2
            continue
        yield _Span(this.start, this.end, Sum(round(this.value), round(this.value), this.unit))
        at += 1


def _range(this: _Found, after: _Found, text: str) -> _Span | None:
    between = text[this.end : after.start]
    if not _JOINS.fullmatch(between):
        return None
    is_list = _LISTS.fullmatch(between) is not None
    if is_list and this.unit is not Unit.NONE:
        return None
    low = this.value * _scale(this, after) if this.unit is Unit.NONE else this.value
    if between.strip() == "から" and _BECOMES.match(text, after.end):
        low = after.value
    ends = sorted((round(low), round(after.value)))
    if is_list and ends[1] > 2 * ends[0]:
        return None
    return _Span(this.start, after.end, Sum(ends[0], ends[1], after.unit, about=True))


def _scale(this: _Found, after: _Found) -> Fraction:
    """Give the first number the unit of the second, as in 50〜60万, 2、3百万, 5、60万."""
    zeros = len(str(after.digits)) - 1
    is_round = after.digits == (this.value + 1) * 10**zeros
    return after.worth * 10**zeros if is_round else after.worth


# --- what stands around ---------------------------------------------------------------------------


def _with_surroundings(text: str, spans: list[_Span]) -> Iterator[Sum]:
    begins = [0, *(span.end for span in spans)]
    ends = [*(span.start for span in spans[1:]), len(text)]
    for span, begin, end in zip(spans, begins, ends, strict=False):
        before, after = text[begin : span.start], text[span.end : end]
        yield _loosen(replace(span.sum, before=before, after=after))


def _loosen(found: Sum) -> Sum:
    """Widen an amount by words such as 約, くらい, 以上, 数百万."""
    if re.search(r"[数何]\s?$", found.before):
        return replace(found, low=2 * found.low, high=9 * found.low, about=True)
    if found.low == found.high and _OR_MORE.match(found.after):
        return replace(found, high=None, about=True)
    if found.low == found.high and _OR_LESS.match(found.after):
        return replace(found, low=0, about=True)
    about = bool(_ABOUT_BEFORE.search(found.before[-8:]) or _ABOUT_AFTER.match(found.after))
    return replace(found, about=found.about or about)
