"""Deliver events to the app by socket or HTTP, and again if needed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.state import Channel, Workspace
from bot.simulator.slack.wire import events
from bot.simulator.slack.wire.postman import Attempt, Dispatch, Kind, Outcome, Postman
from bot.simulator.slack.wire.sockets import Sockets

MOST_RETRIES = 3
"""At once, after a minute and after five more.

Source: https://docs.slack.dev/apis/events-api (retries)
"""
SUBSCRIPTIONS = frozenset(
    {
        "app_home_opened",
        "app_mention",
        "message.channels",
        "message.groups",
        "message.im",
        "reaction_added",
    }
)
_MESSAGES = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


class Deliveries:
    """Everything that is sent to the app."""

    def __init__(
        self, workspace: Workspace, postman: Postman, sockets: Sockets, request_url: str
    ) -> None:
        self.request_url = request_url
        self.retry_times = 0
        """How often Slack tells an event again that was not taken; 0, the default, is not at all.
        Slack itself does so three times."""
        self.retry_after = 1.0
        """Seconds from one attempt to the next."""
        self.subscriptions = set(SUBSCRIPTIONS)
        """The events the app has asked for."""
        self._workspace = workspace
        self._postman = postman
        self._sockets = sockets
        self._unacknowledged: dict[int, Dispatch] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        sockets.on_open = self._tell_again

    # Events.

    async def tell(self, event: Json, channel: Channel | None = None) -> Dispatch:
        """Tell the app of an event it asked for, and wait for its answer."""
        shared = channel is not None and channel.shared
        payload = events.wrap_event(event, int(self._workspace.now), shared=shared)
        sent = Dispatch(Kind.EVENT, payload, ts=str(event.get("ts", "")))
        if self._hears(event, channel):
            await self.deliver(sent)
        return sent

    def announce(self, event: Json, channel: Channel | None = None) -> None:
        """Tell the app of its own call's event, without waiting."""
        self._start(self.tell(event, channel))

    def _hears(self, event: Json, channel: Channel | None) -> bool:
        kind = event["type"]
        if kind == "message" and channel is not None:
            kind = _MESSAGES[channel.type]
        return kind in self.subscriptions and (channel is None or channel.bot_is_member)

    # Any request.

    async def deliver(self, sent: Dispatch) -> Dispatch:
        """Send a request to the app and wait for its answer.

        Events are retried later.
        """
        sent.attempts.append(await self._carry(sent))
        if sent.kind is Kind.EVENT and not sent.ok:
            self._plan_again(sent)
        return sent

    async def post(
        self, given: Dispatch | Json, *, retry: int = 0, reason: str = Outcome.TIMEOUT
    ) -> Dispatch:
        """Send a request once more, or an event in an envelope of its own.

        `retry` and `reason` are the headers of a redelivery; without them it is a plain duplicate.
        """
        again = given if isinstance(given, Dispatch) else Dispatch(Kind.EVENT, given)
        kind, payload = again.kind, again.payload
        if kind is Kind.EVENT and payload.get("type") not in {"event_callback", "url_verification"}:
            payload = events.wrap_event(payload, int(self._workspace.now))
        sent = Dispatch(kind, payload, ts=str(payload.get("event", {}).get("ts", "")))
        sent.attempts.append(await self._carry(sent, retry, reason))
        return sent

    async def settled(self) -> None:
        """Return once every event sent in the background was taken or given up."""
        while waiting := [task for task in self._tasks if task is not asyncio.current_task()]:
            await asyncio.gather(*waiting)

    async def stop(self) -> None:
        """Send nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, sent: Dispatch, retry: int = 0, reason: str = "") -> Attempt:
        if self._sockets.open:
            return await self._sockets.carry(sent, retry, reason)
        if self.request_url:
            return await self._postman.carry(self.request_url, sent, retry, reason)
        return Attempt(
            Outcome.CONNECTION, retry=retry, said="there is no request URL and no socket"
        )

    def _plan_again(self, sent: Dispatch) -> None:
        if sent.attempts[-1].again:
            self._unacknowledged[id(sent)] = sent
            self._start(self._retry(sent))

    async def _retry(self, sent: Dispatch) -> None:
        for _ in range(min(self.retry_times, MOST_RETRIES)):
            await asyncio.sleep(self.retry_after)
            if not await self._once_more(sent):
                return

    async def _once_more(self, sent: Dispatch) -> bool:
        """Try a delivery again, and tell whether another try is worth it."""
        if self._unacknowledged.pop(id(sent), None) is None:
            return False
        last = sent.attempts[-1]
        attempt = await self._carry(sent, last.retry + 1, last.outcome)
        sent.attempts.append(attempt)
        if attempt.outcome is Outcome.OK or attempt.retry >= MOST_RETRIES or not attempt.again:
            return False
        self._unacknowledged[id(sent)] = sent
        return True

    def _tell_again(self) -> None:
        """Send unacknowledged deliveries again over a new socket."""
        for sent in list(self._unacknowledged.values()):
            self._start(self._once_more(sent))

    def _start(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


Announce = Callable[[Json, Channel | None], None]
"""Tells the app of an event that a method caused."""
