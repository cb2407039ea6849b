from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.waiting import is_overdue, most_urgent_first
from bot.model.case import Case, Ending, Reason

NOW = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def case(name: str, reason: Reason = Reason.ASKED, promised_in: timedelta = HOUR) -> Case:
    return Case(name, reason, NOW - HOUR, NOW + promised_in)


def test_a_promise_is_broken_when_it_passes_without_an_answer() -> None:
    late = case("late", promised_in=-HOUR)
    assert is_overdue(late, NOW)
    assert is_overdue(replace(late, holder="U1"), NOW)
    assert not is_overdue(case("in time"), NOW)
    assert not is_overdue(replace(late, first_reply_at=NOW), NOW)
    assert not is_overdue(replace(late, ended_at=NOW, ending=Ending.TAKEN_BACK), NOW)


def test_the_most_urgent_comes_first() -> None:
    cases = (
        replace(case("answered", Reason.DESPAIR, -HOUR), first_reply_at=NOW),
        case("later", promised_in=2 * HOUR),
        case("soon"),
        case("urgent", Reason.URGENT, 3 * HOUR),
        case("broken", promised_in=-HOUR),
        case("broken and urgent", Reason.URGENT, -timedelta(minutes=1)),
        case("despair", Reason.DESPAIR, 5 * HOUR),
    )
    assert [each.id for each in most_urgent_first(cases, NOW)] == [
        "despair",
        "broken and urgent",
        "broken",
        "urgent",
        "soon",
        "later",
        "answered",
    ]


@given(st.permutations([case(str(each)) for each in range(6)]))
def test_the_order_is_always_the_same(cases: list[Case]) -> None:
    assert [each.id for each in most_urgent_first(cases, NOW)] == list("012345")
