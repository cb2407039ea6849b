"""A real process, killed with -9 in the middle of load: every accepted event is one turn."""

import asyncio
import itertools
import random
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack
from bot.store.opening import migrate_store
from tests.bot.channels.line import serving as line_alone
from tests.bot.channels.serving import count, free_port, idle, until
from tests.bot.channels.slack.serving import DESK, fakes, process
from tests.bot.channels.slack.stories import posted

ROUNDS = 20
PEOPLE = [f"客{number}" for number in range(12)]
STAFF = [f"U0STAFF{number}" for number in range(8)]
ASKED, ANSWER = "使い方", "できること"


class Sent(Protocol):
    """What a fake platform sent to the bot."""

    @property
    def ok(self) -> bool:
        """Whether it was accepted."""

    @property
    def event_id(self) -> str:
        """Its id, by which the bot knows it."""


@pytest.mark.timeout(400)
def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """Owners on LINE and staff on Slack, all at once, and the process killed under them."""

    async def scenario() -> None:
        url = f"sqlite:///{tmp_path}/navi.db"
        migrate_store(url)
        # As impatient as LINE: what hangs in a killed process must not hold the load up.
        async with fakes(patience=2.0) as (line, slack):
            for user in STAFF:
                slack.add_user(user)
                slack.workspace.channel(DESK).members.add(user)
            to_line = {each: _Asking(each, line.send_text) for each in PEOPLE}
            to_slack = {each: _Asking(each, slack.say) for each in STAFF}
            port, chance = free_port(), random.Random(405)
            for _ in range(ROUNDS):
                async with process(url, line, slack, port) as running:
                    asking = (*to_line.values(), *to_slack.values())
                    load = [asyncio.create_task(each.keep_asking()) for each in asking]
                    await until(lambda: _were_heard(to_line) and _were_heard(to_slack), 60)
                    await asyncio.sleep(chance.uniform(0.05, 0.5))
                    running.kill()
                    await asyncio.gather(*load)
            async with process(url, line, slack, port):
                await idle(url)
            _check_line(line, to_line, _seen(url))
            _check_slack(slack, to_slack, _seen(url))

    asyncio.run(scenario())


class _Asking:
    """Somebody who asks and asks, and what became of it."""

    def __init__(self, who: str, ask: Callable[[str, str], Awaitable[Sent]]) -> None:
        self._who, self._ask = who, ask
        self.sent: list[Sent] = []
        self.was_heard = False

    async def keep_asking(self) -> None:
        """Ask until the server does not answer any more."""
        self.was_heard = False
        for _ in itertools.count():
            self.sent.append(await self._ask(self._who, ASKED))
            if not self.sent[-1].ok:
                return
            self.was_heard = True


def _were_heard(asking: Mapping[str, _Asking]) -> bool:
    """Whether somebody was answered since the last kill: then every round counts for something."""
    return any(each.was_heard for each in asking.values())


def _seen(url: str) -> set[str]:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    try:
        return {row[0] for row in connection.execute("SELECT event_id FROM seen")}
    finally:
        connection.close()


def _turns(asking: Mapping[str, _Asking], seen: set[str]) -> dict[str, int]:
    """How many turns each had; whatever was accepted is one."""
    accepted = {each.event_id for who in asking.values() for each in who.sent if each.ok}
    assert len(accepted) >= ROUNDS
    assert accepted <= seen
    return {who: sum(each.event_id in seen for each in all_.sent) for who, all_ in asking.items()}


def _check_line(line: FakeLine, asking: Mapping[str, _Asking], seen: set[str]) -> None:
    """One answer each."""
    for person, turns in _turns(asking, seen).items():
        assert sum(ANSWER in str(each.message) for each in line.replies(person)) == turns, person


def _check_slack(slack: FakeSlack, asking: Mapping[str, _Asking], seen: set[str]) -> None:
    """No post twice, by the key each carries; the last panel stands, all before it are gone.

    One that the next replaces before Slack has taken it is not posted at all.
    """
    for user, turns in _turns(asking, seen).items():
        keys = (each.metadata or {} for each in posted(slack, user))
        made = [key["event_payload"]["id"] for key in keys]
        assert min(turns, 1) <= len(made) <= turns, user
        assert len(made) == len(set(made)), user
        assert len([each for each in slack.messages(user) if each.own]) == min(turns, 1), user


def test_sigterm_finishes_what_is_being_sent(tmp_path: Path) -> None:
    async def scenario(url: str) -> None:
        migrate_store(url)
        port = free_port()
        async with line_alone.fake_line() as line:
            line.webhook_url = f"http://127.0.0.1:{port}/line/webhook"
            async with line_alone.process(url, line.base_url, port) as running:
                line.faults.add("reply", "slow", seconds=1.0)
                # LINE waits two seconds and a busy machine may need more; then it delivers again.
                sent = await line.send_text("花子", ASKED)
                assert sent.ok or (await line.redeliver(sent)).ok
                running.terminate()
                await asyncio.to_thread(running.wait, 30)
            assert ANSWER in str(line.replies("花子")[0].message)
            assert count(url, "SELECT count(*) FROM outbox") == 0

    asyncio.run(scenario(f"sqlite:///{tmp_path}/navi.db"))
