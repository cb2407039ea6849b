"""A message that blocks the loop for ever ends the process twice, and is then given up.

The process is a real one.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import aiohttp

from bot.runtime.event_journal import EventJournal
from bot.runtime.watchdog import NOT_ORDERLY, STOP_SECONDS
from bot.simulator.line.postman import Delivered
from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.wire.postman import Dispatch
from bot.store.opening import journal_file, migrate_store
from tests.bot.channels import serving
from tests.bot.channels.poisoned import POISON
from tests.bot.channels.serving import WATCHING, count, free_port, until
from tests.bot.channels.slack.serving import (
    APP_TOKEN,
    DESK,
    HANAKO,
    TARO,
    Place,
    environment,
    fakes,
    listen,
)
from tests.bot.channels.slack.stories import OWNER, Story

ASKED, ANSWER, SORRY = "使い方", "できること", "最後まで読むことができませんでした"
POISONED = "tests.bot.channels.poisoned"

PLATFORMS = 3.0
"""Seconds both platforms wait, short since these tests are about turns held up."""


@dataclass
class Served:
    """A process with a weakness, both fakes, and what it wrote into its log."""

    line: FakeLine
    slack: FakeSlack
    process: Popen[bytes]
    database_url: str
    url: str
    log_file: Path

    @property
    def log(self) -> str:
        """Everything it has logged."""
        return self.log_file.read_text("utf-8")

    async def metrics(self) -> str:
        """What it tells those who watch it."""
        async with (
            aiohttp.ClientSession(headers=WATCHING) as session,
            session.get(f"{self.url}/metrics") as page,
        ):
            return await page.text()

    async def neighbour_is_answered(self) -> None:
        """Another owner asks and is answered, after at most a few deliveries."""
        before = self._answers()
        asked = await self.line.send_text("太郎", ASKED)
        while not asked.ok:
            await self.line.redeliver(asked)
        await until(lambda: self._answers() > before)

    def _answers(self) -> int:
        return sum(ANSWER in each.text for each in self.line.replies("太郎"))


@contextlib.asynccontextmanager
async def served(folder: Path, *, socket_mode: bool = False) -> AsyncIterator[Served]:
    """Run the process with both fakes, and Slack over HTTP or a websocket."""
    database_url, port, log = f"sqlite:///{folder}/navi.db", free_port(), folder / "log"
    migrate_store(database_url)
    async with fakes(patience=PLATFORMS) as (line, slack):
        known = {
            **environment(database_url, line, slack),
            "LOG_FORMAT": "json",
            "TURN_SECONDS": "2",
        }
        if socket_mode:
            known |= {"SLACK_APP_TOKEN": APP_TOKEN, "SLACK_SIGNING_SECRET": ""}
        with log.open("wb") as writes:
            async with serving.process(port, known, POISONED, writes.fileno()) as process:
                url = f"http://127.0.0.1:{port}"
                listen(line, slack, url, socket_mode=socket_mode)
                yield Served(line, slack, process, database_url, url, log)


def play(
    folder: Path, scenario: Callable[[Served], Awaitable[None]], *, socket_mode: bool = False
) -> None:
    """Run a scenario against a process of its own."""

    async def run() -> None:
        async with served(folder, socket_mode=socket_mode) as here:
            await scenario(here)

    asyncio.run(run())


async def insist(here: Served, sent: Delivered) -> None:
    """Deliver an event as LINE does until it is taken.

    Others are answered all the while.
    """
    while not sent.ok:
        await here.neighbour_is_answered()
        await here.line.redeliver(sent)


async def insist_in_slack(here: Served, sent: Dispatch) -> None:
    """Deliver an event until it is taken, each time once the next process answers others.

    Slack itself waits a minute and then five.
    """
    deliveries = here.slack.deliveries
    while not sent.ok:
        await here.neighbour_is_answered()
        await until(lambda: bool(here.slack.sockets.open or deliveries.request_url))
        sent = await here.slack.post(sent, retry=1)


def test_line_poison_is_begun_twice_then_apologised_for(tmp_path: Path) -> None:
    async def scenario(here: Served) -> None:
        sent = await here.line.send_text("花子", f"ひみつの{POISON}")
        await insist(here, sent)
        await until(lambda: len(here.line.replies("花子")) == 2)
        sorry, helplines = here.line.replies("花子")
        assert SORRY in sorry.text
        assert "0120-061-338" in helplines.text
        assert "v1|do=person" in str(helplines.message)
        await until(lambda: "文を1つ" in str(here.slack.messages(DESK)))
        _check_log(here.log, "line text")
        assert 'events_given_up_total{channel="line",kind="text"} 1' in await here.metrics()
        assert count(here.database_url, _TALLIED.format("text")) == 1
        _check_nothing_stays(here)

    play(tmp_path, scenario)


def test_line_given_up_leaves_the_person_able_to_go_on(tmp_path: Path) -> None:
    async def scenario(here: Served) -> None:
        await insist(here, await here.line.send_text("花子", POISON))
        assert (await here.line.send_text("花子", ASKED)).ok
        await until(lambda: any(ANSWER in each.text for each in here.line.replies("花子")))

    play(tmp_path, scenario)


def test_line_poison_in_an_open_case_is_told_in_its_thread(tmp_path: Path) -> None:
    async def scenario(here: Served) -> None:
        story = Story(Place(here.line, here.slack, here.url, here.database_url))
        await story.owner_asks_for_a_person()
        await insist(here, await here.line.send_text(OWNER, POISON))
        await until(lambda: "お客さまの文を1つ" in str(story.thread()))
        assert len(story.cards()) == 1
        assert SORRY in "".join(story.said_to_owner())
        assert "人と話す" not in str(here.line.replies(OWNER)[-1].message)

    play(tmp_path, scenario)


def test_slack_poison_over_http_is_given_up(tmp_path: Path) -> None:
    play(tmp_path, _staff_write_poison)


def test_slack_poison_over_socket_mode_is_given_up(tmp_path: Path) -> None:
    play(tmp_path, _staff_write_poison, socket_mode=True)


async def _staff_write_poison(here: Served) -> None:
    await insist_in_slack(here, await here.slack.say(HANAKO, f"ひみつの{POISON}"))
    await until(lambda: "2回つづけて" in str(here.slack.messages(HANAKO)))
    assert "0120-061-338" in str(here.slack.messages(HANAKO))
    await until(lambda: "相談員の操作を1つ" in str(here.slack.messages(DESK)))
    await here.slack.say(TARO, ASKED)
    await until(lambda: ANSWER in str(here.slack.messages(TARO)))
    _check_log(here.log, "slack typed")
    assert 'events_given_up_total{channel="slack",kind="typed"} 1' in await here.metrics()
    assert count(here.database_url, _TALLIED.format("typed")) == 1
    _check_nothing_stays(here)


_TALLIED = "SELECT count FROM tallies WHERE name = 'gave_up' AND value = '{}'"


def _check_log(log: str, kind: str) -> None:
    """Check that the log names the kind of the event each time, and none of its words."""
    assert log.count("a turn took too long") == 2
    assert log.count(f'"kind": "{kind}"') >= 4
    assert "ひみつ" not in log


def _check_nothing_stays(here: Served) -> None:
    path = journal_file(here.database_url, 0)
    assert path is not None
    assert path.read_bytes() == bytes(path.stat().st_size)


def test_sigterm_in_a_blocked_turn_ends_the_process_in_seconds(tmp_path: Path) -> None:
    async def scenario(here: Served) -> None:
        blocked = asyncio.create_task(here.line.send_text("花子", POISON))
        path = journal_file(here.database_url, 0)
        assert path is not None
        await until(lambda: path.read_bytes()[:8] != bytes(8))
        here.process.terminate()
        began = time.monotonic()
        await asyncio.to_thread(here.process.wait, STOP_SECONDS)
        assert here.process.returncode == NOT_ORDERLY
        assert time.monotonic() - began < STOP_SECONDS
        assert not (await blocked).ok
        sent = blocked.result()
        assert EventJournal(path).times_begun(sent.event_id) == 1

    play(tmp_path, scenario)


def test_sigterm_of_an_idle_server_is_an_orderly_end(tmp_path: Path) -> None:
    async def scenario(here: Served) -> None:
        await here.neighbour_is_answered()
        here.process.terminate()
        assert await asyncio.to_thread(here.process.wait, STOP_SECONDS) == 0

    play(tmp_path, scenario)


def test_kill_of_the_parent_takes_the_blocked_child_with_it(tmp_path: Path) -> None:
    """Nothing goes on holding the address, and the next process finds what was begun."""

    async def scenario(here: Served) -> None:
        blocked = asyncio.create_task(here.line.send_text("花子", POISON))
        path = journal_file(here.database_url, 0)
        assert path is not None
        await until(lambda: path.read_bytes()[:8] != bytes(8))
        here.process.kill()
        sent = await blocked
        await until(lambda: _is_free(here.url))
        assert EventJournal(path).times_begun(sent.event_id) == 1

    play(tmp_path, scenario)


def _is_free(url: str) -> bool:
    with contextlib.suppress(OSError), serving.listener(int(url.rpartition(":")[2])):
        return True
    return False
