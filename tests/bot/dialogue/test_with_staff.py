"""An owner's messages are passed on while a person has the case.

The bot speaks only where it must.
"""

from collections.abc import Callable

import pytest

from bot.interview.standing import MENU, state_of
from bot.model.case import Ending, Reason
from bot.model.conversation import Conversation, Mode
from bot.model.messages import HandedOver, Kind, Message
from bot.model.turn import CaseMoved, Forget, Move, PassOn, PersonWanted, SetTimer, UsedCode
from flows.keiei.programme import KEIEI
from tests.bot.desk import Desk, waiting, with_staff


def test_that_words_were_passed_on_is_said_once_while_nobody_is_there() -> None:
    desk = waiting()
    desk.say("印刷所です")
    assert desk.passed_on == ["印刷所です"]
    assert "相談員に渡しました" in desk.text
    desk.say("急いでいます")
    assert desk.passed_on == ["急いでいます"]
    assert desk.text == ""


@pytest.mark.parametrize("said", ["戻る", "最初から", "診断する", "1", "リスケとは？", "😭"])
def test_the_bot_is_silent_with_staff_whatever_is_typed(said: str) -> None:
    desk = with_staff()
    before = desk.conversation.answers
    turn = desk.say(said)
    assert turn.replies == ()
    assert turn.effects == (PassOn(Message(text=said)),)
    assert turn.conversation.answers == before


@pytest.mark.parametrize(
    "said", ["給料が払えない", "来週の手形が心配", "税務署から差押えの通知が来ました"]
)
@pytest.mark.parametrize("make", [waiting, with_staff])
def test_urgent_words_raise_the_case_once_and_the_bot_is_silent(
    make: Callable[[], Desk], said: str
) -> None:
    desk = make()
    before = desk.conversation.answers
    desk.say("ちょっと聞いてください")
    desk.say(said)
    assert desk.case.reason is Reason.URGENT
    assert desk.effects == (PassOn(Message(text=said)), CaseMoved(Move.PRESSES))
    assert desk.text == ""
    assert desk.conversation.answers == before
    assert CaseMoved(Move.PRESSES) not in desk.say(said).effects


@pytest.mark.parametrize(
    "said", ["支払いは大丈夫です", "手形の件は済みました", "ありがとうございます"]
)
def test_calm_words_raise_no_case(said: str) -> None:
    desk = with_staff()
    desk.say(said)
    assert desk.case.reason is Reason.ASKED


def test_urgent_words_never_lower_a_case_of_despair() -> None:
    desk = with_staff()
    desk.say("もう死にたい", "給料が払えない")
    assert desk.case.reason is Reason.DESPAIR


@pytest.mark.parametrize("make", [waiting, with_staff])
def test_despair_gets_the_helplines_and_staff_are_told(make: object) -> None:
    desk = waiting() if make is waiting else with_staff()
    mode = desk.conversation.mode
    desk.say("もう死にたい")
    assert "0120-279-338" in desk.text
    assert desk.effects == (PersonWanted(urgent=True), PassOn(Message(text="もう死にたい")))
    assert desk.case.reason is Reason.DESPAIR
    assert desk.conversation.mode is mode


@pytest.mark.parametrize("said", ["消して", "消して。", "v1|do=forget"])
def test_forget_deletes_and_staff_are_told(said: str) -> None:
    desk = with_staff()
    timer = desk.case.timer
    desk.say(said)
    assert desk.effects == (Forget(), CaseMoved(Move.FORGOTTEN), SetTimer(timer, None))
    assert desk.conversation.case is None
    assert desk.conversation.answers == {}


@pytest.mark.parametrize("make", [waiting, with_staff])
@pytest.mark.parametrize("said", ["全部消したい", "忘れて", "削除", "ここに書いたこと消してや"])
@pytest.mark.parametrize("agreed", ["はい", "はい、消してください", "全部消して"])
def test_a_wish_to_delete_is_asked_about_once_during_a_case(
    make: Callable[[], Desk], said: str, agreed: str
) -> None:
    desk = make()
    desk.say(said)
    assert "すべて消しますか" in desk.text
    assert desk.effects == ()
    desk.say(agreed)
    assert Forget() in desk.effects
    assert desk.conversation.case is None


def test_a_no_to_deleting_keeps_all_and_staff_go_on() -> None:
    desk = with_staff()
    desk.say("全部消したい", "いいえ")
    assert "消していません" in desk.text
    assert desk.conversation.mode is Mode.WITH_STAFF
    assert desk.say("はい").effects == (PassOn(Message(text="はい")),)


@pytest.mark.parametrize("between", ["owner", "staff"])
def test_a_yes_to_staff_deletes_nothing(between: str) -> None:
    desk = with_staff()
    desk.say("全部消したい")
    if between == "staff":
        desk.reply("明日の10時に、お電話してもよろしいですか")
    else:
        desk.say("ちょっと待って")
    assert desk.say("はい").effects == (PassOn(Message(text="はい")),)


def test_forget_also_tells_staff_of_a_case_that_has_ended() -> None:
    desk = with_staff()
    desk.say("ボットに戻る", "消して")
    assert CaseMoved(Move.FORGOTTEN) in desk.effects


@pytest.mark.parametrize(
    "said",
    [
        "ボットに戻る",
        "ボットにもどして",
        "v1|do=bot",
        "自動応答に戻してください",
        "ボットでいいです",
    ],
)
def test_an_owner_goes_back_to_the_bot(said: str) -> None:
    desk = with_staff()
    timer = desk.case.timer
    desk.say(said)
    assert desk.conversation.mode is Mode.ASKING
    assert desk.effects == (CaseMoved(Move.TAKEN_BACK), SetTimer(timer, None))
    assert desk.case.ending is Ending.TAKEN_BACK
    assert "相談員には届きません" in desk.text
    assert "費用" in desk.text
    desk.say("家賃")
    assert desk.passed_on == []


def test_what_is_passed_on_of_a_photo_is_its_kind_and_the_owner_is_told_once() -> None:
    desk = with_staff()
    desk.say(Message(Kind.IMAGE))
    assert desk.effects == (PassOn(Message(Kind.IMAGE)),)
    assert "写真は、相談員に渡すことができません" in desk.text
    desk.say(Message(Kind.FILE))
    assert desk.effects == (PassOn(Message(Kind.FILE)),)
    assert desk.text == ""


def test_a_sticker_and_a_place_are_passed_on_in_silence() -> None:
    desk = with_staff()
    for message in (Message(Kind.STICKER), Message(Kind.LOCATION, "京都市", "", 35.0, 135.7)):
        turn = desk.say(message)
        assert turn.replies == ()
        assert turn.effects == (PassOn(message),)
    assert "prefecture" not in desk.conversation.answers


@pytest.mark.parametrize("make", [waiting, with_staff])
def test_an_answer_tapped_is_recorded_and_its_words_passed_on(make: object) -> None:
    desk = waiting() if make is waiting else with_staff()
    desk.say("v1|sales=flat")
    assert desk.passed_on == ["売上：変わらない"]
    desk.say("v1|costs=rent", "v1|costs=energy")
    assert desk.passed_on == ["重い費用：光熱費・燃料"]
    assert desk.conversation.answers["costs"] == ("rent", "energy")
    assert desk.text == ""
    desk.say("ボットに戻る")
    assert state_of(desk.conversation, KEIEI) == "profit"


def test_an_answer_tapped_before_any_questionnaire_begins_none() -> None:
    desk = waiting(Conversation("line:U1"))
    desk.say("v1|sales=flat", "ボットに戻る")
    assert state_of(desk.conversation, KEIEI) == MENU
    desk.say("診断する")
    assert state_of(desk.conversation, KEIEI) == "costs"


def test_several_answers_being_given_are_still_being_given_when_the_bot_is_back() -> None:
    desk = Desk()
    desk.say("v1|costs=rent")
    desk.conversation = waiting(desk.conversation).conversation
    desk.say("v1|costs=energy", "ボットに戻る")
    assert state_of(desk.conversation, KEIEI) == "costs"
    desk.say("これで全部")
    assert desk.conversation.answers["costs"] == ("rent", "energy")
    assert state_of(desk.conversation, KEIEI) == "profit"


def test_that_is_all_is_heard_also_with_staff() -> None:
    desk = Desk()
    desk.say("v1|costs=rent")
    desk.conversation = waiting(desk.conversation).conversation
    desk.say("v1|done=costs", "ボットに戻る")
    assert state_of(desk.conversation, KEIEI) == "profit"


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("v1|do=back", "戻る"),
        ("v1|flow=diagnosis", "診断する"),
        ("v1|emergency=handled", "くわしい診断をつづける"),
        ("v1|correct=sales", "売上を選び直す"),
        ("v1|region=近畿", "近畿"),
        ("v1|gone=gone", "（いまは使われていないボタン）"),
        ("nonsense", "（いまは使われていないボタン）"),
    ],
)
def test_every_other_button_is_passed_on_by_its_label_with_staff(value: str, label: str) -> None:
    desk = with_staff()
    before = desk.conversation
    turn = desk.say(Message(Kind.CHOICE, value=value))
    assert desk.passed_on == [label]
    assert turn.replies == ()
    assert desk.conversation.answers == before.answers
    assert state_of(desk.conversation, KEIEI) == state_of(before, KEIEI)


def test_a_button_of_the_bot_says_while_the_owner_waits_that_they_wait() -> None:
    desk = waiting()
    turn = desk.say("v1|flow=diagnosis")
    assert "お待ちいただいています" in desk.text
    assert turn.effects == ()
    assert desk.labels == ["ボットに戻る", "電話の窓口を見る"]


def test_the_telephone_is_there_while_the_owner_waits_and_the_interview_stays_where_it_was() -> (
    None
):
    desk = waiting()
    stood = state_of(desk.conversation, KEIEI)
    desk.say("v1|do=center", "v1|region=近畿")
    assert "兵庫県" in desk.labels
    desk.say("v1|prefecture=28")
    assert "078-303-5856" in desk.text
    assert desk.passed_on == ["場所：兵庫県"] or desk.passed_on[0].endswith("：兵庫県")
    desk.say("v1|do=center")
    assert "078-303-5856" in desk.text
    desk.say("ボットに戻る")
    assert state_of(desk.conversation, KEIEI) == stood


def test_outside_hours_the_owner_is_told_once_that_nobody_reads_but_not_in_a_live_talk() -> None:
    desk = with_staff()
    desk.now = desk.now.replace(hour=16, minute=50)
    desk.reply("まだいます")
    desk.now = desk.now.replace(hour=17, minute=20)
    desk.say("ありがとうございます")
    assert desk.text == ""
    desk.now = desk.now.replace(hour=20)
    desk.say("もう1つだけ")
    assert "11月26日（木）9時から" in desk.text
    desk.say("急ぎません")
    assert desk.text == ""
    assert desk.passed_on == ["急ぎません"]


def test_a_code_is_taken_over_with_one_sentence_while_staff_talk() -> None:
    desk = with_staff()
    handed = HandedOver("diagnosis", {"sales": ("flat",), "costs": ("none",)})
    desk.say(Message(Kind.HANDED_OVER, text="12345678", handed=handed))
    assert "2問ぶん引き継ぎました" in desk.text
    assert desk.labels == []
    assert desk.effects[0] == UsedCode("12345678")
    assert desk.passed_on == ["12345678"]
    desk.say(Message(Kind.HANDED_OVER, text="12345678"))
    assert desk.text == ""
    assert desk.passed_on == ["12345678"]


def test_the_bot_is_asked_for_while_it_is_there() -> None:
    desk = Desk()
    desk.say("ボットに戻る")
    assert "ボットがお答えしています" in desk.text
