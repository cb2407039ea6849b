"""The outbox keeps its promises whatever the platform and the store answer.

Tested against a scripted channel.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route

from bot.channels import DeliveryPolicy, Later, Outcome, Refused, Sent
from bot.channels.line.delivery_policy import LinePolicy
from bot.channels.slack.web.delivery_policy import SlackPolicy
from bot.runtime.delivery.outbox import Outbox
from bot.store import Delivery, Incoming, Outgoing, Standing, Store, StoreError, TurnResult
from bot.store.opening import open_store
from bot.store.records import Post
from tests.bot.channels.serving import LONGEST

NOW = datetime.now(UTC)
HELD = Later("429 used up", held=True, token_gone=True)


@dataclass
class Scripted:
    """A channel with scripted outcomes, which then takes everything and notes it."""

    outcomes: list[Outcome | Exception]
    name: str = "line"
    trouble: str = ""
    given: list[Delivery] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    policy: DeliveryPolicy = field(default_factory=LinePolicy)

    def render(self, kept: bytes) -> Sequence[Any]:
        return [{"type": "text", "text": kept.decode()}]

    async def run_periodic(self, _: datetime, *, leading: bool) -> None:
        del leading

    def routes(self) -> list[Route]:
        return []

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def deliver(self, delivery: Delivery, _: datetime) -> Outcome:
        self.given.append(delivery)
        outcome = self.outcomes.pop(0) if self.outcomes else Sent()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def keep_waiting(self, delivery: Delivery) -> None:
        self.waiting.append(delivery.id)

    def said(self) -> list[list[str]]:
        return [[each["text"] for each in one.outgoing.messages] for one in self.given]


@dataclass
class Desk:
    """A store, its outbox, and the channel behind it."""

    store: Store
    channel: Scripted
    outbox: Outbox
    events: int = 0

    async def say(self, *texts: str, until: datetime | None = None, key: str = "line:U1") -> None:
        outgoing = Outgoing(
            "line",
            [{"type": "text", "text": text} for text in texts],
            "token",
            until or datetime.now(UTC) + timedelta(seconds=50),
        )
        self.outbox.enqueue(await self.turn(TurnResult(None, (outgoing,)), key))

    async def turn(self, work: TurnResult, key: str = "line:U1") -> tuple[Delivery, ...]:
        self.events += 1
        return await self.store.commit(Incoming(f"e{self.events}", key), work, NOW) or ()

    async def given(self, count: int) -> None:
        """Wait until the channel was given this many deliveries, and what followed is settled."""
        await until(lambda: len(self.channel.given) >= count)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONGEST):
        while not condition():
            await asyncio.sleep(0.005)


Play = Callable[[list[Outcome | Exception], Callable[[Desk], Awaitable[None]]], None]


@pytest.fixture
def play(tmp_path: Path) -> Play:
    """Run a scenario against a channel that answers like this."""

    async def run(
        outcomes: list[Outcome | Exception], scenario: Callable[[Desk], Awaitable[None]]
    ) -> None:
        store = open_store(f"sqlite:///{tmp_path}/navi.db", up_to_date=True)
        channel = Scripted(outcomes)
        outbox = Outbox(store, lambda: {"line": channel}, longest_wait=0.05)
        try:
            await scenario(Desk(store, channel, outbox))
        finally:
            await outbox.stop(0)
            await store.close()

    return lambda outcomes, scenario: asyncio.run(run(outcomes, scenario))


@pytest.mark.parametrize("work", [TurnResult(None, silence=True), TurnResult(None, forget=True)])
def test_who_left_or_was_forgotten_gets_nothing_that_still_waited(
    play: Play, work: TurnResult
) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("一")
        await desk.say("二")
        await desk.given(1)
        await desk.turn(work)
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["一"]]

    play([Later("500")], scenario)


def test_what_was_held_for_somebody_forgotten_is_not_carried(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("秘密")
        await desk.given(1)
        await desk.turn(TurnResult(None, forget=True))
        await desk.say("消しました")
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["秘密"], ["消しました"]]

    play([HELD], scenario)


def test_a_delivery_that_cannot_be_kept_goes_on(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(desk: Desk) -> None:
        async def locked(_: Delivery) -> None:
            raise StoreError("locked")

        monkeypatch.setattr(desk.store, "postpone", locked)
        await desk.say("一")
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["一"], ["一"]]

    play([Later("500")], scenario)


def test_a_channel_that_raises_is_tried_again_as_perhaps_taken(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("一")
        await desk.say("二")
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["一"], ["一"], ["二"]]
        assert [(each.attempts, each.unsure) for each in desk.channel.given] == [
            (0, False), (1, True), (0, False),
        ]  # fmt: skip

    play([RuntimeError("broken")], scenario)


@pytest.mark.parametrize("held", [False, True])
def test_a_clock_that_was_set_back_holds_no_delivery(play: Play, *, held: bool) -> None:
    async def scenario(desk: Desk) -> None:
        later = Outgoing("line", [{"type": "text", "text": "一"}])
        (delivery,) = await desk.turn(TurnResult(None, (later,)))
        in_hours = datetime.now(UTC) + timedelta(hours=3)
        desk.outbox.enqueue([replace(delivery, attempts=1, due=in_hours, held=held)])
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["一"]]

    play([], scenario)


def test_a_store_that_cannot_be_asked_sends_nothing_and_leaves_no_doubt(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(desk: Desk) -> None:
        answers: list[Standing | Exception] = [StoreError("locked"), Standing.OURS]

        async def find(_: int) -> Standing:
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(desk.store, "find_standing", find)
        await desk.say("一")
        await until(desk.outbox.idle)
        assert [(each.attempts, each.unsure) for each in desk.channel.given] == [(1, False)]

    play([], scenario)


def test_what_was_taken_is_not_sent_again_when_the_store_cannot_note_it(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(desk: Desk) -> None:
        settle, refused = desk.store.settle, [StoreError("locked"), StoreError("locked")]

        async def now_and_then(*given: Any) -> tuple[Delivery, ...]:
            if refused:
                raise refused.pop()
            return await settle(*given)

        monkeypatch.setattr(desk.store, "settle", now_and_then)
        post = Outgoing("line", [{"type": "text", "text": "一"}])
        desk.outbox.enqueue(await desk.turn(TurnResult(None, (post,))))
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["一"]]
        assert await desk.store.list_undelivered() == ()
        assert await desk.store.records.find_post("said:1") is not None

    play([Sent(post=Post("said:1", "line:U1", "C0DESK", "1.1"))], scenario)


def test_what_costs_waits_behind_what_the_quota_holds(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        past = datetime.now(UTC) - timedelta(minutes=1)
        await desk.say("一", until=past)
        await desk.given(1)
        await desk.say("二", until=past)
        await until(lambda: all(each.held for each in desk.outbox._queues["line:U1"]))  # noqa: SLF001 - it is not tried, so nothing shows it
        await desk.say("三")
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["一"], ["一", "二", "三"]]

    play([HELD], scenario)


def test_what_the_quota_holds_is_never_too_old(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("返事", until=NOW - timedelta(days=3))
        await desk.given(1)
        await desk.say("次")
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["返事"], ["返事", "次"]]

    play([HELD], scenario)


def test_what_nothing_holds_is_given_up_when_it_is_too_old(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("返事", until=NOW - timedelta(days=3))
        await until(desk.outbox.idle)
        assert (await desk.store.load_outbox_state()).given_up == 1

    play([Later("500")], scenario)


def test_a_merged_delivery_that_is_refused_is_undone(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("返事")
        await desk.given(1)
        await desk.say("次")
        await desk.given(3)
        await desk.say("三つめ")
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["返事"], ["返事", "次"], ["次"], ["返事", "三つめ"]]

    play([HELD, Refused("400")], scenario)


def test_a_merged_delivery_that_may_have_been_taken_stays_merged(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("返事")
        await desk.given(1)
        await desk.say("次")
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["返事"], ["返事", "次"], ["返事", "次"]]

    play([HELD, Later("500", unsure=True)], scenario)


def test_what_does_not_fit_into_one_call_waits_on(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("一", "二", "三")
        await desk.given(1)
        await desk.say("四", "五", "六")
        await desk.given(2)
        await desk.say("七")
        await until(desk.outbox.idle)
        assert desk.channel.said()[1:] == [["四", "五", "六"], ["一", "二", "三", "七"]]

    play([HELD], scenario)


def test_many_held_deliveries_wait_without_a_busy_loop(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("一", "二", "三")
        await desk.given(1)
        await desk.say("四", "五", "六")
        await desk.given(2)
        await desk.say("他の人へ", key="line:U2")
        await desk.given(3)
        assert desk.channel.said()[2] == ["他の人へ"]

    play([HELD, HELD], scenario)


def test_that_a_delivery_is_held_survives_a_restart(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("返事")
        await desk.given(1)
        await desk.outbox.stop(0)
        (left,) = await desk.store.list_undelivered()
        assert (left.held, left.token_gone) == (True, True)
        after = Outbox(desk.store, lambda: {"line": desk.channel}, longest_wait=0.05)
        await after.start()
        await replace(desk, outbox=after, events=9).say("次")
        await until(after.idle)
        assert desk.channel.said() == [["返事"], ["返事", "次"]]

    play([HELD], scenario)


def test_after_a_restart_every_reply_may_have_been_taken(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        outgoing = Outgoing("line", [{"type": "text", "text": "一"}], "token", NOW)
        await desk.turn(TurnResult(None, (outgoing,)))
        await desk.outbox.start()
        await until(desk.outbox.idle)
        assert [each.unsure for each in desk.channel.given] == [True]

    play([], scenario)


def test_a_person_sees_that_something_comes_once_it_is_kept_for_later(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("一")
        await until(lambda: bool(desk.channel.waiting))
        (left,) = await desk.store.list_undelivered()
        assert left.attempts == 1
        await until(desk.outbox.idle)
        assert desk.channel.waiting == [left.id]

    play([Later("500"), Later("500")], scenario)


def test_what_is_not_to_be_kept_is_gone(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        await desk.say("断り")
        await until(desk.outbox.idle)
        state = await desk.store.load_outbox_state()
        await until(lambda: len(desk.channel.given) == 1)
        assert state.given_up == 0

    play([Refused("group", keep=False)], scenario)


def test_what_the_store_kept_in_a_shorter_form_is_drawn_anew(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        # An earlier process was killed between the commit and the reply.
        work = TurnResult(None, (Outgoing("line", [{"text": "long"}], compact=b'"short"'),))
        await desk.store.turn(Incoming("before", "line:U1"), lambda _: work, NOW)
        (left,) = await desk.store.list_undelivered()
        assert (left.outgoing.messages, left.outgoing.compact) == ((), b'"short"')
        await desk.outbox.start()
        await until(desk.outbox.idle)
        assert desk.channel.said() == [['"short"']]

    play([], scenario)


def test_a_row_that_cannot_be_drawn_is_given_up_and_stops_nobody(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(desk: Desk) -> None:
        def of_another_version(_: bytes) -> Sequence[Any]:
            raise KeyError("card")

        monkeypatch.setattr(desk.channel, "render", of_another_version)
        odd = Outgoing("line", [{"text": "long"}], compact=b'"short"')
        await desk.turn(TurnResult(None, (odd, Outgoing("line", [{"type": "text", "text": "次"}]))))
        await desk.outbox.start()
        await until(desk.outbox.idle)
        assert desk.channel.said() == [["次"]]
        assert (await desk.store.load_outbox_state()).given_up == 1

    play([], scenario)


def test_what_a_later_one_shows_anyway_is_not_made_unless_it_may_have_been(play: Play) -> None:
    async def scenario(desk: Desk) -> None:
        words = ("一", "二", "三")
        for number, word in enumerate(words):
            outgoing = Outgoing("line", [{"type": "text", "text": word}], replaces="panel")
            work = TurnResult(None, (outgoing,))
            await desk.store.commit(Incoming(f"e{number}", "line:U1"), work, NOW)
        left = await desk.store.list_undelivered()
        named = [
            replace(each, outgoing=replace(each.outgoing, replaces="panel"), unsure=not at)
            for at, each in enumerate(left)
        ]
        desk.channel.policy = SlackPolicy()
        desk.outbox.enqueue(named)
        await until(desk.outbox.idle)
        # The first may have been made, so it is made sure of; the second never was.
        assert desk.channel.said() == [["一"], ["三"]]
        await until_empty(desk.store)

    play([], scenario)


async def until_empty(store: Store) -> None:
    async with asyncio.timeout(LONGEST):
        while await store.list_undelivered():
            await asyncio.sleep(0.01)
