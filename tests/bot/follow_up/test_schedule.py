"""Reminders come by consent only, once, in office hours, and not after a stop."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.follow_up.moments import earliest_from, grace_end, moment_on
from bot.follow_up.schedule import (
    Reminder,
    list_ripe,
    list_sayable,
    next_ring,
    plan_reminders,
    with_done,
)
from bot.model.business_hours import JAPAN, is_open, is_working_day
from bot.model.conversation import Conversation, from_dict, to_dict
from bot.model.follow_up import CheckIn, FollowUp, NamedDate, follow_up_id
from flows.keiei.follow_up import FOLLOW_UP

BEGIN = datetime(2026, 11, 30, 11, 0, tzinfo=JAPAN)
AGREED = FollowUp("4af200c90000", agreed_at=BEGIN)


def named(kind: str, day: date, at: datetime = BEGIN, **changes: object) -> FollowUp:
    return replace(AGREED.named(kind, day, at), **changes)  # type: ignore[arg-type] # fields by name


def days_of(follow_up: FollowUp, rule: str) -> list[date]:
    found = plan_reminders(follow_up, FOLLOW_UP)
    return [each.due.date() for each in found if each.rule.id == rule]


def test_without_consent_nothing_is_planned_whatever_was_named() -> None:
    without = replace(named("fiscal_end", date(2027, 3, 31)), agreed_at=None)
    assert plan_reminders(without, FOLLOW_UP) == ()
    assert plan_reminders(None, FOLLOW_UP) == ()
    assert next_ring(without, FOLLOW_UP, BEGIN) is None


def test_the_first_words_come_three_and_ten_days_after_the_consent() -> None:
    found = plan_reminders(AGREED, FOLLOW_UP)
    assert [each.due.date() for each in found] == [date(2026, 12, 3), date(2026, 12, 10)]
    assert plan_reminders(replace(AGREED, called=True), FOLLOW_UP) == ()


def test_a_pause_is_a_consent_to_one_reminder_and_no_other() -> None:
    paused = FollowUp("ab", paused_at=BEGIN)
    assert [each.rule.id for each in plan_reminders(paused, FOLLOW_UP)] == ["pick_up_again"]


@pytest.mark.parametrize(
    ("kind", "day", "rule", "dues"),
    [
        # 2027-05-31 is a Monday, 2029-05-31 a Thursday; the last days of the months before stay last days
        ("fiscal_end", date(2027, 3, 31), "settlement", [date(2027, 5, 31), date(2028, 5, 31), date(2029, 5, 31)]),
        ("fiscal_end", date(2027, 2, 28), "settlement", [date(2027, 4, 30), date(2028, 5, 1), date(2029, 5, 1)]),
        ("fiscal_end", date(2027, 3, 20), "settlement", [date(2027, 5, 20), date(2028, 5, 22), date(2029, 5, 21)]),
        # the lapse is said on the office day before a closed one: 2028-10-15 is a Sunday
        ("accepted_full", date(2026, 10, 15), "full_lapse", [date(2028, 10, 13)]),
        ("accepted_full", date(2026, 10, 15), "full_lapse_near", [date(2028, 4, 17)]),
        ("accepted_early", date(2026, 10, 15), "early_claim_near", [date(2027, 7, 15)]),
        ("accepted_early", date(2026, 10, 15), "early_claim", [date(2027, 10, 15)]),
        ("reschedule_until", date(2027, 3, 31), "reschedule_ends", [date(2027, 1, 29)]),
        ("tax_due_on", date(2026, 9, 30), "grace_last_month", [date(2027, 3, 1)]),
        ("next_due_on", date(2026, 12, 25), "payment_near", [date(2026, 12, 22)]),
    ],
)  # fmt: skip
def test_each_date_brings_its_reminders(kind: str, day: date, rule: str, dues: list[date]) -> None:
    assert days_of(named(kind, day), rule) == dues


def test_what_lay_behind_when_its_date_was_named_is_not_said() -> None:
    follow_up = named("accepted_full", date(2025, 3, 1))
    assert days_of(follow_up, "full_lapse_near") == []
    assert days_of(follow_up, "full_lapse") == [date(2027, 3, 1)]


def test_half_years_come_only_to_who_wants_them() -> None:
    follow_up = named("fiscal_end", date(2027, 9, 30))
    assert days_of(follow_up, "half_year") == []
    wanted = days_of(replace(follow_up, half_years=True), "half_year")
    assert wanted[0] == date(2027, 3, 31)


def test_a_changed_date_moves_what_depends_on_it() -> None:
    follow_up = named("reschedule_until", date(2027, 3, 31))
    moved = follow_up.named("reschedule_until", date(2027, 9, 30), BEGIN)
    assert days_of(moved, "reschedule_ends") == [date(2027, 7, 30)]


def test_a_conversation_with_a_follow_up_is_read_back_as_it_was() -> None:
    full = replace(
        named("fiscal_end", date(2027, 3, 31)),
        paused_at=BEGIN,
        done=("settlement:2027-03-31",),
        check_ins=(CheckIn(date(2027, 5, 31), {"sales": "as_planned"}),),
        checking={"sales": "less"},
    )
    conversation = Conversation("line:U1", last_seen=BEGIN, follow_up=full)
    assert from_dict(to_dict(conversation)) == conversation


# --- random lives --------------------------------------------------------------------------------

MOMENTS = st.timedeltas(timedelta(days=-300), timedelta(days=2200)).map(lambda after: BEGIN + after)
NAMES = st.text("0123456789abcdef", min_size=12, max_size=12)
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@given(day=DAYS, name=NAMES, before=st.booleans())
def test_every_moment_is_in_office_hours_and_near_its_day(
    *, day: date, name: str, before: bool
) -> None:
    moment = moment_on(day, name, before=before)
    assert is_open(moment)
    assert abs(moment.date() - day) <= timedelta(days=12)
    assert (moment.date() <= day) if before else (moment.date() >= day)
    assert timedelta(days=2) <= grace_end(moment) - moment <= timedelta(days=14)


@given(MOMENTS)
def test_who_looks_outside_office_hours_waits_until_they_open(moment: datetime) -> None:
    assert is_open(earliest_from(moment))
    assert earliest_from(moment) >= moment


LOOKS = st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=70)), max_size=60)
"""Pauses between two looks of the service's clock, from minutes to long stops."""


@settings(max_examples=60)
@given(
    dates=st.dictionaries(st.sampled_from(sorted(FOLLOW_UP.dates)), DAYS, max_size=6),
    looks=LOOKS,
    half_years=st.booleans(),
    stops_after=st.integers(0, 60),
)
def test_over_a_life_nothing_is_said_twice_late_at_night_or_after_the_stop(
    *, dates: dict[str, date], looks: list[timedelta], half_years: bool, stops_after: int
) -> None:
    follow_up: FollowUp | None = replace(AGREED, half_years=half_years)
    for kind, day in dates.items():
        assert follow_up
        follow_up = follow_up.named(kind, day, BEGIN)
    now, said = BEGIN, list[str]()
    for number, look in enumerate(looks):
        if number == stops_after:
            follow_up = None
        ring = next_ring(follow_up, FOLLOW_UP, now)
        # A service that stood still rings late; one that did not rings on time.
        now = max(now + look, ring) if ring else now + look
        if follow_up is None or ring is None or not is_open(now):
            continue
        ripe = list_ripe(follow_up, FOLLOW_UP, now)
        in_time = [each for each in ripe if now <= each.latest]
        for each in in_time:
            assert each.due <= now <= grace_end(each.due)
            assert is_working_day(now)
            said.append(each.id)
        follow_up = with_done(follow_up, in_time)
    assert len(said) == len(set(said))
    if stops_after == 0:
        assert said == []


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted(FOLLOW_UP.dates)), DAYS, max_size=6), MOMENTS)
def test_the_next_ring_is_never_in_the_past_at_night_or_beyond_what_is_planned(
    dates: dict[str, date], now: datetime
) -> None:
    follow_up = replace(AGREED, dates={kind: NamedDate(day, BEGIN) for kind, day in dates.items()})
    ring = next_ring(follow_up, FOLLOW_UP, now)
    left = [each for each in plan_reminders(follow_up, FOLLOW_UP) if each.latest > now]
    assert (ring is None) == (not left)
    if ring:
        assert ring >= now
        assert is_open(ring)


def test_what_came_too_late_is_still_said_with_something_else_while_it_is_of_use() -> None:
    follow_up = named("accepted_full", date(2026, 10, 15), called=True)
    late = datetime(2028, 6, 1, 11, 0, tzinfo=JAPAN)
    ripe = list_ripe(follow_up, FOLLOW_UP, late)
    assert [each.rule.id for each in list_sayable(ripe, late)] == ["full_lapse_near"]
    assert list_sayable(ripe, late + timedelta(days=200)) == ()
    first_words = list_ripe(AGREED, FOLLOW_UP, BEGIN + timedelta(days=60))
    assert list_sayable(first_words, BEGIN + timedelta(days=60)) == ()


# --- evened out -----------------------------------------------------------------------------------


@given(st.text("0123456789abcdef", min_size=12, max_size=12), st.dates(BEGIN.date(), date(2029, 12, 31)))  # fmt: skip
def test_a_reminder_is_evened_out_by_two_office_days_at_most_and_stays_in_time(
    id_: str, day: date
) -> None:
    exact = replace(named("fiscal_end", day), id=id_[:8] + "0000")
    evened = replace(exact, id=id_)
    for there, here in zip(_settlements(exact), _settlements(evened), strict=True):
        assert is_open(here.due)
        assert here.latest == there.latest
        assert here.due <= here.latest - timedelta(days=1)
        first, last = sorted((here.due, there.due))
        between = (first + timedelta(days=n + 1) for n in range((last - first).days))
        assert sum(map(is_working_day, between)) <= 2


def _settlements(follow_up: FollowUp) -> list[Reminder]:
    found = plan_reminders(follow_up, FOLLOW_UP)
    return [each for each in found if each.rule.id == "settlement"]


def test_a_thousand_with_one_settlement_month_are_spread_over_four_days() -> None:
    days = Counter(
        _settlements(replace(named("fiscal_end", date(2027, 3, 31)), id=follow_up_id(f"U{n}", BEGIN)))[0].due.date()
        for n in range(1000)
    )  # fmt: skip
    assert [*sorted(days)] == [date(2027, 5, 27), date(2027, 5, 28), date(2027, 5, 31), date(2027, 6, 1)]  # fmt: skip
    assert max(days.values()) < 1000 / 4 * 1.3
