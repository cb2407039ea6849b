"""The menu of a case is on the owner's phone while the case is open.

Tested over sockets against the strict fake.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.channels.line.account.administration import Line
from bot.channels.line.account.rich_menu import IN_CASE, USUAL, read_pictures
from bot.channels.line.account.setup import set_up
from tests.bot.channels.line.serving import TOKEN
from tests.bot.channels.serving import Watch
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.desk.troubles import MORNING
from tests.bot.channels.slack.serving import until
from tests.bot.channels.slack.stories import OWNER, Story


def shown(story: Story) -> list[str]:
    """The labels on the owner's rich menu."""
    menu = story.place.line.rich_menu(OWNER)
    return [each["action"]["label"] for each in menu.get("areas", [])]


def labels(menu: Any) -> list[str]:
    return [each.choice.label for each in menu.areas]


def linked(story: Story) -> int:
    return len([each for each in story.place.line.calls if each.endpoint == "link"])


async def set_line_up(story: Story) -> None:
    line = Line(TOKEN, story.place.line.base_url)
    await asyncio.to_thread(lambda: list(set_up(line, read_pictures())))


def tell(folder: Path, told: Any, *, up: bool = True) -> None:
    watch = Watch(MORNING)

    async def scenario(place: serving.Place) -> None:
        story = Story(place)
        if up:
            await set_line_up(story)
        await told(story, watch)

    serving.play(folder, scenario, clock=watch)


def test_menu_while_a_case_is_open_is_its_own_and_answers(tmp_path: Path) -> None:
    async def told(story: Story, _: Watch) -> None:
        assert shown(story) == labels(USUAL)
        await story.owner_says("兵庫県で食堂をしています。売上が3割減りました")
        await story.owner_asks_for_a_person()
        await until(lambda: shown(story) == labels(IN_CASE))
        await story.staff_press("担当する")
        await until(lambda: any("お話をうかがいます" in each for each in story.said_to_owner()))
        before = len(story.thread())
        (standing,) = await story.owner_presses("結果を見る")
        assert "まだ結果は出ていません" in standing
        assert "兵庫県" in standing
        (who,) = await story.owner_presses("相談員に書く")
        assert "お話をうかがっています" in who
        (number,) = await story.owner_presses("電話の窓口")
        assert "兵庫県中小企業活性化協議会" in number
        assert len(story.thread()) == before  # nothing of it is staff's business
        await story.staff_press("ボットに戻す")
        await until(lambda: shown(story) == labels(USUAL))
        assert linked(story) == 1

    tell(tmp_path, told)


def test_menu_when_line_fails_is_switched_once_it_can_be(tmp_path: Path) -> None:
    async def told(story: Story, watch: Watch) -> None:
        story.place.line.faults.add("link", "500", times=2)
        await story.owner_asks_for_a_person()
        for tried in (1, 2):
            await until(lambda n=tried: linked(story) >= n)  # type: ignore[misc]  # bound now
            watch.advance(seconds=400)
        await until(lambda: shown(story) == labels(IN_CASE))
        story.place.line.faults.add("unlink", "500")
        await story.owner_says("ボットに戻る")
        watch.advance(seconds=400)
        await until(lambda: shown(story) == labels(USUAL))

    tell(tmp_path, told)


def test_menu_when_the_owner_has_everything_deleted_is_the_usual_one(tmp_path: Path) -> None:
    async def told(story: Story, _: Watch) -> None:
        await story.owner_asks_for_a_person()
        await until(lambda: shown(story) == labels(IN_CASE))
        await story.owner_says("消して")
        await until(lambda: shown(story) == labels(USUAL))

    tell(tmp_path, told)


def test_menu_of_a_case_that_was_forgotten_is_put_right_by_a_tap(tmp_path: Path) -> None:
    async def told(story: Story, _: Watch) -> None:
        line = story.place.line
        line.account.chat(line.user_id(OWNER)).rich_menu = line.menus.aliases[IN_CASE.alias]
        await story.owner_presses("電話の窓口")
        await until(lambda: shown(story) == labels(USUAL))

    tell(tmp_path, told)


def test_case_where_line_was_not_set_up_opens_all_the_same(tmp_path: Path) -> None:
    async def told(story: Story, watch: Watch) -> None:
        await story.owner_asks_for_a_person()
        watch.advance(seconds=timedelta(minutes=1).total_seconds())
        await story.staff_press("担当する")
        await until(lambda: any("お話をうかがいます" in each for each in story.said_to_owner()))
        assert shown(story) == []
        assert linked(story) == 0

    tell(tmp_path, told, up=False)
