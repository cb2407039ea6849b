"""In trouble the bot says whom to call first and one thing to do.

Several emergencies at once are covered.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Context, Turn
from flows.keiei.programme import KEIEI
from knowledge import library

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
CONTEXT = Context(NOW, library.load(), KEIEI)


def say(text: str, before: Conversation | None = None) -> Turn:
    return respond(before or Conversation("test:you"), typed(text), CONTEXT)


def words(turn: Turn) -> str:
    return "\n".join(f"{reply.text} {reply.card or ''}" for reply in turn.replies)


def test_somebody_else_in_danger_is_answered_with_119_before_helplines() -> None:
    turn = say("夫が薬をたくさん飲んで起きません")
    assert turn.notices[0] == "danger"
    said = words(turn)
    assert said.index("119") < said.index("110") < said.index("0120-279-338")


def test_despair_where_somebody_has_begun_to_act_opens_with_119() -> None:
    assert words(say("いま橋の欄干の上に立っています")).startswith("■ いま、119番")
    assert not words(say("死にたいです")).startswith("■ いま、119番")


@pytest.mark.parametrize(
    "asked", ["給料が払えません。どこに電話すればいいですか", "差押予告が来ました。どうしたら"]
)
def test_a_closing_question_never_cancels_an_emergency(asked: str) -> None:
    turn = say(asked)
    assert any(notice.startswith("urgent:") for notice in turn.notices)
    assert "今日、まずこれだけ" in words(turn)


def test_several_emergencies_are_all_told_the_gravest_first() -> None:
    turn = say("給料が払えません。口座も差し押さえられました")
    assert {"urgent:wages", "urgent:seizure"} <= set(turn.notices)
    said = words(turn)
    assert said.index("差押えや裁判所") < said.index("給料の支払いが間に合わない")


def test_money_told_with_despair_waits_behind_a_button() -> None:
    turn = say("もう死にたい。給料も払えない")
    assert turn.conversation.answers == {}
    assert "v1|emergency=wages" in [button.value for button in turn.replies[-1].buttons]


def test_what_is_known_is_not_told_again_but_despair_is() -> None:
    after = say("給料が払えません").conversation
    assert not [each for each in say("給料が払えない", after).notices if "urgent" in each]
    dark = say("死にたい", say("死にたい").conversation)
    assert dark.notices == ("despair",)
