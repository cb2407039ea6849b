"""The report and the steps in which lengths of time are counted."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analytics.counters import count_turn
from bot.analytics.report import HEADINGS, write_report
from bot.analytics.spans import LONGER, ORDER, STEPS, find_median, find_step
from bot.handoff import case_life, case_queue
from bot.model.case import Case, Outcome, Reason
from bot.model.conversation import Conversation, Mode
from bot.model.messages import Speaker
from bot.model.turn import Turn
from bot.store.records import DayCount
from flows.keiei.programme import KEIEI
from knowledge import library

DAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 5, 30, tzinfo=UTC)
HANAKO = case_life.Staff("U1", Speaker("花子"))
CASE = Case("c1", Reason.ASKED, NOW, NOW, "U1", "花子")
OPEN = Conversation("line:U1", Mode.WITH_STAFF, case=CASE)


def rows(*counts: DayCount) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write_report(counts, KEIEI, library.load().faq))))


def test_report_adds_a_months_days_up_in_plain_words() -> None:
    found = rows(
        DayCount(DAY, "verdict", "likely", 2),
        DayCount(date(2026, 11, 3), "verdict", "likely", 1),
        DayCount(date(2026, 10, 3), "reached", "sales", 7),
        DayCount(DAY, "finished_in", "28", 1),
        DayCount(DAY, "first_reply", "60", 4),
        DayCount(DAY, "talk_helped", "yes", 3),
        DayCount(DAY, "something of another version", "x", 3),
    )
    assert found == [
        list(HEADINGS),
        ["2026-10", "質問まで来た回数", "売上", "7"],
        ["2026-11", "最後まで答えた回数（都道府県）", "兵庫県", "1"],
        ["2026-11", "診断の結果", "使えそうです", "3"],
        ["2026-11", "最初のお返事まで", "60分以内", "4"],
        ["2026-11", "役に立ったか", "役に立った", "3"],
    ]


def test_report_shows_words_and_no_ids() -> None:
    faq = library.load().faq.entries[0]
    found = rows(
        DayCount(DAY, "finished", "diagnosis", 1),
        DayCount(DAY, "finished_in", "unknown", 1),
        DayCount(DAY, "entry", faq.id, 1),
        DayCount(DAY, "helped", faq.id, 1),
        DayCount(DAY, "missed", "gone-since", 1),
    )
    assert {each[2] for each in found[1:]} == {
        "くわしい診断",
        "わからない",
        faq.question,
        "いまはない項目（gone-since）",
    }


@given(st.integers(0, 10**6))
def test_step_is_the_first_that_holds_the_span(minutes: int) -> None:
    step = find_step(timedelta(minutes=minutes))
    if step == LONGER:
        assert minutes > STEPS[-1]
    else:
        assert minutes <= int(step)
        assert all(each < minutes for each in STEPS if each < int(step))


@given(st.dictionaries(st.sampled_from(ORDER), st.integers(1, 99)))
def test_median_has_half_of_them_within_it(counts: dict[str, int]) -> None:
    median = find_median(counts)
    if not counts:
        assert median == ""
        return
    at = ORDER.index(median)
    within = sum(counts.get(each, 0) for each in ORDER[: at + 1])
    assert 2 * within >= sum(counts.values()) > 2 * (within - counts.get(median, 0))


def counted(before: Conversation, outcome: object, after_minutes: int) -> set[tuple[str, str]]:
    assert isinstance(outcome, Turn)
    now = NOW + timedelta(minutes=after_minutes)
    return set(count_turn(before, outcome, now, KEIEI))


def test_first_reply_and_end_of_a_case_are_counted_once() -> None:
    said = case_life.reply(OPEN, HANAKO, "はい", NOW + timedelta(minutes=20))
    assert counted(OPEN, said, 20) == {("first_reply", "30")}
    assert isinstance(said, Turn)
    again = case_life.reply(said.conversation, HANAKO, "はい", NOW)
    assert counted(said.conversation, again, 25) == set()
    ended = case_life.complete(said.conversation, NOW + timedelta(hours=9), KEIEI)
    assert counted(said.conversation, ended, 540) == {("closed", "1440")}
    assert isinstance(ended, Turn)
    sorted_out = case_queue.say_outcome(ended.conversation, Outcome.SOLVED)
    assert counted(ended.conversation, sorted_out, 541) == {("outcome", "solved")}
    assert isinstance(sorted_out, Turn)
    changed = case_queue.say_outcome(sorted_out.conversation, Outcome.OTHER)
    assert counted(sorted_out.conversation, changed, 542) == set()


@pytest.mark.parametrize("case", [None, replace(CASE, id="another")])
def test_a_case_that_is_new_counts_as_neither(case: Case | None) -> None:
    turn = Turn(replace(OPEN, case=replace(CASE, first_reply_at=NOW)))
    assert count_turn(replace(OPEN, case=case), turn, NOW, KEIEI) == ()
