"""Words that were not read get a word of their own, before the same question stands again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.answering.unread import admit_unread
from bot.dialogue.heard import Heard
from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Context, Step, Then, Turn
from flows.keiei.programme import KEIEI
from knowledge import library

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
CONTEXT = Context(NOW, library.load(), KEIEI)
PUT = Conversation(
    "test:you", flow="diagnosis", answers={"sales": ("flat",)}, likely={"profit": ("loss",)}
)


def say(before: Conversation, *said: str) -> Turn:
    turn = Turn(before)
    for each in said:
        turn = respond(turn.conversation, typed(each), CONTEXT)
    return turn


@pytest.mark.parametrize(
    "said", ["去年の暮れからおかしくて", "娘の結婚もあるし", "うちのばあさんがうるさい", "それは昔"]
)
@pytest.mark.parametrize("since", [None, timedelta(seconds=3), timedelta(hours=1)])
def test_words_beside_a_likely_fact_are_never_answered_by_silence(
    said: str, since: timedelta | None
) -> None:
    before = PUT.with_changes(told_at=NOW - since if since else None)
    text = say(before, said).replies[0].text
    assert not text.startswith("この1年は赤字")
    assert "ということですか" in text


def test_facts_beside_a_likely_fact_are_recorded() -> None:
    turn = say(PUT, "うどん屋です")
    assert turn.conversation.answers["industry"] == ("retail",)
    assert "小売か飲食、と聞きました" in turn.replies[0].text


@pytest.mark.parametrize(
    "said", ["たぶん", "たぶんそうです", "まあね", "そんなところ", "はい", "うん"]
)
def test_rough_yes_to_a_likely_fact_records_it(said: str) -> None:
    assert say(PUT, said).conversation.answers["profit"] == ("loss",)


@pytest.mark.parametrize("said", ["たぶん？", "まあ色々あって", "そんなこと"])
def test_what_is_no_yes_to_a_likely_fact_records_nothing(said: str) -> None:
    assert "profit" not in say(PUT, said).conversation.answers


def test_bubble_of_a_story_has_arrived() -> None:
    turn = say(Conversation("test:you"), "うどん屋です", "うちのばあさんがうるさい")
    assert turn.replies[0].text.startswith("はい、届いています。")
    assert "unanswered" not in turn.notices


ALL = [
    "これで全部",
    "これで全部です",
    "これでぜんぶ",
    "以上",
    "以上です。",
    "これだけです",
    "それで全部",
]


@pytest.mark.parametrize("said", ALL)
@pytest.mark.parametrize("before", [{}, {"profit": ("loss",)}])
def test_that_was_all_with_nothing_chosen_says_how_to_answer(
    said: str, before: dict[str, tuple[str, ...]]
) -> None:
    asked = Conversation("test:you", flow="diagnosis", answers={"sales": ("flat",), **before})
    turn = say(asked, said)
    assert "まだ、何も選ばれていません" in turn.replies[0].text
    assert "「とくにない」「わからない」" in turn.replies[0].text
    assert turn.notices == ()
    assert (turn.conversation.answers, turn.conversation.misses) == (asked.answers, 0)


@pytest.mark.parametrize("said", ALL)
def test_that_was_all_behind_a_choice_ends_the_question(said: str) -> None:
    asked = Conversation("test:you", flow="diagnosis", answers={"sales": ("flat",)})
    turn = say(asked, "人件費", said)
    assert turn.conversation.answers["costs"] == ("labor",)
    assert "利益は" in turn.replies[0].text


@pytest.mark.parametrize(
    "said", ["えーと", "ええっと", "あのー", "まあね", "ほんまそれ", "なるほど", "うーん"]
)
@pytest.mark.parametrize("flow", ["", "diagnosis"])
def test_words_while_thinking_command_nothing_and_are_no_miss(said: str, flow: str) -> None:
    turn = say(Conversation("test:you", flow=flow), said)
    assert turn.notices == ()
    assert turn.conversation.misses == 0
    assert turn.replies[0].text.startswith("はい。ゆっくりで大丈夫です。")


@pytest.mark.parametrize("said", ["もう全部選んだ", "もう全部選びました", "もう全部言いました"])
def test_that_was_all_is_never_taken_for_despair(said: str) -> None:
    asked = Conversation("test:you", flow="diagnosis", answers={"sales": ("flat",)})
    assert say(asked, said).notices == ()


@pytest.mark.parametrize("said", ["夜中に人に電話で話せますか", "土日に人と話せますか"])
def test_question_about_hours_is_answered_rather_than_a_person_called(said: str) -> None:
    assert say(Conversation("test:you", flow="diagnosis"), said).notices == ("faq:council-hours",)


@pytest.mark.parametrize("said", ["人と話せますか", "夜中でも人と話したい"])
def test_wish_for_a_person_stays_one(said: str) -> None:
    assert "person" in say(Conversation("test:you", flow="diagnosis"), said).notices


@pytest.mark.parametrize("said", ["主人には内緒です", "夫に内緒で相談してます"])
def test_secret_from_the_family_is_answered_kindly(said: str) -> None:
    turn = say(Conversation("test:you"), said)
    assert turn.notices == ("faq:keep-secret-at-home",)
    assert "「消して」" in turn.replies[0].text


def test_words_behind_an_outcome_have_arrived() -> None:
    before = say(Conversation("test:you"), "ヤミ金から脅されている", "名古屋").conversation
    heard = Heard(typed("仕返しがこわい"), "仕返しがこわい")
    step = admit_unread(Step(before, then=Then.REPEAT), before, heard, CONTEXT)
    assert step.lead == "はい、届いています。"
