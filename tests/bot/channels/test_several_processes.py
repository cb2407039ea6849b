"""Three real processes share a PostgreSQL database while one is killed under load.

`make chaos` sets CHAOS_ROUNDS: in so many rounds one of the three is killed and another takes its
place, one is paused for longer than it is taken to live, or the database crashes and starts again.
At the end a later version with another schema takes over while the earlier one serves. CHAOS_EARLIER
may name the folder of a real earlier version; then that one begins, and this one takes over.
"""

import asyncio
import contextlib
import os
import random
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import asyncpg
import pytest

from tests.bot import postgresql
from tests.bot.channels.asking import Asking, check_answers, check_panels, copies_stand
from tests.bot.channels.chronicle import Chronicle
from tests.bot.channels.crew import Crew, Front, Version, pause
from tests.bot.channels.serving import LONGEST, until
from tests.bot.channels.slack.serving import DESK, environment, fakes, listen

ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "1"))
PROCESSES = 3
EARLIER = Version("bot", Path(os.environ.get("CHAOS_EARLIER", Path.cwd())))
LATER = Version("bot" if "CHAOS_EARLIER" in os.environ else "tests.bot.channels.newer", Path.cwd())
TROUBLES = ("kill", "pause", "database", "kill")
PEOPLE = [f"客{number}" for number in range(8)]
STAFF = [f"U0STAFF{number}" for number in range(4)]
PANEL = "使い方"

ANSWERS = {
    "使い方": "できること",
    "費用はいくらかかりますか": "協議会の窓口相談は無料です",
    "認定支援機関とは何ですか": "国の認定を受けた",
    "秘密は守られますか": "秘密を守る義務",
    "よろず支援拠点とは何ですか": "47都道府県に置いている",
}
"""Questions with words that only their own answer holds, to tell the order of answers."""

PAUSE = 0.1
"""Seconds that each waits before they write again."""

AT_LEAST = 3
"""Messages of each person accepted in a round, before a kill and after it."""


@pytest.mark.timeout(300 + 60 * ROUNDS)
def test_kills_and_a_new_version_lose_nothing_double_nothing_and_keep_the_order(
    tmp_path: Path,
) -> None:
    with postgresql.server() as server, postgresql.empty_database(server.address) as address:
        asyncio.run(_scenario(address, server.restart, tmp_path))


async def _scenario(address: str, restart_database: Callable[[], None], folder: Path) -> None:
    async with fakes() as (line, slack), contextlib.AsyncExitStack() as stack:
        for user in STAFF:
            slack.add_user(user)
            slack.workspace.channel(DESK).members.add(user)
        front, told = Front(folder), Chronicle(folder)
        stack.callback(told.keep_calls, line, slack)
        listen(line, slack, await stack.enter_async_context(front.listening()))
        known = {**environment(address, line, slack), "PYTHONHASHSEED": "0", **Chronicle.LOGGING}
        crew = Crew(front, stack, known)
        await EARLIER.migrate(known)
        for _ in range(PROCESSES):
            crew.begin_one(EARLIER)
        to_line = {each: Asking(each, line.send_text, *ANSWERS) for each in PEOPLE}
        to_slack = {each: Asking(each, slack.say, PANEL) for each in STAFF}
        # As slow as a network: then deliveries wait, and messages of one person meet.
        line.faults.add("reply", "slow", times=20 * ROUNDS, seconds=0.2)
        slack.faults.add("chat.postMessage", "slow", times=20 * ROUNDS, seconds=0.2)
        await crew.have(PROCESSES)
        told.report("started")
        asking = (*to_line.values(), *to_slack.values())
        async with _asking_on(asking):
            await _play_rounds(crew, told, asking, restart_database)
            await _deploy(crew, told, known, asking)
        await _idle(address)
        told.report("everything delivered")
        seen = await _seen(address)
        check_answers(line, to_line, seen, ANSWERS)
        # What was paused between the look at its lease and the write posts a second time, and takes
        # it back: no look can be so late that nothing comes after it.
        await until(lambda: not copies_stand(slack, STAFF))
        doubled = check_panels(slack, to_slack, seen, told.tell)
        about = "\n\n".join(map(told.tell, doubled))
        told.report(
            f"checked {len(seen)} turns; posted twice and taken back: {len(doubled)}\n{about}"
        )
        assert len(doubled) <= told.count("pause"), about


async def _play_rounds(
    crew: Crew, told: Chronicle, asking: tuple[Asking, ...], restart_database: Callable[[], None]
) -> None:
    """Let one process after the other meet with trouble."""
    chance = random.Random(405)
    for round_ in range(ROUNDS):
        # With two of three, it goes on while the third starts.
        await crew.have(PROCESSES - 1)
        await _accepted(asking)
        # The first leads: it runs the timers and looks after the posts.
        victim = crew.running[0 if not round_ else chance.randrange(len(crew.running))]
        trouble = TROUBLES[round_ % len(TROUBLES)]
        told.note(f"{trouble} {victim.pid}")
        match trouble:
            case "kill":
                crew.kill(victim)
                if round_ < ROUNDS - 1:
                    crew.begin_one(EARLIER)
            case "pause":
                await pause(victim)
            case "database":
                # What starts meanwhile would refuse, and its supervisor start it again.
                await crew.settle()
                await asyncio.to_thread(restart_database)
        await _accepted(asking)
        told.report(f"round {round_ + 1} of {ROUNDS}, {trouble}")
    await crew.settle()


async def _deploy(
    crew: Crew, told: Chronicle, known: Mapping[str, str], asking: tuple[Asking, ...]
) -> None:
    """Let a later version take over as docs/operate.md says: migrate, serve beside, end the rest."""
    earlier = tuple(crew.running)
    await LATER.migrate(known)
    told.note("migrated")
    await _accepted(asking)
    crew.begin_one(LATER)
    await crew.have(len(earlier) + 1)
    told.note("both serve")
    await _accepted(asking)
    for each in earlier:
        await crew.stop(each)
    told.note("the later version alone")
    await _accepted(asking)
    told.report("a new version deployed")


@contextlib.asynccontextmanager
async def _asking_on(asking: tuple[Asking, ...]) -> AsyncIterator[None]:
    """Let everybody ask, one question after the other."""
    done = asyncio.Event()
    load = [asyncio.create_task(_ask_until(done, each)) for each in asking]
    try:
        yield
    finally:
        done.set()
        await asyncio.gather(*load)


async def _ask_until(done: asyncio.Event, each: Asking) -> None:
    while not done.is_set():
        await each.ask_once()
        # Faster than anybody writes, and slow enough that three processes on two cores keep up:
        # else all time goes by with what waits.
        await asyncio.sleep(PAUSE)


async def _accepted(asking: tuple[Asking, ...]) -> None:
    """Wait until some more of everybody was accepted."""
    before = {each: sum(one.ok for one in each.sent) for each in asking}
    async with asyncio.timeout(LONGEST):
        while any(sum(one.ok for one in each.sent) < before[each] + AT_LEAST for each in asking):
            await asyncio.sleep(0.01)


async def _fetch(address: str, query: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetch(query)
    finally:
        await connection.close()


async def _seen(address: str) -> set[str]:
    return {row[0] for row in await _fetch(address, "SELECT event_id FROM seen")}


async def _idle(address: str) -> None:
    """Wait until everything was delivered."""
    async with asyncio.timeout(LONGEST + 20 * ROUNDS):
        while await _fetch(address, "SELECT 1 FROM outbox LIMIT 1"):
            await asyncio.sleep(0.1)
