"""Cases as time passes, with promises, holidays and idle conversations."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from bot.model.business_hours import JAPAN
from bot.store.opening import migrate_store
from tests.bot.channels.serving import Watch, count
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.desk.troubles import (
    MORNING,
    Play,
    claimed,
)
from tests.bot.channels.slack.serving import Place, fakes, until
from tests.bot.channels.slack.stories import OWNER, YES, Story, words


def test_owner_in_the_new_year_holidays_is_told_when_the_desk_opens(tell: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await story.owner_says("人と話したい")
        (waiting,) = await story.owner_presses(YES)
        assert "1月4日（月）9時" in waiting
        assert "1月4日（月）10時" in waiting  # by when somebody answers
        await until(lambda: "1月4日（月）10時ごろまで" in words(story.card()))

    tell(told, datetime(2026, 12, 30, 20, 0, tzinfo=JAPAN))


def test_broken_promise_is_apologised_for_once_and_staff_are_nudged(tell: Play) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await story.owner_asks_for_a_person()
        before = len(story.said_to_owner())
        watch.advance(hours=1, minutes=1)
        await until(lambda: len(story.said_to_owner()) == before + 2)
        apology, number = story.said_to_owner()[before:]
        assert "申し訳" in apology
        assert "電話" in number
        await until(lambda: "お約束の時間を過ぎました" in story.thread_text())
        await until(lambda: "お待たせしています" in words(story.card()))
        (nudge,) = [each for each in story.thread() if each.broadcast]
        assert "どなたか" in nudge.text
        # Nothing of it a second time, not even when somebody takes the case.
        watch.advance(days=1)
        await story.staff_press("担当する")
        await story.staff_reply("お待たせしました")
        assert len(story.said_to_owner()) == before + 4
        assert len([each for each in story.thread() if each.broadcast]) == 1

    tell(told)


def test_reply_in_time_keeps_the_promise(tell: Play) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await claimed(story)
        await story.staff_reply("はい、花子です")
        before = story.said_to_owner()
        watch.advance(hours=3)
        await story.staff_reply("いかがですか")  # by then the clock's round is over
        assert story.said_to_owner() == [*before, "いかがですか"]
        assert "お約束" not in story.thread_text()

    tell(told)


def test_idle_conversation_is_wiped_from_slack_too(tmp_path: Path) -> None:
    watch = Watch(MORNING)

    async def first(place: Place) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        assert (await place.line.send_text(OWNER, "店の名前は宝屋です")).ok
        await until(lambda: "宝屋" in story.thread_text())
        await until(lambda: len(story.said_to_owner()) >= 3)

    async def scenario() -> None:
        async with fakes() as (line, slack):
            url = f"sqlite:///{tmp_path}/navi.db"
            migrate_store(url)
            async with serving.beside(url, line, slack, watch) as place:
                await first(place)
            watch.advance(days=181)
            async with serving.beside(url, line, slack, watch) as place:
                story = Story(place)
                await until(lambda: "消しました" in words(story.card()))
                await until(lambda: "宝屋" not in story.thread_text())
                await until(lambda: "ここまでのお答え" not in story.thread_text())

    asyncio.run(scenario())


def test_case_posts_lose_their_words_when_the_promised_time_is_over(
    tell: Play,
) -> None:
    async def told(story: Story, watch: Watch) -> None:
        def timers() -> int:
            waiting = "SELECT count(*) FROM timers WHERE name LIKE 'erase:%'"
            return count(story.place.database_url, waiting)

        await claimed(story)
        assert (await story.place.line.send_text(OWNER, "店の名前は宝屋です")).ok
        await until(lambda: "宝屋" in story.thread_text())
        await story.staff_press("完了")
        await until(lambda: "完了しました" in words(story.card()))
        assert timers() == 1
        await story.staff_press("再開")
        await until(lambda: "対応しています" in words(story.card()))
        assert timers() == 0  # never while it is open
        await story.staff_press("完了")
        await until(lambda: "完了しました" in words(story.card()))
        # The owner goes on with the bot, so that nothing of theirs is idle.
        watch.advance(days=179)
        await story.owner_says("使い方")
        assert "宝屋" in story.thread_text()
        watch.advance(days=2)
        await until(lambda: "宝屋" not in story.thread_text())
        await until(lambda: "消しました" in words(story.card()))
        assert timers() == 0

    tell(told)
