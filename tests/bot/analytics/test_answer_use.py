"""Counts of which answers helped, which did not, and which were never given."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.analytics.answer_use import AnswerUse, begin_review, review_answers

TODAY = date(2026, 11, 29)
ENTRIES = ("first", "second", "third")


@dataclass(frozen=True)
class Count:
    day: date
    name: str
    value: str
    count: int


def counted(name: str, value: str, count: int, days_ago: int = 0) -> Count:
    return Count(TODAY - timedelta(days=days_ago), name, value, count)


def test_review_answers_the_worst_stands_first_with_what_helped_beside_it() -> None:
    counts = [
        counted("entry", "first", 9),
        counted("missed", "first", 2),
        counted("helped", "first", 5, 3),
        counted("entry", "second", 3),
        counted("missed", "second", 2, 6),
    ]
    review = review_answers(counts, TODAY, ENTRIES)
    assert review.missed == (AnswerUse("second", 3, 0, 2), AnswerUse("first", 9, 5, 2))
    assert [each.entry for each in review.given] == ["first", "second"]


def test_review_answers_the_week_ends_and_four_weeks_begin_where_they_should() -> None:
    counts = [
        counted("missed", "first", 1, 7),
        counted("entry", "first", 1, 27),
        counted("entry", "second", 1, 28),
    ]
    review = review_answers(counts, TODAY, ENTRIES)
    assert review.missed == ()
    assert review.unused == ("second", "third")
    assert begin_review(TODAY) == TODAY - timedelta(days=27)


def test_review_answers_of_entries_that_are_gone_says_nothing() -> None:
    review = review_answers([counted("missed", "gone", 4)], TODAY, ENTRIES)
    assert review.missed == ()
    assert review.is_empty


def test_review_answers_what_had_no_answer_is_enough_to_look_at() -> None:
    review = review_answers([counted("unanswered", "", 3)], TODAY, ENTRIES)
    assert review.unanswered == 3
    assert not review.is_empty
