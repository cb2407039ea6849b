"""Lists of unanswered questions over real sockets, daily, and without words that go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.model import business_hours
from tests.bot.channels.serving import Watch
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.repairs import KILN, Repairing
from tests.bot.channels.slack.serving import (
    DESK,
    HANAKO,
    Place,
    until,
)
from tests.bot.channels.slack.stories import OWNER, words

Play = Callable[..., None]


def test_daily_list_without_questions_posts_nothing_and_sets_the_next_timer(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.nine_o_clock()
        ((due,),) = story.look("SELECT due FROM timers")
        assert datetime.fromisoformat(due) == business_hours.next_opening(datetime.now(UTC))
        assert story.place.slack.messages(DESK) == []

    play(told)


def test_daily_list_at_nine_on_working_days_replaces_the_older(
    tmp_path: Path,
) -> None:
    friday = datetime(2026, 11, 27, 8, 30, tzinfo=business_hours.JAPAN)
    watch = Watch(friday)

    async def scenario(place: Place) -> None:
        story = Repairing(place, watch)
        await story.missed()
        assert await story.nine_o_clock() == friday.replace(hour=9, minute=0)
        await until(lambda: len(story.lists()) == 1)
        monday = await story.nine_o_clock()
        assert monday == datetime(2026, 11, 30, 9, tzinfo=business_hours.JAPAN)
        await until(lambda: len(story.lists()) == 2)
        await until(lambda: "下の新しい一覧に移りました" in words(story.lists()[0]))
        older, newer = story.lists()
        assert KILN not in words(older)
        assert KILN in words(newer)
        assert {each[0] for each in story.look("SELECT reference FROM lists")} == {
            "unanswered:2026-11-30"
        }
        await story.nine_o_clock()
        wednesday = await story.nine_o_clock()
        assert wednesday == datetime(2026, 12, 2, 9, tzinfo=business_hours.JAPAN)
        await story.missed("瓦の釉薬はどげんする?")
        await story.nine_o_clock()
        await until(lambda: len(story.lists()) > 2)
        assert len(story.lists()) == 3

    serving.play(tmp_path, scenario, clock=watch)


def test_question_list_loses_words_that_their_owner_takes_back(play: Play) -> None:
    async def told(story: Repairing) -> None:
        said = await story.place.line.send_text(OWNER, KILN)
        await until(lambda: bool(story.look("SELECT id FROM unanswered")))
        await story.days_list()
        await story.own_list()
        await story.place.line.unsend(OWNER, said.message_id)
        await until(lambda: KILN not in words(story.lists()[-1]))
        await until(lambda: KILN not in words(story.lists(HANAKO)[-1]))

    play(told)


def test_question_list_says_what_was_asked_then_and_offers_its_options_first(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.owner_says("診断する")
        await story.missed()
        shown = await story.own_list()
        assert "「売上」を聞いていたとき" in words(shown)
        await story.press(shown, "診断の答えとして覚える")
        form = await story.opened()
        (groups,) = (
            element["option_groups"]
            for block in form["blocks"]
            if "option_groups" in (element := block.get("element", {}))
        )
        assert groups[0]["label"]["text"] == "売上"

    play(told)
