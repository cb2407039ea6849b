"""One step never raises, loses nothing, and keeps the order of its parts."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.dialogue.respond import respond
from bot.interview.prompts import prompt
from bot.interview.standing import MENU, open_question, state_of
from bot.model.conversation import Conversation, Mode, from_dict, to_dict
from bot.model.messages import Choice, Kind, Message, read_value, typed
from bot.model.turn import Context, Forget, PassOn, PersonWanted, Turn, Unanswered
from bot.presentation import limits
from bot.understand.reading.numbers.quantities import picked
from bot.understand.text import clean
from flows.keiei.catalog import FLOWS, QUESTIONS
from flows.keiei.programme import KEIEI
from knowledge import library
from knowledge.place_names.places import PREFECTURES

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
LIBRARY = library.load()


def say(conversation: Conversation, *said: str | Message) -> Turn:
    """The turn after the last of several messages."""
    turn = Turn(conversation)
    for each in said:
        message = typed(each) if isinstance(each, str) else each
        turn = respond(turn.conversation, message, Context(NOW, LIBRARY, KEIEI))
    return turn


def text_of(turn: Turn) -> str:
    return "\n".join(reply.text for reply in turn.replies)


def fresh() -> Conversation:
    return Conversation("test:you")


def asked(flow: str = "diagnosis", **answers: str) -> Conversation:
    given_answers = {question: tuple(value.split("|")) for question, value in answers.items()}
    return Conversation("test:you", flow=flow, answers=given_answers)


def walk(conversation: Conversation, choose: random.Random) -> Conversation:
    """Tap answers until the questionnaire has ended."""
    for _ in range(60):
        question = open_question(conversation, KEIEI)
        if question is None:
            return conversation
        turn = say(conversation, "続きから")
        buttons = turn.replies[-1].choices
        conversation = say(turn.conversation, choose.choice(buttons).value).conversation
    raise AssertionError("the questionnaire does not end")


# --- every path by taps -------------------------------------------------------------------------


@pytest.mark.parametrize("flow", FLOWS)
def test_any_taps_end_in_an_outcome_with_a_desk(flow: str) -> None:
    for seed in range(40):
        conversation = walk(asked(flow), random.Random(seed))
        assert state_of(conversation, KEIEI) in FLOWS[flow].outcomes
        replies = prompt(conversation, Context(NOW, LIBRARY, KEIEI))
        cards = [reply.card for reply in replies if reply.card]
        assert any(card.links for card in cards)


def test_the_answers_of_one_flow_never_break_the_outcome_of_another() -> None:
    context = Context(NOW, LIBRARY, KEIEI)
    for seed in range(30):
        conversation = walk(asked("diagnosis"), random.Random(seed))
        for flow in ("qualify", "center", "diagnosis"):
            conversation = walk(replace(conversation, flow=flow), random.Random(seed))
            assert prompt(conversation, context)


@pytest.mark.parametrize("question", [id_ for id_ in QUESTIONS if id_ != "emergency"])
def test_label_number_and_tap_mean_the_same(question: str) -> None:
    shown = say(asked(), f"v1|correct={question}").replies[-1].choices
    for number, button in enumerate(shown, start=1):
        again = say(asked(), f"v1|correct={question}").conversation
        by_tap = say(again, button.value).conversation
        by_number = say(again, str(number)).conversation
        assert by_number.answers == by_tap.answers
        name, option = read_value(button.value) or ("", "")
        if name == question:
            assert say(again, button.label).conversation.answers == by_tap.answers, button.label
            assert option in by_tap.answers[question]


@pytest.mark.parametrize("written", ["3", "３", "③", "三", "3番", "3です", " 3 "])
def test_a_number_is_read_in_every_form(written: str) -> None:
    turn = say(asked(), "続きから", written)
    assert turn.conversation.answers["sales"] == ("down_slight",)


def test_several_numbers_choose_several() -> None:
    conversation = asked(sales="up")
    turn = say(conversation, "続きから", "1と3")
    assert turn.conversation.answers["costs"] == ("materials", "rent")
    assert state_of(turn.conversation, KEIEI) == "profit"


def test_a_number_out_of_range_is_explained_and_nothing_changes() -> None:
    turn = say(asked(), "続きから", "99")
    assert turn.conversation.answers == {}
    assert "番号" in text_of(turn)


# --- old buttons, corrections, back -------------------------------------------------------------


def test_an_old_button_is_a_correction_and_the_interview_goes_on() -> None:
    conversation = asked(sales="up", costs="none", profit="black")
    turn = say(conversation, "v1|sales=flat")
    assert turn.conversation.answers["sales"] == ("flat",)
    assert "直しました" in text_of(turn)
    assert state_of(turn.conversation, KEIEI) == "lenders"


def test_a_button_that_no_longer_means_anything_is_no_error() -> None:
    for value in ("v1|sales=gone", "v1|gone=gone", "v1|do=gone", "v1|faq=gone", "v1|flow=gone"):
        turn = say(asked(sales="up"), value)
        assert turn.conversation.answers == {"sales": ("up",)}
        assert turn.replies[-1].buttons


def test_back_undoes_an_answer_and_says_what_it_was() -> None:
    before = asked(sales="up", costs="none")
    after = say(before, "v1|profit=black").conversation
    turn = say(after, "戻る")
    assert turn.conversation.answers == before.answers
    assert "黒字" in text_of(turn)


def test_restart_can_be_undone() -> None:
    before = asked(sales="up", costs="none")
    turn = say(before, "最初から", "戻る")
    assert turn.conversation.answers == before.answers


def test_correcting_leaves_the_other_answers_alone() -> None:
    before = asked(sales="up", costs="none", profit="black")
    turn = say(before, "売上の答えを変えたい")
    assert state_of(turn.conversation, KEIEI) == "sales"
    assert turn.conversation.answers == before.answers
    after = say(turn.conversation, "変わらない").conversation
    assert after.answers["sales"] == ("flat",)
    assert state_of(after, KEIEI) == "lenders"


def test_the_list_of_corrections_reaches_every_answer() -> None:
    conversation = walk(asked(), random.Random(4))
    seen: set[str] = set()
    value = "v1|do=correct"
    while value:
        turn = say(conversation, value)
        values = [read_value(button.value) for button in turn.replies[-1].buttons]
        seen |= {each[1] for each in values if each and each[0] == "correct"}
        value = next((f"v1|older={each[1]}" for each in values if each and each[0] == "older"), "")
    assert seen == set(FLOWS["diagnosis"].replay(conversation.answers).passed) - {"emergency"}


# --- the order of the steps ---------------------------------------------------------------------


@pytest.mark.parametrize("mode", list(Mode))
def test_despair_is_heard_first_in_every_mode(mode: Mode) -> None:
    turn = say(Conversation("test:you", mode=mode, flow="diagnosis"), "もう死にたい")
    assert "0120-279-338" in text_of(turn)
    assert PersonWanted(urgent=True) in turn.effects


def test_relief_after_despair_is_heard_and_no_answer() -> None:
    turn = say(asked(), "消えたい", "少し落ち着きました")
    assert "ほっとしました" in text_of(turn)
    assert turn.conversation.answers == {}


def test_despair_leaves_the_answers_as_they_are() -> None:
    before = asked(sales="up")
    assert say(before, "もう死にたい").conversation.answers == before.answers


def test_the_bot_is_silent_while_a_person_has_the_case() -> None:
    with_staff = Conversation("test:you", mode=Mode.WITH_STAFF)
    turn = respond(with_staff, typed("はい、そうです"), Context(NOW, LIBRARY, KEIEI, desk=True))
    assert turn.replies == ()
    assert turn.effects == (PassOn(Message(text="はい、そうです")),)


def test_urgent_trouble_stops_the_interview_and_says_what_to_do_today() -> None:
    turn = say(asked(sales="up"), "今週の給料が払えない")
    assert "今日、まずこれだけ" in text_of(turn)
    assert state_of(turn.conversation, KEIEI) == "prefecture"
    turn = say(turn.conversation, "大阪")
    assert state_of(turn.conversation, KEIEI) == "urgent"
    turn = say(turn.conversation, "v1|emergency=handled")
    assert state_of(turn.conversation, KEIEI) == "costs"


def test_a_question_in_the_middle_is_answered_and_the_open_one_asked_again() -> None:
    turn = say(asked(sales="up"), "リスケとは何ですか？")
    assert "返し方を変えてもらう" in turn.replies[0].text
    assert "重く感じている費用" in turn.replies[-1].text
    assert turn.conversation.answers == {"sales": ("up",)}


def test_a_question_that_holds_a_word_of_an_answer_is_no_answer() -> None:
    turn = say(asked(sales="up", costs="none"), "黒字でも使えますか？")
    assert "profit" not in turn.conversation.answers


def test_two_misses_offer_a_person() -> None:
    turn = say(fresh(), "v1|flow=diagnosis", "ぽぽぽぽーんぬるぽ", "くぁwせdrftgyふじこlp")
    assert "人に相談" in text_of(turn)
    assert "v1|do=person" in [button.value for button in turn.replies[-1].buttons]


def test_what_nobody_understood_is_kept_for_staff() -> None:
    turn = say(asked(), "ぽぽぽぽーんぬるぽ")
    assert Unanswered("ぽぽぽぽーんぬるぽ") in turn.effects


def test_forget_empties_the_conversation_at_once() -> None:
    turn = say(asked(sales="up"), "消して")
    assert turn.conversation.answers == {}
    assert turn.effects == (Forget(),)
    assert state_of(turn.conversation, KEIEI) == MENU


def test_without_a_desk_nothing_pretends_that_somebody_will_answer() -> None:
    turn = say(asked(prefecture="28"), "人と話したい")
    assert "いま人は入っていません" in text_of(turn)
    assert "078-303-5856" in text_of(turn)
    assert "2015年のチラシの番号" in text_of(turn)


# --- places ---------------------------------------------------------------------------------------


def test_a_place_named_in_passing_answers_the_place_question_after_a_yes() -> None:
    conversation = say(fresh(), "尼崎は不景気です。返済がきつい").conversation
    assert conversation.answers.get("prefecture") is None
    turn = say(say(conversation, "v1|flow=center").conversation, "はい")
    assert turn.conversation.answers["prefecture"] == ("28",)


def test_a_place_named_in_passing_can_be_wrong() -> None:
    conversation = say(fresh(), "尼崎は不景気です。返済がきつい").conversation
    turn = say(conversation, "v1|flow=center", "ちがいます")
    assert "prefecture" not in turn.conversation.answers
    assert say(turn.conversation, "福岡").conversation.answers["prefecture"] == ("40",)


@pytest.mark.parametrize("word", ["なす", "さくら", "みどり", "那須", "小林", "東の方", "中央通り"])
def test_a_word_that_is_also_a_place_moves_no_office(word: str) -> None:
    conversation = say(fresh(), "尼崎").conversation
    assert conversation.answers["prefecture"] == ("28",)
    assert say(conversation, word).conversation.answers["prefecture"] == ("28",)


def test_a_surname_that_is_a_place_answers_the_place_question() -> None:
    assert say(asked("center"), "小林").conversation.answers["prefecture"] == ("45",)


def test_a_name_of_several_places_asks_which() -> None:
    turn = say(asked("center"), "府中市")
    values = {button.value for button in turn.replies[-1].choices}
    assert values == {"v1|prefecture=13", "v1|prefecture=34"}


def test_a_location_answers_the_place_question() -> None:
    message = Message(Kind.LOCATION, latitude=34.69, longitude=135.50)
    assert say(asked("center"), message).conversation.answers["prefecture"] == ("27",)


# --- what an owner may also send ------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CHOICE])
def test_every_kind_of_message_gets_a_kind_reply_and_loses_nothing(kind: Kind) -> None:
    before = asked(sales="up", costs="none")
    turn = say(before, Message(kind))
    assert turn.replies
    assert turn.conversation.answers == before.answers


@pytest.mark.parametrize(
    "said",
    ["", "   ", "😭", "👨‍👩‍👧", "！！！", "\x00\x07", "あ" * 10_000, "\u200b", "…", "🀄" * 3000],
)
def test_odd_texts_get_a_kind_reply_and_lose_nothing(said: str) -> None:
    before = asked(sales="up", costs="none")
    turn = say(before, Message(text=said))
    assert turn.replies
    assert turn.conversation.answers == before.answers


@settings(max_examples=150, deadline=None)
@given(
    said=st.lists(
        st.text(max_size=60) | st.sampled_from(["戻る", "1", "最初から", "はい"]), max_size=4
    ),
    flow=st.sampled_from(["", *FLOWS]),
)
def test_nothing_typed_raises_or_breaks_a_limit(said: list[str], flow: str) -> None:
    conversation = asked(flow, sales="up")
    for each in said:
        turn = respond(conversation, typed(each), Context(NOW, LIBRARY, KEIEI))
        assert turn.replies
        assert not list(limits.faults(repr(each), turn.replies))
        conversation = turn.conversation


@settings(max_examples=60, deadline=None)
@given(said=st.text(max_size=80))
def test_nothing_typed_loses_an_answer(said: str) -> None:
    assume(not picked(clean(said)))  # a number is a button, and one of them goes back
    before = asked(sales="up", costs="none", prefecture="28")
    after = say(before, Message(text=said)).conversation
    kept = {**after.earlier, **after.answers}
    assert {"sales", "costs"} <= set(kept) or not after.answers


@settings(max_examples=100, deadline=None)
@given(
    name=st.sampled_from(["do", "flow", "faq", "region", "done", "correct", "older", *QUESTIONS]),
    value=st.text(alphabet="²９09azあ-_", min_size=1, max_size=12),
)
def test_no_value_of_a_button_raises(name: str, value: str) -> None:
    assert say(asked(sales="up"), Message(Kind.CHOICE, value=f"v1|{name}={value}")).replies


def test_a_conversation_survives_being_stored() -> None:
    conversation = say(walk(asked(), random.Random(7)), "尼崎です").conversation
    assert from_dict(to_dict(conversation)) == conversation


def test_fields_of_another_version_are_left_aside() -> None:
    data = {**to_dict(asked(sales="up")), "from_the_future": 1}
    del data["flow"]
    assert from_dict(data).answers == {"sales": ("up",)}


def test_the_greeting_says_that_it_is_automatic_and_what_it_keeps() -> None:
    text = text_of(say(fresh(), Message(Kind.FOLLOWED)))
    assert "自動で" in text
    assert "消して" in text


def test_numbers_mean_what_was_shown_last() -> None:
    turn = say(fresh(), "銀行の費用のこと教えて")
    first = next(reply for reply in reversed(turn.replies) if reply.buttons).buttons[0]
    by_tap = say(turn.conversation, first.value)
    assert say(turn.conversation, "1").replies == by_tap.replies


def test_the_answers_shared_by_two_flows_are_asked_once() -> None:
    after_short = walk(asked("qualify"), random.Random(1))
    if state_of(after_short, KEIEI) != "assessment":
        pytest.fail("the short flow should end in an assessment here")
    turn = say(after_short, "v1|flow=diagnosis")
    assert set(after_short.answers) <= set(turn.conversation.answers)
    for _ in range(20):
        question = open_question(turn.conversation, KEIEI)
        if question is None:
            break
        assert question.id not in after_short.answers
        button: Choice = turn.replies[-1].choices[0]
        turn = say(turn.conversation, button.value)


def test_replies_make_sense_as_plain_text() -> None:
    turn = say(walk(asked(), random.Random(3)), "続きから")
    assert all(reply.text.strip() for reply in turn.replies)


def test_a_branch_whose_area_no_source_states_is_not_offered() -> None:
    known = {
        code: LIBRARY.directory.for_prefecture(code).branch.is_found_for(code)
        for code in PREFECTURES
    }
    assert set(known.values()) == {True, False}
    for code, found in known.items():
        there = say(asked("center"), f"v1|prefecture={code}").conversation
        said = text_of(say(there, "v1|more=offices"))
        assert found or "中小機構" not in said


def test_where_a_rule_speaks_against_a_plan_nothing_is_said_in_its_favour() -> None:
    answers = {"legal_form": "nonprofit", "lenders": "bank", "repayment": "late"}
    conversation = asked("qualify", **answers, rescheduled="never", prefecture="28")
    verdict = prompt(conversation, Context(NOW, LIBRARY, KEIEI))[0].text
    reasons = text_of(say(conversation, "v1|more=reasons"))
    assert "対象に入っていません" in reasons
    assert "○" not in verdict + reasons


@pytest.mark.parametrize(
    "words", ["店を続けたい", "店をたたみたくない", "会社を潰したくないんです", "のれんを守りたい"]
)
@pytest.mark.parametrize("question", ["", "sales", "wishes"])
def test_wish_to_go_on_is_heard_and_no_end_is_offered(words: str, question: str) -> None:
    before = asked("") if not question else asked(**_answers_before(question))
    turn = say(before, words)
    assert "つづけたいお気持ち" in text_of(turn)
    assert state_of(turn.conversation, KEIEI) == (question or "sales")
    assert not turn.notices
    assert not turn.conversation.likely


def _answers_before(question: str) -> dict[str, str]:
    conversation = asked()
    while (at := state_of(conversation, KEIEI)) != question:
        conversation = conversation.answered(at, ("unknown",))
    return {each: options[0] for each, options in conversation.answers.items()}


def test_wish_to_go_on_answers_whether_they_think_of_closing() -> None:
    before = replace(asked(sales="up"), likely={"wishes": ("close",)})
    assert not say(before, "いえ、店は続けたいです").conversation.likely


@pytest.mark.parametrize("words", ["test", "テスト", "動作確認です"])
def test_who_only_tries_in_the_middle_is_asked_again(words: str) -> None:
    turn = say(asked(sales="up"), words)
    assert "おかえりなさい" not in text_of(turn)
    assert turn.replies[-1].progress


@pytest.mark.parametrize("words", ["わかった、明日電話してみる", "銀行に電話します", "電話した"])
def test_who_will_call_or_has_is_encouraged_and_no_trouble_is_heard(words: str) -> None:
    turn = say(asked(sales="up"), words)
    assert not turn.notices
    assert turn.conversation.answers == {"sales": ("up",)}
    assert turn.replies[-1].progress


@pytest.mark.parametrize("words", ["夜分にすみません", "お忙しいところすみません"])
def test_polite_opening_is_a_greeting_and_ends_nothing(words: str) -> None:
    assert "ここまで" not in text_of(say(asked(""), words))
