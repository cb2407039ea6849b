"""A typed yes or no counts as a tap on the last pair of choices."""

from datetime import UTC, datetime

import pytest

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Context, Forget, Turn
from flows.keiei.programme import KEIEI
from knowledge import library

CONTEXT = Context(datetime(2026, 11, 30, 2, tzinfo=UTC), library.load(), KEIEI)


def talk(*lines: str) -> Turn:
    turn = Turn(Conversation("test:owner"))
    for line in lines:
        turn = respond(turn.conversation, typed(line), CONTEXT)
    return turn


@pytest.mark.parametrize("yes", ["はい", "はい。", "お願いします", "うん", "ﾊｲ", "○"])
def test_typed_yes_to_an_offer_agrees(yes: str) -> None:
    followed = talk("見守り", yes).conversation.follow_up
    assert followed is not None
    assert followed.agreed_at == CONTEXT.now


@pytest.mark.parametrize("no", ["いいえ", "いや", "結構です", "×"])
def test_typed_no_to_an_offer_declines(no: str) -> None:
    turn = talk("見守り", no)
    assert turn.conversation.follow_up is None
    assert "こちらからは何も送りません" in turn.replies[0].text


def test_typed_yes_where_nothing_was_asked_deletes_nothing() -> None:
    asked = talk("見守り", "はい", "止めて")
    assert [value for _, value in asked.conversation.offered] == ["v1|do=forget"]
    turn = respond(asked.conversation, typed("はい"), CONTEXT)
    assert Forget() not in turn.effects


def test_a_number_of_no_button_that_answers_is_the_answer() -> None:
    asked = Conversation("test:owner", flow="qualify", asking_again="medical_size")
    assert respond(asked, typed("25"), CONTEXT).conversation.answers == {
        "medical_size": ("within_300",)
    }


def test_a_number_of_no_button_that_answers_nothing_is_asked_back() -> None:
    asked = Conversation("test:owner", flow="diagnosis", asking_again="cash")
    assert respond(asked, typed("25"), CONTEXT).conversation.answers == {}
