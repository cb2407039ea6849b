"""Facts of a message become answers whatever question is open, and none is invented."""

import pytest

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Context, Turn
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.dialogue.test_respond import NOW

CONTEXT = Context(NOW, library.load(), KEIEI)


def tell(*lines: str) -> Turn:
    turn = Turn(Conversation("test:you"))
    for line in lines:
        turn = respond(turn.conversation, typed(line), CONTEXT)
    return turn


def test_story_told_at_once_is_recorded_and_echoed_in_one_line() -> None:
    turn = tell("松山でうどん屋をしています。個人です。赤字で、公庫の返済が2か月遅れてます")
    assert turn.conversation.answers["repayment"] == ("late",)
    assert turn.conversation.answers["industry"] == ("retail",)
    assert turn.conversation.answers["legal_form"] == ("sole_proprietor",)
    assert turn.conversation.answers["prefecture"] == ("38",)
    echoes = [line for line in turn.replies[0].text.splitlines() if "と聞きました" in line]
    assert len(echoes) == 1
    assert "回答を直す" in echoes[0]


def test_question_beside_facts_is_answered_and_the_interview_goes_on() -> None:
    turn = tell("売上が3割落ちて返済も遅れてます。費用はいくらかかりますか")
    assert any(notice.startswith("faq:") for notice in turn.notices)
    assert turn.conversation.answers["repayment"] == ("late",)
    assert turn.replies[-1].progress


def test_denial_in_a_clause_about_something_else_is_no_answer() -> None:
    turn = tell("返済は遅れてません。ただ手元があと3か月で尽きそうです")
    assert "arrears" not in turn.conversation.answers


def test_likely_fact_is_put_to_them_once_and_a_no_takes_it_back() -> None:
    turn = tell("うちは食堂です。売上が落ちてます")
    assert {"confirm:sales=down_slight", "confirm:sales=down_sharp"} <= set(turn.notices)
    denied = respond(turn.conversation, typed("いいえ"), CONTEXT)
    assert not denied.conversation.likely
    assert "sales" not in denied.conversation.answers


@pytest.mark.parametrize("words", ["花屋です", "弁当屋 パート12人", "印刷屋"])
def test_trade_alone_is_an_answer_and_no_topic(words: str) -> None:
    assert "industry" in tell(words).conversation.answers


@pytest.mark.parametrize("words", ["リスケ", "保証協会", "税金 滞納"])
def test_key_word_alone_is_looked_up(words: str) -> None:
    assert tell(words).conversation.answers == {}


def test_later_fact_revises_an_earlier_one_aloud() -> None:
    turn = tell("うどん屋です。赤字です", "あ、ちがう、利益は黒字です")
    assert turn.conversation.answers["profit"] == ("black",)
    assert "直しました" in turn.replies[0].text


def test_facts_told_while_only_the_office_was_asked_for_begin_the_interview() -> None:
    turn = tell("窓口を探す", "花屋です。返済が遅れてます")
    assert turn.conversation.flow == "diagnosis"
    assert turn.conversation.answers["repayment"] == ("late",)


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ("うちは食堂です。売上が半分以下です", "down_sharp"),
        ("売上が半分以下、返済が止まってます", "down_sharp"),
        ("売上が2割上がってます。でも苦しい", "up"),
    ],
)
def test_share_of_sales_is_no_rise_because_of_how_sales_are_written(
    words: str, option: str
) -> None:
    assert tell(words).conversation.answers["sales"] == (option,)


def test_story_that_ends_with_what_shall_i_do_is_heard_and_gets_no_manual() -> None:
    turn = tell("うどん屋、個人です。公庫の返済が2か月遅れてます。どうしたらいいですか")
    assert turn.conversation.answers["repayment"] == ("late",)
    assert not any(reply.text.startswith("できること") for reply in turn.replies)
    assert turn.replies[-1].progress


def test_what_was_put_to_them_gives_way_when_they_tell_something_else() -> None:
    put = tell("うちは食堂です。売上が落ちてます")
    assert "sales" in put.conversation.likely
    told = respond(put.conversation, typed("返済が2か月遅れてます"), CONTEXT)
    assert told.conversation.answers["repayment"] == ("late",)
    assert not told.conversation.likely
    assert told.replies[-1].progress  # its question is asked in its turn
    assert "sales" not in told.conversation.answers


def test_what_was_put_to_them_stands_behind_a_question_of_theirs() -> None:
    put = tell("うちは食堂です。売上が落ちてます")
    asked = respond(put.conversation, typed("相談は無料ですか？"), CONTEXT)
    assert asked.conversation.likely == put.conversation.likely


@pytest.mark.parametrize("place", ["石川県輪島市です", "塩竈市です", "石川県です", "茶屋町 岡山県"])
@pytest.mark.parametrize("question", ["costs", "wishes", "sales"])
def test_place_whose_name_holds_words_of_an_option_is_a_place(place: str, question: str) -> None:
    asked = Conversation("test:you", flow="diagnosis", asking_again=question)
    turn = respond(asked, typed(place), CONTEXT)
    assert question not in turn.conversation.answers
    assert "prefecture" in turn.conversation.answers


def test_question_that_names_what_was_told_before_is_answered_and_not_nodded_at() -> None:
    told = tell("信用金庫から借りてます。返済が遅れてます")
    asked = respond(told.conversation, typed("銀行に電話で、なんて言えばいいですか"), CONTEXT)
    assert any(notice.startswith(("faq:", "suggested:")) for notice in asked.notices)


@pytest.mark.parametrize(
    ("question", "said", "option"),
    [
        ("repayment", "まだ払えています。でも来月は無理かもしれません", "late"),
        ("arrears", "督促は来とらん。税金はちゃんと払うとる", "tax"),
        ("arrears", "税金はちゃんと払ってます", "tax"),
    ],
)
def test_what_is_still_paid_is_recorded_as_no_arrears(
    question: str, said: str, option: str
) -> None:
    asked = Conversation("test:you", flow="diagnosis", asking_again=question)
    turn = respond(asked, typed(said), CONTEXT)
    assert option not in turn.conversation.answers.get(question, ())


def test_single_letter_of_an_answer_is_no_place() -> None:
    asked = Conversation("test:you", flow="diagnosis", asking_again="profit")
    answers = respond(asked, typed("赤"), CONTEXT).conversation.answers
    assert answers == {"profit": ("loss",)}
    place = Conversation("test:you", flow="diagnosis", asking_again="prefecture")
    assert respond(place, typed("津"), CONTEXT).conversation.answers["prefecture"] == ("24",)
