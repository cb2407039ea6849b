"""Note the running event in a file that outlives its process.

A turn that blocks the loop, or takes the process with it, leaves its event in the file. The next
process finds it there and counts: an event begun twice and never ended is not tried a third time.
The file holds hashes of the platform's event ids and the kind of event, never a word or a person.
It is one page of memory backed by a file: it survives the process, and costs the disk nothing.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import time
import types
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import structlog

from bot import metrics
from bot.store import StoreError

Result = TypeVar("Result")

TRIES = 2
"""How often an event is begun before it is given up."""

KEPT_SECONDS = 7 * 24 * 3600.0
"""Time an event is remembered as seen. No platform delivers it again later."""

_PAGE = 4096
"""Bytes of the file, one page of memory."""

_RUNNING = struct.Struct("<Q16s24s")
"""Number of the piece of work (0 for none), the event, its kind."""

_UNFINISHED = struct.Struct("<d16sB")
"""Time of finding (seconds since 1970), event, and how often it was begun."""

_ROW = 64
_NOTHING = bytes(_RUNNING.size)
_LOG = structlog.get_logger("journal")


@dataclass(frozen=True, slots=True)
class Running:
    """Name the piece of work that a process has in hand.

    `number` differs for each piece, `kind` is "line text".
    """

    number: int
    kind: str


def read_running(path: Path) -> Running | None:
    """Read what the owner of this journal is working on, or None."""
    try:
        with path.open("rb") as file:
            page = file.read(_RUNNING.size)
    except OSError:
        return None
    if len(page) < _RUNNING.size:
        return None
    number, _, kind = _RUNNING.unpack(page)
    return Running(number, _as_text(kind)) if number else None


class EventJournal:
    """Keep the journal of one process, in memory if there is no path.

    Raises StoreError when the file cannot be used.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._page = _open_page(path)
        self._number = 0
        self._unfinished = self._read_unfinished()
        self._take_over()

    async def watch(self, event_id: str, kind: str, work: Coroutine[Any, Any, Result]) -> Result:
        """Await `work`, with its event in the journal while it holds the loop.

        While it waits (for the disk, for a platform) its neighbours run, and it is not to blame.
        """
        event, written = _hash(event_id), kind.encode()

        def begin() -> None:
            self._number += 1
            # Shared memory, without a system call. The kernel keeps the page when we are killed.
            _RUNNING.pack_into(self._page, 0, self._number, event, written)

        result = await _in_pieces(work, begin, self._end)
        if event in self._unfinished:
            del self._unfinished[event]
            self._write_unfinished()
        return result

    def times_begun(self, event_id: str) -> int:
        """Count how often earlier processes left this event unfinished."""
        # This is nearly always so, and spares a hash for every event.
        if not self._unfinished:
            return 0
        return self._unfinished.get(_hash(event_id), (0.0, 0))[1]

    def _end(self) -> None:
        self._page[: len(_NOTHING)] = _NOTHING

    def _take_over(self) -> None:
        """Count the last process's running event as begun and not ended."""
        number, event, kind = _RUNNING.unpack_from(self._page)
        if not number:
            return
        times = self._unfinished.get(event, (0.0, 0))[1] + 1
        self._unfinished[event] = (time.time(), times)
        self._write_unfinished()
        self._end()
        metrics.count(metrics.unfinished, *_as_text(kind).split(" ", 1))
        _LOG.error("an event was begun and never ended", kind=_as_text(kind), times=times)

    def _read_unfinished(self) -> dict[bytes, tuple[float, int]]:
        oldest, found = time.time() - KEPT_SECONDS, {}
        for start in range(_ROW, _PAGE, _ROW):
            at, event, times = _UNFINISHED.unpack_from(self._page, start)
            if times and at > oldest:
                found[event] = (at, times)
        return found

    def _write_unfinished(self) -> None:
        """Write the newest that have room, which is nearly always all."""
        newest = sorted(self._unfinished.items(), key=lambda each: each[1], reverse=True)
        rows = [_UNFINISHED.pack(at, event, times) for event, (at, times) in newest]
        fitting = b"".join(row.ljust(_ROW, b"\0") for row in rows)[: _PAGE - _ROW]
        self._page[_ROW:] = fitting.ljust(_PAGE - _ROW, b"\0")


def _hash(event_id: str) -> bytes:
    return hashlib.blake2b(event_id.encode("utf-8", "replace"), digest_size=16).digest()


def _as_text(kind: bytes) -> str:
    return kind.rstrip(b"\0").decode("ascii", "replace")


def _open_page(path: Path | None) -> mmap.mmap:
    if path is None:
        return mmap.mmap(-1, _PAGE)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size != _PAGE:
                os.ftruncate(descriptor, 0)
                os.write(descriptor, bytes(_PAGE))  # a page with no room on the disk would crash us
            return mmap.mmap(descriptor, _PAGE)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise StoreError(
            f"The journal {path} cannot be used ({error}). Check that the folder of the database "
            "can be written to."
        ) from error


@types.coroutine
def _in_pieces(
    work: Coroutine[Any, Any, Result], begin: Callable[[], None], end: Callable[[], None]
) -> Generator[Any, Any, Result]:
    """Drive a coroutine with `begin` and `end` around each piece.

    A piece runs without a pause.
    """
    # By hand, since `await` does not tell when the coroutine pauses.
    proceed: Callable[[Any], Any] = work.send
    value: Any = None
    while True:
        begin()
        try:
            waits_for = proceed(value)
        except StopIteration as done:
            result: Result = done.value
            return result
        finally:
            end()
        try:
            proceed, value = work.send, (yield waits_for)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the work's to handle
            proceed, value = work.throw, error
