"""Read an owner's words in the thread of their case.

No second copy is kept, so words taken back or forgotten are gone from the file as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.slack.web.client import Client
from bot.channels.slack.web.payloads import read_quoted
from bot.model.posts import PostKind, PostReference
from bot.presentation.limits import cut
from bot.store.records import Records

SHOWN, _LONGEST = 5, 300
"""First messages shown, where a story is told, and characters of each."""

_SEARCHED = 100
"""Messages of the thread that are looked at."""


async def read_owner_words(client: Client, records: Records, case_id: str) -> list[str] | None:
    """Read the owner's first messages in a case, or None.

    None means that Slack does not answer.
    """
    card = await records.find_post(PostReference.of_card(case_id))
    if card is None:
        return []
    place = {"channel": card.channel, "ts": card.ts}
    answer = await client.ask("conversations.replies", **place, limit=_SEARCHED)
    if not answer.ok:
        return None
    found: list[str] = []
    for message in answer.data.get("messages") or []:
        if len(found) < SHOWN and await _is_owners(records, card.channel, message):
            found.append(cut(read_quoted(message), _LONGEST))
    return list(filter(None, found))


async def _is_owners(records: Records, channel: str, message: Mapping[str, Any]) -> bool:
    post = await records.find_post_at(channel, str(message.get("ts", "")))
    return post is not None and post.kind is PostKind.OWNER_WORDS and not post.wiped
