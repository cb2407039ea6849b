"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.dates import DateProblem, Sense, list_dates, read_date

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和9年3月31日", date(2027, 3, 31)),
        ("R9.3.31", date(2027, 3, 31)),
        ("れいわ９年３月末日です", date(2027, 3, 31)),
        ("2027/3/31", date(2027, 3, 31)),
        ("2027-03-31", date(2027, 3, 31)),
        ("20270331", date(2027, 3, 31)),
        ("２０２７ 年 ３ 月 ３１ 日", date(2027, 3, 31)),
        ("10/31", date(2027, 10, 31)),
        ("10月31日（日）", date(2027, 10, 31)),
        ("十二月二十五日", date(2026, 12, 25)),
        ("12月25日ごろかな", date(2026, 12, 25)),
        ("来月末", date(2026, 12, 31)),
        ("再来月の10日", date(2027, 1, 10)),
        ("来年の3月末まで", date(2027, 3, 31)),
        ("来年末", date(2027, 12, 31)),
        ("月末です", date(2026, 11, 30)),
        ("25日", date(2026, 12, 25)),
        ("30日", TODAY),
        ("あさって", date(2026, 12, 2)),
        ("10日後", date(2026, 12, 10)),
        ("2週間後", date(2026, 12, 14)),
        ("年末です", date(2026, 12, 31)),
        ("来年の年末", date(2027, 12, 31)),
    ],
)
def test_read_date_ahead_finds_the_next_such_day(text: str, day: date) -> None:
    read = read_date(text, TODAY, passed=False, by_month=False)
    assert read is not None
    assert (read.day, read.problem) == (day, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10/31", date(2026, 10, 31)),
        ("12月1日", date(2025, 12, 1)),
        ("去年の10月15日", date(2025, 10, 15)),
        ("先月15日", date(2026, 10, 15)),
        ("令和元年10月1日", date(2019, 10, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("9月30日の納期限", date(2026, 9, 30)),
    ],
)
def test_read_date_behind_finds_the_last_such_day(text: str, day: date) -> None:
    read = read_date(text, TODAY, passed=True, by_month=False)
    assert read is not None
    assert read.day == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3月決算", date(2027, 3, 31)),
        ("決算は三月です", date(2027, 3, 31)),
        ("2028年2月期", date(2028, 2, 29)),
        ("3月20日締め", date(2027, 3, 20)),
        ("11月", TODAY),
    ],
)
def test_read_date_by_month_takes_its_last_day(text: str, day: date) -> None:
    read = read_date(text, TODAY, passed=False, by_month=True)
    assert read is not None
    assert read.day == day


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2月30日", DateProblem.IMPOSSIBLE),
        ("2027年2月29日", DateProblem.IMPOSSIBLE),
        ("13月1日", DateProblem.IMPOSSIBLE),
        ("3月まで", DateProblem.NEEDS_DAY),
        ("3月の中旬", DateProblem.NEEDS_DAY),
        ("来週かな", DateProblem.NEEDS_DAY),
        ("3か月後", DateProblem.NEEDS_DAY),
        ("年明け", DateProblem.NEEDS_DAY),
        ("3月末か4月末", DateProblem.SEVERAL),
        ("10/31(月)", DateProblem.WEEKDAY),
    ],
)
def test_read_date_of_no_day_tells_the_problem(text: str, problem: DateProblem) -> None:
    read = read_date(text, TODAY, passed=False, by_month=False)
    assert read is not None
    assert (read.day, read.problem) == (None, problem)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12月25日と来月の上旬", [date(2026, 12, 25), date(2026, 12, 10)]),
        ("来年2月半ば", [date(2027, 2, 20)]),
        ("1月下旬か3か月後", [date(2027, 1, 31), date(2027, 2, 28)]),
        ("年内、2月30日、年明け", [date(2026, 12, 31), None, date(2027, 1, 10)]),
        ("30日間", []),
    ],
)
def test_list_dates_where_about_is_enough_reads_all_in_order(
    text: str, days: list[date | None]
) -> None:
    read = list_dates(text, TODAY, Sense(by_month=True, by_part=True))
    assert [each.day for each in read] == days


@pytest.mark.parametrize(
    "text", ["", "わからない", "03-1234-5678", "1.5か月", "令和8年度", "2027年", "3割", "30日間", "550-0001"]
)  # fmt: skip
def test_read_date_without_a_date_reads_none(text: str) -> None:
    assert read_date(text, TODAY, passed=False, by_month=False) is None


@given(
    day=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    written=st.sampled_from(
        [
            "{0.year}年{0.month}月{0.day}日",
            "{0.year}/{0.month}/{0.day}",
            "{0:%Y%m%d}",
            "令和{1}年{0.month}月{0.day}日",
        ]
    ),
    passed=st.booleans(),
)
def test_read_date_in_full_is_that_day_whatever_is_asked(
    *, day: date, written: str, passed: bool
) -> None:
    text = written.format(day, day.year - 2018)
    read = read_date(text, TODAY, passed=passed, by_month=False)
    assert read is not None
    assert read.day == day


@given(text=st.text(max_size=80), passed=st.booleans(), by_month=st.booleans())
def test_read_date_of_any_text_never_fails(*, text: str, passed: bool, by_month: bool) -> None:
    read_date(text, TODAY, passed=passed, by_month=by_month)
