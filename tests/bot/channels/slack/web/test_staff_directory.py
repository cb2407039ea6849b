"""The staff directory remembers people, and only for a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

from bot.channels.slack.web import wording
from bot.channels.slack.web.client import Answer, Client
from bot.channels.slack.web.events import Actor
from bot.channels.slack.web.staff_directory import StaffDirectory, UnknownError
from bot.settings import SlackSettings
from bot.simulator.slack.state import TEAM
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO


class Slack(Client):
    """A client that answers as a table says, and counts the questions."""

    def __init__(self, answers: Mapping[str, Callable[..., Answer]]) -> None:
        super().__init__(SlackSettings("xoxb-x"))
        self.asked: list[str] = []
        self._answers = answers

    async def ask(self, method: str, **arguments: str | int | bool) -> Answer:
        self.asked.append(method)
        return self._answers[method](**arguments)


def someone(**_: Any) -> Answer:
    return Answer({"user": {"team_id": TEAM, "name": "花子"}})


def at(now: list[float], client: Client, *desks: str) -> StaffDirectory:
    asked = StaffDirectory(client, *desks, now=lambda: now[0])
    asked.team = TEAM
    return asked


def ran(scenario: Awaitable[None]) -> None:
    async def run() -> None:
        await scenario

    asyncio.run(run())


def test_staff_who_left_are_refused_within_a_minute() -> None:
    there = {HANAKO}
    client = Slack({
        "users.info": someone,
        "conversations.members": lambda **_: Answer({"members": sorted(there)}),
    })  # fmt: skip
    now = [100.0]

    async def scenario() -> None:
        asked = at(now, client, DESK)
        assert not await asked.explain_refusal(Actor(HANAKO, TEAM))
        there.clear()
        now[0] += 59
        assert not await asked.explain_refusal(Actor(HANAKO, TEAM))
        now[0] += 1
        assert await asked.explain_refusal(Actor(HANAKO, TEAM)) == wording.DESK_MEMBERS_ONLY
        assert client.asked.count("conversations.members") == 2

    ran(scenario())


def test_staff_of_any_desk_may_act_on_every_page_of_members() -> None:
    def members(channel: str, cursor: str = "", **_: Any) -> Answer:
        if channel == "C1":
            return Answer(error="channel_not_found")
        page, following = (["U0JIRO"], "2") if not cursor else ([HANAKO], "")
        return Answer({"members": page, "response_metadata": {"next_cursor": following}})

    client = Slack({"users.info": someone, "conversations.members": members})

    async def scenario() -> None:
        asked = at([0.0], client, "C1", "C2")
        assert not await asked.explain_refusal(Actor(HANAKO, TEAM))
        assert await asked.explain_refusal(Actor(TARO, TEAM)) == wording.DESK_NOT_READ

    ran(scenario())


@pytest.mark.parametrize("error", ["ratelimited", "no_answer", "internal_error"])
def test_staff_unknown_for_a_moment_are_asked_for_again(error: str) -> None:
    client = Slack({
        "users.info": someone,
        "conversations.members": lambda **_: Answer(error=error),
    })  # fmt: skip

    async def scenario() -> None:
        asked = at([0.0], client, DESK)
        for _ in range(2):
            with pytest.raises(UnknownError):
                await asked.explain_refusal(Actor(HANAKO, TEAM))
        assert client.asked.count("conversations.members") == 2

    ran(scenario())
