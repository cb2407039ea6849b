"""Measure a neighbour's wait beside ten long messages, by `make bench`.

The texts are of kinds that once were slow: pieces that several patterns begin to match, signs that
grow when they are normalised. The neighbour's wait is compared with that of an idle server.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.bench_line import Line, environment, event, signed, talk
from scripts.benching import OURS, TAPPED, Bench, Round, exchange, server, wait_for

ROUNDS, NEIGHBOURS, LONGEST = 5, 20, 5000
LIMIT = 1.0
"""Seconds in which a neighbour must be acknowledged. LINE gives up after two."""

HOSTILE = tuple(
    (piece * LONGEST)[:LONGEST]
    for piece in (
        "もう", "全部", "ﷺ", "だな", "なんですけど", "今は", "生きて", "死んだ在庫", "給料が払え", "1,",
    )
)  # fmt: skip


def typed(person: str, text: str) -> bytes:
    """Make the webhook body of a typed text."""
    return event(0, 0, person, text)[0]


async def send(port: int, body: bytes) -> float:
    """Seconds until the webhook is acknowledged."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.perf_counter()
    await exchange(reader, writer, signed(body))
    writer.close()
    return time.perf_counter() - began


async def wait_of_neighbours(port: int, run: str) -> list[float]:
    """Taps of people one after the other, each acknowledged before the next."""
    return [await send(port, event(each, 0, run, TAPPED[0])[0]) for each in range(NEIGHBOURS)]


async def measure(port: int) -> tuple[list[float], list[float]]:
    """Measure each round's longest wait, alone and beside ten hostile messages."""
    idle, beset = [], []
    for number in range(ROUNDS):
        idle.append(max(await wait_of_neighbours(port, f"i{number}")))
        texts = enumerate(HOSTILE)
        hostile = [send(port, typed(f"h{number}{at}", text)) for at, text in texts]
        burst = asyncio.gather(*hostile)
        beset.append(max(await wait_of_neighbours(port, f"n{number}")))
        await burst
    return idle, beset


async def run() -> tuple[Sequence[float], Sequence[float]]:
    """Measure against a server of its own."""
    bench = Bench(Line, talk, "", (), environment, 18470)
    bench.api.current = Round()
    listening = await asyncio.get_running_loop().create_server(bench.api, "127.0.0.1", 0)
    api = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    with (
        tempfile.TemporaryDirectory() as folder,
        server(bench, OURS, bench.port, api, Path(folder)),
    ):
        await asyncio.to_thread(wait_for, bench.port)
        await wait_of_neighbours(bench.port, "w")
        found = await measure(bench.port)
    listening.close()
    return found


if __name__ == "__main__":
    idle, beset = asyncio.run(run())
    ratio = statistics.median(each / alone for each, alone in zip(beset, idle, strict=True))
    verdict = "under a second" if max(beset) < LIMIT else "TOO LONG"
    print(
        f"\n{len(HOSTILE)} messages of {LONGEST} characters at once, {ROUNDS} rounds: a neighbour waits "
        f"{1000 * max(beset):.0f} ms at most ({verdict}), {1000 * max(idle):.0f} ms beside nobody; × {ratio:.1f}"
    )
