"""Settings of the desk over real sockets are used at once and told to the desk."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.channels.slack.settings import wording
from bot.channels.slack.settings.policy_changes import UNDO
from bot.channels.slack.settings.view import OPEN, UnreadableError, draw_form, read_form
from bot.model.business_hours import JAPAN
from bot.model.desk_policy import USUAL
from bot.simulator.slack.blocks.blocks import find_faults
from tests.bot.channels.serving import Watch
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import Story, words, words_in

EVENING = datetime(2026, 11, 25, 17, 30, tzinfo=JAPAN)

FILLED: dict[str, Any] = {
    "opens": "10:00",
    "closes": "20:00",
    "days": ["0", "1", "2", "3", "4", "5"],
    "closed": "2026-12-28\n2026/12/25",
    "promise": "120",
    "called": [TARO],
}


async def sets(place: Place, **changed: Any) -> dict[str, str]:
    """Fill the form in from the home, and return the errors beside its fields."""
    slack = place.slack
    assert (await slack.open_home(HANAKO)).ok
    await until(lambda: wording.BUTTON in words_in(slack.home(HANAKO)))
    assert (await slack.press_in_view(HANAKO, OPEN, home=True)).ok
    await until(lambda: bool(slack.modals(HANAKO)))
    return dict((await slack.submit(HANAKO, FILLED | changed)).errors)


def test_settings_are_used_at_once_and_told_to_the_desk(tmp_path: Path) -> None:
    watch = Watch(EVENING)

    async def scenario(place: Place) -> None:
        story = Story(place)
        assert await sets(place) == {}
        await until(lambda: bool(place.slack.messages(DESK)))
        (told,) = place.slack.messages(DESK)
        assert "花子さんが" in words(told)
        assert "10:00〜20:00" in words(told)
        assert "09:00〜17:00" in words(told)
        await story.owner_says("人と話したい")
        (said,) = await story.owner_presses("はい、つないでください")
        assert "2時間ほどでお返事します（今日の19時30分ごろまで）" in said
        # Nobody takes it: who was named is called.
        watch.advance(hours=2, minutes=1)
        await until(lambda: f"@{TARO}" in {each.whom for each in place.slack.notifications})
        # The form shows what is set.
        assert await sets(place, closed="きのう") == {"closed": wording.refuse_day("きのう")}

    serving.play(tmp_path, scenario, clock=watch)


def test_change_is_undone_once_and_only_while_nothing_was_set_since(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        slack = place.slack

        def told() -> list[Any]:
            return slack.messages(DESK)

        assert await sets(place) == {}
        await until(lambda: len(told()) == 1)
        first = told()[0]
        pressing = [slack.press(user, DESK, first.ts, UNDO) for user in (HANAKO, TARO)]
        await asyncio.gather(*pressing)
        await until(lambda: len(told()) == 2)
        undone = told()[1]
        assert wording.announce_undo("花子") in words(undone) or "太郎さん" in words(undone)
        assert "09:00〜17:00" in words(undone).partition(wording.BEFORE)[0]
        # The change it undid is no more; undoing the undoing brings it back.
        assert (await slack.press(HANAKO, DESK, first.ts, UNDO)).ok
        await until(lambda: wording.CHANGED_SINCE in Story(place).whispers())
        assert (await slack.press(HANAKO, DESK, undone.ts, UNDO)).ok
        await until(lambda: len(told()) == 3)
        assert "10:00〜20:00" in words(told()[2]).partition(wording.BEFORE)[0]

    serving.play(tmp_path, scenario)


def test_form_that_was_open_while_a_colleague_set_something_is_refused(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        slack = place.slack
        assert (await slack.open_home(TARO)).ok
        await until(lambda: wording.BUTTON in words_in(slack.home(TARO)))
        assert (await slack.press_in_view(TARO, OPEN, home=True)).ok
        await until(lambda: bool(slack.modals(TARO)))
        assert await sets(place) == {}
        late = await slack.submit(TARO, FILLED | {"promise": "30"})
        assert dict(late.errors) == {"opens": wording.CHANGED_MEANWHILE}

    serving.play(tmp_path, scenario)


def test_form_of_the_usual_policy_passes_slacks_checks_and_reads_back() -> None:
    assert find_faults(draw_form(USUAL), "modal") == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"opens": "17:00", "closes": "09:00"}, "closes"),
        ({"opens": ""}, "opens"),
        ({"days": ""}, "days"),
        ({"closed": "2026-13-01"}, "closed"),
        ({"closed": "１２月２８日" * 40}, "closed"),
    ],
)
def test_form_that_cannot_be_used_says_which_field(changed: dict[str, str], field: str) -> None:
    good = {"opens": "09:00", "closes": "17:00", "days": "0,1", "closed": "", "promise": "60"}
    assert read_form(good).hours.days == {0, 1}
    with pytest.raises(UnreadableError) as refused:
        read_form(good | changed)
    assert refused.value.field == field


def test_staff_without_a_name_are_asked_for_one_when_they_take_a_case(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story, slack = Story(place), place.slack
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await until(lambda: bool(slack.messages(HANAKO)))
        (asked,) = slack.messages(HANAKO)
        assert wording.NAME_MISSING in words(asked)
        assert (await slack.press(HANAKO, asked.channel, asked.ts, wording.NAME_BUTTON)).ok
        await until(lambda: bool(slack.modals(HANAKO)))
        assert (await slack.submit(HANAKO, {"name": "相談員 花子"})).ok
        await story.staff_reply("はじめまして")
        assert story.speakers()[-1] == "相談員 花子"

    serving.play(tmp_path, scenario)
