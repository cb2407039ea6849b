"""An owner who asks to be forgotten leaves no trace here or in Slack."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.simulator.line.state import chat_id
from bot.simulator.slack.faults import Kind
from tests.bot.channels.serving import Watch
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.repairs import KILN, Repairing
from tests.bot.channels.slack.serving import HANAKO, Place, until
from tests.bot.channels.slack.stories import OWNER, words

SAID, REPLIED, NOTED = (
    "宝屋という店をしています",
    "資金繰り表を一緒に作りましょう",
    "//長男の話は注意",
)

Told = Callable[[Repairing], Awaitable[None]]


@pytest.fixture
def play(tmp_path: Path) -> Callable[[Told], None]:
    def run(told: Told) -> None:
        watch = Watch()

        async def scenario(place: Place) -> None:
            await told(Repairing(place, watch))

        serving.play(tmp_path, scenario, clock=watch)

    return run


def on_disk(story: Repairing) -> bytes:
    """Read every byte of the store, its log and all other files beside it."""
    folder = Path(story.database).parent
    return b"".join(path.read_bytes() for path in folder.iterdir())


def left_of(story: Repairing, *words_of_hers: str) -> list[str]:
    """Which of these are still on disk."""
    found = on_disk(story)
    return [each for each in words_of_hers if each.encode() in found]


def shown_in_slack(story: Repairing) -> str:
    """Join all words that staff still see from the app, without their own notes."""
    posts = story.place.slack.workspace.posts
    return "\n".join(words(each) for each in posts if each.own and not each.deleted)


Play = Callable[[Told], None]


def test_forgotten_owner_leaves_nothing_of_a_case_on_disk(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.owner_says(KILN)
        await story.own_list()
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        assert (await story.place.line.send_text(OWNER, SAID)).ok
        await until(lambda: SAID in story.thread_text())
        await story.staff_reply(REPLIED)
        await story.staff_write(NOTED)
        person = chat_id(OWNER)
        assert left_of(story, person)
        await story.owner_says("消して")
        await until(lambda: "消しました" in words(story.card()))
        await until(lambda: not story.look("SELECT 1 FROM posts WHERE wiped <> ''"))
        await until(lambda: KILN not in words(story.lists(HANAKO)[-1]))
        await until(lambda: not story.look("SELECT 1 FROM outbox"))
        await until(lambda: not left_of(story, person, SAID, REPLIED, NOTED, KILN))
        assert not [each for each in (SAID, KILN) if each in shown_in_slack(story)]

    play(told)


@pytest.mark.parametrize("error", ["invalid_blocks", "service_unavailable"])
def test_question_list_not_delivered_drops_words_taken_back(play: Play, error: str) -> None:
    async def told(story: Repairing) -> None:
        said = await story.place.line.send_text(OWNER, KILN)
        await until(lambda: bool(story.look("SELECT id FROM unanswered")))
        story.place.slack.faults.add("chat.postMessage", Kind.REFUSE, error=error)
        await story.place.slack.command(HANAKO, "/keiei", "未回答")
        kept = "SELECT 1 FROM outbox WHERE key LIKE 'list:%' AND error = ?"
        await until(lambda: bool(story.look(kept, error)))
        assert left_of(story, KILN)
        await story.place.line.unsend(OWNER, said.message_id)
        await until(lambda: not left_of(story, KILN))

    play(told)


def test_forgotten_owner_is_unlinked_from_posts_while_slack_is_away(play: Play) -> None:
    async def told(story: Repairing) -> None:
        await story.owner_asks_for_a_person()
        story.place.slack.faults.add("chat.update", Kind.REFUSE, times=9, error="fatal_error")
        await story.owner_says("消して")
        await until(lambda: not left_of(story, chat_id(OWNER)))
        assert story.look("SELECT 1 FROM posts WHERE wiped <> ''")

    play(told)


@pytest.mark.parametrize("forgotten", [False, True], ids=["taken back", "forgotten"])
def test_post_made_without_an_answer_is_found_and_wiped(play: Play, *, forgotten: bool) -> None:
    async def told(story: Repairing) -> None:
        await story.owner_asks_for_a_person()
        # Slack has them, and its answer goes astray; it does not say either what it has.
        faults = story.place.slack.faults
        faults.add("chat.postMessage", Kind.DROP, accept=True)
        faults.add("conversations.replies", Kind.ERROR, times=1)
        said = await story.place.line.send_text(OWNER, SAID)
        await until(lambda: SAID in story.thread_text())
        await until(lambda: bool(story.look("SELECT 1 FROM outbox WHERE error = 'no_answer'")))
        if forgotten:
            await story.owner_says("消して")
        else:
            await story.place.line.unsend(OWNER, said.message_id)
        await until(lambda: SAID not in story.thread_text())
        await until(lambda: not story.look("SELECT 1 FROM posts WHERE wiped <> ''"))
        assert len([each for each in story.thread() if "消しました" in words(each)]) >= 1

    play(told)


def test_private_desk_is_wiped_when_the_app_is_back_in_it(play: Play) -> None:
    async def told(story: Repairing) -> None:
        assert story.watch
        await story.owner_asks_for_a_person()
        story.place.slack.faults.add("chat.update", Kind.REFUSE, times=1, error="channel_not_found")
        await story.owner_says("消して")
        await until(lambda: not story.place.slack.faults.waiting)
        assert story.look("SELECT 1 FROM posts WHERE wiped <> ''")
        story.watch.advance(hours=1, minutes=1)
        await until(lambda: not story.look("SELECT 1 FROM posts WHERE wiped <> ''"))
        await until(lambda: "消しました" in words(story.card()))

    play(told)
