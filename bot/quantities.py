"""Numbers as people write them: 三割, 30%, 半分, あと2か月, 3期連続, 従業員5人."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_KANJI_NUMBER = re.compile(
    r"[〇零一二三四五六七八九]?[十百][〇零一二三四五六七八九十]*|[〇零一二三四五六七八九]+"
)
_UNITS = "割分年期か月カヶケ箇週日回人名度%パ番つ"
_MONTHS = (
    (re.compile(r"(\d+)年半"), 12.0, 6.0),
    (re.compile(r"(\d+)年"), 12.0, 0.0),
    (re.compile(r"(\d+)(?:か|カ|ヶ|ケ|箇|ヵ|個)?月半"), 1.0, 0.5),
    (re.compile(r"(\d+)(?:か|カ|ヶ|ケ|箇|ヵ|個)月"), 1.0, 0.0),
    (re.compile(r"(\d+)週"), 0.25, 0.0),
    (re.compile(r"(\d+)日"), 1 / 30, 0.0),
)


def arabic(text: str) -> str:
    """The text with full-width and circled digits, and kanji numbers before a unit, as 0–9."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(
        rf"({_KANJI_NUMBER.pattern})(?=[{_UNITS}]|$)", lambda found: _read(found[1]), plain
    )


def _read(kanji: str) -> str:
    """A kanji number up to 999 as digits."""
    if not re.search("[十百]", kanji):
        return kanji.translate(_DIGITS)
    total = 0
    for unit, worth in (("百", 100), ("十", 10)):
        if unit in kanji:
            head, kanji = kanji.split(unit, 1)
            total += worth * int(head.translate(_DIGITS) or 1)
    return str(total + int(kanji.translate(_DIGITS) or 0))


def percent(text: str) -> float | None:
    """A share in per cent: 三割 → 30, 半分 → 50, 15% → 15, 3分の1 → 33.3; None without one."""
    plain = arabic(text)
    if found := re.search(r"(\d+)分の(\d+)", plain):
        return 100 * int(found[2]) / int(found[1]) if int(found[1]) else None
    if re.search(r"半分|半減|半額", plain):
        return 50.0
    if found := re.search(r"(\d+(?:\.\d+)?)割(?:(\d)分|(半))?", plain):
        return 10 * float(found[1]) + float(found[2] or 0) + (5 if found[3] else 0)
    found = re.search(r"(\d+(?:\.\d+)?)(?:%|パーセント|ぱーせんと)", plain)
    return float(found[1]) if found else None


def months(text: str) -> float | None:
    """A length of time in months: あと2か月 → 2, 半年 → 6, 10日 → 0.33; None without one."""
    plain = arabic(text)
    for pattern, worth, more in _MONTHS:
        if found := pattern.search(plain):
            return float(found[1]) * worth + more
    return 6.0 if "半年" in plain else None


def people(text: str) -> int | None:
    """A number of people: 従業員5人 → 5, 三名 → 3; None without one."""
    found = re.search(r"(\d{1,6})(?:人|名)", arabic(text))
    return int(found[1]) if found else None


def times(text: str) -> int | None:
    """A number of times: 2回 → 2, 三度 → 3; None without one."""
    found = re.search(r"(\d{1,3})(?:回|度)", arabic(text))
    return int(found[1]) if found else None


def years(text: str) -> int | None:
    """A number of years or business years: 3期 → 3, 二年 → 2; None without one."""
    found = re.search(r"(\d{1,3})(?:期|年)", arabic(text))
    return int(found[1]) if found else None


def picked(text: str) -> tuple[int, ...]:
    """The numbers of a message that is nothing but numbers: ①, 1番です, 「1と3」; else empty."""
    plain = arabic(text.strip())
    plain = re.sub(r"(番目|番|ばん|つ目|です|でお願いします|で|かな|を選ぶ|にします)", " ", plain)
    parts = re.split(r"[\s,、。・.とや&+/()「」『』【】]+", plain.strip())
    numbers = [part for part in parts if part]
    if not numbers or not all(re.fullmatch(r"\d{1,2}", part) for part in numbers):
        return ()
    return tuple(dict.fromkeys(int(part) for part in numbers))
