"""Single payments to come: 「12月25日に消費税120万、1月に賞与200万」."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.understand.reading.numbers.yen import Sum

_DAY = r"(?P<day>\d{1,2}+)日?"
_PART = r"(?P<part>末|下旬|中旬|半ば|なかば|上旬|初め|はじめ|頭)?+"
_DATE = re.compile(
    rf"(?P<month>\d{{1,2}}+)[月/](?:{_DAY}|{_PART})"
    rf"|(?P<next>今月|当月|来月|翌月|再来月|さ来月)の?(?:(?P<next_day>\d{{1,2}}+)日|(?P<next_part>末|下旬|中旬|半ば|上旬|初め|頭)?+)"
    r"|(?<![\d月])(?P<alone>\d{1,2}+)日(?!後|間|以内)"
    r"|(?P<count>\d{1,2}+)(?P<unit>日|週間|か月|ヶ月|カ月)後"
    r"|(?P<word>月末|年末|年内|年明け|来週|今週|明日|あした|明後日|あさって)"
)
_NEXT = {"今月": 0, "当月": 0, "来月": 1, "翌月": 1, "再来月": 2, "さ来月": 2}
_DAYS_OF_PARTS = {
    **dict.fromkeys(("上旬", "初め", "はじめ", "頭"), 10),
    **dict.fromkeys(("中旬", "半ば", "なかば"), 20),
}
_IN_DAYS = {"明日": 1, "あした": 1, "明後日": 2, "あさって": 2, "今週": 5, "来週": 12}
_NEW_YEAR = (1, 10)


@dataclass(frozen=True, slots=True)
class FoundPayment:
    """A payment as it was told: the amount, what for, and the day ( None where none was told).

    `unread_day` is a day that does not exist, as it was written.
    """

    sum: Sum
    what: str = ""
    due: date | None = None
    unread_day: str = ""


def payments_in(
    sums: Sequence[Sum], purposes: re.Pattern[str], today: date
) -> tuple[FoundPayment, ...]:
    """Read each amount as a payment; a day told once counts for those listed behind it."""
    return tuple(_read(sums, purposes, today))


def _read(sums: Sequence[Sum], purposes: re.Pattern[str], today: date) -> Iterator[FoundPayment]:
    last: date | None = None
    for number, each in enumerate(sums):
        ends = number + 1 == len(sums)
        behind = each.after if ends else re.split("[、。,\n]", each.after)[0]
        dates = [*_DATE.finditer(each.before)][-1:] or [*_DATE.finditer(behind)][:1]
        what = _last(purposes, each.before) or _first(purposes, behind)
        due = _day_of(dates[0], today) if dates else None
        wrong = dates[0][0] if dates and due is None else ""
        last = due or last
        yield FoundPayment(each, what, None if wrong else last, wrong)


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = [each[0] for each in pattern.finditer(text)]
    return found[-1] if found else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""


def _day_of(found: re.Match[str], today: date) -> date | None:
    """Find the day meant: the next of its kind from today on. None for one that does not exist."""
    if found["month"]:
        return _of_month(found, today)
    if found["next"]:
        month = _add_months(today, _NEXT[found["next"]])
        return _within(month, _day_number(found["next_day"], found["next_part"]))
    if found["alone"]:
        this = _within(today, int(found["alone"]))
        return (
            this if this and this >= today else _within(_add_months(today, 1), int(found["alone"]))
        )
    if found["count"]:
        return _ADDS[found["unit"]](today, int(found["count"]))
    return _of_word(found["word"], today)


def _of_month(found: re.Match[str], today: date) -> date | None:
    month = int(found["month"])
    if not 1 <= month <= _DECEMBER:
        return None
    year = today.year + (month < today.month)
    due = _within(date(year, month, 1), _day_number(found["day"], found["part"]))
    if due and due < today:
        return _within(date(year + 1, month, 1), due.day)
    return due


_DECEMBER = 12


def _day_number(day: str | None, part: str | None) -> int:
    """Read the day of a month; 0 means its last."""
    return int(day) if day else _DAYS_OF_PARTS.get(part or "", 0)


def _within(month: date, day: int) -> date | None:
    """Take a day of a month, 0 for its last; None where the month has no such day."""
    last = _add_months(month, 1).replace(day=1) - timedelta(days=1)
    if day > last.day:
        return None
    return last.replace(day=day or last.day)


def _of_word(word: str, today: date) -> date | None:
    if word in _IN_DAYS:
        return today + timedelta(days=_IN_DAYS[word])
    if word == "月末":
        return _within(today, 0)
    if word == "年明け":
        return date(today.year + 1, *_NEW_YEAR)
    return date(today.year, _DECEMBER, 31)


def month_ends(today: date, count: int) -> list[date]:
    """List the last days of this month and those after it."""
    ends = (_within(_add_months(today, passed), 0) for passed in range(count))
    return [end for end in ends if end]


def _add_months(day: date, count: int) -> date:
    """Return the first day of the month so many months on; the same day for none."""
    if count == 0:
        return day
    months = day.month - 1 + count
    return date(day.year + months // _DECEMBER, months % _DECEMBER + 1, 1)


def _later(day: date, count: int) -> date | None:
    return _within(_add_months(day.replace(day=1), count), min(day.day, 28))


_ADDS: dict[str, Callable[[date, int], date | None]] = {
    "日": lambda day, count: day + timedelta(days=count),
    "週間": lambda day, count: day + timedelta(weeks=count),
    "か月": _later,
    "ヶ月": _later,
    "カ月": _later,
}
