"""A result is told once in full, with details on tap and corrections in one line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.respond import respond
from bot.interview.standing import replay_flow
from bot.model.conversation import Conversation, from_dict, to_dict
from bot.model.messages import LinkKind, Reply, typed
from bot.model.turn import Context, Turn
from bot.presentation.cards.detail_cards import Detail
from flows.keiei.programme import KEIEI
from knowledge import library

LIBRARY = library.load()
OPEN = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
CONTEXT = Context(OPEN, LIBRARY, KEIEI)
ANSWERS = (
    "v1|flow=qualify",
    "会社です",
    "飲食店で5人",
    "信金と公庫",
    "遅れてる",
    "まだない",
    "税理士がいる",
)


def talk(*lines: str, conversation: Conversation | None = None, context: Context = CONTEXT) -> Turn:
    turn = Turn(conversation or Conversation("test:you"))
    for line in lines:
        turn = respond(turn.conversation, typed(line), context)
    return turn


def words(turn: Turn) -> str:
    return "\n".join(reply.text for reply in turn.replies)


def result(place: str = "愛媛県", context: Context = CONTEXT) -> Turn:
    return talk(*ANSWERS, place, context=context)


def card_of(turn: Turn) -> Reply:
    return next(reply for reply in turn.replies if reply.card)


def test_result_is_one_card_with_today_this_week_and_one_way_to_call() -> None:
    turn = result()
    (card,) = [reply.card for reply in turn.replies if reply.card]
    assert card.title == "○ 使えそうです"
    assert [section.heading for section in card.sections] == ["", "今日すること", "今週のうちに"]
    assert all(len(section.lines) == 1 for section in card.sections[1:])
    (call,) = card.links
    assert (call.kind, call.target) == (LinkKind.CALL, "089-970-5771")
    assert "いま受付中" in call.note


def test_result_at_night_names_the_day_the_offices_open() -> None:
    night = Context(OPEN + timedelta(hours=10), LIBRARY, KEIEI)
    (card,) = [reply.card for reply in result(context=night).replies if reply.card]
    assert card.sections[1].heading == "11月25日（水）にすること"
    assert "次の受付は11月25日（水）9時から" in card.links[0].note


def test_result_before_the_morning_of_a_working_day_says_today() -> None:
    early = Context(OPEN + timedelta(hours=17), LIBRARY, KEIEI)
    (card,) = [reply.card for reply in result(context=early).replies if reply.card]
    assert card.sections[1].heading == "今日すること"


@pytest.mark.parametrize("place", ["札幌市", "千葉県"])
def test_result_with_a_number_of_2015_offers_the_page_and_no_call(place: str) -> None:
    (card,) = [reply.card for reply in result(place).replies if reply.card]
    assert [link.kind for link in card.links] == [LinkKind.OPEN]
    office = talk("v1|do=center", conversation=result(place).conversation)
    shown = card_of(office).card
    assert shown is not None
    assert all(link.kind is LinkKind.OPEN for link in shown.links)
    assert "確かめてください" in words(office)


@pytest.mark.parametrize("detail", list(Detail))
def test_details_of_a_result_come_on_tap_and_lead_back(detail: Detail) -> None:
    there = result()
    behind = talk("v1|more=reasons", conversation=there.conversation)
    offered = {button.value for at in (there, behind) for button in card_of(at).buttons}
    value = f"v1|more={detail}"
    shown = talk(value, conversation=there.conversation)
    if value in offered:
        assert "結果を見る" in {button.label for button in card_of(shown).buttons}
    else:
        assert "まだ結果が出ていません" in words(shown)


def test_details_before_a_result_are_not_made_up() -> None:
    asked = talk("v1|flow=qualify")
    assert "まだ結果が出ていません" in words(
        talk("v1|more=reasons", conversation=asked.conversation)
    )
    assert "まだ結果が出ていません" in words(talk("v1|more=afterwards"))


def test_sources_of_other_prefectures_are_left_out() -> None:
    said = words(talk("v1|more=sources", conversation=result("愛媛県").conversation))
    assert "愛媛" in said or "中小企業庁" in said
    assert not any(place in said for place in ("沖縄", "福岡", "静岡", "北海道"))


def test_a_correction_that_changes_the_verdict_says_so_in_one_line() -> None:
    corrected = talk("v1|legal_form=nonprofit", conversation=result().conversation)
    assert not any(reply.card for reply in corrected.replies)
    assert "「使えそうです」から「別の支援が合いそうです」に変わりました" in words(corrected)
    again = talk("v1|do=resume", conversation=corrected.conversation)
    assert "別の支援が合いそうです" in words(again)
    assert any(reply.card for reply in again.replies)


def test_a_correction_that_changes_nothing_says_that_it_stays() -> None:
    corrected = talk("v1|industry=wholesale", conversation=result().conversation)
    assert "「使えそうです」のままです" in words(corrected)


def test_a_correction_is_one_line_also_after_the_conversation_was_kept() -> None:
    kept = from_dict(to_dict(result().conversation))
    corrected = talk("v1|legal_form=nonprofit", conversation=kept)
    assert "に変わりました" in words(corrected)


def test_a_result_after_another_start_is_told_in_full() -> None:
    turn = talk("最初から", *ANSWERS[1:], "愛媛県", conversation=result().conversation)
    state = replay_flow(turn.conversation, KEIEI)
    assert state is not None
    assert any(reply.card and reply.card.title == "○ 使えそうです" for reply in turn.replies)


def test_a_tapped_answer_is_not_repeated_and_a_typed_one_once() -> None:
    asked = talk("v1|flow=diagnosis")
    assert "ですね" not in words(talk("v1|sales=up", conversation=asked.conversation))
    assert words(talk("ふえた", conversation=asked.conversation)).count("「増えている」ですね") == 1


def test_despair_offers_numbers_to_tap_and_somewhere_to_write_to() -> None:
    card = card_of(talk("死にたい")).card
    assert card is not None
    assert card.links_first
    calls = [link for link in card.links if link.kind is LinkKind.CALL]
    assert len(calls) >= 3
    assert [link.target for link in card.links if link.kind is LinkKind.OPEN] == [
        "https://www.mhlw.go.jp/mamorouyokokoro/"
    ]
    assert card.sections[-1].small


def test_hours_of_a_helpline_stand_in_one_pair_of_brackets() -> None:
    said = words(talk("ヤミ金に追われています"))
    assert "#9110（平日8:30〜17:15、都道府県で違う）" in said
