"""Measure a store of a million conversations: the start, and how late an answer is while it is tidied.

    python -m scripts.measure_size [sqlite:///FILE | postgresql://…]

Fills a new store with 1,000,000 conversations, 10,000 of them with an open case, and 100,000 whose time
is over, each with a timer. Then it serves it; owners write while all that is old goes, and as long
again when it is gone. Both figures are of the same minutes of the same machine.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from bot.model.conversation import Conversation, to_dict
from bot.store.opening import migrate_store
from scripts.bench_line import Line, environment, event, signed
from scripts.benching import Round, exchange

ALL, OPEN, IDLE = 1_000_000, 10_000, 100_000
PORT, TOKEN = 18990, "a-token-for-measuring"
PAUSE = 0.1
"""Seconds between two messages: what is measured is how late an answer is, not how many there are."""

SCRAPED = 5.0
"""Seconds between two looks at `/metrics`."""

CONVERSATIONS = "INSERT INTO conversations (key, state, last_seen) VALUES ({})"
CASES = "INSERT INTO cases (id, key, open, promised) VALUES ({})"
TIMERS = "INSERT INTO timers (name, key, due) VALUES ({})"

Row = tuple[object, ...]


@dataclass
class Filling:
    """One kind of store: how to write many rows, and how to ask for one number."""

    write: Callable[[str, Iterable[Row]], None]
    ask: Callable[[str], int]
    moment: Callable[[datetime], object] = lambda each: each


@contextmanager
def filling(address: str) -> Iterator[Filling]:
    """Open the store beside the server."""
    if address.startswith("sqlite:///"):
        import sqlite3  # noqa: PLC0415 - only for a file

        database = sqlite3.connect(
            address.removeprefix("sqlite:///"), timeout=60, check_same_thread=False
        )

        def write(statement: str, rows: Iterable[Row]) -> None:
            with database:
                marks = statement.format("?, CAST(? AS TEXT), ?" if "state" in statement else "{}")
                width = statement.count(",") + 1
                database.executemany(marks.format(", ".join("?" * width)), rows)

        yield Filling(
            write, lambda query: int(database.execute(query).fetchone()[0]), datetime.isoformat
        )
        database.close()
        return
    import asyncpg  # noqa: PLC0415 - an extra that may be missing

    async def write_all(statement: str, rows: list[Row]) -> None:
        connection = await asyncpg.connect(address)
        marks = ", ".join(f"${at + 1}" for at in range(len(rows[0])))
        await connection.executemany(statement.format(marks), rows)
        await connection.close()

    async def ask(query: str) -> int:
        connection = await asyncpg.connect(address)
        found: int = await connection.fetchval(query)
        await connection.close()
        return found

    yield Filling(
        lambda statement, rows: asyncio.run(write_all(statement, list(rows))),
        lambda query: asyncio.run(ask(query)),
    )


def fill(store: Filling) -> None:
    """Write everything, the old among the rest."""
    now = datetime.now(UTC)
    typical = Conversation("").answered("sales", ("down_sharp",)).answered("cause", ("unknown",))
    state = orjson.dumps({**to_dict(typical), "filler": "x" * 500})

    def is_idle(number: int) -> bool:
        return number % (ALL // IDLE) == 0

    def conversations() -> Iterator[Row]:
        for number in range(ALL):
            seen = now - timedelta(days=4000 if is_idle(number) else 1)
            yield key(number), state, store.moment(seen)

    store.write(CONVERSATIONS, conversations())
    later = store.moment(now + timedelta(days=30))
    numbers = range(1, OPEN * 10, 10)
    store.write(CASES, ((f"c{each}", key(each), True, later) for each in numbers))
    idle = (each for each in range(ALL) if is_idle(each))
    store.write(TIMERS, ((f"erase:c{each}", key(each), later) for each in idle))


def key(number: int) -> str:
    """Name the owner of this number."""
    return f"line:U{number:032x}"


async def write_on(port: int, run: str, ends: Callable[[], bool]) -> Round:
    """Let owners write, one after the other, until this ends; scrape `/metrics` beside it."""
    Line.current = current = Round()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number, scraped = 0, time.monotonic()
    while not await asyncio.to_thread(ends):
        for _ in range(20):
            body, _ = event(number, 0, run, "売上は3割くらい落ちた")
            began = time.perf_counter()
            await exchange(reader, writer, signed(body))
            current.acknowledged.append(time.perf_counter() - began)
            number += 1
            await asyncio.sleep(PAUSE)
        if time.monotonic() - scraped > SCRAPED:
            await asyncio.to_thread(scrape, port)
            scraped = time.monotonic()
    writer.close()
    return current


def scrape(port: int) -> None:
    """Look at `/metrics` as those who watch do."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", headers=headers)
    with urllib.request.urlopen(asked, timeout=30) as answer:
        answer.read()


async def measure(address: str, store: Filling) -> None:
    """Serve it empty, fill it, serve it again; print what was seen."""
    listening = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", 0)
    api = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    known = {
        **os.environ,
        **environment(api),
        "DATABASE_URL": address,
        "PORT": str(PORT),
        "LOG_LEVEL": "ERROR",
        "METRICS_TOKEN": TOKEN,
        "PYTHONPATH": str(Path.cwd()),
    }
    with serving(known):
        pass  # empty, to compare the start with
    began = time.perf_counter()
    await asyncio.to_thread(fill, store)  # a database is written to in a loop of its own
    print(f"{ALL:,} conversations written in {time.perf_counter() - began:.0f} s")
    with serving(known):
        began = time.perf_counter()
        during = await write_on(PORT, "during", lambda: store.ask(OLD) == 0)
        tidied = time.perf_counter() - began
        print(f"{IDLE:,} gone after {tidied:.0f} s; {told(during)}")
        until = time.perf_counter() + min(tidied, 120)
        after = await write_on(PORT, "after", lambda: time.perf_counter() > until)
        print(f"afterwards: {told(after)}; load {os.getloadavg()[0]:.1f}")
    listening.close()


@contextmanager
def serving(known: Mapping[str, str]) -> Iterator[None]:
    """Serve until this ends; print how long the start took."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        serves = subprocess.Popen([sys.executable, "-m", "bot", "serve"], env=known, cwd=folder)
        try:
            wait_until_ready()
            print(f"ready after {time.perf_counter() - began:.1f} s, load {os.getloadavg()[0]:.1f}")
            yield
        finally:
            serves.terminate()
            serves.wait()


OLD = "SELECT count(*) FROM timers WHERE name LIKE 'erase:%'"
"""What goes with the old conversations; counted rather than those, of which there are a million."""


def wait_until_ready() -> None:
    """Wait for the first answer that says so."""
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=1):
                return
        except OSError:
            time.sleep(0.02)


def told(measured: Round) -> str:
    """Write how late answers were."""
    ordered = sorted(measured.acknowledged)
    half, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    return (
        f"{len(ordered)} answers, half within {1000 * half:.0f} ms, "
        f"99 of 100 within {1000 * late:.0f} ms, the latest after {1000 * ordered[-1]:.0f} ms"
    )


def main() -> None:
    """Fill a new store and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        address = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/navi.db"
        migrate_store(address)
        with filling(address) as store:
            asyncio.run(measure(address, store))


if __name__ == "__main__":
    main()
