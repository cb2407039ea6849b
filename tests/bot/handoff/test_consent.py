"""Nothing of an owner reaches a person before a clear and informed yes."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.dialogue.respond import respond
from bot.interview.standing import state_of
from bot.model.case import Reason
from bot.model.conversation import Conversation, Mode
from bot.model.messages import Kind, Message, typed
from bot.model.turn import CaseOpened, Context, PersonWanted, SetTimer
from bot.understand import agreed
from bot.understand.text import fold
from flows.keiei.programme import KEIEI
from tests.bot.desk import JAPAN, LIBRARY, MORNING, Desk, asking, waiting


@pytest.mark.parametrize("words", ["人と話す", "人と話したい", "v1|do=person", "相談員につないで"])
def test_asking_for_a_person_asks_for_consent_in_one_reply(words: str) -> None:
    desk = Desk()
    turn = desk.say(words)
    assert len(turn.replies) == 1
    for told in (
        "選んだお答え",
        "これから送ってくださる文",
        "LINEのお名前",
        "Slack",
        "90日",
        "消して",
    ):
        assert told in desk.text
    assert desk.labels == ["はい、つないでください", "やめておく", "電話の窓口を見る"]
    assert turn.effects == (PersonWanted(),)
    assert turn.conversation.mode is Mode.ASKING
    assert turn.conversation.case is None
    assert state_of(turn.conversation, KEIEI) == "costs"


def test_there_is_a_telephone_for_whom_it_is_urgent_with_the_age_of_its_number() -> None:
    desk = Desk(asking(prefecture="28"))
    desk.say("人と話す")
    assert "2015年のチラシの番号は078-303-5856です" in desk.text
    assert "いま受付中" in desk.text


@pytest.mark.parametrize(
    "yes", ["はい", "はい、お願いします", "お願いします", "つないでください", "1", "１",
            "はい、つないでください", "v1|consent=yes", "うん", "ぜひ"]
)  # fmt: skip
def test_a_yes_opens_the_case(yes: str) -> None:
    desk = Desk()
    turn = desk.say("人と話す", yes)
    assert turn.conversation.mode is Mode.WAITING
    assert turn.effects[0] == CaseOpened()
    due = datetime(2026, 11, 25, 11, 7, tzinfo=JAPAN)
    assert turn.effects[1] == SetTimer(f"promise:{desk.case.id}", due)
    assert desk.case.promised_by == due
    assert "1時間ほど" in desk.text
    assert "11時7分" in desk.text
    assert "ボットに戻る" in desk.labels


@pytest.mark.parametrize(
    "no", ["いいえ", "やめておく", "2", "v1|consent=no", "いらない", "やめときます"]
)
def test_a_no_passes_nothing_on_and_goes_on(no: str) -> None:
    desk = Desk()
    turn = desk.say("人と話す", no)
    assert turn.conversation.mode is Mode.ASKING
    assert "何も渡していません" in desk.text
    assert "費用" in desk.text
    assert turn.effects == ()


@pytest.mark.parametrize("unclear", ["大丈夫です", "いいです", "わかりました", "はい？"])
def test_a_yes_that_may_be_a_no_is_none(unclear: str) -> None:
    desk = Desk()
    turn = desk.say("人と話す", unclear)
    assert turn.conversation.case is None


def test_an_unclear_yes_is_asked_about_again() -> None:
    desk = Desk()
    desk.say("人と話す", "大丈夫です")
    assert "「はい」か「いいえ」" in desk.text
    desk.say("はい")
    assert desk.conversation.mode is Mode.WAITING


def test_the_question_lapses_so_that_a_later_yes_means_something_else() -> None:
    desk = Desk()
    desk.say("人と話す", "家賃が高くて困っています")
    assert "まだ、相談員には何も渡していません" in desk.text
    desk.say("はい")
    assert desk.conversation.case is None


def test_despair_is_heard_before_the_question_of_consent() -> None:
    desk = Desk()
    desk.say("人と話す", "死にたい")
    assert "0120-279-338" in desk.text
    assert "渡していません" not in desk.text
    assert desk.conversation.case is None


def test_an_old_yes_still_is_one() -> None:
    desk = Desk()
    desk.say("人と話す", "売上の答えを変えたい", "変わらない", "v1|consent=yes")
    assert desk.conversation.mode is Mode.WAITING


def test_a_second_yes_says_that_the_owner_is_waiting() -> None:
    desk = waiting()
    first = desk.case
    turn = desk.say("v1|consent=yes")
    assert desk.case.id == first.id
    assert turn.effects == ()
    assert "お待ちいただいています" in desk.text


@pytest.mark.parametrize(
    ("conversation", "reason"),
    [
        (asking(), Reason.ASKED),
        (replace(asking(), misses=2), Reason.MISSES),
        (replace(asking(emergency="wages"), misses=2), Reason.URGENT),
        (replace(asking(cash="this_month")), Reason.URGENT),
        (replace(asking(emergency="wages"), despaired=True), Reason.DESPAIR),
    ],
)
def test_the_reason_is_the_gravest(conversation: Conversation, reason: Reason) -> None:
    assert waiting(conversation).case.reason is reason


def test_two_misses_are_the_reason_also_through_the_whole_conversation() -> None:
    desk = Desk()
    desk.say("ぽぽぽぽーんぬるぽ", "くぁwせdrftgyふじこlp", "人と話す", "はい")
    assert desk.case.reason is Reason.MISSES


def test_despair_is_a_reason_until_it_is_better() -> None:
    desk = Desk()
    desk.say("死にたい", "人と話す")
    assert "待たずにここへ電話" in desk.text
    assert "0120-279-338（24時間）" in desk.text
    desk.say("いいえ", "少し落ち着きました", "人と話す", "はい")
    assert desk.case.reason is Reason.ASKED


@pytest.mark.parametrize(
    ("hour", "minute", "told", "promised"),
    [
        (10, 0, "1時間ほどでお返事します（今日の11時ごろまで）", "2026-11-25T11:00"),
        (16, 0, "今日の17時ごろまで", "2026-11-25T17:00"),
        (16, 30, "今日の受付はもうすぐ終わるので", "2026-11-26T09:30"),
        (20, 0, "受付の時間外です。相談員が見るのは11月26日（木）9時から", "2026-11-26T10:00"),
        (6, 0, "相談員が見るのは今日の9時から", "2026-11-25T10:00"),
    ],
)  # fmt: skip
def test_the_promise_is_kept_by_working_hours(
    hour: int, minute: int, told: str, promised: str
) -> None:
    desk = waiting(now=MORNING.replace(hour=hour, minute=minute))
    assert told in desk.text
    assert desk.case.promised_by == datetime.fromisoformat(promised).replace(tzinfo=JAPAN)


@pytest.mark.parametrize("said", ["人と話す", "v1|consent=yes", "はい、つないでください"])
def test_without_a_desk_nobody_is_asked_and_nothing_is_opened(said: str) -> None:
    turn = respond(asking(prefecture="28"), typed(said), Context(MORNING, LIBRARY, KEIEI))
    assert turn.conversation.case is None
    assert turn.conversation.mode is Mode.ASKING
    assert not turn.conversation.asking_consent


def test_a_desk_that_was_shut_down_is_said_to_be_shut() -> None:
    conversation = waiting().conversation
    turn = respond(conversation, Message(text="まだですか"), Context(MORNING, LIBRARY, KEIEI))
    assert "取り次ぎは、いま止まっています" in turn.replies[0].text
    assert turn.conversation.mode is Mode.ASKING
    assert turn.conversation.case
    assert not turn.conversation.case.is_open


@settings(max_examples=200, deadline=None)
@given(
    said=st.text(max_size=12)
    | st.text(alphabet="はいえお願しますつなで大丈夫、。!?1２", max_size=10)
)
def test_only_a_clear_yes_is_a_yes(said: str) -> None:
    assume(agreed(said) is not True)
    assume(not any(character.isnumeric() for character in said))
    assume(fold(said) != fold("はい、つないでください"))
    desk = Desk()
    desk.say("人と話す", Message(Kind.TEXT, text=said))
    assert desk.conversation.case is None
