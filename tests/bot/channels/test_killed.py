"""A real process killed with -9 under load makes one turn of every accepted event."""

import asyncio
import contextlib
import os
import random
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import clock_ahead, utc_now
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.follow_up import FollowUp, follow_up_id
from bot.simulator.line.events import user_id
from bot.store import Incoming, TurnResult
from bot.store.opening import migrate_store, open_store
from bot.store.records import Timer
from tests.bot.channels.asking import Asking, check_answers, check_panels, were_heard
from tests.bot.channels.chronicle import Chronicle
from tests.bot.channels.line import serving as line_alone
from tests.bot.channels.serving import count, free_port, idle, until
from tests.bot.channels.slack.serving import DESK, fakes, process

ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "6"))
PEOPLE = [f"客{number}" for number in range(12)]
STAFF = [f"U0STAFF{number}" for number in range(8)]
ASKED, ANSWER = "使い方", "できること"


@pytest.mark.timeout(300 + 60 * ROUNDS)
def test_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """Owners on LINE and staff in Slack write at once while the process is killed."""

    async def scenario() -> None:
        url = f"sqlite:///{tmp_path}/navi.db"
        migrate_store(url)
        # As impatient as LINE: what hangs in a killed process must not hold the load up.
        async with fakes(patience=2.0) as (line, slack), contextlib.AsyncExitStack() as stack:
            stack.callback(Chronicle(tmp_path).keep_calls, line, slack)
            for user in STAFF:
                slack.add_user(user)
                slack.workspace.channel(DESK).members.add(user)
            to_line = {each: Asking(each, line.send_text, ASKED) for each in PEOPLE}
            to_slack = {each: Asking(each, slack.say, ASKED) for each in STAFF}
            asking = (*to_line.values(), *to_slack.values())
            port, chance = free_port(), random.Random(405)
            for _ in range(ROUNDS):
                async with process(url, line, slack, port) as running:
                    load = [asyncio.create_task(each.keep_asking()) for each in asking]
                    await until(lambda: were_heard(to_line) and were_heard(to_slack))
                    await asyncio.sleep(chance.uniform(0.05, 0.5))
                    running.kill()
                    await asyncio.gather(*load)
            async with process(url, line, slack, port):
                await idle(url)
            accepted = [one for each in asking for one in each.sent if one.ok]
            assert len(accepted) >= ROUNDS
            check_answers(line, to_line, _seen(url), {ASKED: ANSWER})
            assert check_panels(slack, to_slack, _seen(url)) == []

    asyncio.run(scenario())


def _seen(url: str) -> set[str]:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    try:
        return {row[0] for row in connection.execute("SELECT event_id FROM seen")}
    finally:
        connection.close()


DUE = datetime(2027, 6, 1, 16, 30, tzinfo=JAPAN)
"""When the reminders of a year that ended in March have all come, spread over two days."""


@pytest.mark.timeout(600)
def test_reminders_interrupted_by_a_kill_reach_each_owner_once(tmp_path: Path) -> None:
    async def scenario(url: str, clock_file: Path) -> None:
        clock_file.write_text(f"{(DUE - utc_now()).total_seconds() + 60}")
        await _follow_up(url)
        async with line_alone.fake_line(clock_ahead(clock_file)) as line:
            for owner in FOLLOWED:
                line.account.chat(owner)  # a friend
            # Few are sent at once, so that some were, some are being, and some were not yet made.
            line.faults.add("push", "slow", times=len(FOLLOWED), seconds=0.3)
            first, second = (
                line_alone.process(url, line.base_url, free_port(), clock_file=str(clock_file))
                for _ in range(2)
            )
            async with first as running:
                await until(lambda: len(line.called("push")) >= len(FOLLOWED) // 3)
                running.kill()
            reached = len(line.called("push"))
            async with second:
                await until(lambda: not count(url, RINGING))
                await idle(url)
            assert reached < len(FOLLOWED)
            said = [[each.text for each in line.replies(owner)] for owner in FOLLOWED]
            assert ["決算" in " ".join(each) for each in said] == [True] * len(FOLLOWED)
            assert {len(each) for each in said} == {1}

    asyncio.run(scenario(f"sqlite:///{tmp_path}/navi.db", tmp_path / "clock"))


FOLLOWED = [f"社長{number}" for number in range(150)]
RINGING = "SELECT count(*) FROM timers WHERE due < '2027-07'"  # next year's are set behind them


async def _follow_up(url: str) -> None:
    """Let owners be followed up, all with a reminder due at the same time."""
    store, agreed = open_store(url, up_to_date=True), DUE - timedelta(days=30)
    for owner in FOLLOWED:
        key = f"line:{user_id(owner)}"
        begun = FollowUp(follow_up_id(key, agreed), agreed_at=agreed, called=True)
        followed = begun.named("fiscal_end", date(2027, 3, 31), agreed)
        kept = TurnResult(
            Conversation(key, last_seen=agreed, follow_up=followed),
            records=(Timer(followed.timer, DUE, key),),
        )
        await store.commit(Incoming(f"seed {owner}", key), kept, agreed)
    await store.close()


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
