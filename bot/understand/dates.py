"""A date as people write it: 令和9年3月31日, R9.3.31, 2027/3/31, 10/31, 来月末, 3月決算, 25日, あさって.

What is left out is never guessed beyond what the words mean: a date without a year is the next one, or
the last one where it lies behind; a month without a day is asked about.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.understand.reading.normal import normalise
from bot.understand.reading.numbers.quantities import read_kanji_number

LONGEST = 60
"""Characters of a message that is read as a date; who writes more tells something."""


class DateProblem(StrEnum):
    """Why what was written is no one date."""

    IMPOSSIBLE = "impossible"
    NEEDS_DAY = "needs_day"
    SEVERAL = "several"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class DateRead:
    """What was read: a day, or a problem; `words` are those of the date."""

    words: str
    day: date | None = None
    problem: DateProblem | None = None


_ERAS = {"令和": 2018, "れいわ": 2018, "令": 2018, "r": 2018, "平成": 1988, "平": 1988, "h": 1988}
_YEAR_WORDS = {"再来年": 2, "さ来年": 2, "さらいねん": 2, "来年": 1, "翌年": 1, "らいねん": 1, "今年": 0, "本年": 0, "ことし": 0, "去年": -1, "昨年": -1, "きょねん": -1, "一昨年": -2, "おととし": -2}  # fmt: skip
_MONTH_WORDS = {"再来月": 2, "さ来月": 2, "さらいげつ": 2, "来月": 1, "翌月": 1, "らいげつ": 1, "今月": 0, "当月": 0, "こんげつ": 0, "先月": -1, "せんげつ": -1}  # fmt: skip
_DAY_WORDS = {"明後日": 2, "あさって": 2, "明日": 1, "あした": 1, "あす": 1, "今日": 0, "本日": 0, "きょう": 0, "昨日": -1, "きのう": -1}  # fmt: skip
_LAST = "末日|月末|末|晦日|みそか|締め"

_KANJI = re.compile(r"[〇一二三四五六七八九十]{1,5}(?=年|月|日)")
_BLANK = re.compile(r"(?<=[\d年月日/.\-])[ 　]{1,3}(?=[\d年月日/.\-])")
_YEAR = (
    rf"(?:(?P<era>{'|'.join(_ERAS)})(?P<era_year>元|\d{{1,2}})|(?P<year>(?:19|20)\d\d))(?:年(?!度)の?|[/.\-])"
    rf"|(?P<year_word>{'|'.join(_YEAR_WORDS)})の?"
)
_DAY = rf"(?P<last>{_LAST})|(?P<day>\d{{1,2}})(?:日|(?!\d))"
_WEEKDAYS = "月火水木金土日"
_DATE = re.compile(
    rf"(?<![\d/.\-])(?:(?:{_YEAR})(?:(?P<month>\d{{1,2}})(?:月の?|[/.\-]|(?!\d))|(?P<last_month>末))"
    rf"|(?P<month_word>{'|'.join(_MONTH_WORDS)})の?|(?P<lone_month>\d{{1,2}})(?:月の?|/(?=\d)))"
    rf"(?:{_DAY})?(?:\(?(?P<weekday>[{_WEEKDAYS}])(?:曜日?)?\)|(?P<weekday_said>[{_WEEKDAYS}])曜)?(?![/.\-]?\d)"
)
_EIGHT = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_DAY_ALONE = re.compile(r"(?<![\d月])(?P<day>\d{1,2})日(?![間後前目分以])")
_LAST_ALONE = re.compile("月末|末日|晦日|みそか")
_NEAR = re.compile(
    rf"(?P<word>{'|'.join(_DAY_WORDS)})|(?<!\d)(?P<count>\d{{1,3}})(?P<unit>日|週間)後"
)


def read_date(text: str, today: date, *, passed: bool, by_month: bool) -> DateRead | None:
    """Read the one date of a message; None where there is none.

    `passed`: a date without a year lies behind. `by_month`: a month means its last day.
    """
    if len(text) > LONGEST:
        return None
    plain = _plain(text)
    found = [
        _resolve(each, today, passed=passed, by_month=by_month) for each in _find_matches(plain)
    ]
    if len({each.day or each.problem for each in found}) > 1:
        return DateRead(found[0].words, None, DateProblem.SEVERAL)
    return found[0] if found else None


def _plain(text: str) -> str:
    plain = _KANJI.sub(lambda found: read_kanji_number(found[0]), normalise(text).lower())
    return _BLANK.sub("", plain)


def _find_matches(plain: str) -> list[re.Match[str]]:
    """Find dates by the fullest pattern that occurs at all."""
    for pattern in (_EIGHT, _DATE, _DAY_ALONE, _NEAR, _LAST_ALONE):
        if found := list(pattern.finditer(plain)):
            return found
    return []


def _resolve(found: re.Match[str], today: date, *, passed: bool, by_month: bool) -> DateRead:
    parts = {name: value for name, value in found.groupdict().items() if value}
    words = found[0]
    if parts.keys() & {"word", "unit"}:
        return DateRead(words, today + timedelta(days=_days_from_now(parts)))
    has_day = bool(parts.keys() & {"day", "last", "last_month"}) or found.re is _LAST_ALONE
    if not (has_day or by_month):
        return DateRead(words, None, DateProblem.NEEDS_DAY)
    day = _day_of(parts, today, passed=passed)
    if day is None:
        return DateRead(words, None, DateProblem.IMPOSSIBLE)
    weekday = parts.get("weekday") or parts.get("weekday_said")
    if weekday and _WEEKDAYS[day.weekday()] != weekday:
        return DateRead(words, None, DateProblem.WEEKDAY)
    return DateRead(words, day)


def _days_from_now(parts: dict[str, str]) -> int:
    if "word" in parts:
        return _DAY_WORDS[parts["word"]]
    return int(parts["count"]) * (7 if parts["unit"] == "週間" else 1)


def _day_of(parts: dict[str, str], today: date, *, passed: bool) -> date | None:
    """Find the day that was written; None when there is no such day."""
    year = _year_of(parts, today)
    month = parts.get("month") or parts.get("lone_month")
    if "month_word" in parts or month is None:
        ahead = _MONTH_WORDS.get(parts.get("month_word", ""), 0)
        first = today.year * 12 + today.month - 1 + ahead
        if "last_month" in parts:  # 「来年末」
            return date(year or today.year, 12, 31)
        lone = "month_word" not in parts and "year_word" not in parts
        return _of_month(first, parts, today if lone else None, passed=passed)
    if not 1 <= int(month) <= 12:  # noqa: PLR2004 - months of a year
        return None
    if year is not None:
        return _of_month(year * 12 + int(month) - 1, parts, None, passed=passed)
    return _nearest(int(month), parts, today, passed=passed)


def _year_of(parts: dict[str, str], today: date) -> int | None:
    if "year" in parts:
        return int(parts["year"])
    if "era" in parts:
        return _ERAS[parts["era"]] + int(parts["era_year"].replace("元", "1"))
    if "year_word" in parts:
        return today.year + _YEAR_WORDS[parts["year_word"]]
    return None


def _nearest(month: int, parts: dict[str, str], today: date, *, passed: bool) -> date | None:
    """Find the next such day, or the last one where it lies behind."""
    years = (today.year, today.year - 1) if passed else (today.year, today.year + 1)
    for year in years:
        day = _of_month(year * 12 + month - 1, parts, None, passed=passed)
        if day is None:
            return None
        if (day <= today) if passed else (day >= today):
            return day
    return None


def _of_month(
    count: int, parts: dict[str, str], today: date | None, *, passed: bool
) -> date | None:
    """Make the day of a month (months since year 0); with `today` the next or last such day."""
    year, month = divmod(count, 12)
    length = monthrange(year, month + 1)[1]
    number = int(parts["day"]) if "day" in parts else length
    if not 1 <= number <= length:
        return None
    day = date(year, month + 1, number)
    if today and (day > today if passed else day < today):
        return _of_month(count + (-1 if passed else 1), parts, None, passed=passed)
    return day
