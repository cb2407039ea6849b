"""A whole interview by staff over real sockets, tapped, typed and handed to an owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.slack.interview.wording import (
    RESTART_BUTTON,
    STARTED_IN_DM,
    TELEPHONE_ORDER_BUTTON,
    USUAL_ORDER_BUTTON,
)
from bot.presentation.wording import say
from tests.bot.channels.serving import idle, write
from tests.bot.channels.slack.interviews import (
    BEGIN,
    BY_TAPS,
    BY_WORDS,
    Interview,
)
from tests.bot.channels.slack.serving import HANAKO, until
from tests.bot.channels.slack.stories import words

Play = Callable[..., None]
BOTH = pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket"])


async def last_seen(interview: Interview, ago: timedelta) -> None:
    """Let time have passed since the last word."""
    seen = (datetime.now(UTC) - ago).isoformat()
    changed = await write(
        interview.place.database_url,
        "UPDATE conversations SET state = json_set(state, '$.last_seen', ?) "
        "WHERE key = ? AND state ->> '$.last_seen' IS NOT NULL",
        seen,
        f"slack:{interview.user}",
    )
    assert changed == 1


# --- from beginning to end ------------------------------------------------------------------------


@BOTH
def test_interview_by_taps_stays_in_one_message(play: Play, *, socket_mode: bool) -> None:
    async def told(interview: Interview) -> None:
        assert say("conversation.menu") in await interview.says("こんにちは")
        first = interview.panel().ts
        await interview.taps(BEGIN, *BY_TAPS)
        assert "都道府県（入力して探せます）" in interview.shown()
        result = await interview.chooses_place("愛媛県")
        assert "今週のうちに" in result
        assert "愛媛" in result
        # It is the message of the beginning, changed in place, and the only one.
        assert [each.ts for each in interview.own()] == [first]

    play(told, socket_mode=socket_mode)


def test_interview_in_the_order_of_a_call_asks_what_presses_first(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        assert "いまの売上は" in interview.shown()
        assert "差押えの書類は届いていますか" in await interview.taps(TELEPHONE_ORDER_BUTTON)
        assert "今日、まずこれだけ" in await interview.taps("差押えの知らせも来た", "これで全部")
        assert "愛媛県中小企業活性化協議会" in await interview.chooses_place("愛媛県")
        # The next caller is asked in the same order, until it is changed back.
        assert "差押えの書類は届いていますか" in await interview.taps(RESTART_BUTTON)
        assert "いまの売上は" in await interview.taps(USUAL_ORDER_BUTTON)

    play(told)


@BOTH
def test_interview_typed_keeps_the_panel_below_the_words(play: Play, *, socket_mode: bool) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        for text in BY_WORDS:
            await interview.says(text)
            assert interview.lowest().ts == interview.panel().ts
            assert len(interview.own()) == 1
        assert "今週のうちに" in interview.shown()
        assert "愛媛" in interview.shown()

    play(told, socket_mode=socket_mode)


def test_interview_by_taps_and_by_words_comes_to_the_same_result(play: Play) -> None:
    results: list[str] = []

    async def by_halves(interview: Interview) -> None:
        await interview.says("診断する")
        for number, (label, text) in enumerate(zip(BY_TAPS, BY_WORDS, strict=False)):
            await (interview.says(text) if number % 2 else interview.taps(label))
        await interview.chooses_place("愛媛県")
        results.append(interview.shown())
        await interview.says("最初から")
        await interview.taps(*BY_TAPS)
        await interview.says("愛媛県です")
        results.append(interview.shown())

    async def told(interview: Interview) -> None:
        await by_halves(interview)
        # All but the sentence that confirms the last answer.
        cards = [each[each.rindex("今週のうちに") :] for each in results]
        assert cards[0] == cards[1]
        assert "今週のうちに" in cards[0]

    play(told)


# --- on the way -----------------------------------------------------------------------------------


def test_interview_goes_back_corrects_and_starts_again(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        await interview.taps("3割以上減った", "とくにない")
        assert "「とくにない」でした" in await interview.taps("戻る")
        await interview.taps("とくにない")
        assert "とくにない" in await interview.taps("回答を直す")
        await interview.taps("売上")
        said = await interview.taps("変わらない")
        assert "「変わらない」に直しました" in said
        # A question in the middle is answered, and the open one asked again.
        said = await interview.says("リスケとは")
        assert "毎月の額を減らす" in said
        assert "利益は出ていますか？" in said
        assert "この1年は赤字" in interview.buttons()
        # What was answered stays in view.
        assert "売上：変わらない" in said
        said = await interview.taps(RESTART_BUTTON)
        assert "いまの売上は" in said
        assert "売上：" not in said
        assert "利益は出ていますか？" in await interview.taps("前のお答えに戻す")
        assert len(interview.own()) == 1

    play(told)


def test_interview_offers_a_place_that_was_said_and_the_whole_list(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("松山は不景気です")
        await interview.taps(*BY_TAPS)
        assert "はい、愛媛県です" in interview.buttons()
        assert "香川" in await interview.chooses_place("香川県")

    play(told)


def test_interview_after_days_says_whose_answers_these_are(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        await interview.taps("3割以上減った")
        assert "までの聞き取りの続きです" not in interview.shown()
        await last_seen(interview, timedelta(days=3))
        said = await interview.commands()
        assert said.answer["text"] == STARTED_IN_DM
        assert "までの聞き取りの続きです" in interview.shown()
        assert "重く感じている費用" in interview.shown()
        assert "までの聞き取りの続きです" not in await interview.taps("とくにない")
        await last_seen(interview, timedelta(hours=1))
        assert "までの聞き取りの続きです" in await interview.taps("この1年は赤字")

    play(told)


def test_interview_begun_after_a_finished_one_starts_again(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("窓口を探す")
        assert "愛媛" in await interview.chooses_place("愛媛県")
        await interview.chooses_shortcut()
        assert "いまの売上は" in interview.shown()
        assert "愛媛" not in interview.shown()

    play(told)


# --- when the panel is gone -----------------------------------------------------------------------


def test_panel_deleted_comes_again(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        slack, panel = interview.place.slack, interview.panel()
        slack.faults.add("chat.update", "refuse", error="message_not_found")
        assert (await slack.press(HANAKO, panel.channel, panel.ts, "3割以上減った")).ok
        await until(lambda: len(interview.own()) == 2)
        assert "重く感じている費用" in words(interview.own()[-1])
        # The new one is the panel from now on; pressing the old one brings everything there.
        panel.deleted = True
        await interview.taps("とくにない")
        assert len(interview.own()) == 1

    play(told)


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "cant_update_message"])
def test_panel_in_a_conversation_out_of_reach_is_posted_again(play: Play, error: str) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        slack, panel = interview.place.slack, interview.panel()
        slack.faults.add("chat.update", "refuse", error=error)
        slack.faults.add("chat.delete", "refuse", error=error.replace("update", "delete"))
        assert (await slack.press(HANAKO, panel.channel, panel.ts, "3割以上減った")).ok
        await until(lambda: len(interview.own()) == 2)
        panel.deleted = True
        panel = interview.panel()
        await slack.say(HANAKO, "人手不足です")
        await until(lambda: "重く感じている費用" in words(interview.own()[-1]))

    play(told)


def test_panel_on_a_stale_screen_still_answers(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        await interview.taps("3割以上減った", "とくにない")
        slack, panel = interview.place.slack, interview.panel()
        # The button of the first question, which the message no longer has.
        before = interview.shown()
        sent = await slack.press(HANAKO, panel.channel, panel.ts, "増えている", stale=True)
        assert sent.ok
        await until(lambda: interview.shown() != before)
        assert "売上：増えている" in interview.shown()
        assert len(interview.own()) == 1

    play(told)


def test_forgotten_interview_wipes_panel_and_summary(play: Play) -> None:
    async def told(interview: Interview) -> None:
        await interview.says("診断する")
        await interview.taps("3割以上減った")
        assert "3割" in words(await interview.gets("要約を出す"))
        await idle(interview.place.database_url)
        old = interview.panel().ts
        await interview.says("消して")
        assert say("conversation.forgotten") in interview.shown()
        await until(lambda: "3割" not in "".join(words(each) for each in interview.own()))
        assert interview.panel().ts != old

    play(told)


def test_interview_typed_faster_than_slack_posts_shows_the_last_panel(play: Play) -> None:
    async def told(interview: Interview) -> None:
        slack = interview.place.slack
        await interview.says("診断する")
        slack.faults.add("chat.postMessage", "slow", seconds=0.5)
        for text in ("3割くらい落ちた", "お客さんが減った", "電気代", "これで全部", "赤字"):
            assert (await slack.say(interview.user, text)).ok
        await idle(interview.place.database_url)
        assert len(interview.panels()) == 1
        assert "借入" in interview.shown()
        # The first, the one that was slow, and the last: none of those between.
        assert len(slack.called("chat.postMessage")) <= 4

    play(told)
