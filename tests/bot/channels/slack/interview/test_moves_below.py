"""One interview stands alone below all others, wherever its process dies."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from bot.channels import Channel, Outcome
from bot.channels.slack.interview.interview import show_panel
from bot.channels.slack.web import deliver
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.copies import CopySearch
from bot.channels.slack.web.delivery_policy import SlackPolicy
from bot.clock import utc_now
from bot.runtime.delivery.outbox import Outbox
from bot.settings import SlackSettings
from bot.simulator.slack.server import FakeSlack
from bot.store import Delivery, Incoming, Store, TurnResult
from bot.store.opening import open_store
from tests.bot.channels.slack.serving import BOT_TOKEN, DESK, SIGNING_SECRET, fakes, until

MOVES = 4

AWAITED = frozenset({"find_standing", "delete_needless", "settle", "delete_delivered", "postpone"})
"""What an outbox asks of its store with a delivery in hand."""


class DyingStore:
    """A store whose process stops for ever just before it asks for the `last` time."""

    def __init__(self, store: Store, last: int) -> None:
        self._store, self._left = store, last
        self.died = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        known = getattr(self._store, name)
        return self._dying(known) if name in AWAITED else known

    def _dying(self, known: Callable[..., Any]) -> Callable[..., Any]:
        async def ask(*arguments: object) -> object:
            self._left -= 1
            if self._left < 0:
                self.died.set()
                await asyncio.Event().wait()
            return await known(*arguments)

        return ask


class Calls:
    """Slack's calls as a channel, with nothing else of it."""

    name, policy = "slack", SlackPolicy()

    def __init__(self, client: Client, store: Store) -> None:
        self._client, self._store, self._search = client, store, CopySearch(client)

    async def deliver(self, delivery: Delivery, _: object) -> Outcome:
        return await deliver.deliver_call(self._client, self._search, self._store.records, delivery)

    async def keep_waiting(self, _: Delivery) -> None:
        """Nothing: staff see their own Slack."""


async def show(store: Store, user: str, first: int, moves: int) -> list[Delivery]:
    """Keep some moves of the interview as turns, one after the other."""
    made: list[Delivery] = []
    for number in range(first, first + moves):
        shown = show_panel({"text": f"{number}"}, user, moves=True)
        turn = Incoming(f"{user} {number}", f"slack:{user}")
        made += await store.commit(turn, TurnResult(None, shown), utc_now()) or ()
    return made


async def play(url: str, slack: FakeSlack, client: Client, user: str, last: int) -> bool:
    """Let a process die after `last` questions to its store; tell whether it did."""
    store = open_store(url, up_to_date=True)
    dying = DyingStore(store, last)
    channel = cast("Channel", Calls(client, store))
    steady = Outbox(store, lambda: {"slack": channel})
    steady.enqueue(await show(store, user, 0, 1))
    await until(steady.idle)
    first = Outbox(cast("Store", dying), lambda: {"slack": channel})
    first.enqueue(await show(store, user, 1, MOVES))
    await until(lambda: first.idle() or dying.died.is_set())
    died = not first.idle()
    await first.stop(0)
    await store.close()

    store = open_store(url)
    second = Outbox(store, lambda: {"slack": cast("Channel", Calls(client, store))})
    await second.start()
    await until(second.idle)
    await second.stop(0)
    assert await store.list_undelivered() == ()
    await store.close()
    standing = [each.text for each in slack.messages(user) if each.own]
    assert standing == [f"{MOVES}"], last
    return died


def test_interview_stands_alone_wherever_its_process_dies(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with fakes() as (_, slack):
            client = Client(
                SlackSettings(BOT_TOKEN, SIGNING_SECRET, "", DESK, slack.base_url, only_notes=False)
            )
            await client.start()
            for last in itertools.count():
                user = f"U0STAFF{last}"
                slack.add_user(user)
                if not await play(f"sqlite:///{tmp_path}/{last}.db", slack, client, user, last):
                    break
            await client.stop()
            assert last > MOVES
            # Slack would fetch the links in them.
            posts = slack.called("chat.postMessage")
            assert not any(each.arguments["unfurl_links"] for each in posts)
            assert not any(each.arguments["unfurl_media"] for each in posts)

    asyncio.run(scenario())
