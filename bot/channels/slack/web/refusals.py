"""Tell people who may not use the app so, at the place they tried."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.channels.slack.ui.blocks import Json, context
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import (
    AppHomeOpened,
    BlockAction,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
    Shortcut,
    SlashCommand,
    StaffEvent,
    ViewSubmission,
)
from bot.channels.slack.web.responses import (
    answer_command,
    answer_privately,
    answer_with_notice,
    draw_notice,
)
from bot.store.records import Records

ONCE_IN = 60.0
"""Seconds in which a person who goes on writing is told once."""


class Refusals:
    """Explain refusals, as far as Slack takes it.

    Nothing is lost without them.
    """

    def __init__(
        self, client: Client, records: Records, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._records, self._now = client, records, now
        self._told: dict[str, float] = {}

    async def refuse(self, event: StaffEvent, why: str) -> Json | None:
        """Explain the refusal, and return Slack's answer."""
        match event:
            case SlashCommand():
                return answer_command(why)
            case ViewSubmission():
                return answer_with_notice(why)
            case BlockAction() | Shortcut():
                await self._refuse_beside(event, why)
            case AppHomeOpened():
                await self._refuse_at_home(event, why)
            case MessagePosted(direct=True) if self._may_tell(event.actor.user):
                said = {"channel": event.channel, "text": why}
                await self._client.call("chat.postMessage", said)
            case MessagePosted() | MessageChanged() | MessageDeleted():
                await self._refuse_in_thread(event, why)
        return None

    async def _refuse_beside(self, event: BlockAction | Shortcut, why: str) -> None:
        if event.response_url:
            await answer_privately(self._client, event, why)
            return
        inside = isinstance(event, BlockAction) and event.view.get("type") == "modal"
        method = "views.push" if inside else "views.open"
        await self._client.call(method, {"trigger_id": event.trigger, "view": draw_notice(why)})

    async def _refuse_at_home(self, event: AppHomeOpened, why: str) -> None:
        """Replace a home that the user may have seen as staff."""
        view = {"type": "home", "callback_id": "home", "blocks": [context(why)]}
        await self._client.call("views.publish", {"user_id": event.actor.user, "view": view})

    async def _refuse_in_thread(
        self, event: MessagePosted | MessageChanged | MessageDeleted, why: str
    ) -> None:
        """Explain the refusal, under a message of ours only.

        Other threads of the channel are none of our business.
        """
        user, place = event.actor.user, {"channel": event.channel, "thread_ts": event.thread}
        if not user or not await self._records.find_post_at(event.channel, event.thread):
            return
        if self._may_tell(user):
            said = {**place, "user": user, "text": why}
            await self._client.call("chat.postEphemeral", said)

    def _may_tell(self, user: str) -> bool:
        """Tell whether a minute has passed since the user was told."""
        now = self._now()
        self._told = {each: at for each, at in self._told.items() if now - at < ONCE_IN}
        return self._told.setdefault(user, now) == now
