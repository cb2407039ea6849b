"""A small forward proxy on loopback for plain requests, websockets and TLS.

Names that no resolver knows (`api.line.test`) lead where `places` says, so that what arrives there
came through the proxy and in no other way. What was asked of it is in `asked`.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_ENDED = (OSError, asyncio.IncompleteReadError, asyncio.CancelledError)
Serve = Callable[[Streams], Awaitable[None]]


@dataclass
class Proxy:
    """The running proxy.

    `url` is the value for HTTP_PROXY; `asked` holds pairs (method, host).
    """

    places: Mapping[str, int]
    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    logins: set[str] = field(default_factory=set)

    def hosts(self, method: str) -> set[str]:
        """The hosts that were asked for with this method."""
        return {host for asked, host in self.asked if asked == method}

    async def serve(self, client: Streams) -> None:
        """One connection, from its first request to its end."""
        head = await client[0].readuntil(b"\r\n\r\n")
        line, _, headers = head.decode("latin-1").partition("\r\n")
        method, target, version = line.split(" ")
        self._note_login(headers)
        if method == "CONNECT":
            await self._tunnel(target.rpartition(":")[0], client)
        else:
            await self._forward(method, target, f"{version}\r\n{headers}", client)

    def _note_login(self, headers: str) -> None:
        for line in headers.split("\r\n"):
            name, _, value = line.partition(":")
            if name.lower() == "proxy-authorization":
                self.logins.add(value.strip())

    async def _tunnel(self, host: str, client: Streams) -> None:
        self.asked.append(("CONNECT", host))
        there = await asyncio.open_connection("127.0.0.1", self.places[host])
        client[1].write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await both_ways(client, there)

    async def _forward(self, method: str, target: str, rest: str, client: Streams) -> None:
        parts = urlsplit(target)
        host = parts.hostname or ""
        self.asked.append((method, host))
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        there = await asyncio.open_connection("127.0.0.1", self.places[host])
        # One request a connection: what follows on it might be for somebody else.
        upgrades = "upgrade: websocket" in rest.lower()
        closing = rest if upgrades else rest.replace("\r\n", "\r\nConnection: close\r\n", 1)
        there[1].write(f"{method} {path} {closing}".encode("latin-1"))
        await both_ways(client, there)


async def both_ways(one: Streams, other: Streams) -> None:
    """Pass bytes on until either side ends."""
    passing = {
        asyncio.create_task(_pass_on(one[0], other[1])),
        asyncio.create_task(_pass_on(other[0], one[1])),
    }
    try:
        await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
    finally:
        other[1].close()
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)
        await _end(other[1])


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while some := await reader.read(65536):
        writer.write(some)
        await writer.drain()


@contextlib.asynccontextmanager
async def _listening(serve: Serve, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve every connection to a port, and end them all at the exit."""
    open_: set[asyncio.Task[None]] = set()

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        open_.add(task)
        try:
            with contextlib.suppress(*_ENDED):
                await serve((reader, writer))
        finally:
            await _end(writer)

    server = await asyncio.start_server(serve_one, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in open_:
            task.cancel()
        await asyncio.gather(*open_, return_exceptions=True)


async def _end(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError, TimeoutError):
        await asyncio.wait_for(writer.wait_closed(), 1)
    writer.transport.abort()


@contextlib.asynccontextmanager
async def proxying(places: Mapping[str, int]) -> AsyncIterator[Proxy]:
    """A proxy that knows these hosts, by the port they have on loopback."""
    proxy = Proxy(places)
    async with _listening(proxy.serve) as port:
        proxy.url = f"http://127.0.0.1:{port}"
        yield proxy


@contextlib.asynccontextmanager
async def in_tls(port: int, certificate: Path) -> AsyncIterator[int]:
    """Open a port that speaks TLS in front of a plain one."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))

    async def serve(client: Streams) -> None:
        await both_ways(client, await asyncio.open_connection("127.0.0.1", port))

    async with _listening(serve, context) as listening:
        yield listening


def certificate(folder: Path, *hosts: str) -> Path:
    """A certificate of our own for these hosts, its key beside it."""
    made = folder / "test.pem"
    names = ",".join(f"DNS:{host}" for host in hosts)
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=test", "-addext", f"subjectAltName={names}"),
            *("-keyout", made.with_suffix(".key"), "-out", made),
        ],
        check=True,
        capture_output=True,
    )
    return made
