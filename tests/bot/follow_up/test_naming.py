"""A date is taken as meant or asked about once, and never guessed."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.follow_up.naming import Doubt, Named, Questioned, take_date
from bot.model.business_hours import JAPAN
from bot.model.follow_up import FollowUp
from bot.understand.dates import DateProblem
from flows.keiei.follow_up import FOLLOW_UP

NOW = datetime(2026, 11, 30, 11, 0, tzinfo=JAPAN)
AGREED = FollowUp("ab", agreed_at=NOW)


def take(kind: str, text: str, follow_up: FollowUp = AGREED) -> Named | Questioned | None:
    return take_date(FOLLOW_UP.dates[kind], text, follow_up, NOW)


def test_a_date_is_kept_and_nothing_is_asked_any_more() -> None:
    named = take("fiscal_end", "3月決算です", replace(AGREED, asking="fiscal_end"))
    assert isinstance(named, Named)
    assert (named.day, named.before, named.follow_up.asking) == (date(2027, 3, 31), None, "")


def test_a_changed_date_tells_the_one_before() -> None:
    first = take("fiscal_end", "3月決算")
    assert isinstance(first, Named)
    second = take("fiscal_end", "やっぱり9月決算", first.follow_up)
    assert isinstance(second, Named)
    assert (second.before, second.day) == (date(2027, 3, 31), date(2027, 9, 30))


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("reschedule_until", "2025年3月31日", Doubt.PASSED),
        ("accepted_full", "2027年3月31日", Doubt.AHEAD),
        ("reschedule_until", "2062年3月31日", Doubt.FAR),
        ("tax_due_on", "1998年3月31日", Doubt.FAR),
    ],
)
def test_an_odd_day_is_asked_about_once_and_taken_when_it_is_given_again(
    kind: str, text: str, why: Doubt
) -> None:
    asked = take(kind, text)
    assert isinstance(asked, Questioned)
    assert asked.why is why
    assert isinstance(take(kind, text, asked.follow_up), Named)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2月30日", DateProblem.IMPOSSIBLE),
        ("13月1日", DateProblem.IMPOSSIBLE),
        ("来年3月まで", DateProblem.NEEDS_DAY),
        ("3月末か4月末", DateProblem.SEVERAL),
        ("10/31(月)", DateProblem.WEEKDAY),
    ],
)
def test_what_is_no_day_is_asked_about_once_and_then_left(text: str, why: DateProblem) -> None:
    asked = take("reschedule_until", text)
    assert isinstance(asked, Questioned)
    assert asked.why is why
    assert take("reschedule_until", text, asked.follow_up) is None
    assert isinstance(take("reschedule_until", "2027年3月31日", asked.follow_up), Named)


@pytest.mark.parametrize("text", ["わからない", "銀行に聞きます", "", "あ" * 5000])
def test_words_without_a_date_are_left_to_others(text: str) -> None:
    assert take("reschedule_until", text) is None
