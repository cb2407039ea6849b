"""The first questions of all, and the offers where the bot is not sure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.model.conversation import Conversation
from bot.model.messages import Reply, typed
from bot.model.turn import Turn
from bot.runtime.advisor import Advisor
from flows.keiei.programme import KEIEI
from knowledge import library


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    found = library.load()
    return Advisor(lambda: found, KEIEI, 180)


def ask(advisor: Advisor, text: str) -> Turn:
    return advisor.answer(Conversation("console:test"), typed(text), datetime.now(UTC))


def offers(turn: Turn) -> tuple[Reply, dict[str, str]]:
    reply = next(each for each in turn.replies if "もしかして" in each.text)
    return reply, {each.label: each.value for each in reply.choices if "|faq=" in each.value}


@pytest.mark.parametrize(
    "text",
    ["なんで405って呼ばれてるんやろ", "協議会ってなんや", "プロパー融資ちゅうのがわからん"],
)
def test_first_words_that_ask_do_not_begin_the_questionnaire(advisor: Advisor, text: str) -> None:
    assert not ask(advisor, text).conversation.flow


@pytest.mark.parametrize(
    "text",
    ["認定支援機関 総数 全国", "補助金が下りるタイミングは", "資金繰り表 様式 自由"],
)
def test_first_words_that_look_something_up_tell_no_fact(advisor: Advisor, text: str) -> None:
    turn = ask(advisor, text)
    assert any(notice.startswith(("faq:", "suggested:")) for notice in turn.notices)
    assert not turn.conversation.answers
    assert not turn.conversation.likely


@pytest.mark.parametrize("text", ["ソフト会社 7人", "個人で花屋", "飲食 個人 赤字"])
def test_first_key_words_of_a_business_tell_facts(advisor: Advisor, text: str) -> None:
    assert ask(advisor, text).conversation.answers


def test_short_statement_the_faq_knows_is_recorded_and_answered(advisor: Advisor) -> None:
    turn = ask(advisor, "もう店を閉めようかと思って")
    assert "faq:cannot-continue" in turn.notices
    assert turn.conversation.answers["wishes"] == ("close",)


def test_question_beside_a_fact_keeps_its_mark(advisor: Advisor) -> None:
    turn = ask(advisor, "税金ためちゃってるけど申請できる?")
    assert any(notice.startswith(("faq:", "suggested:")) for notice in turn.notices)
    assert turn.conversation.answers["arrears"] == ("tax",)


def test_offer_whose_questions_fit_names_each_on_its_button_alone(advisor: Advisor) -> None:
    reply, choices = offers(ask(advisor, "売上が落ちてなくても使える？"))
    assert choices
    assert not any(label in reply.text for label in choices)
    assert "番" not in "".join(choices)


def test_offer_with_a_long_question_numbers_each_in_the_text(advisor: Advisor) -> None:
    reply, choices = offers(ask(advisor, "条件変えたらもう借りられんようになる?"))
    assert list(choices) == [f"{number}番" for number in range(1, len(choices) + 1)]
    faq = library.load().faq
    for value in choices.values():
        entry = faq.get(value.rsplit("=", 1)[1])
        assert entry is not None
        assert reply.text.count(entry.question) == 1
