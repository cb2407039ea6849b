"""What is asked at the same time is asked in one statement."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from bot.store.postgresql.together import Together


class Answering:
    """Answer ten times each number, once it is let go on; note what each statement asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.may_answer = asyncio.Event()
        self.fails = False

    async def __call__(self, numbers: Sequence[int]) -> Mapping[int, int]:
        self.asked.append(list(numbers))
        await self.may_answer.wait()
        if self.fails:
            raise ConnectionError
        return {number: 10 * number for number in numbers if number < 100}


async def ask_during_the_first(
    answering: Answering, *numbers: int
) -> list[asyncio.Task[int | None]]:
    """Ask for the first number, and for the others while its statement runs."""
    together = Together(answering)
    first, *others = numbers
    tasks = [asyncio.create_task(together.ask(first))]
    while not answering.asked:
        await asyncio.sleep(0)
    tasks += [asyncio.create_task(together.ask(each)) for each in others]
    await asyncio.sleep(0)
    return tasks


def test_ask_during_a_statement_shares_the_next_one() -> None:
    async def scenario() -> None:
        answering = Answering()
        tasks = await ask_during_the_first(answering, 1, 2, 3, 2, 100)
        answering.may_answer.set()
        assert await asyncio.gather(*tasks) == [10, 20, 30, 20, None]
        assert answering.asked == [[1], [2, 3, 2, 100]]

    asyncio.run(scenario())


def test_ask_by_a_caller_that_gives_up_leaves_the_others_their_answers() -> None:
    async def scenario() -> None:
        answering = Answering()
        first, second, third = await ask_during_the_first(answering, 1, 2, 3)
        first.cancel()
        second.cancel()
        await asyncio.sleep(0)
        answering.may_answer.set()
        assert await third == 30
        assert first.cancelled()
        assert second.cancelled()

    asyncio.run(scenario())


def test_ask_that_fails_tells_all_who_asked_and_nobody_later() -> None:
    async def scenario() -> None:
        answering = Answering()
        answering.fails = True
        answering.may_answer.set()
        together = Together(answering)
        failed = await asyncio.gather(together.ask(1), together.ask(2), return_exceptions=True)
        assert [type(each) for each in failed] == [ConnectionError, ConnectionError]
        answering.fails = False
        assert await together.ask(3) == 30

    asyncio.run(scenario())


@pytest.mark.parametrize("times", [1, 3])
def test_ask_again_begins_another_statement(times: int) -> None:
    async def scenario() -> None:
        answering = Answering()
        answering.may_answer.set()
        together = Together(answering)
        for _ in range(times):
            assert await together.ask(1) == 10
        assert answering.asked == [[1]] * times

    asyncio.run(scenario())
