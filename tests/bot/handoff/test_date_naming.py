"""Staff name dates of a follow-up only with the owner's consent.

The owner hears of every change.
"""

from dataclasses import replace
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.case_file.follow_dates import read_changes
from bot.follow_up.schedule import next_ring
from bot.handoff.date_naming import find_date_faults, name_dates
from bot.handoff.refusals import Refused
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.follow_up import FollowUp
from bot.model.turn import CaseMoved, Context, Move, SetTimer, Turn
from flows.keiei.follow_up import FOLLOW_UP
from flows.keiei.programme import KEIEI
from knowledge import library

NOW = datetime(2026, 11, 30, 11, 0, tzinfo=JAPAN)
CONTEXT = Context(NOW, library.load(), KEIEI)
AGREED = FollowUp("ab", agreed_at=NOW, called=True)
KNOWN = AGREED.named("fiscal_end", date(2027, 3, 31), NOW)


def name(follow_up: FollowUp | None, **days: date | None) -> Turn | Refused:
    return name_dates(Conversation("line:U1", follow_up=follow_up), days, CONTEXT)


def test_days_are_kept_told_and_move_the_timer() -> None:
    turn = name(KNOWN, accepted_full=date(2026, 10, 15))
    assert isinstance(turn, Turn)
    after = turn.conversation.follow_up
    assert after
    assert after.dates["accepted_full"].day == date(2026, 10, 15)
    assert after.dates["fiscal_end"] == KNOWN.dates["fiscal_end"]
    (reply,) = turn.replies
    assert "405の申請日：2026年10月15日" in reply.text
    assert "決算の月：" not in reply.text.split("お知らせの予定")[0]
    assert SetTimer(after.timer, next_ring(after, FOLLOW_UP, NOW)) in turn.effects
    assert CaseMoved(Move.FILED) in turn.effects


def test_a_day_taken_out_is_reminded_of_no_more_and_said() -> None:
    turn = name(KNOWN, fiscal_end=None)
    assert isinstance(turn, Turn)
    assert turn.conversation.follow_up == replace(AGREED, next_at=None)
    assert "決算の月：なくしました" in turn.replies[0].text


def test_nothing_changed_says_nothing() -> None:
    turn = name(KNOWN, fiscal_end=date(2027, 3, 31))
    assert isinstance(turn, Turn)
    assert (turn.replies, turn.effects) == ((), ())


def test_only_days_that_are_not_as_shown_are_changes() -> None:
    shown = {"fiscal_end": "2025-03-31", "accepted_full": None, "tax_due_on": "2026-09-30"}
    chosen = {"fiscal_end": "2025-03-31", "accepted_full": "2026-10-15", "tax_due_on": ""}
    assert read_changes(chosen, shown) == {"accepted_full": date(2026, 10, 15), "tax_due_on": None}


def test_without_consent_it_is_refused() -> None:
    for follow_up in (None, FollowUp("ab", paused_at=NOW)):
        refused = name(follow_up, fiscal_end=date(2027, 3, 31))
        assert isinstance(refused, Refused)
        assert "同意していません" in refused.why


@given(st.dictionaries(st.sampled_from([*FOLLOW_UP.dates]), st.dates()))
def test_days_without_fault_lie_on_the_side_of_today_that_is_meant(days: dict[str, date]) -> None:
    faults = find_date_faults(days, FOLLOW_UP, NOW.date())
    for kind in days.keys() - faults.keys():
        lies_behind = days[kind] <= NOW.date()
        assert lies_behind or not FOLLOW_UP.dates[kind].passed
        assert days[kind] >= NOW.date() or FOLLOW_UP.dates[kind].passed
