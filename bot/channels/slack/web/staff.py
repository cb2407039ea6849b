"""Who may act: full members of our own workspace. Guests, other bots and strangers may not.

A guest, or a member of another workspace in a shared channel (Slack Connect), could otherwise talk
to an owner. Source: Slack's reference of user objects.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.slack.desk.events import Actor
from bot.channels.slack.web.client import Client

REMEMBERED = 600.0
"""Seconds that what Slack says of a user is taken for true."""

SLACKBOT = "USLACKBOT"
"""Slack's own bot, which users.info takes for a person."""

_OUTSIDE = ("is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "deleted")


class UnknownError(Exception):
    """Slack did not say who somebody is; try again later."""


@dataclass(frozen=True, slots=True)
class Member:
    """A user as far as it matters here."""

    name: str
    may_act: bool


class Staff:
    """Asks Slack who somebody is, and remembers it for ten minutes."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[str, tuple[float, Member]] = {}
        self._asked: dict[str, asyncio.Task[Member]] = {}
        self.team = ""
        """The ID of our own workspace."""

    async def may_act(self, actor: Actor) -> bool:
        """Whether this user may use the app. Raises UnknownError when Slack does not say."""
        if not self.team:
            raise UnknownError("our own workspace is not known yet")
        if actor.user in {"", SLACKBOT} or actor.team not in {"", self.team}:
            return False
        return (await self.member(actor.user)).may_act

    async def name(self, user: str) -> str:
        """The name colleagues see; empty when Slack does not say."""
        try:
            return (await self.member(user)).name
        except UnknownError:
            return ""

    async def member(self, user: str) -> Member:
        """What is known of a user. Raises UnknownError.

        Slack is asked once at a time: two messages of one user that wait for the same answer go on
        in the order in which they came.
        """
        known = self._known.get(user)
        if known and time.monotonic() - known[0] < REMEMBERED:
            return known[1]
        asked = self._asked.get(user)
        if asked is None:
            asked = self._asked[user] = asyncio.create_task(self._ask(user))
            asked.add_done_callback(lambda _: self._asked.pop(user))
        return await asyncio.shield(asked)

    async def _ask(self, user: str) -> Member:
        answer = await self._client.ask("users.info", user=user)
        if answer.error in {"user_not_found", "user_not_visible"}:
            return Member("", may_act=False)
        found = answer.data.get("user")
        if not answer.ok or not isinstance(found, Mapping):
            raise UnknownError(answer.error)
        member = self._read(found)
        self._known[user] = time.monotonic(), member
        return member

    def _read(self, user: Mapping[str, Any]) -> Member:
        outside = any(user.get(each) for each in _OUTSIDE)
        elsewhere = bool(self.team and user.get("team_id") not in {self.team, None})
        profile = user.get("profile")
        names = profile if isinstance(profile, Mapping) else {}
        name = names.get("display_name") or names.get("real_name") or user.get("name") or ""
        return Member(str(name), may_act=not outside and not elsewhere)
