"""Play the support desk of the demo, with people in the fake Slack."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channels.slack.web.identity import SCOPES
from bot.demo.switches import Switches
from bot.simulator.common.control import checked
from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.state import BOT_USER, Channel, StoredMessage, User
from bot.simulator.slack.users import inputs
from bot.simulator.slack.wire.postman import Dispatch, Kind

Json = dict[str, Any]

CHANNEL = "C0DESK"
CHANNELS = {CHANNEL: "相談デスク", "C0KINKI": "近畿の窓口"}
"""The desk's own, and one to try a desk of a region with."""
PEOPLE = (("U0YAMADA", "山田", False), ("U0SUZUKI", "鈴木", False), ("U0GUEST", "外部の方", True))
"""ID, name, and whether a guest. All are invented."""
KEYS = tuple(key for key, *_ in PEOPLE)

COMMANDS = ("/keiei",)
SHORTCUTS = {"interview": "聞き取りを始める"}
MESSAGE_SHORTCUTS = {"add_to_faq": "FAQに加える"}
"""Callback ID and name of the app's shortcuts, as in slack/manifest.yaml.

The events below are as there, too.
"""

EVENTS = frozenset({"app_home_opened", "message.channels", "message.groups", "message.im"})

RETRIES, RETRY_SECONDS = 3, 4.0
"""Slack's redelivery of events that the bot did not take, sped up."""

_DOINGS = frozenset(
    {
        "say",
        "edit",
        "delete",
        "react",
        "unreact",
        "command",
        "shortcut",
        "message_shortcut",
        "press",
        "press_in_view",
        "submit",
        "close",
        "open_home",
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """Something the bot was told, and when."""

    at: float
    delivered: Dispatch


@dataclass(slots=True)
class Desk:
    """Hold the desk's channel and its people, over one fake Slack."""

    slack: FakeSlack
    switches: Switches
    told: list[Told] = field(default_factory=list)
    _done: int = 0
    _shown: dict[str, tuple[object, dict[str, Json]]] = field(default_factory=dict)

    def furnish(self) -> None:
        """Put the people and the channel there, before the bot starts."""
        for key, name, guest in PEOPLE:
            self.slack.add_user(key, name, guest=guest)
        for key, name in CHANNELS.items():
            self.slack.add_channel(key, name, members=KEYS)
        self.slack.scopes = set(SCOPES)
        self.slack.deliveries.subscriptions = set(EVENTS)
        self.slack.retry_times, self.slack.retry_after = RETRIES, RETRY_SECONDS

    async def do(self, user: str, doing: str, arguments: Mapping[str, Any]) -> Json:
        """Let somebody act, and return the result.

        LookupError, ValueError or TypeError when it cannot be done.
        """
        try:
            return await self._do(user, doing, arguments)
        finally:
            self._done += 1

    async def _do(self, user: str, doing: str, arguments: Mapping[str, Any]) -> Json:
        if doing == "suggest":
            checked(self.slack.suggest, arguments, user)
            return {"ok": True, "options": await self.slack.suggest(user, **arguments)}
        if doing == "fill":
            checked(self.slack.fill, arguments, user)
            self.slack.fill(user, **arguments)
            return {"ok": True}
        if doing not in _DOINGS:
            raise LookupError(f"nobody can {doing}")
        at, act = self.slack.workspace.now, getattr(self.slack, doing)
        checked(act, arguments, user)
        delivered: Dispatch = await act(user, **arguments)
        told = [each for each in (*delivered.also, delivered) if each.attempts]
        if self.switches.duplicate:
            told += [
                await self.slack.post(each, retry=1) for each in told if each.kind is Kind.EVENT
            ]
        self.told += [Told(at, each) for each in told]
        return {
            "ok": all(each.ok for each in told),
            "trouble": delivered.trouble,
            "errors": delivered.errors,
            "ts": delivered.ts,
        }

    # What the page is told.

    def app(self) -> Json:
        """List the people, the desk's channels and the app."""
        users = self.slack.workspace.users.values()
        return {
            "bot": BOT_USER,
            "channels": [{"id": key, "name": name} for key, name in CHANNELS.items()],
            "users": [_user(user) for user in users],
            "people": list(KEYS),
            "commands": list(COMMANDS),
            "shortcuts": SHORTCUTS,
            "message_shortcuts": MESSAGE_SHORTCUTS,
        }

    def posts(self, user: str) -> dict[str, Json]:
        """List the posts a person can read, in order of time.

        Each stands under a key that changes with what it looks like.
        """
        workspace = self.slack.workspace
        mark = (self._done, len(workspace.posts), len(self.slack.calls))
        known, items = self._shown.get(user, (None, {}))
        if known != mark:
            items = self._posts(user)
            self._shown[user] = mark, items
        return items

    def _posts(self, user: str) -> dict[str, Json]:
        where = {key: self.slack.workspace.channel(key) for key in CHANNELS}
        direct = self.slack.workspace.dm(user)
        where[direct.id] = direct
        items = [
            _post(post, where[post.channel], user)
            for post in self.slack.workspace.posts
            if post.channel in where and post.shown_to in {"", user} and self._stands(post)
        ]
        return {_key(item): item for item in items}

    def _stands(self, post: StoredMessage) -> bool:
        """Tell whether a post is shown.

        A deleted one stands only as a stone over its answers.
        """
        return not post.deleted or bool(self.slack.workspace.thread(post.channel, post.ts))

    def home(self, user: str) -> Json:
        """Return the person's App Home, empty before anything was published."""
        return self.slack.home(user)

    def modals(self, user: str) -> list[Json]:
        """List the person's open modals with their errors, the front one last."""
        stack = self.slack.windows.stacks.get(user, [])
        return [view.as_json() | {"errors": view.errors} for view in stack]


def _user(user: User) -> Json:
    return {"id": user.id, "name": user.name, "guest": user.guest, "bot": user.bot}


def _post(post: StoredMessage, channel: Channel, user: str) -> Json:
    values = {} if post.deleted else inputs.collect_states(post.blocks, post.choices.get(user, {}))
    return {
        "channel": post.channel,
        "direct": channel.im,
        "ts": post.ts,
        "thread_ts": post.thread_ts,
        "user": post.user,
        "username": post.username,
        "text": post.text,
        "blocks": post.blocks,
        "attachments": post.attachments,
        "broadcast": post.broadcast,
        "edited": bool(post.edited),
        "deleted": post.deleted,
        "reactions": post.reactions,
        "ephemeral": bool(post.shown_to),
        "files": [each.get("name") for each in post.files],
        "values": values,
    }


def _key(item: Json) -> str:
    mark = zlib.crc32(json.dumps(item, ensure_ascii=False).encode())
    return f"{item['ts']}:{item['channel']}:{mark:08x}"
