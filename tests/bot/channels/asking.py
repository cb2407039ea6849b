"""People who ask and ask while processes die, and what must have become of it."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from bot.simulator.slack.server import FakeSlack
from tests.bot.channels.slack.stories import posted


class Sent(Protocol):
    """What a fake platform sent to the bot."""

    @property
    def ok(self) -> bool:
        """Whether it was accepted."""

    @property
    def event_id(self) -> str:
        """Its id, by which the bot knows it."""


class Asking:
    """Somebody who asks one thing after the other, and what was sent of it."""

    def __init__(
        self, who: str, ask: Callable[[str, str], Awaitable[Sent]], *questions: str
    ) -> None:
        self._who, self._ask, self._questions = who, ask, questions
        self.sent: list[Sent] = []
        self.was_heard = False

    def question(self, place: int) -> str:
        """What was asked in this place."""
        return self._questions[place % len(self._questions)]

    async def ask_once(self) -> bool:
        """Ask the next; tell whether it was accepted."""
        self.sent.append(await self._ask(self._who, self.question(len(self.sent))))
        return self.sent[-1].ok

    async def keep_asking(self) -> None:
        """Ask until the server does not answer any more."""
        self.was_heard = False
        for _ in itertools.count():
            if not await self.ask_once():
                return
            self.was_heard = True

    def heard(self, seen: set[str]) -> list[str]:
        """List what was asked and is a turn, in order; whatever was accepted is one."""
        assert {each.event_id for each in self.sent if each.ok} <= seen, self._who
        return [
            self.question(place) for place, each in enumerate(self.sent) if each.event_id in seen
        ]


def were_heard(asking: Mapping[str, Asking]) -> bool:
    """Whether somebody was answered since the last kill: then every round counts for something."""
    return any(each.was_heard for each in asking.values())


def check_panels(slack: FakeSlack, asking: Mapping[str, Asking], seen: set[str]) -> None:
    """No post twice, by the key each carries; the last panel stands, all before it are gone.

    One that the next replaces before Slack has taken it is not posted at all.
    """
    for user, each in asking.items():
        turns = len(each.heard(seen))
        keys = (post.metadata or {} for post in posted(slack, user))
        made = [key["event_payload"]["id"] for key in keys]
        assert min(turns, 1) <= len(made) <= turns, user
        assert len(made) == len(set(made)), user
        assert len([post for post in slack.messages(user) if post.own]) == min(turns, 1), user
