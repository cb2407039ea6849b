"""Find the posts that one delivery made, by its number in their metadata.

Source: Slack's reference of message metadata, conversations.history and conversations.replies.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.channels import Later
from bot.channels.slack.web.client import Answer, Client
from bot.store import Delivery

EVENT_TYPE = "kaizen_navi_delivery"

CLOCKS_DIFFER = timedelta(minutes=5)
"""Largest difference between our clock and Slack's.

Requests signed by Slack are refused beyond that, too.
"""

_SEARCHED = 100
"""Messages of one page."""

_PAGES = 10
"""Pages among which a post is looked for."""

_REMEMBERED = 200
"""Conversations of which it is remembered what a look found."""

Place = tuple[str, str]
"""Channel and ts of a message."""


def mark_post(delivery: Delivery) -> Mapping[str, Any]:
    """Make the metadata by which a post of this delivery is found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"id": delivery.retry_key}}


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look through a conversation found: the ts of each delivery's posts.

    It began at `began` (monotonic), and saw all since `oldest` (seconds since 1970).
    """

    began: float
    oldest: float
    found: Mapping[str, tuple[str, ...]]

    def tells_of(self, delivery: Delivery) -> bool:
        """Tell whether it came after all that may have been done for this delivery."""
        return self.began >= delivery.doubted and self.oldest <= _oldest(delivery)


class CopySearch:
    """Looks for posts. After a process died one look tells of all that it left for a person."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._looks: dict[tuple[str, str], _Look] = {}
        self._one_at_a_time = asyncio.Lock()

    async def find(
        self, arguments: Mapping[str, Any], delivery: Delivery
    ) -> tuple[Place, ...] | Later:
        """Find every post that this delivery made, the oldest first.

        `Later` when Slack does not say. `arguments` are those of the post: a channel, or a user for
        the direct messages with them.
        """
        place = str(arguments["channel"]), str(arguments.get("thread_ts", ""))
        async with self._one_at_a_time:
            look = self._looks.get(place)
            if look is None or not look.tells_of(delivery):
                made = await self._look_through(*place, _oldest(delivery))
                if isinstance(made, Later):
                    return made
                look = self._remember(place, made)
        channel = look.found[""][0]
        return tuple((channel, ts) for ts in look.found.get(delivery.retry_key, ()))

    def _remember(self, place: tuple[str, str], look: _Look) -> _Look:
        if len(self._looks) >= _REMEMBERED:
            self._looks.clear()
        self._looks[place] = look
        return look

    async def _look_through(self, channel: str, thread: str, oldest: float) -> _Look | Later:
        """Look through all pages of a conversation.

        People write on while nobody knows whether a post was made.
        """
        began = time.monotonic()
        if channel.startswith(("U", "W")):
            opened = await self._client.ask("conversations.open", users=channel)
            if not opened.ok:
                return retry_unsure(opened)
            channel = str(opened.data["channel"]["id"])
        method = "conversations.replies" if thread else "conversations.history"
        asked: dict[str, str | int] = {"channel": channel, "limit": _SEARCHED}
        asked["oldest"] = f"{oldest:.6f}"
        asked |= {"ts": thread} if thread else {}
        messages: list[Mapping[str, Any]] = []
        cursor: dict[str, str] = {}
        for _ in range(_PAGES):
            answer = await self._client.ask(method, include_all_metadata=True, **asked, **cursor)
            if not answer.ok:
                return retry_unsure(answer)
            messages += answer.data["messages"]
            cursor = _read_cursor(answer)
            if not cursor:
                break
        return _Look(began, oldest, {"": (channel,), **_list_made(messages)})


def _oldest(delivery: Delivery) -> float:
    return (delivery.made - CLOCKS_DIFFER).timestamp() if delivery.made else 0.0


def retry_unsure(answer: Answer) -> Later:
    """Try again; until then nobody knows whether it was done."""
    return Later(answer.error, answer.retry_after, unsure=True)


def _read_cursor(answer: Answer) -> dict[str, str]:
    cursor = str((answer.data.get("response_metadata") or {}).get("next_cursor", ""))
    return {"cursor": cursor} if cursor else {}


def _list_made(messages: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """List the ts of posts by delivery, the oldest first."""
    made: dict[str, tuple[str, ...]] = {}
    for each in sorted(messages, key=lambda message: _read_time(str(message["ts"]))):
        if number := _read_delivery_id(each):
            made[number] = (*made.get(number, ()), str(each["ts"]))
    return made


def _read_delivery_id(message: Mapping[str, Any]) -> str:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("id", ""))


def _read_time(ts: str) -> tuple[int, int]:
    seconds, _, fraction = ts.partition(".")
    return int(seconds), int(fraction or 0)
