"""Tell who may act, as full members of our workspace at the desk.

A guest, or a member of another workspace in a shared channel (Slack Connect), could otherwise talk
to an owner; and anybody who is not at the desk could read owners' words and change what all of them
are told. Source: Slack's reference of user objects and of conversations.members.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.channels.slack.web import wording
from bot.channels.slack.web.client import NO_ANSWER, NOT_JSON, Answer, Client
from bot.channels.slack.web.events import Actor

REMEMBERED = 60.0
"""Seconds that Slack's word on people counts. A leaver acts no longer than that."""

SLACKBOT = "USLACKBOT"
"""Slack's own bot, which users.info takes for a person."""

_OUTSIDE = ("is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "deleted")

_PAGE, _PAGES = 500, 40
"""Members of a channel asked for at a time, and times. No desk has more."""

_FOR_NOW = frozenset(
    {
        NO_ANSWER,
        NOT_JSON,
        "fatal_error",
        "internal_error",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)
"""Errors after which asking again helps. All others are of the set-up."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class UnknownError(Exception):
    """Tell that Slack did not say who somebody is. Try again later."""


@dataclass(frozen=True, slots=True)
class Member:
    """Hold a user's name and right to act."""

    name: str
    may_act: bool


class StaffDirectory:
    """Ask Slack who is staff, and remember it for a minute.

    `desks` are the channels where owners are answered, `more` those that the desk has set since; being
    in one of them is enough.
    """

    def __init__(
        self,
        client: Client,
        *desks: str,
        more: Callable[[], Iterable[str]] = tuple,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._desks, self._more = client, desks, more
        self._users = _MinuteCache(self._ask_user, now)
        self._channels = _MinuteCache(self._ask_members, now)
        self.team = ""
        """The ID of our own workspace."""

    async def explain_refusal(self, actor: Actor, *, desk_only: bool = False) -> str:
        """Explain why this user may not use the app, or return "".

        `desk_only` marks acts that nobody may do where no desk's channel is set. Raises
        UnknownError when Slack does not say.
        """
        if not self.team:
            raise UnknownError("our own workspace is not known yet")
        if actor.user in {"", SLACKBOT}:
            return wording.STAFF_ONLY
        # Both calls run at once, since a form must open within three seconds of the press.
        member, there = await asyncio.gather(self.find_member(actor.user), self._list_there())
        if not member.may_act:
            return wording.STAFF_ONLY
        if not self._desks:
            return wording.NO_DESK_SET if desk_only else ""
        if any(found is not None and actor.user in found for found in there):
            return ""
        return wording.DESK_NOT_READ if None in there else wording.DESK_MEMBERS_ONLY

    async def _list_there(self) -> list[frozenset[str] | None]:
        """List the members of each desk's channel, None where hidden."""
        desks = {*self._desks, *self._more()}
        return list(await asyncio.gather(*map(self._channels.recall, desks)))

    async def find_name(self, user: str) -> str:
        """Find the name colleagues see, or "" when Slack does not say."""
        try:
            return (await self.find_member(user)).name
        except UnknownError:
            return ""

    async def find_member(self, user: str) -> Member:
        """Find a user's name and right to act.

        Raises UnknownError.
        """
        return await self._users.recall(user)

    async def _ask_user(self, user: str) -> Member:
        answer = await self._client.ask("users.info", user=user)
        if answer.error in {"user_not_found", "user_not_visible"}:
            return Member("", may_act=False)
        found = answer.data.get("user")
        if not answer.ok or not isinstance(found, Mapping):
            raise UnknownError(answer.error)
        return self._read_member(found)

    def _read_member(self, user: Mapping[str, Any]) -> Member:
        outside = any(user.get(each) for each in _OUTSIDE)
        profile = user.get("profile")
        names = profile if isinstance(profile, Mapping) else {}
        name = names.get("display_name") or names.get("real_name") or user.get("name") or ""
        return Member(str(name), may_act=not outside and self.team in _list_teams(user))

    async def _ask_members(self, channel: str) -> frozenset[str] | None:
        """Ask for a channel's members, None where the set-up hides them."""
        found: set[str] = set()
        cursor = ""
        for _ in range(_PAGES):
            more = {"cursor": cursor} if cursor else {}
            answer = await self._client.ask(
                "conversations.members", channel=channel, limit=_PAGE, **more
            )
            if answer.error in _FOR_NOW:
                raise UnknownError(answer.error)
            if not answer.ok:
                return None
            found |= {str(each) for each in answer.data.get("members") or ()}
            cursor = _read_cursor(answer)
            if not cursor:
                break
        return frozenset(found)


def _list_teams(user: Mapping[str, Any]) -> set[str]:
    """List a user's workspaces, several on an Enterprise Grid."""
    grid = user.get("enterprise_user")
    several = grid.get("teams") if isinstance(grid, Mapping) else None
    return {str(user.get("team_id", "")), *map(str, several if isinstance(several, list) else ())}


def _read_cursor(answer: Answer) -> str:
    metadata = answer.data.get("response_metadata")
    return str(metadata.get("next_cursor", "")) if isinstance(metadata, Mapping) else ""


class _MinuteCache(Generic[Key, Value]):
    """Remembers answers for a minute, and asks for each once at a time.

    Two messages of one user that wait for the same answer go on in the order in which they came.
    """

    def __init__(self, ask: Callable[[Key], Awaitable[Value]], now: Callable[[], float]) -> None:
        self._ask_user, self._now = ask, now
        self._known: dict[Key, tuple[float, Value]] = {}
        self._asked: dict[Key, asyncio.Task[Value]] = {}

    async def recall(self, key: Key) -> Value:
        known = self._known.get(key)
        if known and self._now() - known[0] < REMEMBERED:
            return known[1]
        asked = self._asked.get(key)
        if asked is None:
            asked = self._asked[key] = asyncio.create_task(self._remember(key))
            asked.add_done_callback(lambda _: self._asked.pop(key))
        return await asyncio.shield(asked)

    async def _remember(self, key: Key) -> Value:
        since = self._now()
        answer = await self._ask_user(key)
        self._forget_old(since)
        self._known[key] = since, answer
        return answer

    def _forget_old(self, now: float) -> None:
        self._known = {
            key: known for key, known in self._known.items() if now - known[0] < REMEMBERED
        }
