from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.analytics.figures import DAYS, Share, Stop, Sums, figures, persons, since, stops, verdicts
from bot.store.records import DayCount
from flows.keiei.catalog import QUESTIONS

TODAY = date(2026, 11, 28)


def count(day: date, name: str, number: int = 1, value: str = "") -> DayCount:
    return DayCount(day, name, value, number)


def month_of(counts: Iterable[tuple[str, str, int]]) -> Sums:
    return figures((DayCount(TODAY, *each) for each in counts), TODAY, QUESTIONS).month


def test_today_the_month_and_the_same_days_of_the_month_before() -> None:
    found = figures(
        (
            count(date(2026, 10, 1), "talked", 1000),
            count(date(2026, 10, 28), "talked", 100),
            count(date(2026, 10, 29), "talked", 7777),  # later in its month than today
            count(date(2026, 11, 1), "talked", 10),
            count(TODAY, "talked", 1),
            count(date(2026, 11, 29), "talked", 5555),  # of a clock that runs ahead
        ),
        TODAY,
        QUESTIONS,
    )
    assert found.today.total("talked") == 1
    assert found.month.total("talked") == 11
    assert found.before.total("talked") == 1100


def test_a_long_month_is_compared_with_the_whole_of_a_short_one() -> None:
    counts = [count(date(2026, 2, day), "talked") for day in range(1, 29)]
    assert figures(counts, date(2026, 3, 31), QUESTIONS).before.total("talked") == 28


def test_the_series_is_four_whole_weeks_with_its_empty_days() -> None:
    found = figures(
        (
            count(TODAY, "talked", 3),
            count(TODAY, "finished", 2, "diagnosis"),
            count(TODAY, "finished", 1, "qualify"),
            count(TODAY - timedelta(days=27), "talked", 4),
            count(TODAY - timedelta(days=28), "talked", 99),
        ),
        TODAY,
        QUESTIONS,
    )
    assert [len(week) for week in found.weeks] == [7, 7, 7, 7]
    assert (found.days[-1].date, found.days[-1].talked, found.days[-1].finished) == (TODAY, 3, 3)
    assert sum(day.talked for day in found.days) == 7


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_counts_asked_for_hold_the_month_before_and_the_series(today: date) -> None:
    first = since(today)
    assert today - first >= timedelta(days=DAYS - 1)
    assert (first.year * 12 + first.month) <= today.year * 12 + today.month - 1
    assert figures([count(first, "talked")], today, QUESTIONS).before.total("talked") in {0, 1}
    assert today - first < timedelta(days=63)


def test_people_stop_where_reached_is_more_than_answered_most_people_first() -> None:
    month = month_of(
        [
            ("reached", "sales", 40),
            ("answered", "sales", 36),
            ("reached", "cash", 20),
            ("answered", "cash", 10),
            ("reached", "costs", 5),
            ("answered", "costs", 9),  # some went back and answered twice
            ("reached", "a-question-of-before", 1),
        ]
    )
    assert stops(month, QUESTIONS) == (
        Stop("手元のお金", 20, 10),
        Stop("売上", 40, 4),
        Stop("a-question-of-before", 1, 1),
    )
    assert [each.share for each in stops(month, QUESTIONS)] == [0.5, 0.1, 1.0]


def test_verdicts_with_their_shares_best_first() -> None:
    month = month_of([("verdict", "other", 1), ("verdict", "likely", 3)])
    assert verdicts(month) == (
        Share("使えそうです", 3, 0.75),
        Share("別の支援が合いそうです", 1, 0.25),
    )


def test_persons_wanted_the_gravest_first_and_what_nobody_knows_last() -> None:
    month = month_of([("person", "boredom", 1), ("person", "asked", 1), ("person", "despair", 2)])
    assert [each.label for each in persons(month)] == [
        "つらい気持ちの言葉があった",
        "人と話したい",
        "boredom",
    ]


COUNTS = st.lists(
    st.builds(
        DayCount,
        st.dates(TODAY - timedelta(days=90), TODAY + timedelta(days=3)),
        st.sampled_from(["talked", "talked_month", "reached", "answered", "finished", "verdict"]),
        st.sampled_from(["", "sales", "cash", "likely", "other", "unheard-of"]),
        st.integers(1, 10**9),
    ),
    max_size=60,
)


@given(COUNTS)
def test_shares_are_parts_of_a_whole_and_nobody_stops_less_than_not(counts: list[DayCount]) -> None:
    found = figures(counts, TODAY, QUESTIONS)
    parts = verdicts(found.month)
    assert not parts or abs(sum(each.share for each in parts) - 1) < 1e-9
    assert all(0 < each.stopped <= each.reached for each in stops(found.month, QUESTIONS))
    assert len(found.days) == DAYS


def test_nothing_counted_is_nothing_shown() -> None:
    found = figures((), TODAY, QUESTIONS)
    assert (stops(found.month, QUESTIONS), verdicts(found.month), persons(found.month)) == (
        (),
        (),
        (),
    )
