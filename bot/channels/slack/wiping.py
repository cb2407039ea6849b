"""Words that must go from what staff see: taken back by their owner, or forgotten with her.

A message of ours is changed to say so. What staff wrote themselves an app cannot change; the sentence
in place of the card asks them to.
"""

from __future__ import annotations

from bot import staff_wording
from bot.channels.slack.blocks import context
from bot.channels.slack.client import Client
from bot.store import Store
from bot.store.records import UNSENT, Post

OF_STAFF = "reply:"
"""Begins the reference of a message that a staff member wrote."""

_GONE = frozenset(
    {"message_not_found", "cant_update_message", "channel_not_found", "thread_not_found"}
)


async def wipe(client: Client, store: Store) -> None:
    """Take the words out of every post that is marked; what fails is tried the next time."""
    for post in await store.records.to_wipe():
        if post.reference.startswith(OF_STAFF) or await _wiped(client, post):
            await store.wiped(post)


async def _wiped(client: Client, post: Post) -> bool:
    words = staff_wording.UNSENT if post.wiped == UNSENT else staff_wording.ERASED
    message = {"text": words, "blocks": [context(words)], "metadata": {}}
    answer = await client.call("chat.update", {"channel": post.channel, "ts": post.ts, **message})
    return answer.ok or answer.error in _GONE
