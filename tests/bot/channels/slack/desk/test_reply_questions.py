"""Questions to a writer before a message goes to an owner, in both modes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.simulator.slack.api.files import File
from bot.simulator.slack.state import StoredMessage
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import Story, words

Told = Callable[[Story], Awaitable[None]]

REMARK = "この方、連絡は夕方にしよう"


@pytest.fixture(params=[False, True], ids=["http", "socket mode"])
def play(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., None]:
    def run(told: Told, *, only_notes: bool = False) -> None:
        async def scenario(place: Place) -> None:
            story = Story(place)
            await story.owner_asks_for_a_person()
            await story.staff_press("担当する")
            await until(lambda: "送る" in words(story.card()))
            await told(story)

        serving.play(tmp_path, scenario, socket_mode=request.param, only_notes=only_notes)

    return run


Play = Callable[..., None]


async def asked(story: Story, user: str = HANAKO) -> StoredMessage:
    """Find the one question this user sees."""
    await until(lambda: bool(story.place.slack.ephemerals(user)))
    return story.place.slack.ephemerals(user)[-1]


async def press(story: Story, question: StoredMessage, label: str, user: str = HANAKO) -> None:
    assert (await story.place.slack.press(user, DESK, question.ts, label)).ok


def count(story: Story, text: str) -> int:
    return story.said_to_owner().count(text)


def test_question_left_over_from_a_wiped_case_says_that_it_is_gone(play: Play) -> None:
    async def told(story: Story) -> None:
        await story.staff_write(REMARK)
        question = await asked(story)
        await story.owner_says("消して")
        await until(lambda: "消しました" in words(story.card()))
        await press(story, question, "送る")
        await until(lambda: "もうありません" in words(story.place.slack.ephemerals(HANAKO)[-1]))
        await until(lambda: question not in story.place.slack.ephemerals(HANAKO))

    play(told)


def test_remark_is_asked_about_and_goes_once_by_a_tap(play: Play) -> None:
    async def told(story: Story) -> None:
        ts = await story.staff_write(REMARK)
        question = await asked(story)
        await until(lambda: "grey_question" in story.reactions(ts))
        assert "まだ、お客さまには届いていません" in words(question)
        assert count(story, REMARK) == 0
        await asyncio.gather(*(press(story, question, "送る") for _ in range(3)))
        await until(lambda: "white_check_mark" in story.reactions(ts))
        await until(lambda: "grey_question" not in story.reactions(ts))
        await story.staff_reply("つぎのお返事です")
        assert count(story, REMARK) == 1

    play(told)


@pytest.mark.parametrize(
    "text",
    [f"<@{TARO}> これを見てください", "@channel お願いします", "はい\n// 内緒", "社内：夕方に"],
)
def test_remark_kept_as_a_note_never_goes(play: Play, text: str) -> None:
    async def told(story: Story) -> None:
        before = story.said_to_owner()
        ts = await story.staff_write(text)
        question = await asked(story)
        await press(story, question, "メモにする")
        await until(lambda: story.reactions(ts) == {"memo"})
        await story.staff_reply("つぎのお返事です")
        assert story.said_to_owner() == [*before, "つぎのお返事です"]

    play(told)


@pytest.mark.parametrize(
    "text", ["・・内緒", f"<@{TARO}> // 内緒", "📝 ∕∕ 内緒", "1. /\u200b/ 内緒"]
)
def test_marked_note_is_not_asked_about(play: Play, text: str) -> None:
    async def told(story: Story) -> None:
        ts = await story.staff_write(text)
        await until(lambda: "memo" in story.reactions(ts))
        await story.staff_reply("つぎのお返事です")
        assert story.whispers() == ""
        assert not any("内緒" in each for each in story.said_to_owner())

    play(told)


def test_edited_note_is_asked_about_and_goes_by_a_tap(play: Play) -> None:
    async def told(story: Story) -> None:
        ts = await story.staff_write("// 承知しました")
        await until(lambda: "memo" in story.reactions(ts))
        await story.place.slack.edit(HANAKO, DESK, ts, "承知しました")
        question = await asked(story)
        await story.staff_reply("つぎのお返事です")
        assert count(story, "承知しました") == 0
        await press(story, question, "送る")
        await until(lambda: count(story, "承知しました") == 1)

    play(told)


def test_reply_question_about_words_made_a_note_sends_nothing(play: Play) -> None:
    async def told(story: Story) -> None:
        ts = await story.staff_write(REMARK)
        question = await asked(story)
        await story.place.slack.edit(HANAKO, DESK, ts, f"// {REMARK}")
        await until(lambda: "memo" in story.reactions(ts))
        await press(story, question, "送る")
        await story.staff_reply("つぎのお返事です")
        assert not any(REMARK in each for each in story.said_to_owner())

    play(told)


def test_reply_question_is_asked_again_when_a_colleague_has_the_case(play: Play) -> None:
    async def told(story: Story) -> None:
        await story.staff_write(REMARK)
        question = await asked(story)
        await story.staff_write("代わります。太郎です", TARO)
        await press(story, await asked(story, TARO), "担当を代わって送る", TARO)
        await until(lambda: count(story, "代わります。太郎です") == 1)
        await press(story, question, "送る")
        await until(lambda: "今回だけ送る" in story.whispers())
        assert count(story, REMARK) == 0
        await press(story, await asked(story), "今回だけ送る")
        await until(lambda: count(story, REMARK) == 1)

    play(told)


def test_reply_form_asks_about_a_remark_and_keeps_its_words(play: Play) -> None:
    async def told(story: Story) -> None:
        await story.staff_press("送る")
        await until(lambda: bool(story.place.slack.modals(HANAKO)))
        await story.place.slack.submit(HANAKO, {"words": REMARK})
        (view,) = story.place.slack.modals(HANAKO)
        assert "もう一度押すと" in str(view["blocks"])
        assert REMARK in str(view["state"])
        other = "本人かなり参ってる感じ"
        await story.place.slack.submit(HANAKO, {"words": other})  # other words are asked about too
        assert story.place.slack.modals(HANAKO)
        assert (await story.place.slack.submit(HANAKO)).ok
        await until(lambda: count(story, other) == 1)
        assert story.place.slack.modals(HANAKO) == []
        assert count(story, REMARK) == 0

    play(told)


def test_snippet_words_are_asked_about_and_its_file_stays(play: Play) -> None:
    async def told(story: Story) -> None:
        snippet = File("memo.txt", "本人には内緒".encode())
        await story.place.slack.say(
            HANAKO, REMARK, channel=DESK, thread_ts=story.card().ts, files=(snippet,)
        )
        await press(story, await asked(story), "メモにする")
        await story.staff_reply("つぎのお返事です")
        assert not any(REMARK in each or "内緒" in each for each in story.said_to_owner())

    play(told)


def test_desk_with_only_notes_sends_by_the_form_alone(play: Play) -> None:
    async def told(story: Story) -> None:
        ts = await story.staff_write("承知しました")
        await until(lambda: "memo" in story.reactions(ts))
        await story.place.slack.edit(HANAKO, DESK, ts, "承知しました。")
        await story.staff_press("送る")
        await until(lambda: bool(story.place.slack.modals(HANAKO)))
        assert (await story.place.slack.submit(HANAKO, {"words": "明日ご連絡します"})).ok
        await until(lambda: count(story, "明日ご連絡します") == 1)
        assert story.whispers() == ""
        assert not any("承知しました" in each for each in story.said_to_owner())

    play(told, only_notes=True)


def test_reply_question_outlives_the_process_that_asked(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving.served(tmp_path) as place:
            story = Story(place)
            await story.owner_asks_for_a_person()
            await story.staff_press("担当する")
            await until(lambda: "送る" in words(story.card()))
            await story.staff_write(REMARK)
            question = await asked(story)
            line, slack = place.line, place.slack
            async with serving.beside(place.database_url, line, slack) as later:
                story = Story(later)
                await press(story, question, "送る")
                await until(lambda: count(story, REMARK) == 1)

    asyncio.run(scenario())


def test_reply_question_after_a_day_says_why_nothing_went(tmp_path: Path) -> None:
    ahead = [timedelta()]

    def clock() -> datetime:
        return utc_now() + ahead[0]

    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await until(lambda: "送る" in words(story.card()))
        await story.staff_write(REMARK)
        question = await asked(story)
        ahead[0] = timedelta(hours=25)
        await press(story, question, "送る")
        await until(lambda: "一日以上たった" in story.whispers())
        assert count(story, REMARK) == 0

    serving.play(tmp_path, scenario, clock=clock)


def test_reply_question_stays_while_slack_cannot_be_read(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await until(lambda: "送る" in words(story.card()))
        await story.staff_write(REMARK)
        question = await asked(story)
        place.slack.faults.add("conversations.replies", "refuse")
        await press(story, question, "送る")
        await until(lambda: "もう一度押してください" in story.whispers())
        await press(story, question, "送る")
        await until(lambda: count(story, REMARK) == 1)

    serving.play(tmp_path, scenario)
