"""Find the posts that one delivery made: each carries its number as metadata.

Source: Slack's reference of message metadata, conversations.history and conversations.replies.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.channels import Later
from bot.channels.slack.web.client import Answer, Client
from bot.store import Delivery

EVENT_TYPE = "kaizen_navi_delivery"

CLOCKS_DIFFER = timedelta(hours=1)
"""How far our clock may be from Slack's, where a post is looked for by its time."""

_SEARCHED = 100
"""Messages of one page."""

_PAGES = 10
"""Pages among which a post is looked for."""

Place = tuple[str, str]
"""Channel and ts of a message."""


def mark_post(delivery: Delivery) -> Mapping[str, Any]:
    """Make the metadata by which a post of this delivery is found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"id": delivery.retry_key}}


async def find_copies(
    client: Client, arguments: Mapping[str, Any], delivery: Delivery
) -> tuple[Place, ...] | Later:
    """Find every post that this delivery made, the oldest first; `Later` when Slack does not say.

    `arguments` are those of the post: a channel, or a user for the direct messages with them.
    """
    channel = str(arguments["channel"])
    if channel.startswith(("U", "W")):
        opened = await client.ask("conversations.open", users=channel)
        if not opened.ok:
            return retry_unsure(opened)
        channel = str(opened.data["channel"]["id"])
    asked: dict[str, str | int | bool] = {"channel": channel, "limit": _SEARCHED}
    asked |= {"include_all_metadata": True}
    if delivery.made:
        asked["oldest"] = f"{(delivery.made - CLOCKS_DIFFER).timestamp():.6f}"
    if thread := str(arguments.get("thread_ts", "")):
        return await _look_through(
            client, "conversations.replies", asked | {"ts": thread}, delivery
        )
    return await _look_through(client, "conversations.history", asked, delivery)


async def _look_through(
    client: Client, method: str, asked: Mapping[str, str | int | bool], delivery: Delivery
) -> tuple[Place, ...] | Later:
    """Look through all pages: people write on while nobody knows whether a post was made."""
    found: list[str] = []
    cursor = ""
    for _ in range(_PAGES):
        answer = await client.ask(method, **asked, **({"cursor": cursor} if cursor else {}))
        if not answer.ok:
            return retry_unsure(answer)
        found += _list_made(answer, delivery.retry_key)
        cursor = str((answer.data.get("response_metadata") or {}).get("next_cursor", ""))
        if not cursor:
            break
    return tuple((str(asked["channel"]), ts) for ts in sorted(found, key=_read_time))


def retry_unsure(answer: Answer) -> Later:
    """Try again; until then nobody knows whether it was done."""
    return Later(answer.error, answer.retry_after, unsure=True)


def _list_made(answer: Answer, retry_key: str) -> list[str]:
    messages = answer.data["messages"]
    return [str(each["ts"]) for each in messages if _read_delivery_id(each) == retry_key]


def _read_delivery_id(message: Mapping[str, Any]) -> str:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("id", ""))


def _read_time(ts: str) -> tuple[int, int]:
    seconds, _, fraction = ts.partition(".")
    return int(seconds), int(fraction or 0)
