"""Work stops when it is no longer allowed, even after a pause in the middle."""

import asyncio

import pytest

from bot.runtime.delivery.guarded import OverdueError, go_on_while


def test_work_that_is_allowed_is_as_if_nobody_asked() -> None:
    async def work() -> str:
        await asyncio.sleep(0)
        return "done"

    async def scenario() -> None:
        assert await go_on_while(lambda: True, work()) == "done"

    asyncio.run(scenario())


def test_work_that_was_held_up_ends_before_its_next_step_and_cleans_up() -> None:
    done, allowed = list[str](), [True, True, False]

    async def work() -> None:
        try:
            await asyncio.sleep(0)
            done.append("looked up")
            await asyncio.sleep(0)
            done.append("sent")
        finally:
            await asyncio.sleep(0)
            done.append("closed")

    async def scenario() -> None:
        with pytest.raises(OverdueError):
            await go_on_while(lambda: allowed.pop(0), work())

    asyncio.run(scenario())
    assert done == ["looked up", "closed"]


def test_a_cancelled_wait_cancels_the_work() -> None:
    async def scenario() -> None:
        async def guarded() -> None:
            await go_on_while(lambda: True, asyncio.Event().wait())

        task = asyncio.create_task(guarded())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(scenario())
