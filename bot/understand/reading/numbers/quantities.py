"""Read numbers as people write them.

三割, 30%, 半分, あと2か月, 2、3ヶ月, 3期連続, 従業員5人. `shares`, `durations` … find every number of a kind, with
the words around it; `percent`, `months` … give the first one's value, or None.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.made_once import made_once

_KANJI_DIGITS = "〇零一二三四五六七八九"
_TO_ARABIC = str.maketrans(_KANJI_DIGITS, "00123456789")
_KANJI_NUMBER = (
    rf"[{_KANJI_DIGITS}]?[十百千][{_KANJI_DIGITS}十百千]{{0,12}}|[{_KANJI_DIGITS}]{{1,12}}"
)
"""No number is longer, and where a run is, its end is read."""
_WORTHS = (("千", 1000), ("百", 100), ("十", 10))
_TO = r"[、,・~〜\-–ー]"

_COUNTERS = "割分年期か週日回度人名%パ番つ倍掛が"
_LONE_MONTHS = {"ひと": "1か月", "ふた": "2か月", "み": "3か月"}
_LONE_MONTH = re.compile(r"(?:(?<![ぁ-ん])|(?<=と)|(?<=は)|(?<=て))(ひと|ふた|み)(?:月|つき)")
"""One to three months in native words, as ひと月, not inside another word."""

_MONTH_MARKS = re.compile(r"[カヵヶケか箇個ゕゖけ](?=月|げつ)")
"""The many spellings of か in か月."""

_SPOKEN_DIGITS = {
    spoken: str(number)
    for number, forms in enumerate(
        [
            "いち|いっ",
            "に",
            "さん",
            "よん",
            "ご",
            "ろく|ろっ",
            "なな",
            "はち|はっ",
            "きゅう",
            "じゅう|じゅっ",
        ],
        start=1,
    )
    for spoken in forms.split("|")
}
_SPOKEN_COUNTERS = {
    "わり": "割",
    "かげつ": "か月",
    "かい": "回",
    "ねん": "年",
    "にん": "人",
    "めい": "人",
}

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
"""A comma between thousands."""

_WRITTEN = re.compile(rf"({_KANJI_NUMBER})(?=[{_COUNTERS}]|$|{_TO}[\d{_KANJI_DIGITS}十])")
"""A number in kanji before a counter, the end, or another number."""

_PARTS = re.compile(rf"([{_KANJI_DIGITS}十]{{1,4}})分の([{_KANJI_DIGITS}十]{{1,4}})")
"""A fraction in kanji, as 三分の一."""

_SLASHED = re.compile(r"(?<![\d/])([1-9])/([2-9]|10)(?=に(?:な|減|落|ま|$)|以下|くらい|ほど)")
"""「2/3に減って」 is a share, 「2/3まで」 may be a day."""
_ONES = "|".join(_SPOKEN_DIGITS)
_SAID = re.compile(
    rf"(?:(?P<digits>\d{{1,9}})|(?P<tens>(?:{_ONES})?じゅう)?(?P<ones>{_ONES})?(?<=[うちっにんごくなゅ]))"
    rf"(?P<counter>{'|'.join(_SPOKEN_COUNTERS)})(?![ぎしてた])"
)
"""A number with its counter in hiragana, as さんかげつ."""

_SHARED_COUNTER = re.compile(rf"(\d{{1,4}}){_TO}(\d{{1,4}})(割|か月|年|回|度|人|名|%|期|日|週)")
"""Two numbers with one counter, as 2〜3割."""


@made_once
def arabic(text: str) -> str:
    """Write numbers before counters in 0–9, and 「2、3か月」 as 「2か月3か月」.

    Reads full-width and circled digits, kanji (三割) and, before a counter, kana (さんわり).
    """
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text))
    plain = _PARTS.sub(
        lambda found: f"{read_kanji_number(found[1])}分の{read_kanji_number(found[2])}", plain
    )
    plain = _SLASHED.sub(r"\2分の\1", plain)
    plain = _LONE_MONTH.sub(lambda found: _LONE_MONTHS[found[1]], plain)
    plain = _MONTH_MARKS.sub("か", plain)
    plain = _WRITTEN.sub(lambda found: read_kanji_number(found[1]), plain)
    plain = _SAID.sub(_write_spoken, plain)
    return _SHARED_COUNTER.sub(r"\1\3\2\3", plain)


def _write_spoken(found: re.Match[str]) -> str:
    counter = _SPOKEN_COUNTERS[found["counter"]]
    if found["digits"]:
        return found["digits"] + counter
    tens = int(_SPOKEN_DIGITS.get((found["tens"] or "").removesuffix("じゅう"), "1"))
    ones = int(_SPOKEN_DIGITS.get(found["ones"] or "", "0"))
    number = 10 * tens * bool(found["tens"]) + ones
    return f"{number}{counter}" if number else found[0]


def read_kanji_number(kanji: str) -> str:
    """Read a kanji number up to 9999.

    Anything unusual (「十百」) as near as possible.
    """
    total, rest = 0, kanji
    for unit, worth in _WORTHS:
        head, found, tail = rest.partition(unit)
        if found:
            total += worth * (_plain_digits(head) or 1)
            rest = tail
    return str(total + _plain_digits(rest)) if total else kanji.translate(_TO_ARABIC)


def _plain_digits(kanji: str) -> int:
    """Read the digits of a kanji number without 十百千, 0 for none."""
    return int("".join(c for c in kanji.translate(_TO_ARABIC) if c.isdigit()) or 0)


@dataclass(frozen=True, slots=True)
class Amount:
    """Hold a found number with its words and the text around.

    The text tells the meaning of the number.
    """

    value: float
    before: str
    after: str
    words: str = ""


def _amounts(
    pattern: re.Pattern[str], value: Callable[[re.Match[str]], float], text: str
) -> tuple[Amount, ...]:
    plain = arabic(text)
    return tuple(
        Amount(value(found), plain[: found.start()], plain[found.end() :], found[0])
        for found in pattern.finditer(plain)
    )


def _first(amounts: tuple[Amount, ...]) -> float | None:
    return amounts[0].value if amounts else None


# --- shares -------------------------------------------------------------------------------------

_SHARE = re.compile(
    r"(?P<half>半分|半減|半額|はんぶん)"
    r"|(?P<tenths>\d{1,3}(?:\.\d{1,3})?)割(?:(?P<more>\d)分|(?P<and_half>半))?"
    r"|(?<![割\d])(?P<hundredths>\d)分(?![のか間])"
    r"|(?P<percent>\d{1,5}(?:\.\d{1,3})?)(?:%|パー(?:セント)?(?![トッマテ])|ぱー(?:せんと)?)"
    r"|(?P<times>\d{1,2}(?:\.\d{1,3})?)倍"
    r"|(?P<scaled>\d(?:\.\d)?)(?:掛|が)け"
    r"|(?P<parts>\d{1,4})分の(?P<of_parts>\d{1,4})"
)
"""Every way to write a share, such as 半分, 3割5分, 30%, 1.5倍 and 3分の1."""


def _share(found: re.Match[str]) -> float:
    if found["half"]:
        return 50.0
    if found["tenths"]:
        return 10 * float(found["tenths"]) + float(found["more"] or 5 * bool(found["and_half"]))
    if found["hundredths"]:
        return float(found["hundredths"])
    if found["percent"]:
        return float(found["percent"])
    if found["times"] or found["scaled"]:
        return 100 * float(found["times"] or 0) + 10 * float(found["scaled"] or 0)
    return 100 * int(found["of_parts"]) / max(int(found["parts"]), 1)


def shares(text: str) -> tuple[Amount, ...]:
    """List every share in per cent.

    三割 → 30, 3割5分 → 35, 半分 → 50, 15% → 15, 1.4倍 → 140, 8掛け → 80.
    """
    return _amounts(_SHARE, _share, text)


# --- lengths of time ----------------------------------------------------------------------------

_DURATION = re.compile(
    r"(?<![\d.])(?:(?P<years>\d{1,3}(?:\.\d)?)年(?P<half_year>半)?+|(?P<only_half>半年|はんとし)|(?P<only_half_month>半月|はんつき)"
    r"|(?P<months>\d{1,3}(?:\.\d)?)か月(?P<half_month>半)?+|(?P<weeks>\d{1,3})週間?+|(?P<days>\d{1,4})日間?+)"
    r"(?!前|目|ぶり|まえ)"
)
"""Every way to write a span, but not a point in time (3年前, 2年目)."""

_DAYS_OF_A_MONTH = 30
_WEEKS_OF_A_MONTH = 4


def _duration(found: re.Match[str]) -> float:
    if found["years"]:
        return 12 * float(found["years"]) + 6 * bool(found["half_year"])
    if found["only_half"]:
        return 6.0
    if found["only_half_month"]:
        return 0.5
    if found["months"]:
        return float(found["months"]) + 0.5 * bool(found["half_month"])
    if found["weeks"]:
        return int(found["weeks"]) / _WEEKS_OF_A_MONTH
    return int(found["days"]) / _DAYS_OF_A_MONTH


def durations(text: str) -> tuple[Amount, ...]:
    """List every length of time in months.

    あと2か月 → 2, 半年 → 6, 2週間 → 0.5, 10日 → 0.33.
    """
    return _amounts(_DURATION, _duration, text)


def months(text: str) -> float | None:
    """Read the first length of time in months, or None."""
    return _first(durations(text))


# --- things counted -----------------------------------------------------------------------------

_PEOPLE = re.compile(r"(?P<n>\d{1,6})(?:人|名)(?!前|目|様)")
"""A number of people, but not of portions (5人前) or a place (3人目)."""

_TIMES = re.compile(r"(?P<n>\d{1,3})(?:回|度)")
"""A number of times."""

_YEARS = re.compile(r"(?<!\d)(?P<n>\d{1,3})(?:期|年)(?!目|ぶり|前半|後半|生|度)")
"""A number of years or business years."""


def _read_count(found: re.Match[str]) -> float:
    return int(found["n"])


def heads(text: str) -> tuple[Amount, ...]:
    """List every number of people, as 従業員5人 → 5, 三名 → 3."""
    return _amounts(_PEOPLE, _read_count, text)


def occasions(text: str) -> tuple[Amount, ...]:
    """List every number of times, as 2回 → 2, 二回目 → 2."""
    return _amounts(_TIMES, _read_count, text)


def business_years(text: str) -> tuple[Amount, ...]:
    """List every number of years or business years.

    3期 → 3, 二年 → 2; not 「3年目」.
    """
    return _amounts(_YEARS, _read_count, text)


def people(text: str) -> int | None:
    """Read the first number of people, or None."""
    found = heads(text)
    return int(found[0].value) if found else None


def times(text: str) -> int | None:
    """Read the first number of times, or None."""
    found = occasions(text)
    return int(found[0].value) if found else None


# --- a number that picks a choice ---------------------------------------------------------------

_AROUND_A_PICK = re.compile(
    r"番目|番|ばん|つ目|つめ|です|でお願いします|お願いします|にします|を選ぶ|を選びます|かな|だけ|で$|だ$|かも|に$"
)
"""Words around the numbers of options, as in 「1番でお願いします」."""

_BETWEEN_PICKS = re.compile(r"[\s,、。・.とや&+/()「」『』【】!！#]+")
_PICK = re.compile(r"\d{1,2}")
"""The number of an option."""

_DRAWN = re.compile("([①-⑳❶-❿])|[\ufe0f\u20e3]")
"""Circled numbers, which may stand side by side, and marks of emoji digits."""


def picked(text: str) -> tuple[int, ...]:
    """Read a message of nothing but numbers, as ①, 1番です, 「1と3」, else ()."""
    plain = _AROUND_A_PICK.sub(" ", arabic(_DRAWN.sub(r" \1 ", text).strip()))
    numbers = [part for part in _BETWEEN_PICKS.split(plain) if part]
    if not numbers or not all(_PICK.fullmatch(part) for part in numbers):
        return ()
    return tuple(dict.fromkeys(int(part) for part in numbers))
