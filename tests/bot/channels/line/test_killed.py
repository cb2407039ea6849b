"""A real process, killed with -9 in the middle of load: every accepted event is one turn."""

import asyncio
import itertools
import random
import sqlite3
from pathlib import Path

from bot.simulator.line.postman import Delivered
from bot.simulator.line.server import FakeLine
from bot.store.opening import migrate_store
from tests.bot.channels.line.serving import SECRET, TOKEN, free_port, process, until

ROUNDS = 20
PEOPLE = [f"客{number}" for number in range(12)]
ANSWER = "できること"


def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    asyncio.run(_killed_again_and_again(f"sqlite:///{tmp_path}/navi.db"))


async def _killed_again_and_again(url: str) -> None:
    migrate_store(url)
    port, chance = free_port(), random.Random(405)
    sent: dict[str, list[Delivered]] = {person: [] for person in PEOPLE}
    async with FakeLine(secret=SECRET, token=TOKEN) as line:
        line.webhook_url = f"http://127.0.0.1:{port}/line/webhook"
        for _ in range(ROUNDS):
            async with process(url, line.base_url, port) as running:
                load = [asyncio.create_task(_keep_asking(line, person, sent)) for person in PEOPLE]
                await asyncio.sleep(chance.uniform(0.05, 0.4))
                running.kill()
                await asyncio.gather(*load)
        async with process(url, line.base_url, port):
            await until(lambda: _count(url, "SELECT count(*) FROM outbox") == 0, 60)
    _check(url, line, sent)


async def _keep_asking(line: FakeLine, person: str, sent: dict[str, list[Delivered]]) -> None:
    """Send until the server does not answer any more."""
    for _ in itertools.count():
        delivered = await line.send_text(person, "使い方")
        sent[person].append(delivered)
        if not delivered.ok:
            return


def _check(url: str, line: FakeLine, sent: dict[str, list[Delivered]]) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        seen = {row[0] for row in database.execute("SELECT event_id FROM seen")}
    database.close()
    accepted = [each for deliveries in sent.values() for each in deliveries if each.ok]
    assert len(accepted) > ROUNDS
    assert {each.event_id for each in accepted} <= seen
    for person, deliveries in sent.items():
        turns = sum(each.event_id in seen for each in deliveries)
        answers = sum(ANSWER in str(each.message) for each in line.replies(person))
        assert answers == turns, person


def _count(url: str, query: str) -> int:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        found: int = database.execute(query).fetchone()[0]
    database.close()
    return found


def test_sigterm_finishes_what_is_being_sent(tmp_path: Path) -> None:
    async def scenario(url: str) -> None:
        migrate_store(url)
        port = free_port()
        async with FakeLine(secret=SECRET, token=TOKEN) as line:
            line.webhook_url = f"http://127.0.0.1:{port}/line/webhook"
            async with process(url, line.base_url, port) as running:
                line.faults.add("reply", "slow", seconds=1.0)
                assert (await line.send_text("花子", "使い方")).ok
                running.terminate()
                await asyncio.to_thread(running.wait, 30)
            assert ANSWER in str(line.replies("花子")[0].message)
            assert _count(url, "SELECT count(*) FROM outbox") == 0

    asyncio.run(scenario(f"sqlite:///{tmp_path}/navi.db"))
