"""Everything gives one turn and one post, when retried, doubled or killed at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.runtime.delivery import late_looks
from bot.simulator.line.server import FakeLine
from bot.simulator.slack.faults import Kind
from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.state import StoredMessage
from bot.simulator.slack.wire.postman import Dispatch
from bot.store.opening import migrate_store
from tests.bot.channels.serving import count, free_port, idle
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.interviews import Interview
from tests.bot.channels.slack.serving import DESK, HANAKO, Place, fakes, process, until
from tests.bot.channels.slack.stories import Story, posted, words

BOTH = pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket"])
HELP = "できること"


# --- the same again -------------------------------------------------------------------------------


@BOTH
def test_request_of_every_kind_repeated_takes_effect_once(
    tmp_path: Path, *, socket_mode: bool
) -> None:
    async def scenario(place: Place) -> None:
        slack, interview = place.slack, Interview(place)

        async def again(sent: Dispatch) -> None:
            copies = [slack.post(sent, retry=number) for number in (1, 2, 3)]
            assert all(each.ok for each in await asyncio.gather(*copies))

        done: list[Dispatch] = []

        async def seen(doing: Awaitable[Dispatch]) -> None:
            done.append(await doing)
            await again(done[-1])
            await idle(place.database_url)

        await seen(slack.say(HANAKO, "診断する"))
        panel = interview.panel()
        await seen(slack.press(HANAKO, panel.channel, panel.ts, "3割以上減った"))
        await seen(slack.press(HANAKO, panel.channel, panel.ts, "お客さまに引き継ぐ"))
        await seen(slack.press(HANAKO, panel.channel, panel.ts, "要約を出す"))
        await seen(slack.command(HANAKO, "/keiei", "費用はいくら？"))
        await seen(slack.shortcut(HANAKO, "interview"))
        assert count(
            place.database_url, "SELECT count(*) FROM seen WHERE event_id NOT LIKE 'set:%'"
        ) == len(done)
        assert count(place.database_url, "SELECT count(*) FROM codes") == 1
        # The panel three times (typed, command, shortcut), and the code and the summary beside it.
        assert len(posted(slack)) == 5
        assert len(interview.panels()) == 1

    serving.play(tmp_path, scenario, socket_mode=socket_mode)


@BOTH
def test_form_redelivered_by_slack_reaches_the_owner_once(
    tmp_path: Path, *, socket_mode: bool
) -> None:
    async def scenario(place: Place) -> None:
        story, slack = Story(place), place.slack
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        await until(lambda: "送る" in words(story.card()))
        await story.staff_press("送る")
        await until(lambda: bool(slack.modals(HANAKO)))
        sent = await slack.submit(HANAKO, {"words": "フォームからのお返事"})
        assert sent.ok
        await asyncio.gather(*(slack.post(sent) for _ in range(3)))
        await until(lambda: "フォームからのお返事" in story.said_to_owner())
        await idle(place.database_url)
        assert story.said_to_owner().count("フォームからのお返事") == 1

    serving.play(tmp_path, scenario, socket_mode=socket_mode)


async def form_open(story: Story) -> None:
    """Open the form for the holder."""
    await story.owner_asks_for_a_person()
    await story.staff_press("担当する")
    await until(lambda: "送る" in words(story.card()))
    await story.staff_press("送る")
    await until(lambda: bool(story.place.slack.modals(HANAKO)))


@BOTH
def test_form_pressed_twice_reaches_the_owner_once(tmp_path: Path, *, socket_mode: bool) -> None:
    """Two presses are two payloads that share only the view.

    Each has a trigger of its own.
    """

    async def scenario(place: Place) -> None:
        story, slack = Story(place), place.slack
        await form_open(story)
        filled = {"words": "フォームからのお返事"}
        first, second = await asyncio.gather(
            slack.submit(HANAKO, filled), slack.submit(HANAKO, filled)
        )
        assert first.payload["trigger_id"] != second.payload["trigger_id"]
        assert first.ok
        assert second.ok
        await until(lambda: "フォームからのお返事" in story.said_to_owner())
        await idle(place.database_url)
        assert story.said_to_owner().count("フォームからのお返事") == 1
        assert slack.modals(HANAKO) == []

    serving.play(tmp_path, scenario, socket_mode=socket_mode)


def test_form_returned_with_an_error_can_be_sent_again(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story, slack = Story(place), place.slack
        await form_open(story)
        await story.staff_press("ボットに戻す")
        refused = await slack.submit(HANAKO, {"words": "また書きます"})
        assert refused.errors
        again = await slack.submit(HANAKO, {"words": "また書きます"})
        assert again.errors == refused.errors  # the case has ended: told, not swallowed
        assert "また書きます" not in story.said_to_owner()

    serving.play(tmp_path, scenario)


def test_event_answered_late_is_tried_three_times_and_heard_once(tmp_path: Path) -> None:
    """A turn's results are stored before the answer, so a late answer loses nothing."""

    async def scenario(place: Place) -> None:
        slack = place.slack
        slack.retry_times, slack.retry_after = 3, 0.0
        slack.deliveries._postman.ack_seconds = 0.01  # noqa: SLF001 - Slack in a great hurry
        sent = [await slack.say(HANAKO, text) for text in ("診断する", "半分くらい", "わからない")]
        await slack.settled()
        slack.deliveries._postman.ack_seconds = 3.0  # noqa: SLF001 - and as patient as ever
        await asyncio.gather(*(slack.post(each, retry=3) for each in sent))
        await idle(place.database_url)
        assert (
            count(place.database_url, "SELECT count(*) FROM seen WHERE event_id NOT LIKE 'set:%'")
            == 3
        )
        # A panel that the next one replaces before Slack has taken it is not posted at all.
        assert 1 <= len(posted(slack)) <= 3
        assert len(Interview(place).panels()) == 1

    serving.play(tmp_path, scenario)


def test_socket_cut_before_the_acknowledgement_brings_no_second_turn(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        slack, interview = place.slack, Interview(place)
        slack.retry_times, slack.retry_after = 3, 0.3
        slack.add_user("U0JIRO", "次郎")
        slack.workspace.channel(DESK).members.add("U0JIRO")
        await interview.says("診断する")
        # Slack answers slowly who that is, and the socket is cut meanwhile.
        slack.faults.add("users.info", "slow", seconds=0.5)
        saying = asyncio.create_task(slack.say("U0JIRO", "使い方"))
        await until(lambda: not slack.faults.waiting)
        slack.sockets.cut()
        assert not (await saying).ok
        await until(lambda: bool(slack.sockets.open))
        await slack.settled()
        await idle(place.database_url)
        assert [HELP in words(each) for each in posted(slack, "U0JIRO")] == [True]

    serving.play(tmp_path, scenario, socket_mode=True)


# --- answers that go astray -----------------------------------------------------------------------

LOST = [(Kind.DROP, True), (Kind.DROP, False), (Kind.ERROR, True), (Kind.ERROR, False)]


@pytest.mark.parametrize(("kind", "accept"), LOST)
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "chat.delete"])
def test_post_whose_answer_is_lost_is_not_made_twice(
    tmp_path: Path, method: str, kind: Kind, *, accept: bool
) -> None:
    async def scenario(place: Place) -> None:
        slack, interview = place.slack, Interview(place)
        await interview.says("診断する")
        slack.faults.add(method, kind, accept=accept)
        await interview.taps("3割以上減った")
        await interview.says("人手不足です")
        await idle(place.database_url)
        assert slack.faults.waiting == []
        assert "重く感じている費用" in interview.shown()
        assert len(posted(slack)) == 2
        assert len(interview.panels()) == 1

    serving.play(tmp_path, scenario)


def test_post_whose_answer_is_lost_is_found_behind_all_that_was_written_since(
    tmp_path: Path,
) -> None:
    async def scenario(place: Place) -> None:
        slack = place.slack
        slack.faults.add("chat.postMessage", Kind.DROP, accept=True)
        assert (await slack.say(HANAKO, "使い方")).ok
        await until(lambda: len(posted(slack)) == 1)
        workspace, channel = slack.workspace, slack.dm(HANAKO)
        for number in range(250):
            workspace.add(StoredMessage(channel, workspace.ts(), HANAKO, f"{number}"))
        await idle(place.database_url)
        assert len(posted(slack)) == 1

    serving.play(tmp_path, scenario)


def test_post_made_a_second_time_by_a_process_that_was_paused_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late_looks, "LATE", 0.5)

    async def scenario(place: Place) -> None:
        slack = place.slack
        slack.faults.add("chat.postMessage", Kind.ERROR)
        assert (await slack.say(HANAKO, "使い方")).ok
        await until(lambda: len(posted(slack)) == 1)
        (made,) = (each for each in slack.called("chat.postMessage") if each.accepted)
        slack.gateway.call("chat.postMessage", made.arguments, serving.BOT_TOKEN)
        first, second = posted(slack)
        await until(lambda: second.deleted)
        assert not first.deleted
        assert (await slack.say(HANAKO, "使い方")).ok
        await until(lambda: first.deleted and len(posted(slack)) == 3)
        await idle(place.database_url)
        assert [each.deleted for each in posted(slack)] == [True, True, False]

    serving.play(tmp_path, scenario)


def test_post_refused_by_the_rate_limit_is_made_later(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        slack, interview = place.slack, Interview(place)
        slack.faults.add("chat.postMessage", "rate", seconds=1)
        await interview.says("診断する")
        slack.faults.add("chat.update", "rate", seconds=1)
        await interview.taps("3割以上減った")
        assert len(posted(slack)) == 1

    serving.play(tmp_path, scenario)


# --- kill -9 --------------------------------------------------------------------------------------


def run(
    tmp_path: Path, scenario: Callable[[str, FakeSlack, FakeLine, int], Awaitable[None]]
) -> None:
    async def played() -> None:
        url = f"sqlite:///{tmp_path}/navi.db"
        migrate_store(url)
        async with fakes() as (line, slack):
            await scenario(url, slack, line, free_port())

    asyncio.run(played())


@pytest.mark.parametrize("accept", [True, False])
def test_post_interrupted_by_a_kill_is_made_once(tmp_path: Path, *, accept: bool) -> None:
    """One post stands after the restart, whether or not Slack had taken it."""

    async def scenario(url: str, slack: FakeSlack, line: FakeLine, port: int) -> None:
        slack.faults.add("chat.postMessage", "timeout", accept=accept, seconds=60)
        async with process(url, line, slack, port) as running:
            assert (await slack.say(HANAKO, "使い方")).ok
            await until(lambda: not slack.faults.waiting)
            running.kill()
        async with process(url, line, slack, port):
            await idle(url)
        async with process(url, line, slack, port):
            await idle(url)
        assert [HELP in words(each) for each in posted(slack)] == [True]

    run(tmp_path, scenario)


def test_kill_after_the_acknowledgement_loses_no_post(tmp_path: Path) -> None:
    async def scenario(url: str, slack: FakeSlack, line: FakeLine, port: int) -> None:
        # The first post of the person holds the second back.
        slack.faults.add("chat.postMessage", "timeout", seconds=60)
        async with process(url, line, slack, port) as running:
            sent = [await slack.say(HANAKO, text) for text in ("診断する", "半分くらい")]
            assert all(each.ok for each in sent)
            await until(lambda: not slack.faults.waiting)
            running.kill()
        assert posted(slack) == []
        async with process(url, line, slack, port):
            # Slack never got our answer, say, and sends both again.
            await asyncio.gather(*(slack.post(each, retry=1) for each in sent))
            await idle(url)
        assert count(url, "SELECT count(*) FROM seen WHERE event_id NOT LIKE 'set:%'") == 2
        assert len(posted(slack)) == 2
        (panel,) = (each for each in slack.messages(HANAKO) if each.own)
        assert "重く感じている費用" in words(panel)

    run(tmp_path, scenario)
