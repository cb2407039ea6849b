"""Owners who despair, block, leave, or come back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.store import Incoming, TurnResult
from bot.store.opening import migrate_store, open_store
from bot.store.records import StaffName
from tests.bot.channels.serving import Watch
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.desk.troubles import (
    MORNING,
    Play,
    claimed,
    of_staff,
)
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import OWNER, Story, words


@pytest.mark.parametrize("with_staff", [False, True])
def test_despair_in_a_case_is_answered_at_once_and_staff_are_told(
    tell: Play, *, with_staff: bool
) -> None:
    async def told(story: Story, _: Watch) -> None:
        await (claimed(story) if with_staff else story.owner_asks_for_a_person())
        said = await story.owner_says("もう死にたいです", expecting=2)
        assert "0120" in "\n".join(said)
        await until(lambda: "もう死にたいです" in story.thread_text())
        assert "すぐに読んでください" in story.thread_text()
        await until(lambda: "🆘" in words(story.card()))

    tell(told)


def test_owner_who_blocks_the_account_ends_the_case(tell: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        await story.place.line.unfollow(OWNER)
        await until(lambda: "ブロックしました" in story.thread_text())
        await until(lambda: "もう届きません" in words(story.card()))
        await story.staff_write("まだいますか")
        await until(lambda: "届いていません" in story.whispers())
        assert of_staff(story) == []

    tell(told)


def test_new_case_after_completion_leaves_the_old_card_without_effect(tell: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        old = story.card()
        await story.staff_reply("よかったです")
        before = len(story.said_to_owner())
        await asyncio.gather(story.staff_press("完了"), story.staff_press("完了", TARO))
        await until(lambda: len(story.said_to_owner()) > before)
        await until(lambda: "もう完了しています" in story.whispers() + story.whispers(TARO))
        await story.staff_write("すみません、もうひとつ")
        await until(lambda: "もう完了しています" in story.whispers())
        await story.owner_asks_for_a_person()
        assert story.card().ts != old.ts
        assert (await story.place.slack.press(TARO, DESK, old.ts, "再開")).ok
        await until(lambda: "これは前の相談です" in story.whispers(TARO))
        assert of_staff(story) == ["よかったです"]

    tell(told)


def test_case_reopened_takes_replies_that_were_refused_before(tell: Play) -> None:
    async def told(story: Story, _: Watch) -> None:
        await claimed(story)
        await story.staff_reply("はい")
        before = len(story.said_to_owner())
        await story.staff_press("ボットに戻す")
        ts = await story.staff_write("あ、もうひとつ")
        await until(lambda: "もうボットに戻っています" in story.whispers())
        await until(lambda: len(story.said_to_owner()) > before)
        assert story.reactions(ts) == set()
        await until(lambda: "再開" in words(story.card()))
        await story.staff_press("再開", TARO)
        await until(lambda: "再開しました" in story.thread_text())
        await story.staff_reply("続きです", TARO)
        assert of_staff(story) == ["はい", "続きです"]

    tell(told)


def test_staff_reply_shows_the_name_and_icon_that_were_set(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/navi.db"
    migrate_store(url)
    named = StaffName(HANAKO, "相談員 山田", "https://example.com/yamada.png")

    async def known() -> None:
        store = open_store(url)
        work = TurnResult(None, records=(named,))
        await store.turn(Incoming("named", "slack:U"), lambda _: work, MORNING)
        await store.close()

    async def told(place: Place) -> None:
        story = Story(place)
        await claimed(story)
        assert "相談員 山田が、これからお話をうかがいます" in story.said_to_owner()[-1]
        await story.staff_reply("こんにちは")
        assert story.place.line.replies(OWNER)[-1].message["sender"] == {
            "name": "相談員 山田",
            "iconUrl": "https://example.com/yamada.png",
        }

    asyncio.run(known())
    serving.play(tmp_path, told)
