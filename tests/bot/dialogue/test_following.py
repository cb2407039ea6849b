"""見守り in the conversation: what it never does, and what one word does in any state."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.follow_up.reminding import remind
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation, Mode
from bot.model.follow_up import FollowUp
from bot.model.messages import typed
from bot.model.turn import Context, SetTimer
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.desk import Desk, waiting

NOW = datetime(2027, 5, 31, 16, 0, tzinfo=JAPAN)
AGREED = FollowUp("ab", agreed_at=datetime(2026, 11, 30, 11, tzinfo=JAPAN), called=True)
FOLLOWED = AGREED.named("fiscal_end", date(2027, 3, 31), datetime(2026, 11, 30, 11, tzinfo=JAPAN))
CONTEXT = Context(NOW, library.load(), KEIEI)


def followed(**changes: object) -> Desk:
    conversation = Conversation("line:U1", follow_up=FOLLOWED)
    return Desk(replace(conversation, **changes), NOW)  # type: ignore[arg-type] # fields by name


def said(desk: Desk, text: str) -> str:
    return "\n".join(reply.text for reply in desk.say(text).replies)


def test_what_waits_is_never_said_beside_despair_or_urgent_trouble() -> None:
    assert "決算の申告" in said(followed(), "ありがとう")
    assert "決算の申告" not in said(followed(), "もう死にたい")
    assert "決算の申告" not in said(followed(), "今週の給料が払えません")


def test_a_nudge_is_dropped_where_trouble_was_told() -> None:
    begun = datetime(2027, 5, 28, 11, tzinfo=JAPAN)
    paused = FollowUp("ab", paused_at=begun)
    calm = Conversation("line:U1", follow_up=paused)
    grave = calm.answered(KEIEI.emergency, ("wages",))
    assert remind(calm, CONTEXT).replies
    turn = remind(grave, CONTEXT)
    assert not turn.replies
    assert turn.effects == (SetTimer(paused.timer, None),)


@pytest.mark.parametrize("word", ["止めて", "見守りを止めて", "v1|do=unfollow"])
def test_a_stop_is_heard_while_a_person_has_the_case(word: str) -> None:
    desk = waiting()
    desk.conversation = replace(desk.conversation, follow_up=FOLLOWED, mode=Mode.WITH_STAFF)
    desk.say(typed(word))
    if word != "止めて":  # which may well be meant for the person
        assert desk.conversation.follow_up is None
    assert not remind(desk.conversation, CONTEXT).replies


def test_half_years_are_wished_for_and_dropped_with_a_tap() -> None:
    desk = followed()
    assert "半年ごとも知らせて" in [each.label for each in desk.say("見守り").replies[-1].buttons]
    desk.say("半年ごとも知らせて")
    assert desk.conversation.follow_up
    assert desk.conversation.follow_up.half_years
    desk.say("半年ごとはいらない")
    assert not desk.conversation.follow_up.half_years


def test_without_consent_its_buttons_do_nothing() -> None:
    desk = Desk(Conversation("line:U1"), NOW)
    for value in ("follow=dates", "follow=half_years", "follow=check", "date=fiscal_end",
                  "named=fiscal_end:3月", "check=sales_now:near"):  # fmt: skip
        desk.say(f"v1|{value}")
        assert desk.conversation.follow_up is None
