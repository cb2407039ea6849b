"""「戻る」 goes back one question that was asked, and loses nothing that was told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.respond import respond
from bot.interview.standing import state_of
from bot.model.conversation import Conversation, from_dict, to_dict
from bot.model.messages import typed
from bot.model.turn import Context, Turn
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.dialogue.test_respond import NOW

CONTEXT = Context(NOW, library.load(), KEIEI)


def tell(*lines: str, start: Conversation | None = None) -> Turn:
    turn = Turn(start or Conversation("test:you"))
    for line in lines:
        kept = from_dict(to_dict(turn.conversation))
        turn = respond(kept, typed(line), CONTEXT)
    return turn


def labels(turn: Turn) -> list[str]:
    return [button.label for button in turn.replies[-1].buttons]


TAXES = ("診断する", "増えている", "とくにない", "黒字", "借入なし", "わからない")


def test_back_after_a_fact_told_beside_the_answer_asks_only_for_the_answer() -> None:
    asked = tell(*TAXES, "税金を滞納しています。国の税金です")
    assert asked.conversation.answers["tax_kind"] == ("national",)
    turn = tell("戻る", start=asked.conversation)
    assert state_of(turn.conversation, KEIEI) == "arrears"
    assert turn.conversation.answers["tax_kind"] == ("national",)
    again = tell("税金", "これで全部", start=turn.conversation)
    assert again.conversation.answers["tax_kind"] == ("national",)
    assert state_of(again.conversation, KEIEI) == "letters"


def test_back_after_a_yes_to_what_is_never_asked_puts_it_again() -> None:
    told = tell(*TAXES, "税金", "これで全部").conversation
    put = told.with_changes(likely={"tax_kind": ("national",)})
    turn = tell("はい", "戻る", start=put)
    assert "tax_kind" not in turn.conversation.answers
    assert state_of(turn.conversation, KEIEI) == "tax_kind"
    again = tell("はい", start=turn.conversation)
    assert again.conversation.answers["tax_kind"] == ("national",)


def test_back_to_another_answer_leaves_what_hung_on_the_first_aside() -> None:
    turn = tell(*TAXES, "税金を滞納しています。国の税金です", "戻る", "遅れはない")
    listed = tell("回答を直す", start=turn.conversation)
    assert "遅れている税金" not in listed.replies[-1].text


def test_back_after_a_first_story_offers_to_correct_what_was_told() -> None:
    told = tell("うどん屋です。売上が3割落ちて、返済が遅れてます")
    assert "戻る" not in labels(told)
    turn = tell("戻る", start=told.conversation)
    assert turn.conversation.answers == told.conversation.answers
    assert {"返済のようす", "売上", "業種"} & set(labels(turn))


def test_back_skips_what_was_told_between_two_questions() -> None:
    turn = tell("診断する", "増えている", "返済が遅れてます", "戻る")
    assert "sales" not in turn.conversation.answers
    assert turn.conversation.answers["repayment"] == ("late",)


SAID = [
    "売上が3割落ちて返済も遅れてます",
    "国の税金も滞納してます",
    "うどん屋です",
    "わからない",
    "1",
    "2",
    "これで全部",
    "松山市です",
    "給料が払えない",
    "やっぱり赤字は去年からです",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SAID), max_size=12))
def test_back_takes_only_what_is_asked_again(said: list[str]) -> None:
    before = tell("診断する", *said).conversation
    after = tell("戻る", start=before).conversation
    lost = before.answers.keys() - after.answers.keys()
    assert len(lost) <= 1
    # An emergency is never asked. Taken back, it gives the interview back.
    assert not lost or lost == {"emergency"} or state_of(after, KEIEI) in lost


@pytest.mark.parametrize("count", [1, 3])
def test_back_again_and_again_reaches_the_first_question(count: int) -> None:
    turn = tell("診断する", *["わからない"] * count, *["戻る"] * (count + 1))
    assert state_of(turn.conversation, KEIEI) == "sales"
    assert "戻る先がありません" in turn.replies[0].text
