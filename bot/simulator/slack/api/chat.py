"""The methods about messages, chat.* and reactions.*.

Source: https://docs.slack.dev/reference/methods
"""

from __future__ import annotations

import copy
import re

from bot.simulator.common.answers import Answer, Json
from bot.simulator.slack.api.answers import RefusedError, answer_ok
from bot.simulator.slack.api.arguments import Kind, read_arguments, read_flag, read_text
from bot.simulator.slack.blocks import notifications, posting
from bot.simulator.slack.blocks.notifications import Notification
from bot.simulator.slack.state import (
    BOT,
    BOT_USER,
    DOMAIN,
    Channel,
    StoredMessage,
    Workspace,
    name_blocks,
)
from bot.simulator.slack.users.people import delete_message, remove_reaction
from bot.simulator.slack.wire import events
from bot.simulator.slack.wire.deliveries import Announce

_WHERE: dict[str, Kind] = {"channel": read_text}
_THREAD: dict[str, Kind] = {"thread_ts": read_text}
_POST = _WHERE | _THREAD | posting.CONTENT | {"reply_broadcast": read_flag, "as_user": read_flag}
_EPHEMERAL = _WHERE | _THREAD | {"user": read_text} | posting.CONTENT | {"as_user": read_flag}
_UPDATE = {
    **_WHERE,
    **{key: kind for key, kind in posting.CONTENT.items() if not key.startswith(("icon", "user"))},
    "ts": read_text,
    "as_user": read_flag,
    "reply_broadcast": read_flag,
}
_DELETE: dict[str, Kind] = {**_WHERE, "ts": read_text, "as_user": read_flag}
_PERMALINK: dict[str, Kind] = {**_WHERE, "message_ts": read_text}
_REACTION: dict[str, Kind] = {**_WHERE, "name": read_text, "timestamp": read_text}
_CUSTOM = ("username", "icon_url", "icon_emoji")
_TS = re.compile(r"\d{10}\.\d{6}")
_EMOJI_NAME = re.compile(r"[\w+'-]+(::skin-tone-[2-6])?")


class Chat:
    """Answer these methods, over one workspace."""

    def __init__(self, workspace: Workspace, announce: Announce, scopes: set[str]) -> None:
        self.notifications: list[Notification] = []
        self._workspace = workspace
        self._announce = announce
        self._scopes = scopes

    def post(self, given: Json) -> Answer:
        """Answer chat.postMessage."""
        asked = read_arguments(given, _POST, "channel")
        channel = self.open_to_bot(asked["channel"])
        self._check_customised(asked)
        posting.check_message(asked)
        post = posting.make_message(asked, self._workspace, channel.id)
        post.thread_ts = self.thread(channel, asked)
        post.broadcast = bool(post.thread_ts) and asked.get("reply_broadcast", False)
        self.show(post, channel, asked)
        return self._answer_posted(post)

    def show(self, post: StoredMessage, channel: Channel, asked: Json) -> None:
        """Put the bot's message into a channel and announce it."""
        self._workspace.add(post)
        self.notifications += notifications.list_notifications(post, asked)
        self._announce(events.make_posted_event(post, channel, self._workspace), channel)

    def post_ephemeral(self, given: Json) -> Answer:
        """Answer chat.postEphemeral."""
        asked = read_arguments(given, _EPHEMERAL, "channel user")
        channel = self.open_to_bot(asked["channel"])
        self._check_customised(asked)
        if asked["user"] not in channel.members:
            raise RefusedError("user_not_in_channel")
        posting.check_message(asked)
        post = posting.make_message(asked, self._workspace, channel.id)
        post.metadata, post.shown_to = None, asked["user"]
        post.thread_ts = self.thread(channel, asked)
        self._workspace.add(post)
        return answer_ok(message_ts=post.ts)

    def update(self, given: Json) -> Answer:
        """Answer chat.update, of the bot's own messages only.

        Ephemeral ones cannot be updated.
        """
        asked = read_arguments(given, _UPDATE, "channel ts")
        channel = self._visible(asked["channel"])
        post = self._own(channel, asked["ts"], "cant_update_message")
        posting.check_message(asked, posting.UPDATED_TEXT)
        before = events.describe_message(post, self._workspace)
        self.rewrite(post, asked)
        after = events.describe_message(post, self._workspace)
        self._announce(events.make_changed_event(before, after, channel, self._workspace), channel)
        self.notifications += notifications.list_notifications(post, asked)
        return self._answer_posted(post, text=post.text)

    def rewrite(self, post: StoredMessage, asked: Json) -> None:
        """Change a message as chat.update does.

        Blocks go when there is a text and no blocks, metadata stays. Source:
        https://docs.slack.dev/reference/methods/chat.update (formatting)
        """
        post.past.append(post.blocks)
        if "blocks" in asked or "text" in asked:
            fresh = posting.make_message(asked, self._workspace, post.channel)
            name_blocks(fresh.blocks)
            post.blocks = fresh.blocks
        if "text" in asked and not asked.get("blocks"):
            post.edited = {"user": BOT, "ts": self._workspace.ts()}
        post.text = asked.get("text", post.text)
        post.attachments = copy.deepcopy(asked.get("attachments", post.attachments))
        if "metadata" in asked:
            post.metadata = asked["metadata"] or None

    def delete(self, given: Json) -> Answer:
        """Answer chat.delete, of the bot's own messages only."""
        asked = read_arguments(given, _DELETE, "channel ts")
        channel = self._visible(asked["channel"])
        post = self._own(channel, asked["ts"], "cant_delete_message")
        before = events.describe_message(post, self._workspace)
        self._announce(delete_message(post, channel, before, self._workspace), channel)
        return answer_ok(channel=channel.id, ts=post.ts)

    def permalink(self, given: Json) -> Answer:
        """Answer chat.getPermalink."""
        asked = read_arguments(given, _PERMALINK, "channel message_ts")
        channel = self._workspace.reachable(asked["channel"])
        post = self._workspace.find(channel.id, asked["message_ts"])
        if post is None:
            raise RefusedError("message_not_found")
        link = f"https://{DOMAIN}.slack.com/archives/{channel.id}/p{post.ts.replace('.', '')}"
        if post.thread_ts and post.thread_ts != post.ts:
            link += f"?thread_ts={post.thread_ts}&cid={channel.id}"
        return answer_ok(channel=channel.id, permalink=link)

    def react(self, given: Json) -> Answer:
        """Answer reactions.add."""
        channel, post, emoji = self._reaction(given)
        users = post.reactions.setdefault(emoji, [])
        if BOT_USER in users:
            raise RefusedError("already_reacted")
        users.append(BOT_USER)
        self._tell_reaction("reaction_added", channel, post, emoji)
        return answer_ok()

    def unreact(self, given: Json) -> Answer:
        """Answer reactions.remove."""
        channel, post, emoji = self._reaction(given)
        if BOT_USER not in post.reactions.get(emoji, []):
            raise RefusedError("no_reaction")
        remove_reaction(post, emoji, BOT_USER)
        self._tell_reaction("reaction_removed", channel, post, emoji)
        return answer_ok()

    def _tell_reaction(self, kind: str, channel: Channel, post: StoredMessage, emoji: str) -> None:
        event = events.make_reaction_event(kind, BOT_USER, emoji, post, self._workspace.ts())
        self._announce(event, channel)

    def _reaction(self, given: Json) -> tuple[Channel, StoredMessage, str]:
        asked = read_arguments(given, _REACTION, "channel name timestamp")
        channel = self.open_to_bot(asked["channel"])
        if not _TS.fullmatch(asked["timestamp"]):
            raise RefusedError("bad_timestamp")
        if not _EMOJI_NAME.fullmatch(asked["name"]):
            raise RefusedError("invalid_name")
        post = self._workspace.find(channel.id, asked["timestamp"])
        if post is None or post.shown_to:
            raise RefusedError("message_not_found")
        return channel, post, asked["name"]

    def _visible(self, key: str) -> Channel:
        if key in self._workspace.users:
            # Unlike posting, changing takes the ID of the conversation only.
            raise RefusedError("channel_not_found")
        return self.open_to_bot(key)

    def open_to_bot(self, key: str) -> Channel:
        """Find the channel, if the bot may write there. Raises RefusedError."""
        channel = self._workspace.reachable(key)
        user = self._workspace.users.get(channel.user)
        if user and user.deleted:
            raise RefusedError("user_disabled")
        if channel.archived:
            raise RefusedError("is_archived")
        if not channel.bot_is_member:
            raise RefusedError("not_in_channel")
        return channel

    def _own(self, channel: Channel, ts: str, error: str) -> StoredMessage:
        post = self._workspace.find(channel.id, ts)
        if post is None or post.shown_to:
            raise RefusedError("message_not_found")
        if not post.own:
            raise RefusedError(error)
        return post

    def thread(self, channel: Channel, asked: Json) -> str:
        """Find the parent a message goes under.

        Slack takes any timestamp here and shows the message under nothing; refused all the same.
        """
        ts: str = asked.get("thread_ts", "")
        if not ts:
            return ""
        if not _TS.fullmatch(ts):
            raise RefusedError("invalid_thread_ts")
        parent = self._workspace.find(channel.id, ts)
        stone = any((post.channel, post.ts) == (channel.id, ts) for post in self._workspace.posts)
        if parent is None and not stone:
            raise RefusedError("thread_not_found")
        # An answer's timestamp stands for its thread.
        return (parent.thread_ts or ts) if parent else ts

    def _check_customised(self, asked: Json) -> None:
        needed = "chat:write.customize"
        if any(asked.get(key) for key in _CUSTOM) and needed not in self._scopes:
            provided = ",".join(sorted(self._scopes))
            raise RefusedError("missing_scope", needed=needed, provided=provided)

    def _answer_posted(self, post: StoredMessage, **more: str) -> Answer:
        message = events.describe_message(post, self._workspace)
        if post.metadata:
            message["metadata"] = post.metadata
        return answer_ok(channel=post.channel, ts=post.ts, message=message, **more)
