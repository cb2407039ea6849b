"""What to do today and the office to call are shown once. Whatever is told behind them goes on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Message, typed
from bot.model.turn import Context, Turn
from flows.keiei.programme import KEIEI
from knowledge import library

CONTEXT = Context(datetime(2026, 11, 30, 3, tzinfo=UTC), library.load(), KEIEI)
EMERGENCIES = ("今月の給料が払えない", "税務署から差押えの通知が来た", "月末に手形が落ちない")


def say(*said: str) -> Turn:
    turn = Turn(Conversation("test:you"))
    for each in said:
        turn = respond(turn.conversation, typed(each), CONTEXT)
    return turn


@pytest.mark.parametrize("emergency", EMERGENCIES)
@pytest.mark.parametrize("fact", ["この1年は赤字です", "うどん屋です", "売上は半分になった"])
def test_office_shown_before_stays_away_when_more_is_told(emergency: str, fact: str) -> None:
    assert say(emergency, "愛媛").replies[-1].card
    turn = say(emergency, "愛媛", fact)
    assert [each.card for each in turn.replies] == [None]
    assert "と聞きました" in turn.replies[0].text
    assert "くわしい診断をつづける" in [each.label for each in turn.replies[0].buttons]


def test_office_of_another_place_is_shown_when_the_place_changes() -> None:
    card = say(EMERGENCIES[0], "愛媛", "徳島です").replies[-1].card
    assert card
    assert "徳島県" in card.title


def test_new_emergency_behind_the_office_is_told_in_full() -> None:
    turn = say(EMERGENCIES[0], "愛媛", "ヤミ金から脅されている")
    assert "urgent:loan_shark" in turn.notices
    assert any(each.card for each in turn.replies)


@pytest.mark.parametrize("emergency", EMERGENCIES)
@pytest.mark.parametrize("said", ["電話したい", "番号を教えて"])
def test_wish_for_a_number_without_a_place_says_why_the_place_is_asked(
    emergency: str, said: str
) -> None:
    turn = say(emergency, said)
    assert "いま、まずこれだけ" in turn.replies[0].text
    assert "番号をお伝えするために" in turn.replies[0].text
    assert turn.conversation.flow == KEIEI.main


def test_going_on_after_an_emergency_claims_no_correction() -> None:
    told = say(EMERGENCIES[0], "愛媛").conversation
    value = f"v1|{KEIEI.emergency}={KEIEI.handled}"
    turn = respond(told, Message(Kind.CHOICE, value=value), CONTEXT)
    assert "直しました" not in "".join(each.text for each in turn.replies)
