"""The journal marks pieces of work, counts survivors, and holds only hashes."""

import asyncio
import os
import stat
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.event_journal import KEPT_SECONDS, EventJournal, Running, read_running
from bot.store import StoreError

EVENT = "01HZX-of-hanako"


async def _work(path: Path, seen: list[Running | None], waiting: Awaitable[None]) -> str:
    seen.append(read_running(path))
    await waiting
    seen.append(read_running(path))
    return "done"


def _leave_begun(path: Path, event_id: str = EVENT) -> None:
    """What a process leaves that ends in the middle of this event."""
    child = os.fork()
    if child == 0:

        async def dies() -> None:
            os._exit(0)

        asyncio.run(EventJournal(path).watch(event_id, "line text", dies()))
    os.waitpid(child, 0)


def test_watch_marks_a_piece_while_it_runs_and_nothing_while_it_waits(tmp_path: Path) -> None:
    path = tmp_path / "begun"
    seen: list[Running | None] = []

    async def run() -> None:
        journal, gate = EventJournal(path), asyncio.Event()

        async def waiting() -> None:
            await gate.wait()

        work = asyncio.create_task(journal.watch(EVENT, "line text", _work(path, seen, waiting())))
        await asyncio.sleep(0)
        seen.append(read_running(path))
        gate.set()
        assert await work == "done"

    asyncio.run(run())
    assert seen == [Running(1, "line text"), None, Running(2, "line text")]
    assert read_running(path) is None


def test_watch_hands_exceptions_and_cancelling_through() -> None:
    async def fails() -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError

    async def cleans_up(done: list[str]) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            done.append("cleaned up")

    async def run() -> None:
        journal = EventJournal()
        done: list[str] = []
        with pytest.raises(ZeroDivisionError):
            await journal.watch(EVENT, "line text", fails())
        task = asyncio.create_task(journal.watch(EVENT, "line text", cleans_up(done)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert done == ["cleaned up"]

    asyncio.run(run())


def test_journal_counts_what_was_begun_and_never_ended(tmp_path: Path) -> None:
    path = tmp_path / "begun"
    for times in (1, 2, 3):
        _leave_begun(path)
        assert EventJournal(path).times_begun(EVENT) == times
    assert EventJournal(path).times_begun("another event") == 0


def test_journal_forgets_what_ended_at_last(tmp_path: Path) -> None:
    path = tmp_path / "begun"
    _leave_begun(path)

    async def ends() -> None:
        await asyncio.sleep(0)

    asyncio.run(EventJournal(path).watch(EVENT, "line text", ends()))
    assert EventJournal(path).times_begun(EVENT) == 0
    assert path.read_bytes() == bytes(4096)


def test_journal_keeps_what_ended_with_an_exception(tmp_path: Path) -> None:
    """It comes again, and might block again."""
    path = tmp_path / "begun"
    _leave_begun(path)

    async def fails() -> None:
        raise StoreError

    with pytest.raises(StoreError):
        asyncio.run(EventJournal(path).watch(EVENT, "line text", fails()))
    assert EventJournal(path).times_begun(EVENT) == 1


def test_journal_holds_no_id_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "begun"
    _leave_begun(path)
    EventJournal(path)
    assert EVENT.encode() not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_journal_forgets_after_the_days_an_event_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "begun"
    _leave_begun(path)
    EventJournal(path)
    later = time.time() + KEPT_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert EventJournal(path).times_begun(EVENT) == 0


def test_journal_of_many_keeps_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "begun"
    for number in range(70):
        _leave_begun(path, f"event {number}")
        journal = EventJournal(path)
    known = [number for number in range(70) if journal.times_begun(f"event {number}")]
    assert EventJournal(path).times_begun("event 69") == 1
    assert known[-60:] == list(range(10, 70))


@pytest.mark.parametrize("found", [b"", b"short", b"x" * 5000])
def test_journal_of_a_wrong_size_begins_again(tmp_path: Path, found: bytes) -> None:
    path = tmp_path / "begun"
    path.write_bytes(found)
    assert EventJournal(path).times_begun(EVENT) == 0
    assert path.stat().st_size == 4096


def test_journal_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="Check that the folder"):
        EventJournal(tmp_path / "file" / "begun")


def test_read_running_without_a_journal_sees_nothing(tmp_path: Path) -> None:
    assert read_running(tmp_path / "begun") is None


Step = Callable[[], Awaitable[object]]
STEPS: dict[str, Step] = {
    "pause": lambda: asyncio.sleep(0),
    "later": lambda: asyncio.sleep(0.001),
    "gather": lambda: asyncio.gather(asyncio.sleep(0), asyncio.sleep(0, "b")),
    "limit": lambda: asyncio.wait_for(asyncio.sleep(0), 1),
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=6), st.integers())
def test_watch_changes_nothing_about_the_work(steps: list[str], result: int) -> None:
    async def work() -> tuple[list[object], int]:
        return [await STEPS[step]() for step in steps], result

    async def run() -> None:
        assert await EventJournal().watch(EVENT, "line text", work()) == await work()

    asyncio.run(run())
