"""Wipe posts with the words of owners who took them back or were forgotten.

A message of ours is changed to say so; the second of two copies is deleted. An app cannot change
what staff wrote themselves; the sentence in place of the card asks them to.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.channels.slack.desk import wording
from bot.channels.slack.desk.lost_cards import remember_lost_card
from bot.channels.slack.ui.blocks import context
from bot.channels.slack.web.client import Answer, Client
from bot.model.posts import PostKind
from bot.store import Store
from bot.store.records import UNSENT, Post

PAUSE = timedelta(seconds=30)
"""Wait after a failure. The app may have left the channel, and Slack counts calls."""

LONG_PAUSE = timedelta(hours=1)
"""Wait where Slack knows no such channel. A private one may just lack the app."""

_GONE = frozenset(
    {"message_not_found", "cant_update_message", "cant_delete_message", "thread_not_found"}
)


class PostWiper:
    """Takes the words out of every post that is marked.

    What fails is tried again after a pause.
    """

    def __init__(self, client: Client, store: Store) -> None:
        self._client, self._store = client, store
        self._paused: dict[str, datetime] = {}

    async def wipe_marked_posts(self, now: datetime) -> None:
        """Wipe every marked post whose channel is not paused."""
        self._paused = {name: until for name, until in self._paused.items() if now < until}
        for post in await self._store.records.list_posts_to_wipe():
            if not await self._wipe_post(post, now):
                continue
            # First, since somebody may write in that thread before it is forgotten.
            if post.kind is PostKind.CARD:
                await remember_lost_card(self._store, post, now)
            await self._store.delete_post(post)

    async def _wipe_post(self, post: Post, now: datetime) -> bool:
        """Wipe one post, and tell whether nothing of ours is left of it.

        A channel that refuses is left alone for a while.
        """
        if post.kind is PostKind.STAFF_REPLY:
            return True
        if post.channel in self._paused:
            return False
        answer = await self._take_away(post)
        if answer.ok or answer.error in _GONE:
            return True
        unknown = answer.error == "channel_not_found"
        self._paused[post.channel] = now + (LONG_PAUSE if unknown else PAUSE)
        return False

    async def _take_away(self, post: Post) -> Answer:
        """Take the words out of a post, and a copy away as a whole."""
        place = {"channel": post.channel, "ts": post.ts}
        if post.kind is PostKind.COPY:
            return await self._client.call("chat.delete", place)
        words = wording.UNSENT if post.wiped == UNSENT else wording.ERASED
        message = {"text": words, "blocks": [context(words)], "metadata": {}}
        return await self._client.call("chat.update", place | message)
