"""Whatever label a button shows, typing it is a tap on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from bot.dialogue import heard
from bot.dialogue.details import has_detail
from bot.dialogue.respond import respond
from bot.handoff.phone_alternatives import PHONE
from bot.interview.buttons import CASE_PERSON, CASE_PHONE, CASE_RESULT
from bot.interview.lasting_buttons import lasting_labels
from bot.interview.outcomes import detail_choice
from bot.model.conversation import Conversation
from bot.model.messages import read_value, typed
from bot.model.turn import Context, Turn
from bot.presentation.cards.detail_cards import Detail
from bot.understand.learned.model import SCALE, make_ready
from bot.understand.learned.trained import make
from bot.understand.text import fold
from flows.keiei.programme import KEIEI
from tests.bot.channels.everything import CONTEXT, YOU
from tests.bot.desk import waiting, with_staff
from tests.bot.every_card import ends

DESK = replace(CONTEXT, desk=True)
DEEP = 4
"""Taps from a start. Behind that stands nothing that was not seen."""

OPENINGS = (
    ("診断する",),
    ("使えるか調べる",),
    ("窓口を探す",),
    ("窓口を探す", "松山市"),
    ("質問する",),
    ("使い方",),
    ("リスケとは",),
    ("リスケ",),
    ("見守り", "はい"),
    ("お金の図",),
    ("給料が払えない",),
    ("死にたい",),
    ("回答を直す",),
    ("いまの記録を見せて",),
)


def starts() -> Iterator[Conversation]:
    for lines in OPENINGS:
        yield talk(Conversation(YOU), *lines).conversation
    # One end of each kind: the cards of all others have the same buttons.
    shown = set()
    for conversation, _ in islice(ends(), 0, None, 5):
        turn = talk(conversation, "v1|do=resume")
        buttons = frozenset(button.label for reply in turn.replies for button in reply.buttons)
        if buttons not in shown:
            shown.add(buttons)
            yield turn.conversation


def talk(conversation: Conversation, *lines: str, context: Context = DESK) -> Turn:
    turn = Turn(conversation)
    for line in lines:
        turn = respond(turn.conversation, typed(line), context)
    return turn


def walk() -> Iterator[tuple[Turn, Conversation]]:
    """Every turn behind a tap, each button once from each kind of place."""
    seen: set[str] = set()
    waiting = [(start, DEEP) for start in starts()]
    while waiting:
        conversation, depth = waiting.pop()
        for _, value in conversation.offered:
            if depth and value not in seen:
                seen.add(value)
                turn = talk(conversation, value)
                yield turn, conversation
                waiting.append((turn.conversation, depth - 1))


@pytest.fixture(scope="module")
def turns() -> list[Turn]:
    return [turn for turn, _ in walk()]


def said(turn: Turn) -> tuple[object, ...]:
    """What a turn shows and keeps, apart from the echo that a tap does not need."""
    titles = tuple(reply.card.title for reply in turn.replies if reply.card)
    buttons = tuple(button.value for reply in turn.replies for button in reply.buttons)
    return titles, buttons, turn.conversation.answers, turn.conversation.asking_again


def test_label_of_a_button_shown_last_is_a_tap(turns: list[Turn]) -> None:
    assert len(turns) > 150
    wrong = set()
    for turn in turns:
        for label, value in turn.conversation.offered:
            by_tap, by_word = talk(turn.conversation, value), talk(turn.conversation, label)
            if said(by_tap) != said(by_word) and _is_only(label, turn.conversation):
                wrong.add((label, value))
    assert wrong == set()


def _is_only(label: str, conversation: Conversation) -> bool:
    return [fold(each) for each, _ in conversation.offered].count(fold(label)) == 1


def test_label_of_an_earlier_card_is_a_tap_too(turns: list[Turn]) -> None:
    known, missing = lasting_labels(KEIEI), set()
    for turn in turns:
        for reply in turn.replies:
            for button in reply.buttons:
                lasts = _lasts(button.value) and button != PHONE
                if lasts and fold(button.label) not in known:
                    missing.add((button.label, button.value))
    assert missing == set()


def _lasts(value: str) -> bool:
    name, option = read_value(value) or ("", "")
    only_where_it_stands = {"forget", "bot", "unfollow", "leave", "none"}
    return name in {"do", "more", "guide", "picture"} and option not in only_where_it_stands


@pytest.mark.parametrize("detail", sorted({*Detail} - {Detail.OFFICES}))
def test_detail_is_shown_by_its_label_after_another_card(detail: Detail) -> None:
    label, value = detail_choice(detail).label, detail_choice(detail).value
    result = next(
        each for each, end in ends() if end == "assessment" and has_detail(each, detail, DESK)
    )
    asked = talk(result, "v1|do=resume", "v1|do=sheet")
    by_tap = talk(asked.conversation, value)
    assert said(talk(asked.conversation, label)) == said(by_tap)
    assert by_tap.replies[0].card


def test_label_that_answers_the_open_question_answers_it() -> None:
    asked = Conversation(YOU, flow="diagnosis")
    assert not talk(asked, "費用").replies[0].card


@pytest.mark.parametrize(
    "label", ["電話の窓口を見る", "電話の窓口", "相談員に書く", "結果を見る", "ボットに戻る"]
)
def test_label_is_a_tap_while_they_wait(label: str) -> None:
    desk = waiting()
    value = next(
        (value for shown, value in desk.conversation.offered if shown == label),
        {each.label: each.value for each in (CASE_PHONE, CASE_PERSON, CASE_RESULT)}.get(label, ""),
    )
    by_tap = talk(desk.conversation, value)
    assert said(talk(desk.conversation, label)) == said(by_tap)
    assert by_tap.replies


def test_region_typed_while_they_wait_leads_on_to_the_number() -> None:
    desk = waiting()
    desk.say("電話の窓口を見る", "四国")
    assert "愛媛県" in desk.labels
    desk.say("愛媛県")
    assert "089-" in desk.text


def test_label_of_an_option_typed_to_staff_reaches_staff() -> None:
    desk = with_staff()
    desk.say("3割以上減った")
    assert desk.passed_on == ["3割以上減った"]
    assert desk.conversation.answers["sales"] == ("up",)


def test_all_of_it_where_nothing_is_added_ends_nothing() -> None:
    asked = talk(Conversation(YOU), "診断する", "これで全部")
    assert asked.replies[-1].progress
    assert "stopped" not in asked.notices


def test_result_wanted_before_the_first_question_says_that_there_is_none() -> None:
    assert "まだ質問を始めていません" in talk(Conversation(YOU), "結果を見る").replies[0].text


def test_labels_below_a_picture_mean_something_only_with_figures() -> None:
    assert not talk(Conversation(YOU), "この数字は？").replies[0].card
    drawn = talk(Conversation(YOU), "お金の図", "300万", "250万", "200万", "20万", "とくにない")
    assert talk(drawn.conversation, "相談シート", "この数字は？").replies[0].card


def test_picture_that_is_left_names_the_button_that_leads_back_to_it() -> None:
    left = talk(Conversation(YOU), "返す年数", "図をやめる")
    assert "「返す年数」" in left.replies[0].text
    assert talk(left.conversation, "返す年数").conversation.picture == "debt"


def test_label_of_a_button_is_weighed_by_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = ("danger", "despair", "heavy", "none", "wages")
    sure = make(labels, [SCALE * 9 * (each == "despair") for each in labels], {}, "")
    models = make_ready({"trouble": sure})
    monkeypatch.setattr(heard, "learned_for", lambda _: models)
    shown = Conversation("test:owner", offered=(("くわしく診断する", "v1|do=diagnose"),))
    assert heard.hear(typed("くわしく診断したい"), shown, CONTEXT).troubles
    assert not heard.hear(typed("くわしく診断する"), shown, CONTEXT).troubles
