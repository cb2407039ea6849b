"""Read a date as people write it.

令和9年3月31日, R9.3.31, 2027/3/31, 10/31, 来月末, 3月決算, 25日, あさって. A missing part is never guessed beyond
the meaning of the words: a date without a year is the next one, or the last one where it lies
behind; a month without a day is asked about, unless its end will do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.months import (
    MONTHS_OF_A_YEAR,
    count_months_on,
    day_of_month,
    number_month,
)
from bot.understand.reading.normal import normalise
from bot.understand.reading.numbers.quantities import read_kanji_number

LONGEST = 60
"""Characters of a message read as a date. A longer one tells something."""


class DateProblem(StrEnum):
    """Say why the written words are not one date."""

    IMPOSSIBLE = "impossible"
    NEEDS_DAY = "needs_day"
    SEVERAL = "several"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class DateRead:
    """Hold the day that was read, or the problem. `words` are the date's."""

    words: str
    day: date | None = None
    problem: DateProblem | None = None


@dataclass(frozen=True, slots=True)
class Sense:
    """What a date without all its parts means.

    `passed`: without a year it lies behind. `by_month`: a month means its last day. `by_part`: a part of
    a month or a year means about its end (「中旬」 the 20th), and so does a week.
    """

    passed: bool = False
    by_month: bool = False
    by_part: bool = False


_ERAS = {"令和": 2018, "れいわ": 2018, "令": 2018, "r": 2018, "平成": 1988, "平": 1988, "h": 1988}
_YEAR_WORDS = {"再来年": 2, "さ来年": 2, "さらいねん": 2, "来年": 1, "翌年": 1, "らいねん": 1, "今年": 0, "本年": 0, "ことし": 0, "去年": -1, "昨年": -1, "きょねん": -1, "一昨年": -2, "おととし": -2}  # fmt: skip
_MONTH_WORDS = {"再来月": 2, "さ来月": 2, "さらいげつ": 2, "来月": 1, "翌月": 1, "らいげつ": 1, "今月": 0, "当月": 0, "こんげつ": 0, "先月": -1, "せんげつ": -1}  # fmt: skip
_DAY_WORDS = {"明後日": 2, "あさって": 2, "明日": 1, "あした": 1, "あす": 1, "今日": 0, "本日": 0, "きょう": 0, "昨日": -1, "きのう": -1}  # fmt: skip
_ROUGH_WORDS = {"今週": 5, "来週": 12}
"""Days from now at which a week that is named has surely ended."""
_PARTS = {
    **dict.fromkeys(("上旬", "初め", "はじめ", "頭"), 10),
    **dict.fromkeys(("中旬", "半ば", "なかば"), 20),
    "下旬": None,
}
"""Day of a month by which its part has ended. None is the last."""
_LAST = "末日|月末|末|晦日|みそか|締め"
_NEW_YEAR = 10
"""The day of January that 「年明け」 means about."""

_KANJI = re.compile(r"[〇一二三四五六七八九十]{1,5}(?=年|月|日)")
"""A number in kanji before 年, 月 or 日."""

_BLANK = re.compile(r"(?<=[\d年月日/.\-])[ 　]{1,3}(?=[\d年月日/.\-])")
"""Blanks inside a date, as in 「3 月 31 日」."""

_YEAR = (
    rf"(?:(?P<era>{'|'.join(_ERAS)})(?P<era_year>元|\d{{1,2}})|(?P<year>(?:19|20)\d\d))(?:年(?!度)の?|[/.\-])"
    rf"|(?P<year_word>{'|'.join(_YEAR_WORDS)})の?"
)
_DAY = rf"(?P<last>{_LAST})|(?P<part>{'|'.join(_PARTS)})|(?P<day>\d{{1,2}})(?:日|(?!\d))"
_WEEKDAYS = "月火水木金土日"
_DATE = re.compile(
    rf"(?<![\d/.\-])(?:(?:{_YEAR})(?:(?P<month>\d{{1,2}})(?:月の?|[/.\-]|(?!\d))|(?P<last_month>年?末))"
    rf"|(?P<month_word>{'|'.join(_MONTH_WORDS)})の?|(?P<lone_month>\d{{1,2}})(?:月の?|/(?=\d)))"
    rf"(?:{_DAY})?(?:\(?(?P<weekday>[{_WEEKDAYS}])(?:曜日?)?\)|(?P<weekday_said>[{_WEEKDAYS}])曜)?(?![/.\-]?\d)"
)
"""A month with its year, day or weekday, as far as they are given."""

_EIGHT = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
"""Eight digits in a row, as 20260331."""

_DAY_ALONE = re.compile(r"(?<!\d)(?:(?<!月)|(?<=毎月))(?P<day>\d{1,2})日(?![間後前目分以])")
"""A day without its month (「25日」), and no number of days (「25日間」, 「25日前」)."""

_LAST_ALONE = re.compile("(?P<last>月末|末日|晦日|みそか)")
"""The last day of a month that is not named."""

_YEAR_END = re.compile("(?P<year_end>年末)|(?P<within_year>年内)|(?P<new_year>年明け)")
"""The end of the year, the time until then, or the time after."""

_NEAR = re.compile(
    rf"(?P<word>{'|'.join(_DAY_WORDS)})|(?P<week>{'|'.join(_ROUGH_WORDS)})"
    r"|(?<!\d)(?P<count>\d{1,3})(?P<unit>日|週間|[かカヵヶケ箇]月)後"
)
"""A day counted from today, as あした, 来週 or 3日後."""

_BY_FULLNESS = (_EIGHT, _DATE, _DAY_ALONE, _NEAR, _LAST_ALONE, _YEAR_END)

Parts = dict[str, str]


def read_date(text: str, today: date, *, passed: bool, by_month: bool) -> DateRead | None:
    """Read the one date of a message, or None.

    `passed`: a date without a year lies behind. `by_month`: a month means its last day.
    """
    if len(text) > LONGEST:
        return None
    found = _find_matches(_plain(text))
    fullest = min((_BY_FULLNESS.index(each.re) for each in found), default=0)
    sense = Sense(passed=passed, by_month=by_month)
    read = [_resolve(each, today, sense) for each in found if each.re is _BY_FULLNESS[fullest]]
    if len({each.day or each.problem for each in read}) > 1:
        return DateRead(read[0].words, None, DateProblem.SEVERAL)
    return read[0] if read else None


def list_dates(text: str, today: date, sense: Sense) -> list[DateRead]:
    """Read every date of a text, in the order they stand in."""
    return [_resolve(each, today, sense) for each in _find_matches(_plain(text))]


def _plain(text: str) -> str:
    plain = _KANJI.sub(lambda found: read_kanji_number(found[0]), normalise(text).lower())
    return _BLANK.sub("", plain)


def _find_matches(plain: str) -> Sequence[re.Match[str]]:
    """Find dates, the fullest where several overlap."""
    taken = bytearray(len(plain))
    found = []
    for each in (match for pattern in _BY_FULLNESS for match in pattern.finditer(plain)):
        if not any(taken[each.start() : each.end()]):
            taken[each.start() : each.end()] = b"x" * (each.end() - each.start())
            found.append(each)
    return sorted(found, key=lambda match: match.start())


def _resolve(found: re.Match[str], today: date, sense: Sense) -> DateRead:
    parts = {name: value for name, value in found.groupdict().items() if value}
    if not _is_enough(parts, sense):
        return DateRead(found[0], None, DateProblem.NEEDS_DAY)
    day = _near_day(parts, today, sense) or _day_of(parts, today, sense)
    if day is None:
        return DateRead(found[0], None, DateProblem.IMPOSSIBLE)
    weekday = parts.get("weekday") or parts.get("weekday_said")
    if weekday and _WEEKDAYS[day.weekday()] != weekday:
        return DateRead(found[0], None, DateProblem.WEEKDAY)
    return DateRead(found[0], day)


_EXACT = {"day", "last", "last_month", "word", "year_end"}
_ROUGH = {"part", "week", "within_year", "new_year"}


def _is_enough(parts: Parts, sense: Sense) -> bool:
    """Tell whether the words say which day, as far as it is wanted."""
    if parts.keys() & _ROUGH or parts.get("unit", "").endswith("月"):
        return sense.by_part
    return sense.by_month or bool(parts.keys() & (_EXACT | {"unit"}))


def _near_day(parts: Parts, today: date, sense: Sense) -> date | None:
    """Find a day told from today on, or None if told by the calendar."""
    if "word" in parts:
        return today + timedelta(days=_DAY_WORDS[parts["word"]])
    if "week" in parts:
        return today + timedelta(days=_ROUGH_WORDS[parts["week"]])
    if "unit" in parts:
        return _count_on(today, int(parts["count"]), parts["unit"])
    if "new_year" in parts:
        return date(today.year + 1, 1, _NEW_YEAR)
    if parts.keys() & {"year_end", "within_year"}:
        return _nearest(MONTHS_OF_A_YEAR, None, today, sense)
    return None


def _count_on(today: date, count: int, unit: str) -> date:
    if unit.endswith("月"):
        return count_months_on(today, count)
    return today + timedelta(days=count * (7 if unit == "週間" else 1))


def _day_of(parts: Parts, today: date, sense: Sense) -> date | None:
    """Find the written day, or None when there is no such day."""
    year, number = _year_of(parts, today), _day_number(parts)
    month = parts.get("month") or parts.get("lone_month")
    if "last_month" in parts:  # 「来年末」
        return date(year or today.year, MONTHS_OF_A_YEAR, 31)
    if "month_word" in parts:
        return day_of_month(number_month(today) + _MONTH_WORDS[parts["month_word"]], number)
    if month is None:
        return _nearest_in_months(number, today, sense)
    if not 1 <= int(month) <= MONTHS_OF_A_YEAR:
        return None
    if year is not None:
        return day_of_month(year * MONTHS_OF_A_YEAR + int(month) - 1, number)
    return _nearest(int(month), number, today, sense)


def _day_number(parts: Parts) -> int | None:
    """Read the day of a month, or None for its last."""
    if "part" in parts:
        return _PARTS[parts["part"]]
    return int(parts["day"]) if "day" in parts else None


def _year_of(parts: Parts, today: date) -> int | None:
    if "year" in parts:
        return int(parts["year"])
    if "era" in parts:
        return _ERAS[parts["era"]] + int(parts["era_year"].replace("元", "1"))
    if "year_word" in parts:
        return today.year + _YEAR_WORDS[parts["year_word"]]
    return None


def _nearest(month: int, number: int | None, today: date, sense: Sense) -> date | None:
    """Find the next such day of a year, or the last one if `passed`."""
    this_year = today.year * MONTHS_OF_A_YEAR + month - 1
    return _nearer(this_year, MONTHS_OF_A_YEAR, number, today, sense)


def _nearest_in_months(number: int | None, today: date, sense: Sense) -> date | None:
    """Find the next day of this number, or the last one if `passed`."""
    return _nearer(number_month(today), 1, number, today, sense)


def _nearer(count: int, step: int, number: int | None, today: date, sense: Sense) -> date | None:
    """Take the day of this month or of the one `step` months away.

    The other month serves when the day lies on the wrong side of today.
    """
    day = day_of_month(count, number)
    if day is None or ((day <= today) if sense.passed else (day >= today)):
        return day
    return day_of_month(count - step if sense.passed else count + step, number)
