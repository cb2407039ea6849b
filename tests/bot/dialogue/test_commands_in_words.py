"""Commands heard in words: not where their words only stand in a story, and before any question, too."""

from datetime import UTC, datetime

import pytest

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Context, Turn
from flows.keiei.programme import KEIEI
from knowledge import library

CONTEXT = Context(datetime(2026, 11, 30, 2, tzinfo=UTC), library.load(), KEIEI, desk=True)


def say(text: str) -> Turn:
    return respond(Conversation("test:owner", flow="diagnosis"), typed(text), CONTEXT)


@pytest.mark.parametrize(
    "said",
    [
        "明日機械が来る！新品",
        "前に専門家と計画作ったけど失敗した。またお願いできる?",
        "ネットバンクのメンテで振込できず、明日やる。残高は十分",
        "もう終わりにしたいリスケを",
        "借金を消してほしい",
        "孫に言われて使うてみよるけんど、診断いうのをお願いします",
    ],
)
def test_words_of_a_command_in_a_story_command_nothing(said: str) -> None:
    notices = say(said).notices
    assert not [each for each in notices if each.startswith(("command:", "stopped", "forget"))]


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("もう寝るわ続きは明日で", "stop"),
        ("ここで書いたん全部消してや", "forget"),
        ("子どもが起きたのでここまで", "stop"),
        ("年寄りなんで人と話したいです", "person"),
        ("こんなに聞かれてもしんどい", "too_many"),
    ],
)
def test_a_command_beside_its_reason_is_heard(said: str, command: str) -> None:
    assert f"command:{command}" in say(said).notices


@pytest.mark.parametrize(
    "said",
    ["全部消したい", "忘れて", "けしてください", "削除", "消去", "やっぱり消して", "消したい"],
)
@pytest.mark.parametrize("answers", [{}, {"emergency": ("wages",)}])
def test_deleting_in_other_words_than_promised_asks_once(
    said: str, answers: dict[str, tuple[str, ...]]
) -> None:
    before = Conversation("test:owner", flow="diagnosis", answers=answers)
    asked = respond(before, typed(said), CONTEXT)
    assert "すべて消しますか" in asked.replies[0].text
    assert asked.conversation.answers == answers
    assert "forget" in respond(asked.conversation, typed(said), CONTEXT).notices


def test_how_many_questions_is_told_before_the_first() -> None:
    turn = respond(Conversation("test:owner"), typed("あと何問"), CONTEXT)
    assert turn.notices == ("command:where",)
    assert "質問は、14問ほど" in turn.replies[0].text


@pytest.mark.parametrize("said", ["今日やることもう一回", "今日やることをもう一度見せて"])
def test_what_to_do_today_is_said_once_more_and_nothing_begins_again(said: str) -> None:
    told = respond(
        Conversation("test:owner"), typed("年金事務所から差押えの通知が来ました"), CONTEXT
    )
    known = respond(told.conversation, typed("高松"), CONTEXT).conversation
    turn = respond(known, typed(said), CONTEXT)
    assert turn.conversation.answers == known.answers
    assert "今日、まずこれだけ" in f"{turn.replies[0].text}{turn.replies[0].card}"


def test_what_to_do_today_without_an_emergency_tells_how_far_it_is() -> None:
    assert "14問のうち1問目" in say("今日やること").replies[0].text


@pytest.mark.parametrize("said", ["BU", "BU1", "qwxz"])
def test_letters_no_row_holds_command_nothing(said: str) -> None:
    turn = respond(Conversation("test:owner", flow="diagnosis"), typed(said), CONTEXT)
    assert not [each for each in turn.notices if each.startswith("command:")]


@pytest.mark.parametrize("said", ["もうやめようかと思って", "もう やめようかと おもって"])
def test_first_words_about_closing_the_business_stop_nothing(said: str) -> None:
    turn = respond(Conversation("test:owner"), typed(said), CONTEXT)
    assert turn.conversation.answers["wishes"] == ("close",)


@pytest.mark.parametrize("said", ["今日はやめとく", "また明日", "おわり"])
def test_first_words_that_end_the_day_end_it(said: str) -> None:
    assert "stopped" in respond(Conversation("test:owner"), typed(said), CONTEXT).notices
