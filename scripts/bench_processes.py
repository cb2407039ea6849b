"""`make bench`: one process and two that share one PostgreSQL, in turn within one run.

Every message of a person goes to another process than the one before. Printed are events per second,
the processor time of our processes for an event, and what PostgreSQL's sessions waited for, by samples:
row locks (`Lock:transactionid`, `Lock:tuple`) would tell of hot rows. The load, PostgreSQL and the
processes share the machine's cores: events per second add up only where cores are free.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from bot.store.opening import migrate_store
from scripts.bench_line import Line, environment, event, signed
from scripts.benching import IN_FLIGHT, WAYS, Round, exchange, processor, wait_for
from tests.bot.postgresql import empty_database, server

ROUNDS, PEOPLE, WARM_UP, PORT = 4, 60, 15, 18900
COUNTS = (1, 2)
TRIES = 5
SAMPLE_SECONDS = 0.02

_WAITS = """
SELECT wait_event_type || ':' || wait_event AS wait FROM pg_stat_activity
WHERE application_name = 'kaizen-navi' AND state <> 'idle' AND wait_event IS NOT NULL
"""


@dataclass
class Measured:
    """The rounds of so many processes, with the sampled waits of all."""

    rounds: list[Round] = field(default_factory=list)
    waits: Counter[str] = field(default_factory=Counter)
    samples: int = 0


Results = dict[tuple[str, int], Measured]
"""By way (tapped, typed) and number of processes."""


async def talk(
    current: Round, ports: Sequence[int], people: Iterator[int], run: str, steps: Sequence[str]
) -> None:
    """Let people talk one after another, each step at the next process.

    The next person begins when the last is answered.
    """
    ways = [await asyncio.open_connection("127.0.0.1", port) for port in ports]
    for person in people:
        for step, done in enumerate(steps):
            body, token = event(person, step, run, done)
            answered, began = current.begin(token), time.perf_counter()
            await _send(ways, ports, (person + step) % len(ports), signed(body))
            current.acknowledged.append(time.perf_counter() - began)
            await answered
    for _, writer in ways:
        writer.close()


async def _send(
    ways: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]],
    ports: Sequence[int],
    at: int,
    request: bytes,
) -> None:
    """Send a request several times if needed, over a new connection where the old one was closed."""
    for _ in range(TRIES):
        try:
            return await exchange(*ways[at], request)
        except (asyncio.IncompleteReadError, ConnectionError):
            ways[at] = await asyncio.open_connection("127.0.0.1", ports[at])
        except RuntimeError:  # 503: the database did not answer in time
            await asyncio.sleep(1.0)
    raise RuntimeError("an event was not taken")


async def drive(ports: Sequence[int], people: int, run: str, way: str) -> Round:
    """Everybody's conversation, `IN_FLIGHT` at a time, until the last reply."""
    Line.current = current = Round()
    began, queue = time.perf_counter(), iter(range(people))
    await asyncio.gather(*(talk(current, ports, queue, run, WAYS[way]) for _ in range(IN_FLIGHT)))
    current.seconds = time.perf_counter() - began
    return current


@contextlib.contextmanager
def serving(
    ports: Sequence[int], api: str, address: str, folder: str
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run a process for each port, all on one database."""
    known = {
        **os.environ,
        **environment(api),
        "DATABASE_URL": address,
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(Path.cwd()),
    }
    command = [sys.executable, "-m", "bot", "serve"]
    running = [
        subprocess.Popen(command, env={**known, "PORT": str(port)}, cwd=folder) for port in ports
    ]
    try:
        yield running
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait()


@contextlib.asynccontextmanager
async def sampling(address: str, measured: Measured) -> AsyncIterator[None]:
    """Count what sessions wait for, again and again until this ends."""
    connection = await asyncpg.connect(address)

    async def sample() -> None:
        while True:
            measured.waits.update(row["wait"] for row in await connection.fetch(_WAITS))
            measured.samples += 1
            await asyncio.sleep(SAMPLE_SECONDS)

    task = asyncio.create_task(sample())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await connection.close()


async def measure(address: str) -> Results:
    """Measure one process and two in turn, `ROUNDS` times.

    Every second time it is the other way round.
    """
    listening = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", 0)
    api = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    done: Results = {(way, count): Measured() for way in WAYS for count in COUNTS}
    for number in range(ROUNDS):
        for count in COUNTS[:: 1 if number % 2 == 0 else -1]:
            ports = [PORT + 10 * number + 2 * count + each for each in range(count)]
            with (
                tempfile.TemporaryDirectory() as folder,
                serving(ports, api, address, folder) as running,
            ):
                for port in ports:
                    await asyncio.to_thread(wait_for, port)
                for way in WAYS:
                    run = f"{number}{count}{way}"
                    await drive(ports, WARM_UP, f"w{run}", way)
                    measured = done[way, count]
                    before = sum(processor(each.pid) for each in running)
                    async with sampling(address, measured):
                        one = await drive(ports, PEOPLE, run, way)
                    one.processor = sum(processor(each.pid) for each in running) - before
                    measured.rounds.append(one)
    listening.close()
    return done


def report() -> None:
    """Measure and print."""
    with server() as found, empty_database(found.address) as address:
        migrate_store(address)
        done = asyncio.run(measure(address))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"\n{PEOPLE} people × 10 steps, {IN_FLIGHT} in flight, {ROUNDS} rounds, PostgreSQL")
    print(f"on {os.cpu_count()} cores that all of it shares; load of the machine: {load}")
    for way in WAYS:
        one = done[way, 1].rounds
        for count in COUNTS:
            print(_line(way, count, done[way, count], one))


def _line(way: str, count: int, measured: Measured, one: list[Round]) -> str:
    pairs = list(zip(measured.rounds, one, strict=True))
    rate = statistics.median(each.rate for each in measured.rounds)
    cost = statistics.median(each.cost for each in measured.rounds)
    late = sorted(value for each in measured.rounds for value in each.acknowledged)
    waits = ", ".join(
        f"{name} {100 * times / measured.samples:.1f}"
        for name, times in measured.waits.most_common(6)
    )
    return (
        f"{way:<7}{count} process{'es' if count > 1 else '  '} {rate:5.0f} events/s "
        f"× {statistics.median(a.rate / b.rate for a, b in pairs):4.2f}   "
        f"CPU {cost:5.0f} µs/event × {statistics.median(a.cost / b.cost for a, b in pairs):4.2f}   "
        f"ack p50/p99 {1000 * late[len(late) // 2]:.0f}/{1000 * late[int(len(late) * 0.99)]:.0f} ms\n"
        f"        waiting, in 100 samples: {waits or 'nothing'}"
    )


if __name__ == "__main__":
    report()
