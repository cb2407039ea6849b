"""Moves of staff on a case, and the words the owner hears of each."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.line.drawing.render import messages
from bot.handoff import case_life
from bot.handoff.case_life import Consent, Staff
from bot.handoff.refusals import LONGEST_REPLY, Refused, refuse_if_stale
from bot.interview.standing import state_of
from bot.model.business_hours import is_open
from bot.model.case import Case, Ending
from bot.model.conversation import (
    MODE_CHANGES,
    WITH_A_PERSON,
    Conversation,
    Mode,
    from_dict,
    to_dict,
)
from bot.model.messages import HandedOver, Kind, Message, Reply, Speaker, typed
from bot.model.turn import CaseMoved, CaseOpened, Forget, Move, PassOn, SetTimer, Turn
from bot.presentation import limits
from flows.keiei.catalog import FLOWS
from flows.keiei.programme import KEIEI
from tests.bot.desk import MORNING, SATO, YAMADA, Desk, asking, refused, waiting, with_staff


def test_the_first_to_claim_has_it_and_the_second_is_told_who() -> None:
    desk = waiting()
    turn = desk.claim()
    assert turn.conversation.mode is Mode.WITH_STAFF
    assert "相談員の山田が、これからお話をうかがいます" in desk.text
    assert CaseMoved(Move.CLAIMED) in turn.effects
    second = refused(case_life.claim(desk.conversation, SATO, desk.now))
    assert second == Refused("山田さんが担当しています。", "山田")
    again = refused(case_life.claim(desk.conversation, YAMADA, desk.now))
    assert "あなたがもう担当" in again.why


def test_the_holder_s_words_go_through_under_their_name() -> None:
    desk = with_staff()
    turn = desk.reply("  こんにちは\n山田です ")
    assert turn.replies == (Reply("こんにちは\n山田です"),)
    assert turn.speaker == YAMADA.speaker
    assert turn.effects == (SetTimer(desk.case.timer, None),)
    assert desk.case.first_reply_at == MORNING
    desk.wait(minutes=5)
    assert desk.reply("つづきです").effects == ()
    assert desk.case.first_reply_at == MORNING


def test_before_anybody_has_claimed_it_a_reply_is_a_note() -> None:
    desk = waiting()
    assert "メモ" in refused(case_life.reply(desk.conversation, YAMADA, "x", desk.now)).why


@pytest.mark.parametrize(
    "text",
    [
        "//",
        "// メモ",
        "／／メモ",
        "/／メモ",
        "　// メモ",
        "\n//メモ",
        "*// 太字*",
        "> // 引用",
        "`//`",
    ],
)
def test_a_note_is_a_note_whoever_writes_it_and_however_it_is_sent(text: str) -> None:
    desk = with_staff()
    for staff, how in ((YAMADA, Consent.NONE), (SATO, Consent.ONCE), (SATO, Consent.TAKE_OVER)):
        done = refused(case_life.reply(desk.conversation, staff, text, desk.now, consent=how))
        assert "メモ" in done.why
        assert "届いていません" in done.why


@pytest.mark.parametrize("text", ["https://example.com", "1/2 です", "/ です"])
def test_slashes_elsewhere_make_no_note(text: str) -> None:
    assert with_staff().reply(text).replies == (Reply(text),)


def test_nobody_else_s_words_go_through_unless_they_say_how() -> None:
    desk = with_staff()
    found = refused(case_life.reply(desk.conversation, SATO, "x", desk.now))
    assert found.holder_name == "山田"
    once = desk.do(
        case_life.reply(desk.conversation, SATO, "一度だけ", desk.now, consent=Consent.ONCE)
    )
    assert once.speaker == SATO.speaker
    assert desk.case.holder == YAMADA.id
    desk.do(
        case_life.reply(desk.conversation, SATO, "代わります", desk.now, consent=Consent.TAKE_OVER)
    )
    assert CaseMoved(Move.CLAIMED) in desk.effects
    assert (desk.case.holder, desk.case.holder_name) == (SATO.id, "相談員 佐藤")
    assert isinstance(case_life.reply(desk.conversation, YAMADA, "x", desk.now), Refused)


@pytest.mark.parametrize(
    "text", ["", "  \n", "あ" * (LONGEST_REPLY + 1), "😀" * (LONGEST_REPLY // 2 + 1)]
)
def test_what_line_cannot_take_is_refused(text: str) -> None:
    desk = with_staff()
    assert refused(case_life.reply(desk.conversation, YAMADA, text, desk.now)).holder_name == "山田"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["あ", "いろは" * 1663, "かきくけ" * 500, "😀" * 1200, "\n\n", "\n", "。"]),
        min_size=1,
        max_size=30,
    )
)
def test_a_reply_of_any_length_arrives_whole(parts: list[str]) -> None:
    desk = with_staff()
    done = case_life.reply(desk.conversation, YAMADA, "".join(parts), desk.now)
    if isinstance(done, Refused):
        return
    sent = messages(done.replies, done.speaker)
    assert len(sent) <= limits.LINE.replies
    arrived = "".join("".join(message["text"].split()) for message in sent)
    assert arrived == "".join("".join(parts).split())
    assert all(limits.utf16_units(message["text"]) <= limits.LINE.text for message in sent)


def test_a_name_that_is_none_is_replaced() -> None:
    desk = waiting()
    desk.claim(Staff("S3", Speaker(" ", "https://example.com/a.png")))
    assert desk.text.startswith("相談員が、これから")
    turn = desk.reply("はい", Staff("S3", Speaker(" ", "https://example.com/a.png")))
    assert turn.speaker == Speaker("相談員", "https://example.com/a.png")


def test_a_name_that_holds_the_title_is_not_given_it_twice() -> None:
    desk = waiting()
    desk.claim(SATO)
    assert desk.text.startswith("相談員 佐藤が、")


@pytest.mark.parametrize(
    ("end", "ending", "mode"),
    [
        (case_life.hand_back, Ending.HANDED_BACK, Mode.ASKING),
        (case_life.complete, Ending.COMPLETED, Mode.CLOSED),
    ],
)
@pytest.mark.parametrize("make", [waiting, with_staff])
def test_the_bot_is_back_where_the_interview_stood(
    end: Callable[..., Turn | Refused], ending: Ending, mode: Mode, make: Callable[[], Desk]
) -> None:
    desk = make()
    stood = state_of(desk.conversation, KEIEI)
    turn = desk.do(end(desk.conversation, desk.now, KEIEI))
    assert turn.conversation.mode is mode
    assert turn.effects == (CaseMoved(Move(ending.value)), SetTimer(desk.case.timer, None))
    assert "ボットがお答えします" in desk.text
    assert "費用" in desk.text
    assert state_of(desk.conversation, KEIEI) == stood
    for again in (case_life.hand_back, case_life.complete):
        assert refused(again(desk.conversation, desk.now, KEIEI)).why
    desk.say("家賃")
    assert desk.passed_on == []
    assert desk.turn.replies


def test_the_holder_is_named_when_the_bot_is_back() -> None:
    desk = with_staff()
    desk.do(case_life.hand_back(desk.conversation, desk.now, KEIEI))
    assert "相談員の山田とのお話は、ここまで" in desk.text


@pytest.mark.parametrize("end", [case_life.hand_back, case_life.complete])
def test_staff_can_take_up_again_what_they_have_ended(end: Callable[..., Turn | Refused]) -> None:
    desk = with_staff()
    desk.do(end(desk.conversation, desk.now, KEIEI))
    turn = desk.do(case_life.reopen(desk.conversation, SATO, desk.now))
    assert turn.conversation.mode is Mode.WITH_STAFF
    assert desk.case.is_open
    assert desk.case.holder == SATO.id
    assert "相談員に届きます" in desk.text
    assert "いま開いています" in refused(case_life.reopen(desk.conversation, SATO, desk.now)).why
    desk.say("はい")
    assert desk.passed_on == ["はい"]


def test_a_case_taken_up_again_lets_an_open_question_of_consent_lapse() -> None:
    desk = with_staff()
    desk.do(case_life.complete(desk.conversation, desk.now, KEIEI))
    desk.say("人と話す")
    desk.do(case_life.reopen(desk.conversation, SATO, desk.now))
    desk.do(case_life.hand_back(desk.conversation, desk.now, KEIEI))
    desk.say("はい")
    assert not desk.case.is_open


def test_nobody_takes_up_what_the_owner_has_ended() -> None:
    desk = with_staff()
    desk.say("ボットに戻る")
    for done in (
        case_life.reopen(desk.conversation, YAMADA, desk.now),
        case_life.claim(desk.conversation, YAMADA, desk.now),
        case_life.reply(desk.conversation, YAMADA, "x", desk.now, consent=Consent.TAKE_OVER),
        case_life.apologise_when_overdue(desk.conversation, desk.context),
    ):
        assert "ご自分でボットに戻られました" in refused(done).why


def test_after_a_block_nothing_is_sent() -> None:
    desk = with_staff()
    turn = desk.do(case_life.end_when_blocked(desk.conversation, desk.now))
    assert turn.replies == ()
    assert turn.effects == (CaseMoved(Move.BLOCKED), SetTimer(desk.case.timer, None))
    assert case_life.end_when_blocked(desk.conversation, desk.now) is None
    assert "ブロック" in refused(case_life.reply(desk.conversation, YAMADA, "x", desk.now)).why


def test_a_button_of_an_older_case_is_of_no_use() -> None:
    desk = with_staff()
    old = desk.case.id
    assert refuse_if_stale(desk.conversation, old) is None
    desk.say("ボットに戻る")
    desk.wait(minutes=1)
    desk.say("人と話す", "はい")
    assert desk.case.id != old
    assert "前の相談" in (refuse_if_stale(desk.conversation, old) or Refused("")).why
    assert "もうありません" in (refuse_if_stale(Conversation("line:U1"), old) or Refused("")).why


def test_an_id_tells_nothing_of_the_person() -> None:
    case = waiting().case
    assert len(case.id) == 10
    assert "U1" not in case.id


# --- the promise ----------------------------------------------------------------------------------


def test_a_broken_promise_is_said_once_with_a_telephone() -> None:
    desk = waiting(asking(prefecture="28"))
    desk.wait(minutes=60)
    turn = desk.do(desk.overdue())
    assert "申し訳ありません" in desk.text
    assert "2015年のチラシの番号は078-303-5856です" in desk.text
    assert turn.effects == (CaseMoved(Move.OVERDUE),)
    assert turn.conversation.mode is Mode.WAITING
    assert isinstance(desk.overdue(), Refused)
    desk.say("まだですか")
    assert desk.passed_on == ["まだですか"]
    assert "お返事が遅れていて" in desk.text


def test_a_promise_that_was_kept_or_is_not_due_is_left_alone() -> None:
    desk = waiting()
    desk.wait(minutes=58)
    assert isinstance(desk.overdue(), Refused)
    desk.claim()
    assert desk.case.promised_by == desk.now + timedelta(minutes=30)
    desk.wait(minutes=10)
    assert isinstance(desk.overdue(), Refused)
    desk.reply("お待たせしました")
    desk.wait(hours=3)
    assert isinstance(desk.overdue(), Refused)


def test_a_case_claimed_without_a_word_is_silence_too() -> None:
    desk = with_staff()
    desk.wait(minutes=61)
    desk.do(desk.overdue())
    assert "申し訳ありません" in desk.text
    assert desk.labels == ["ボットに戻る"]


def test_after_despair_the_helplines_stand_in_the_apology() -> None:
    desk = waiting()
    desk.say("死にたい")
    desk.wait(minutes=61)
    desk.do(desk.overdue())
    assert "0120-279-338" in desk.text


# --- kept -----------------------------------------------------------------------------------------


def test_a_case_survives_being_stored() -> None:
    desk = with_staff()
    desk.say(Message(Kind.IMAGE))
    desk.do(case_life.complete(desk.conversation, desk.now, KEIEI))
    data = json.loads(json.dumps(to_dict(desk.turn.conversation)))
    assert from_dict(data) == desk.turn.conversation


def test_a_conversation_of_before_the_desk_still_loads() -> None:
    data = to_dict(asking(sales="up"))
    for name in ("case", "asking_consent", "despaired", "code"):
        data.pop(name, None)
    assert from_dict(data) == asking(sales="up")
    data["case"] = {**to_dict(waiting().conversation)["case"], "from_the_future": 1}
    assert isinstance(from_dict(data).case, Case)


# --- any order ------------------------------------------------------------------------------------

OWNER = (
    "人と話す", "はい", "いいえ", "大丈夫です", "v1|consent=yes", "v1|consent=no", "ボットに戻る", "消して",
    "死にたい", "給料が払えない", "戻る", "1", "家賃", "v1|sales=up", "v1|costs=rent", "v1|prefecture=28",
    "v1|do=person", "v1|do=center", "v1|flow=qualify", "v1|region=近畿", "こんにちは", "リスケとは？", "最初から",
)  # fmt: skip
KINDS = (Kind.IMAGE, Kind.STICKER, Kind.LOCATION, Kind.FOLLOWED, Kind.FILE)
CODES = (None, HandedOver("qualify", {"sales": ("up",)}), HandedOver("gone", {}))
SAID = (
    *map(typed, OWNER),
    *map(Message, KINDS),
    *(Message(Kind.HANDED_OVER, text="12345678", handed=handed) for handed in CODES),
)
STAFF: tuple[Callable[[Desk, Staff], Turn | Refused | None], ...] = (
    lambda desk, staff: case_life.claim(desk.conversation, staff, desk.now),
    lambda desk, staff: case_life.reply(desk.conversation, staff, "はい", desk.now),
    lambda desk, staff: case_life.reply(
        desk.conversation, staff, "い", desk.now, consent=Consent.TAKE_OVER
    ),
    lambda desk, staff: case_life.reply(
        desk.conversation, staff, "い", desk.now, consent=Consent.ONCE
    ),
    lambda desk, _: case_life.hand_back(desk.conversation, desk.now, KEIEI),
    lambda desk, _: case_life.complete(desk.conversation, desk.now, KEIEI),
    lambda desk, staff: case_life.reopen(desk.conversation, staff, desk.now),
    lambda desk, _: desk.overdue(),
    lambda desk, _: case_life.end_when_blocked(desk.conversation, desk.now),
)
STEPS = st.one_of(
    st.sampled_from(SAID),
    st.tuples(st.sampled_from(STAFF), st.sampled_from((YAMADA, SATO))),
    st.timedeltas(timedelta(0), timedelta(days=2)),
)


@settings(max_examples=200, deadline=None)
@given(steps=st.lists(STEPS, max_size=25), flow=st.sampled_from(["", *FLOWS]))
def test_in_any_order_nothing_leaves_without_consent_and_the_bot_is_silent(
    steps: list[object], flow: str
) -> None:
    desk = Desk(Conversation("line:U1", flow=flow))
    for step in steps:
        before = desk.conversation
        match step:
            case timedelta():
                desk.now += step
                continue
            case Message():
                turn = desk.say(step)
                owner_spoke = True
            case (act, staff):
                assert callable(act)
                done = act(desk, staff)
                if not isinstance(done, Turn):
                    assert done is None or done.why
                    continue
                turn, owner_spoke = desk.do(done), False
        _holds(before, turn, step, desk, owner_spoke=owner_spoke)


def _holds(
    before: Conversation, turn: Turn, step: object, desk: Desk, *, owner_spoke: bool
) -> None:
    after = turn.conversation
    assert not list(limits.faults(repr(step), turn.replies))
    if before.mode is not after.mode and not any(isinstance(e, Forget) for e in turn.effects):
        changes = {(source, target) for _, sources, target in MODE_CHANGES for source in sources}
        assert (before.mode, after.mode) in changes
    assert (after.mode in WITH_A_PERSON) == bool(after.case and after.case.is_open)
    passed_on = [each for each in turn.effects if isinstance(each, PassOn)]
    assert not passed_on or (owner_spoke and before.mode in WITH_A_PERSON)
    if any(isinstance(each, CaseOpened) for each in turn.effects):
        assert isinstance(step, Message)
        assert before.asking_consent or step.value == "v1|consent=yes"
    if not owner_spoke:
        return
    if before.mode is Mode.ASKING or before.mode is Mode.CLOSED:
        assert turn.replies, "an owner is never left without a word by the bot"
    else:
        assert (
            turn.replies or passed_on or (isinstance(step, Message) and step.kind is Kind.FOLLOWED)
        )
    if before.mode is Mode.WITH_STAFF and after.mode is Mode.WITH_STAFF and turn.replies:
        assert isinstance(step, Message)
        spoken = step.text == "死にたい" or step.kind in (Kind.IMAGE, Kind.FILE, Kind.HANDED_OVER)
        assert spoken or not is_open(desk.now)
