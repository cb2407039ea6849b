"""`make bench`, second half: signed LINE webhooks of a ten-step conversation from many people.

Our `serve` (every turn durable, full sync, real bubbles) beside three peers, in turn within one
run; what counts are the ratios. The load and a LINE that only says 200 are this process.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROUNDS, PEOPLE, IN_FLIGHT, WARM_UP = 3, 200, 50, 20
SECRET, TOKEN = "bench-secret", "bench-token"
STEPS = (
    "v1|flow=diagnosis", "v1|sales=down_sharp", "v1|cause=fewer_customers", "v1|costs=none",
    "v1|profit=loss", "v1|lenders=none", "v1|bank_help=no", "v1|arrears=none", "v1|cash=longer",
    "v1|wishes=unknown",
)  # fmt: skip
ACCEPTED = b'{"sentMessages":[{"id":"1","quoteToken":"q"}]}'
_TOKEN = re.compile(rb'"replyToken":\s*"([^"]+)"')


@dataclass
class Round:
    """One target, once: seconds to the 200 and to the reply, by event, and the whole time.

    `processor` is the seconds of processor time the server took, `memory` its megabytes.
    """

    acknowledged: list[float] = field(default_factory=list)
    replied: list[float] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0
    memory: int = 0

    @property
    def rate(self) -> float:
        """Events answered per second, replies included."""
        return len(self.replied) / self.seconds

    @property
    def cost(self) -> float:
        """Microseconds of the server's processor time per event; steady on a busy machine."""
        return 1_000_000 * self.processor / len(self.replied)


class Line(asyncio.Protocol):
    """A LINE that says 200 to every reply, and notes when it came."""

    started: dict[bytes, float]
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
            self._note(self._buffer[head + 4 : end])
            self._buffer = self._buffer[end:]
            self._transport.write(  # type: ignore[attr-defined]  # a socket's transport writes
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                + f"Content-Length: {len(ACCEPTED)}\r\n\r\n".encode()
                + ACCEPTED
            )

    def _note(self, body: bytes) -> None:
        found = _TOKEN.search(body)
        if found and (began := Line.started.pop(found[1], None)):
            Line.current.replied.append(time.perf_counter() - began)


def event(person: int, step: int, run: str) -> tuple[bytes, str, bytes]:
    """One webhook body, its signature and the reply token inside."""
    token = f"{run}-{person}-{step}"
    body = json.dumps(
        {
            "destination": "U" + "0" * 32,
            "events": [
                {
                    "type": "postback",
                    "mode": "active",
                    "timestamp": int(time.time() * 1000),
                    "source": {"type": "user", "userId": f"U{run}{person:08d}"},
                    "webhookEventId": token,
                    "deliveryContext": {"isRedelivery": False},
                    "replyToken": token,
                    "postback": {"data": STEPS[step]},
                }
            ],
        }
    ).encode()
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).digest()
    return body, base64.b64encode(digest).decode(), token.encode()


async def talk(port: int, people: Iterator[int], run: str) -> None:
    """One connection: people after people, each ten steps, the next when the last is answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for person in people:
        for step in range(len(STEPS)):
            body, signature, token = event(person, step, run)
            Line.started[token] = began = time.perf_counter()
            writer.write(
                f"POST /line/webhook HTTP/1.1\r\nHost: bench\r\nContent-Length: {len(body)}\r\n"
                f"x-line-signature: {signature}\r\n\r\n".encode()
                + body
            )
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length:\s*(\d+)", head)
            await reader.readexactly(int(length[1]) if length else 0)
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                raise RuntimeError(head.decode())
            Line.current.acknowledged.append(time.perf_counter() - began)
    writer.close()


async def drive(port: int, people: int, run: str) -> Round:
    """Everybody's conversation, `IN_FLIGHT` at a time, until the last reply."""
    Line.current, Line.started = Round(), {}
    began, queue = time.perf_counter(), iter(range(people))
    await asyncio.gather(*(talk(port, queue, run) for _ in range(IN_FLIGHT)))
    async with asyncio.timeout(60):
        while Line.started:
            await asyncio.sleep(0.005)
    Line.current.seconds = time.perf_counter() - began
    return Line.current


@contextmanager
def target(name: str, port: int, api: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The server of this name as a process, ready."""
    environment = {
        **os.environ,
        "PORT": str(port),
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_BASE": api,
        "DATABASE_URL": f"sqlite:///{folder}/bench.db",
        "BENCH_FOLDER": str(folder),
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": ".",
    }
    peer = [sys.executable, "scripts/bench_line_peers.py", name]
    ours = [sys.executable, "-m", "bot"]
    if name == "ours":
        subprocess.run([*ours, "migrate"], env=environment, check=True, capture_output=True)
    running = subprocess.Popen([*ours, "serve"] if name == "ours" else peer, env=environment)
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


def resident(pid: int) -> int:
    """Resident memory in megabytes; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def processor(pid: int) -> float:
    """Seconds of processor time a process has used; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/stat")
    if not status.exists():
        return 0.0
    user, system = status.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def measure() -> dict[str, list[Round]]:
    """Every target in turn, `ROUNDS` times."""
    loop = asyncio.get_running_loop()
    line = await loop.create_server(Line, "127.0.0.1", 0)
    api = f"http://127.0.0.1:{line.sockets[0].getsockname()[1]}"
    done: dict[str, list[Round]] = {name: [] for name in ("ours", "bare", "floor", "sdk")}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            for place, (name, rounds) in enumerate(done.items()):
                port = 18400 + 10 * number + place
                with target(name, port, api, Path(folder)) as running:
                    await asyncio.to_thread(wait_for, port)
                    await drive(port, WARM_UP, f"w{number}{name}")
                    before = processor(running.pid)
                    rounds.append(await drive(port, PEOPLE, f"{number}{name}"))
                    rounds[-1].processor = processor(running.pid) - before
                    rounds[-1].memory = resident(running.pid)
    line.close()
    return done


def main() -> None:
    """Measure and print a line for each target."""
    done = asyncio.run(measure())
    ours, our_cost = _medians(done["ours"])
    print(f"\n{PEOPLE} people × {len(STEPS)} steps, {IN_FLIGHT} in flight, {ROUNDS} rounds")
    for name, rounds in done.items():
        rate, cost = _medians(rounds)
        acknowledged = sorted(value for each in rounds for value in each.acknowledged)
        replied = sorted(value for each in rounds for value in each.replied)
        print(
            f"{name:<6} {rate:7.0f} events/s   ours × {ours / rate:5.2f}   "
            f"CPU {cost:5.0f} µs/event   ours × {cost / our_cost:5.2f}   "
            f"ack p50/p99 {_ms(acknowledged)}   reply p50/p99 {_ms(replied)}   "
            f"{max(each.memory for each in rounds)} MB"
        )


def _medians(rounds: list[Round]) -> tuple[float, float]:
    """Events per second, and microseconds of processor time per event."""
    rate = statistics.median(each.rate for each in rounds)
    return rate, statistics.median(each.cost for each in rounds)


def _ms(ordered: list[float]) -> str:
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    return f"{1000 * middle:5.0f}/{1000 * late:<5.0f}ms"


if __name__ == "__main__":
    main()
