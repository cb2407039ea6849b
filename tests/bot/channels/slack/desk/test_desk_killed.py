"""A case whose process is killed in the middle."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.store.opening import migrate_store
from tests.bot.channels.serving import free_port
from tests.bot.channels.slack.desk.troubles import (
    of_staff,
    owner_writes,
    positions,
)
from tests.bot.channels.slack.serving import DESK, HANAKO, Place, fakes, process, until
from tests.bot.channels.slack.stories import YES, Story


def test_case_killed_midway_with_events_three_times_arrives_once(
    tmp_path: Path,
) -> None:
    asyncio.run(_killed(f"sqlite:///{tmp_path}/navi.db"))


async def _killed(url: str) -> None:
    migrate_store(url)
    port = free_port()
    async with fakes() as (line, slack):
        story = Story(Place(line, slack, f"http://127.0.0.1:{port}", url))
        async with process(url, line, slack, port) as running:
            await story.owner_says("診断する")
            await story.owner_says("登り窯の薪は何の木がよかね？")
            await story.owner_says("窯の耐火煉瓦の組み方ば教えて？")
            await story.owner_presses("人と話す")
            await story.owner_presses(YES)
            await until(lambda: len(story.thread()) == 1)
            running.kill()
        async with process(url, line, slack, port) as running:
            await _three_times(story, "担当する")
            await until(lambda: "これからお話をうかがいます" in story.said_to_owner()[-1])
            await _exchanged(story, 1)
            # Both platforms have taken it, and the process dies before it hears so.
            line.faults.add("push", "timeout", accept=True, seconds=30)
            slack.faults.add("chat.postMessage", "timeout", accept=True, seconds=30)
            await _staff_write(story, "お返事2")
            await owner_writes(story, "お客さまの言葉2")
            await until(lambda: not line.faults.waiting and not slack.faults.waiting)
            await until(lambda: "お返事2" in of_staff(story))
            await until(lambda: "お客さまの言葉2" in story.thread_text())
            running.kill()
        async with process(url, line, slack, port) as running:
            await _exchanged(story, 3)
            await _three_times(story, "ボットに戻す")
            await until(lambda: "ここからはボットがお答えします" in story.said_to_owner()[-1])
            assert "いまの売上は" in story.said_to_owner()[-1]
            running.kill()
        async with process(url, line, slack, port):
            (asked,) = await story.owner_says("半分")
            assert "重く感じている費用" in asked
        assert of_staff(story) == ["お返事1", "お返事2", "お返事3"]
        theirs = [f"お客さまの言葉{number}" for number in range(1, 4)]
        assert positions(story, *theirs) == sorted(positions(story, *theirs))
        assert len(story.cards()) == 1


async def _three_times(story: Story, label: str) -> None:
    """Press a button, and let Slack repeat the press though it had been taken."""
    pressed = await story.place.slack.press(HANAKO, DESK, story.card().ts, label)
    assert pressed.ok
    for retry in range(1, 4):
        assert (await story.place.slack.post(pressed, retry=retry)).ok


async def _staff_write(story: Story, text: str) -> str:
    """Reply, and let Slack tell of it four times."""
    said = await story.place.slack.say(HANAKO, text, channel=DESK, thread_ts=story.card().ts)
    assert said.ok
    for retry in range(1, 4):
        assert (await story.place.slack.post(said, retry=retry)).ok
    return said.ts


async def _exchanged(story: Story, number: int) -> None:
    ts = await _staff_write(story, f"お返事{number}")
    await until(lambda: "white_check_mark" in story.reactions(ts))
    await owner_writes(story, f"お客さまの言葉{number}")
    await until(lambda: f"お客さまの言葉{number}" in story.thread_text())
