"""Keep the workspace as Slack knows it.

No HTTP here, and no clock except the given one.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.api.answers import RefusedError

TEAM = "T0SIMULATOR"
OTHER_TEAM = "T0STRANGERS"
"""Workspace of people from the other side of Slack Connect."""
SISTER_TEAM = "T0SISTERS"
"""Another workspace of our own organisation (Enterprise Grid)."""
APP = "A0SIMULATOR"
BOT_USER = "U0KAIZENBOT"
BOT = "B0KAIZENBOT"
DOMAIN = "simulator"
VERIFICATION_TOKEN = "simulated-verification"  # noqa: S105 (of nobody)


@dataclass(slots=True)
class User:
    """A person or a bot. `stranger` is a member of another workspace (Slack Connect).

    `elsewhere` is at home in another workspace of our organisation (Enterprise Grid); `teams` are
    the workspaces of the organisation a user is a member of, with our own unless told otherwise.
    """

    id: str
    name: str
    guest: bool = False
    bot: bool = False
    stranger: bool = False
    deleted: bool = False
    elsewhere: bool = False
    teams: tuple[str, ...] = (SISTER_TEAM, TEAM)

    @property
    def team(self) -> str:
        """The workspace the user is at home in."""
        if self.stranger:
            return OTHER_TEAM
        return SISTER_TEAM if self.elsewhere else TEAM

    @property
    def bot_id(self) -> str:
        """The bot's own ID, which a person has not."""
        if self.id == BOT_USER:
            return BOT
        return f"B{self.id[1:]}" if self.bot else ""


@dataclass(slots=True)
class Channel:
    """A channel, or the direct messages of `user` with the bot (`im`)."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    bot_is_member: bool = True
    archived: bool = False
    private: bool = False
    shared: bool = False
    user: str = ""

    @property
    def im(self) -> bool:
        """Tell whether this is a conversation of one user with the bot."""
        return bool(self.user)

    @property
    def type(self) -> str:
        """The `channel_type` of events."""
        if self.im:
            return "im"
        return "group" if self.private else "channel"


@dataclass(slots=True)
class StoredMessage:
    """One message of a channel, from anybody.

    `edited` and `deleted` tell what became of it. `reactions` are the IDs of users by the name of
    the emoji. `shown_to` is the only user who sees an ephemeral message. `choices` holds what each
    user has chosen in its inputs. `me` says that it was written with /me.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str = ""
    edited: Json | None = None
    deleted: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    username: str = ""
    icon_url: str = ""
    icon_emoji: str = ""
    broadcast: bool = False
    bot_id: str = ""
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    shown_to: str = ""
    me: bool = False
    team: str = TEAM
    choices: dict[str, Json] = field(default_factory=dict)
    past: list[list[Json]] = field(default_factory=list)
    """Earlier blocks of the message, for a screen that has not caught up."""

    @property
    def own(self) -> bool:
        """Tell whether the app posted the message."""
        return self.bot_id == BOT


class Workspace:
    """Keep the workspace."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self._skipped = 0.0
        self._last_ts = 0
        bot = User(BOT_USER, "経営改善ナビ", bot=True)
        self.users: dict[str, User] = {bot.id: bot}
        self.channels: dict[str, Channel] = {}
        self.posts: list[StoredMessage] = []

    @property
    def now(self) -> float:
        """The time of day, in seconds."""
        return self.clock() + self._skipped

    def advance(self, seconds: float) -> None:
        """Let time pass, except for the signatures of requests."""
        self._skipped += seconds

    def ts(self) -> str:
        """Draw a timestamp later than every other, which names a message."""
        self._last_ts = max(self._last_ts + 100, round(self.now * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06}"

    def user(self, name: str) -> User:
        """Find the user of this ID or name. Raises LookupError."""
        if name in self.users:
            return self.users[name]
        for user in self.users.values():
            if user.name == name:
                return user
        raise LookupError(f"there is no user {name}; use add_user")

    def channel(self, name: str) -> Channel:
        """Find the channel of this ID or name. Raises LookupError."""
        if name in self.channels:
            return self.channels[name]
        for channel in self.channels.values():
            if channel.name == name.removeprefix("#"):
                return channel
        raise LookupError(f"there is no channel {name}; use add_channel")

    def dm(self, name: str) -> Channel:
        """Find or open the direct messages of a user with the bot."""
        user = self.user(name)
        key = f"D{user.id[1:]}"
        members = {user.id, BOT_USER}
        return self.channels.setdefault(key, Channel(key, "", members, user=user.id))

    def find(self, channel: str, ts: str) -> StoredMessage | None:
        """Find the message of this name while it stands, ephemeral or not."""
        for post in reversed(self.posts):
            if (post.channel, post.ts) == (channel, ts) and not post.deleted:
                return post
        return None

    def thread(self, channel: str, ts: str) -> list[StoredMessage]:
        """List the answers under a message, in order."""
        return [
            post
            for post in self.posts
            if (post.channel, post.thread_ts) == (channel, ts)
            and post.ts != ts
            and not post.deleted
            and not post.shown_to
        ]

    def reachable(self, key: str) -> Channel:
        """Find the channel of a call, if the bot sees it.

        Raises RefusedError. A user ID stands for the direct messages with that user.
        """
        if key in self.users and key != BOT_USER:
            return self.dm(key)
        channel = self.channels.get(key)
        if channel is None or (channel.private and not channel.bot_is_member):
            raise RefusedError("channel_not_found")
        return channel

    def add(self, post: StoredMessage) -> StoredMessage:
        """Put a message into its channel, with IDs on every block that has none."""
        name_blocks(post.blocks)
        self.posts.append(post)
        return post


def name_blocks(blocks: Iterable[Json]) -> None:
    """Give IDs to the blocks and elements without one, as Slack does."""
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in list_elements(block):
            element.setdefault("action_id", secrets.token_urlsafe(4))


def list_elements(block: Json) -> list[Json]:
    """List the interactive elements of a block, also inside cards."""
    found: list[Json] = []
    if block["type"] in {"actions", "context_actions"}:
        found += block["elements"]
    found += [block[key] for key in ("accessory", "element") if _acts(block.get(key))]
    if block["type"] == "card":
        found += block.get("actions", [])
    inner = "elements" if block["type"] == "carousel" else "child_blocks"
    if block["type"] in {"carousel", "container"}:
        found += [each for child in block[inner] for each in list_elements(child)]
    return found


def _acts(value: Any) -> bool:
    return isinstance(value, dict) and value.get("type") != "image"
