"""One sentence to somebody who may not use the app, wherever they tried to."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.channels.slack.desk.events import (
    Commanded,
    Deleted,
    Edited,
    Heard,
    HomeOpened,
    Pressed,
    Shortcut,
    Submitted,
    Typed,
)
from bot.channels.slack.ui.blocks import Json, context
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.responses import at_once, instead, notice, told
from bot.store.records import Records

ONCE_IN = 60.0
"""Seconds in which somebody who goes on writing is told once."""


class Refusals:
    """Says why not; best effort, since there is nothing to be lost."""

    def __init__(
        self, client: Client, records: Records, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._records, self._now = client, records, now
        self._told: dict[str, float] = {}

    async def refuse(self, event: Heard, why: str) -> Json | None:
        """Tell whoever did it; what is returned is Slack's answer."""
        match event:
            case Commanded():
                return told(why)
            case Submitted():
                return instead(why)
            case Pressed() | Shortcut():
                await self._beside(event, why)
            case HomeOpened():
                await self._at_home(event, why)
            case Typed(direct=True) if self._is_time(event.actor.user):
                said = {"channel": event.channel, "text": why}
                await self._client.call("chat.postMessage", said)
            case Typed() | Edited() | Deleted():
                await self._in_thread(event, why)
        return None

    async def _beside(self, event: Pressed | Shortcut, why: str) -> None:
        if event.response_url:
            await at_once(self._client, event, why)
            return
        inside = isinstance(event, Pressed) and event.view.get("type") == "modal"
        method = "views.push" if inside else "views.open"
        await self._client.call(method, {"trigger_id": event.trigger, "view": notice(why)})

    async def _at_home(self, event: HomeOpened, why: str) -> None:
        """In the place of a home that they may have seen as long as they were at the desk."""
        view = {"type": "home", "callback_id": "home", "blocks": [context(why)]}
        await self._client.call("views.publish", {"user_id": event.actor.user, "view": view})

    async def _in_thread(self, event: Typed | Edited | Deleted, why: str) -> None:
        """Under a message of ours only: other threads of the channel are none of our business."""
        user, place = event.actor.user, {"channel": event.channel, "thread_ts": event.thread}
        if not user or not await self._records.find_post_at(event.channel, event.thread):
            return
        if self._is_time(user):
            said = {**place, "user": user, "text": why}
            await self._client.call("chat.postEphemeral", said)

    def _is_time(self, user: str) -> bool:
        """Whether they were not told within the last minute."""
        now = self._now()
        self._told = {each: at for each, at in self._told.items() if now - at < ONCE_IN}
        return self._told.setdefault(user, now) == now
