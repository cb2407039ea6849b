"""Replies while LINE fails, refuses or holds them."""

from __future__ import annotations

import asyncio

from bot.simulator.line.state import chat_id
from tests.bot.channels.serving import Watch
from tests.bot.channels.slack.desk.troubles import (
    Play,
    claimed,
    of_staff,
)
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO, until
from tests.bot.channels.slack.stories import OWNER, Story, words


def test_replies_while_line_fails_arrive_later_in_order(tell: Play) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await claimed(story)
        story.place.line.faults.add("push", "500", times=4)
        sent = [await story.staff_write("お返事1")]
        for number in range(2, 6):
            await until(lambda n=number: len(story.place.line.called("push")) == n)  # type: ignore[misc]  # bound now; the first push told of the claim
            watch.advance(seconds=400)
            sent.append(await story.staff_write(f"お返事{number}"))
        await until(lambda: len(of_staff(story)) == 5)
        assert of_staff(story) == [f"お返事{number}" for number in range(1, 6)]
        await until(lambda: all("white_check_mark" in story.reactions(ts) for ts in sent))
        assert "hourglass_flowing_sand" in story.reactions(sent[0])
        assert "LINEにつながりません" in story.thread_text()

    tell(told)


def test_reply_refused_by_line_is_shown_and_sent_again_once(tell: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        chats = story.place.line.account.chats
        hidden = chats.pop(chat_id(OWNER))
        ts = await story.staff_write("大事なお返事")
        await until(lambda: "warning" in story.reactions(ts))
        await until(lambda: "お客さまに届きませんでした（LINEの答え：400" in story.thread_text())
        chats[chat_id(OWNER)] = hidden
        (failed,) = [each for each in story.thread() if "もう一度送る" in words(each)]
        pressing = [
            story.place.slack.press(user, DESK, failed.ts, "もう一度送る")
            for user in (HANAKO, TARO)
        ]
        await asyncio.gather(*pressing)
        await until(lambda: "white_check_mark" in story.reactions(ts))
        await until(
            lambda: "もう一度送るものが見つかりません" in story.whispers() + story.whispers(TARO)
        )
        assert of_staff(story) == ["大事なお返事"]

    tell(told)


def test_reply_refused_by_line_is_not_sent_after_the_case_ended(tell: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        chats = story.place.line.account.chats
        hidden = chats.pop(chat_id(OWNER))
        await story.staff_write("おそすぎたお返事")
        await until(lambda: "もう一度送る" in story.thread_text())
        chats[chat_id(OWNER)] = hidden
        await story.staff_press("ボットに戻す")
        (failed,) = [each for each in story.thread() if "もう一度送る" in words(each)]
        assert (await story.place.slack.press(HANAKO, DESK, failed.ts, "もう一度送る")).ok
        await until(lambda: "もうボットに戻っています" in story.whispers())
        assert of_staff(story) == []

    tell(told)


def test_replies_held_by_the_quota_arrive_with_the_owners_next_message(tell: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        account = story.place.line.account
        account.quota = account.used
        sent = [await story.staff_write(f"お返事{number}") for number in range(1, 4)]
        await until(lambda: "送信数の上限" in story.thread_text())
        await until(lambda: all("hourglass_flowing_sand" in story.reactions(ts) for ts in sent))
        assert of_staff(story) == []
        assert (await story.place.line.send_text(OWNER, "もしもし")).ok
        await until(lambda: len(of_staff(story)) == 3)
        assert of_staff(story) == ["お返事1", "お返事2", "お返事3"]
        await until(lambda: all("white_check_mark" in story.reactions(ts) for ts in sent))

    tell(told)
