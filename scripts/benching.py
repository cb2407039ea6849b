"""Share servers, load and report among the benches of the platforms.

The load and a platform's API that says yes to everything are this process; the targets take turns
within one run, the other way round in every second round, so that the ratios count. Every
conversation is led twice: tapped and typed.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROUNDS, PEOPLE, IN_FLIGHT, WARM_UP = 4, 150, 32, 20
TAPPED = (
    "v1|flow=diagnosis", "v1|sales=down_sharp", "v1|cause=fewer_customers", "v1|costs=none",
    "v1|profit=loss", "v1|lenders=none", "v1|bank_help=no", "v1|arrears=none", "v1|cash=longer",
    "v1|wishes=unknown",
)  # fmt: skip
TYPED = (
    "診断する", "売上は3割くらい落ちた", "お客さんが来んようになって", "どれも重くはないです",
    "この1年は赤字です", "借入はありません", "頼みたいことはとくにないです", "滞納はひとつもありません", "半年以上は大丈夫",
    "まだ決めていません",
)  # fmt: skip
WAYS = {"tapped": TAPPED, "typed": TYPED}
"""The same ten steps, by the values of buttons and in words."""
OURS = "ours"


@dataclass
class Round:
    """Hold one round of one target.

    It has the seconds to the 200 and to the reply, by event, and the whole time. `processor` is the
    seconds of processor time the server took, `memory` its megabytes, `own` those in no file.
    """

    acknowledged: list[float] = field(default_factory=list)
    replied: list[float] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0
    memory: int = 0
    own: int = 0
    waiting: dict[bytes, tuple[float, asyncio.Future[None]]] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Events answered per second, replies included."""
        return len(self.replied) / self.seconds

    @property
    def cost(self) -> float:
        """Microseconds of processor time per event, steady on a busy machine."""
        return 1_000_000 * self.processor / len(self.replied)

    def begin(self, mark: bytes) -> asyncio.Future[None]:
        """Note that an event was sent, and return the future of its reply."""
        done = asyncio.get_running_loop().create_future()
        self.waiting[mark] = time.perf_counter(), done
        return done

    def reply(self, mark: bytes) -> None:
        """Note a reply, unless nobody waits for it."""
        if mark in self.waiting:
            began, done = self.waiting.pop(mark)
            self.replied.append(time.perf_counter() - began)
            done.set_result(None)


class Api(asyncio.Protocol):
    """Play a platform's API that says 200 to everything.

    `answer` writes the body.
    """

    current: Round

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection to answer on."""
        self._transport, self._buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        """Answer each whole request."""
        self._buffer += data
        while (head := self._buffer.find(b"\r\n\r\n")) >= 0:
            length = re.search(rb"(?i)content-length:\s*(\d+)", self._buffer[:head])
            end = head + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < end:
                return
            path = self._buffer.split(b" ", 2)[1]
            content = self.answer(path, self._buffer[head + 4 : end])
            self._buffer = self._buffer[end:]
            self._transport.write(  # type: ignore[attr-defined]  # a socket's transport writes
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                + f"Content-Length: {len(content)}\r\n\r\n".encode()
                + content
            )

    def answer(self, path: bytes, body: bytes) -> bytes:
        """Note the reply in `current`, if it is one, and return the JSON answer."""
        raise NotImplementedError


Talk = Callable[[Round, int, Iterator[int], str, Sequence[str]], Coroutine[Any, Any, None]]
"""Leads person after person through all steps, over one connection.

Takes the round, the server's port, the numbers of the people still to come, their name's prefix,
and the acts of each of them.
"""

Results = dict[str, dict[str, list[Round]]]
"""Rounds by way (tapped, typed) and target."""


@dataclass(frozen=True)
class Bench:
    """Describe a measurement of ours and `peers`.

    They are servers of the script `script`, on ports from `port`. `environment` gives the settings
    of all of them, given the address of the API.
    """

    api: type[Api]
    talk: Talk
    script: str
    peers: tuple[str, ...]
    environment: Callable[[str], Mapping[str, str]]
    port: int


async def exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> None:
    """Send a request and read its answer.

    RuntimeError for anything except 200.
    """
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length:\s*(\d+)", head)
    await reader.readexactly(int(length[1]) if length else 0)
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head.decode())


async def drive(bench: Bench, port: int, people: int, run: str, steps: Sequence[str]) -> Round:
    """Everybody's conversation, `IN_FLIGHT` at a time, until the last reply."""
    bench.api.current = current = Round()
    began, queue = time.perf_counter(), iter(range(people))
    talks = (bench.talk(current, port, queue, run, steps) for _ in range(IN_FLIGHT))
    await asyncio.gather(*talks)
    async with asyncio.timeout(60):
        while current.waiting:
            await asyncio.sleep(0.005)
    current.seconds = time.perf_counter() - began
    return current


@contextmanager
def server(
    bench: Bench, name: str, port: int, api: str, folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server of this name as a process."""
    environment = {
        **os.environ,
        **bench.environment(api),
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{folder}/bench.db",
        "BENCH_FOLDER": str(folder),
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": ".",
    }
    ours = [sys.executable, "-m", "bot"]
    if name == OURS:
        subprocess.run([*ours, "migrate"], env=environment, check=True, capture_output=True)
    command = [*ours, "serve"] if name == OURS else [sys.executable, bench.script, name]
    running = subprocess.Popen(command, env=environment)
    try:
        yield running
    finally:
        running.terminate()
        running.wait()


def wait_for(port: int) -> None:
    """Wait until the server is ready."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not become ready")


def processes(pid: int) -> Iterator[int]:
    """Yield the ids of the server and its children.

    Ours serves in a child.
    """
    yield pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for child in children.read_text().split() if children.exists() else ():
        yield from processes(int(child))


def resident(pid: int) -> int:
    """Return the memory of all its processes in megabytes, or 0 if unknown."""
    return _megabytes(pid, "status", "VmRSS")


def own(pid: int) -> int:
    """Return the memory of all its processes that is in no file, or 0 if unknown.

    The rest are pages of files, the dictionary's above all. The system takes them back when it
    wants to, and several processes share them.
    """
    return _megabytes(pid, "smaps_rollup", "Pss_Anon")


def _megabytes(pid: int, file: str, name: str) -> int:
    told = [Path(f"/proc/{each}/{file}") for each in processes(pid)]
    found = [re.search(rf"{name}:\s+(\d+)", each.read_text()) for each in told if each.exists()]
    return sum(int(each[1]) for each in found if each) // 1024


def processor(pid: int) -> float:
    """Return the processor seconds of all its processes, or 0 if unknown."""
    return sum(map(_processor, processes(pid)))


def _processor(pid: int) -> float:
    status = Path(f"/proc/{pid}/stat")
    if not status.exists():
        return 0.0
    user, system = status.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def measure(bench: Bench) -> Results:
    """Measure every target in turn, `ROUNDS` times, in both ways."""
    listening = await asyncio.get_running_loop().create_server(bench.api, "127.0.0.1", 0)
    api = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    targets = (OURS, *bench.peers)
    done: Results = {way: {name: [] for name in targets} for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            turn = 1 if number % 2 == 0 else -1
            for place, name in list(enumerate(targets))[::turn]:
                port = bench.port + 10 * number + place
                with server(bench, name, port, api, Path(folder)) as running:
                    await asyncio.to_thread(wait_for, port)
                    for way in list(WAYS)[::turn]:
                        run = f"{number}{name}{way}"
                        done[way][name].append(await _measure(bench, port, running.pid, run, way))
    listening.close()
    return done


async def _measure(bench: Bench, port: int, pid: int, run: str, way: str) -> Round:
    """Lead the conversations of one round in one way.

    A few come before that do not count.
    """
    await drive(bench, port, WARM_UP, f"w{run}", WAYS[way])
    before = processor(pid)
    measured = await drive(bench, port, PEOPLE, run, WAYS[way])
    measured.processor = processor(pid) - before
    measured.memory, measured.own = resident(pid), own(pid)
    return measured


def report(bench: Bench) -> None:
    """Measure and print a line for each target and way."""
    done = asyncio.run(measure(bench))
    print(f"\n{PEOPLE} people × {len(TAPPED)} steps, {IN_FLIGHT} in flight, {ROUNDS} rounds")
    for way, targets in done.items():
        for name, rounds in targets.items():
            print(_line(way, name, rounds, targets[OURS]))


def _line(way: str, name: str, rounds: list[Round], ours: list[Round]) -> str:
    """Write one target's figures.

    How many times faster and dearer is by pairs of one round.
    """
    rate, cost = _medians(rounds)
    faster = statistics.median(a.rate / b.rate for a, b in zip(ours, rounds, strict=True))
    dearer = statistics.median(b.cost / a.cost for a, b in zip(ours, rounds, strict=True))
    acknowledged = sorted(value for each in rounds for value in each.acknowledged)
    replied = sorted(value for each in rounds for value in each.replied)
    return (
        f"{way:<7}{name:<6} {rate:7.0f} events/s   ours × {faster:5.2f}   "
        f"CPU {cost:5.0f} µs/event   ours × {dearer:5.2f}   "
        f"ack p50/p99 {_ms(acknowledged)}   reply p50/p99 {_ms(replied)}   "
        f"{max(each.memory for each in rounds)} MB ({max(each.own for each in rounds)} own)"
    )


def _medians(rounds: list[Round]) -> tuple[float, float]:
    """Events per second, and microseconds of processor time per event."""
    rate = statistics.median(each.rate for each in rounds)
    return rate, statistics.median(each.cost for each in rounds)


def _ms(ordered: list[float]) -> str:
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    return f"{1000 * middle:5.0f}/{1000 * late:<5.0f}ms"
