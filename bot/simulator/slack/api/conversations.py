"""Fake the methods about channels and people.

They are conversations.*, users.*, bots.info. Source: https://docs.slack.dev/reference/methods
"""

from __future__ import annotations

from typing import TypeVar

from bot.simulator.common.answers import Answer, Json
from bot.simulator.slack.api.answers import RefusedError, answer_ok
from bot.simulator.slack.api.arguments import (
    Kind,
    read_arguments,
    read_flag,
    read_number,
    read_text,
)
from bot.simulator.slack.state import (
    APP,
    BOT,
    BOT_USER,
    Channel,
    StoredMessage,
    User,
    Workspace,
)
from bot.simulator.slack.wire import events

Each = TypeVar("Each")

PAGE, MOST = 100, 999
_PAGE: dict[str, Kind] = {"channel": read_text, "cursor": read_text, "limit": read_number}
_SPAN: dict[str, Kind] = {
    **_PAGE,
    "latest": read_text,
    "oldest": read_text,
    "inclusive": read_flag,
    "include_all_metadata": read_flag,
}
_INFO: dict[str, Kind] = {
    "channel": read_text,
    "include_locale": read_flag,
    "include_num_members": read_flag,
}
_OPEN: dict[str, Kind] = {
    "channel": read_text,
    "users": read_text,
    "return_im": read_flag,
    "prevent_creation": read_flag,
}
_MEMBERS = {"im": "im:read", "group": "groups:read", "channel": "channels:read"}
_READING = {"im": "im:history", "group": "groups:history", "channel": "channels:history"}


class Conversations:
    """Answer these methods, over one workspace."""

    def __init__(self, workspace: Workspace, scopes: set[str]) -> None:
        self._workspace = workspace
        self._scopes = scopes

    def history(self, given: Json) -> Answer:
        """Answer conversations.history, the newest first.

        It leaves out the answers in threads.
        """
        asked = read_arguments(given, _SPAN, "channel")
        channel = self._readable(asked["channel"])
        shown = [
            post for post in self._of(channel) if post.broadcast or post.thread_ts in {"", post.ts}
        ]
        return self._page(asked, shown[::-1])

    def replies(self, given: Json) -> Answer:
        """Answer conversations.replies, the parent first, then the oldest."""
        asked = read_arguments(given, _SPAN | {"ts": read_text}, "channel ts")
        channel = self._readable(asked["channel"])
        found = [post for post in self._of(channel) if asked["ts"] in {post.ts, post.thread_ts}]
        if not found:
            raise RefusedError("thread_not_found")
        return self._page(asked, found)

    def info(self, given: Json) -> Answer:
        """conversations.info."""
        asked = read_arguments(given, _INFO, "channel")
        channel = self._workspace.reachable(asked["channel"])
        made = _channel(channel)
        if asked.get("include_num_members"):
            made["num_members"] = len(channel.members) + channel.bot_is_member
        return answer_ok(channel=made)

    def members(self, given: Json) -> Answer:
        """conversations.members."""
        asked = read_arguments(given, _PAGE, "channel")
        channel = self._workspace.reachable(asked["channel"])
        self._check_scope(_MEMBERS[channel.type])
        ids = sorted({*channel.members, *([BOT_USER] if channel.bot_is_member else [])})
        page, cursor = _cut(asked, ids)
        return answer_ok(members=page, response_metadata={"next_cursor": cursor})

    def open(self, given: Json) -> Answer:
        """Answer conversations.open with the direct messages with one user."""
        asked = read_arguments(given, _OPEN)
        if channel := asked.get("channel"):
            return answer_ok(channel={"id": self._workspace.reachable(channel).id})
        users = asked.get("users", "").split(",")
        if len(users) != 1 or users[0] not in self._workspace.users or users[0] == BOT_USER:
            raise RefusedError("user_not_found")
        return answer_ok(channel={"id": self._workspace.dm(users[0]).id})

    def join(self, given: Json) -> Answer:
        """Answer conversations.join, for public channels."""
        asked = read_arguments(given, {"channel": read_text}, "channel")
        channel = self._workspace.reachable(asked["channel"])
        if channel.im or channel.private:
            raise RefusedError("method_not_supported_for_channel_type")
        if channel.archived:
            raise RefusedError("is_archived")
        channel.bot_is_member = True
        return answer_ok(channel=_channel(channel))

    def list_of_user(self, given: Json) -> Answer:
        """Answer users.conversations with the channels the bot is in."""
        asked = read_arguments(
            given, _PAGE | {"user": read_text, "types": read_text, "exclude_archived": read_flag}
        )
        types = asked.get("types", "public_channel")
        words = {"im": "im", "group": "private_channel", "channel": "public_channel"}
        found = [
            _channel(channel)
            for channel in self._workspace.channels.values()
            if channel.bot_is_member
            and words[channel.type] in types.split(",")
            and not (asked.get("exclude_archived") and channel.archived)
        ]
        page, cursor = _cut(asked, found)
        return answer_ok(channels=page, response_metadata={"next_cursor": cursor})

    def user(self, given: Json) -> Answer:
        """users.info."""
        asked = read_arguments(given, {"user": read_text, "include_locale": read_flag}, "user")
        user = self._workspace.users.get(asked["user"])
        if user is None:
            raise RefusedError("user_not_found")
        made = _user(user)
        channels = self._workspace.channels.values()
        if user.stranger and not any(user.id in each.members for each in channels):
            # Strangers who share a channel with the bot are told apart by the team only.
            made["is_stranger"] = True
        return answer_ok(user=made)

    def bot(self, given: Json) -> Answer:
        """bots.info."""
        asked = read_arguments(given, {"bot": read_text})
        for user in self._workspace.users.values():
            if user.bot and asked.get("bot") == user.bot_id:
                own = {"app_id": APP} if user.bot_id == BOT else {}
                made = {"id": user.bot_id, "user_id": user.id, "name": user.name}
                return answer_ok(bot={"deleted": user.deleted, "icons": {}} | made | own)
        raise RefusedError("bot_not_found")

    def _readable(self, key: str) -> Channel:
        channel = self._workspace.reachable(key)
        self._check_scope(_READING[channel.type])
        if not channel.bot_is_member:
            raise RefusedError("not_in_channel")
        return channel

    def _check_scope(self, needed: str) -> None:
        if needed not in self._scopes:
            provided = ",".join(sorted(self._scopes))
            raise RefusedError("missing_scope", needed=needed, provided=provided)

    def _of(self, channel: Channel) -> list[StoredMessage]:
        stones = {post.thread_ts for post in self._workspace.posts if not post.deleted}
        return [
            post
            for post in self._workspace.posts
            if post.channel == channel.id
            and not post.shown_to
            and (not post.deleted or post.ts in stones)
        ]

    def _page(self, asked: Json, posts: list[StoredMessage]) -> Answer:
        oldest, latest = asked.get("oldest", "0"), asked.get("latest", "9" * 10)
        inclusive = asked.get("inclusive", False)
        within = [
            post
            for post in posts
            if float(oldest) < float(post.ts) < float(latest)
            or (inclusive and post.ts in {oldest, latest})
        ]
        page, cursor = _cut(asked, within)
        messages = [self._message(post, asked) for post in page]
        more = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
        return answer_ok(messages=messages, has_more=bool(cursor), **more)

    def _message(self, post: StoredMessage, asked: Json) -> Json:
        made = events.describe_message(post, self._workspace)
        if post.deleted:
            return events.make_tombstone(made)
        wanted = asked.get("include_all_metadata") and "metadata.message:read" in self._scopes
        if post.metadata and wanted:
            made["metadata"] = post.metadata
        return made


def _cut(asked: Json, found: list[Each]) -> tuple[list[Each], str]:
    """Cut one page, and make the cursor of the next.

    The cursor is empty after the last page.
    """
    cursor = asked.get("cursor") or "at:0"
    start = cursor.removeprefix("at:")
    size = asked.get("limit", PAGE) or PAGE
    if not start.isdecimal() or size > MOST:
        raise RefusedError("invalid_cursor" if size <= MOST else "invalid_limit")
    end = int(start) + size
    return found[int(start) : end], f"at:{end}" if end < len(found) else ""


def _channel(channel: Channel) -> Json:
    if channel.im:
        return {"id": channel.id, "is_im": True, "user": channel.user, "is_open": True}
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_im": False,
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_member": channel.bot_is_member,
        "is_ext_shared": channel.shared,
    }


def _user(user: User) -> Json:
    profile: Json = {
        "real_name": user.name,
        "display_name": user.name,
        "image_48": f"https://avatars.example/{user.id}_48.png",
        "image_192": f"https://avatars.example/{user.id}_192.png",
        "team": user.team,
    }
    if user.bot:
        profile["bot_id"] = user.bot_id
    grid = {"enterprise_user": {"id": user.id, "teams": list(user.teams)}}
    return (grid if user.elsewhere else {}) | {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "real_name": user.name,
        "deleted": user.deleted,
        "is_bot": user.bot,
        "is_app_user": False,
        "is_restricted": user.guest,
        "is_ultra_restricted": False,
        "tz": "Asia/Tokyo",
        "profile": profile,
    }
