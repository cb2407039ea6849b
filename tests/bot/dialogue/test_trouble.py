"""In trouble the bot says whom to call first and one thing to do.

Several emergencies at once are covered.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.dialogue.heard import Heard
from bot.dialogue.render import render
from bot.dialogue.respond import respond
from bot.dialogue.trouble import SYMPATHY_LASTS, ask_softly
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Context, Step, Then, Turn
from bot.understand.reading.kinds import clauses_of
from bot.understand.trouble import Trouble, TroubleKind
from flows.keiei.programme import KEIEI
from knowledge import library

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
CONTEXT = Context(NOW, library.load(), KEIEI)


def say(text: str, before: Conversation | None = None) -> Turn:
    return respond(before or Conversation("test:you"), typed(text), CONTEXT)


def words(turn: Turn) -> str:
    return "\n".join(f"{reply.text} {reply.card or ''}" for reply in turn.replies)


def test_somebody_else_in_danger_is_answered_with_119_before_helplines() -> None:
    turn = say("夫が薬をたくさん飲んで起きません")
    assert turn.notices[0] == "danger"
    said = words(turn)
    assert said.index("119") < said.index("110") < said.index("0120-279-338")


@pytest.mark.parametrize("said", ["社長を殺してやる", "あいつを殺して自分も死ぬ"])
def test_words_of_harm_to_somebody_name_the_police_before_helplines(said: str) -> None:
    told = words(say(said))
    assert told.index("110番") < told.index("0120-279-338")


def test_despair_where_somebody_has_begun_to_act_opens_with_119() -> None:
    assert words(say("いま橋の欄干の上に立っています")).startswith("■ いま、119番")
    assert not words(say("死にたいです")).startswith("■ いま、119番")


@pytest.mark.parametrize(
    "asked", ["給料が払えません。どこに電話すればいいですか", "差押予告が来ました。どうしたら"]
)
def test_a_closing_question_never_cancels_an_emergency(asked: str) -> None:
    turn = say(asked)
    assert any(notice.startswith("urgent:") for notice in turn.notices)
    assert "今日、まずこれだけ" in words(turn)


def test_several_emergencies_are_all_told_the_gravest_first() -> None:
    turn = say("給料が払えません。口座も差し押さえられました")
    assert {"urgent:wages", "urgent:seizure"} <= set(turn.notices)
    said = words(turn)
    assert said.index("差押えや裁判所") < said.index("給料の支払いが間に合わない")


def test_money_told_with_despair_waits_behind_a_button() -> None:
    turn = say("もう死にたい。給料も払えない")
    assert turn.conversation.answers == {}
    assert "v1|emergency=wages" in [button.value for button in turn.replies[-1].buttons]


def test_what_is_known_is_not_told_again_but_despair_is() -> None:
    after = say("給料が払えません").conversation
    assert not [each for each in say("給料が払えない", after).notices if "urgent" in each]
    dark = say("死にたい", say("死にたい").conversation)
    assert dark.notices == ("despair",)


# --- what may be trouble and may as well be none ----------------------------------------------------


def doubt(kind: TroubleKind, option: str = "") -> tuple[Trouble, ...]:
    return (Trouble(kind, clauses_of("どうしよう")[0], option, doubtful=True),)


def ask(doubts: tuple[Trouble, ...], step: Step, before: Conversation | None = None) -> Turn:
    heard = Heard(typed("どうしよう"), "どうしよう", doubts=doubts)
    return render(ask_softly(step, before or step.conversation, heard, CONTEXT), CONTEXT)


BEGUN = Conversation("test:you", flow="diagnosis")
WAGES = doubt(TroubleKind.URGENT, "wages")


def test_doubtful_money_trouble_is_asked_about_and_a_yes_brings_the_card() -> None:
    turn = ask(WAGES, Step(BEGUN, then=Then.REPEAT))
    assert turn.notices == ("confirm:emergency=wages",)
    assert [button.label for button in turn.replies[-1].buttons][:2] == [
        "はい、そうです",
        "ちがいます",
    ]
    assert "emergency" not in turn.conversation.answers
    assert "今日、まずこれだけ" in words(say("はい", turn.conversation))


def test_doubtful_money_trouble_denied_goes_on_with_the_questions() -> None:
    turn = say("ちがいます", ask(WAGES, Step(BEGUN, then=Then.REPEAT)).conversation)
    assert "emergency" not in turn.conversation.answers
    assert "【1/" in turn.replies[-1].text


def test_doubtful_despair_is_asked_about_and_a_yes_brings_the_helplines() -> None:
    turn = ask(doubt(TroubleKind.DESPAIR), Step(BEGUN, then=Then.REPEAT))
    assert turn.notices == ("confirm:despair",)
    assert "0120" not in words(turn)
    said = say("とてもつらいです", turn.conversation)
    assert "0120-279-338" in words(said)
    assert "despair" in said.notices


def test_doubtful_despair_denied_goes_on_with_the_questions() -> None:
    asked = ask(doubt(TroubleKind.DESPAIR), Step(BEGUN, then=Then.REPEAT))
    assert "【1/" in say("そうではありません", asked.conversation).replies[-1].text


@pytest.mark.parametrize(
    "notices", [("command:stop",), ("confirm:sales=up",), ("urgent:wages",), ("despair",)]
)
def test_a_doubt_never_disturbs_what_is_clear(notices: tuple[str, ...]) -> None:
    assert ask(WAGES, Step(BEGUN, then=Then.REPEAT, notices=notices)).notices == notices


def test_a_doubt_never_disturbs_an_answer_to_the_open_question() -> None:
    after = BEGUN.answered("sales", ("up",))
    assert ask(WAGES, Step(after, then=Then.REPEAT), BEGUN).notices == ()


def test_nothing_presses_after_all_goes_on_with_the_questions() -> None:
    before = replace(BEGUN, asking_again="emergency")
    for said in (
        "急ぎのはない",
        "いまんとこないけん、つぎ行って",
        "給料は払えてる、差押えもない。続けて",
    ):
        assert say(said, before).conversation.answers == {"emergency": ("handled",)}
    assert say("続けられない", before).conversation.answers == {}


@pytest.mark.parametrize("said", ["従業員が死にたいと言っています", "夫が消えたいと泣いています"])
def test_somebody_else_who_has_not_begun_to_act_is_not_answered_as_if_they_had(said: str) -> None:
    assert words(say(said)).startswith("■ その方をひとりにしないで")


def test_sympathy_is_said_in_full_once_in_a_while() -> None:
    first = say("もうしんどい", Conversation("test:you", flow="diagnosis"))
    again = say("ほんまにしんどい", first.conversation)
    fact = say("この1年は赤字で、つらい", again.conversation)
    assert "おつらいですね" in words(first)
    assert "おつらい中" in words(again)
    assert "おつら" not in words(fact)
    assert all("heavy" in turn.notices for turn in (first, again, fact))
    later = replace(CONTEXT, now=NOW + SYMPATHY_LASTS)
    assert "おつらいですね" in words(respond(fact.conversation, typed("しんどい"), later))


@pytest.mark.parametrize(
    "said", ["どうしたらいいかわからん", "どうしたらいいですか", "何をしたらいいかわからない"]
)
def test_who_asks_what_to_do_is_asked_the_next_question(said: str) -> None:
    turn = say(said)
    assert "command:help" in turn.notices
    assert "ひとつずつ" in words(turn)
    assert turn.replies[-1].progress


def test_who_will_call_after_a_dark_word_is_told_how_to_begin_there() -> None:
    turn = say("うん、電話してみる", say("もう死にたい").conversation)
    assert "「つらいです」のひとこと" in words(turn)
    assert "資金繰り" not in words(turn)
