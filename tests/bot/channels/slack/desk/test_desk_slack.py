"""Cases while Slack fails, is closed, or loses cards."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from bot.simulator.slack.users.people import delete_message
from bot.store.opening import migrate_store
from tests.bot.channels.serving import WATCHING, Watch
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.desk.troubles import (
    Play,
    claimed,
    of_staff,
    owner_writes,
    positions,
)
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO, fakes, until
from tests.bot.channels.slack.stories import YES, Story, words


@pytest.mark.parametrize("trouble", ["500", "drop", "rate"])
def test_owner_words_while_slack_fails_arrive_later_in_order(tell: Play, trouble: str) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await claimed(story)
        slack = story.place.slack
        # Some are taken and only the answer is lost: they must not come twice.
        slack.faults.add("chat.postMessage", trouble, times=2, accept=trouble == "drop")
        before = len(slack.called("chat.postMessage"))
        texts = [f"言葉その{number}。" for number in range(1, 5)]
        for number, text in enumerate(texts, start=1):
            await owner_writes(story, text)
            tried = before + min(number, 3)
            await until(lambda n=tried: len(slack.called("chat.postMessage")) >= n)  # type: ignore[misc]  # bound now
            watch.advance(seconds=400)
        await until(lambda: texts[-1] in story.thread_text())
        assert positions(story, *texts) == sorted(positions(story, *texts))

    tell(told)


@pytest.mark.parametrize("state", ["archived", "left"])
def test_owner_words_while_the_channel_is_closed_are_not_lost(tell: Play, state: str) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await claimed(story)
        channel = story.place.slack.workspace.channels[DESK]
        channel.archived, channel.bot_is_member = state == "archived", state != "left"
        texts = [f"言葉その{number}。" for number in range(1, 4)]
        for text in texts[:2]:
            await owner_writes(story, text)
        await until(lambda: story.place.slack.calls[-1].error in {"is_archived", "not_in_channel"})
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{story.place.url}/readyz", headers=WATCHING) as answer,
        ):
            assert (await answer.json())["undelivered"] == 2
        channel.archived, channel.bot_is_member = False, True
        watch.advance(seconds=400)
        await owner_writes(story, texts[2])
        await until(lambda: texts[2] in story.thread_text())
        assert positions(story, *texts) == sorted(positions(story, *texts))

    tell(told)


def test_two_replies_keep_their_order_while_slack_is_slow(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        async with fakes() as (line, slack):
            url = f"sqlite:///{tmp_path}/navi.db"
            migrate_store(url)
            async with serving.beside(url, line, slack) as place:
                await claimed(Story(place))
            async with serving.beside(url, line, slack) as place:  # which knows nobody yet
                story = Story(place)
                slack.faults.add("users.info", "slow", seconds=0.5)
                first = asyncio.create_task(story.staff_write("はじめに"))
                await until(lambda: not slack.faults.waiting)
                await asyncio.gather(first, story.staff_write("つぎに"))
                await until(lambda: len(of_staff(story)) == 2)
                assert of_staff(story) == ["はじめに", "つぎに"]

    asyncio.run(scenario())


def test_desk_moved_to_another_channel_keeps_its_open_cases(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with fakes() as (line, slack):
            slack.add_channel("C0NEW", "新しい窓口", members=(HANAKO, TARO))
            url = f"sqlite:///{tmp_path}/navi.db"
            migrate_store(url)
            async with serving.beside(url, line, slack) as place:
                await claimed(Story(place))
            async with serving.beside(url, line, slack, desk="C0NEW") as place:
                story = Story(place)
                await story.staff_reply("まだここにいます")
                await owner_writes(story, "はい、どうぞ")
                await until(lambda: "はい、どうぞ" in story.thread_text())
                await story.staff_press("完了")
                await until(lambda: "完了しました" in words(story.card()))
                await story.owner_says("人と話したい")
                await story.owner_presses(YES)
                await until(lambda: len(slack.messages("C0NEW")) == 1)

    asyncio.run(scenario())


def test_preview_below_a_reply_is_no_edit(tell: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        ts = await story.staff_reply("https://example.com/ をご覧ください")
        assert (await story.place.slack.unfurl(DESK, ts)).ok
        await story.staff_reply("以上です")
        assert story.whispers() == ""
        assert len(of_staff(story)) == 2

    tell(told)


def test_card_deleted_of_an_open_case_comes_back_with_a_thread(tell: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        await story.staff_reply("はい")
        old, slack = story.card(), story.place.slack
        where = slack.workspace.channels[DESK]
        event = delete_message(old, where, slack._as_json(old), slack.workspace)  # noqa: SLF001 - by an admin
        assert (await slack.deliveries.tell(event, where)).ok
        await until(lambda: bool(story.cards()) and "作り直しました" in story.thread_text())
        assert "ここまでのお答え" in story.thread_text()
        await owner_writes(story, "まだいますか")
        await until(lambda: "まだいますか" in story.thread_text())
        await story.staff_reply("います")
        lost = await slack.say(HANAKO, "古いスレッドから", channel=DESK, thread_ts=old.ts)
        assert lost.ok
        await until(lambda: "もう相談につながっていません" in story.whispers())
        assert slack.ephemerals(HANAKO)[-1].thread_ts == old.ts
        assert of_staff(story) == ["はい", "います"]

    tell(told)


def test_writer_under_an_emptied_card_is_told_that_nothing_went(tell: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        await story.owner_says("消して")
        await until(lambda: "消しました" in words(story.card()))
        await until(lambda: "ここまでのお答え" not in story.thread_text())
        await story.staff_write("どうされましたか")
        await until(lambda: "届いていません" in story.whispers())
        assert of_staff(story) == []

    tell(told)
