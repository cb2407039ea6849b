"""People who keep asking while processes die, and the check of what became of it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Protocol

from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.state import StoredMessage
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
    """A person who asks one question after the other, and what was sent of it."""

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
        """Ask the next question, and tell whether it was accepted."""
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
        """List the questions that became turns, in order.

        Every accepted question has to be one of them.
        """
        assert {each.event_id for each in self.sent if each.ok} <= seen, self._who
        return [
            self.question(place) for place, each in enumerate(self.sent) if each.event_id in seen
        ]


def were_heard(asking: Mapping[str, Asking]) -> bool:
    """Tell whether somebody was answered since the last kill.

    Then every round counts for something.
    """
    return any(each.was_heard for each in asking.values())


def check_answers(
    line: FakeLine, asking: Mapping[str, Asking], seen: set[str], answers: Mapping[str, str]
) -> None:
    """One answer each, in the order of the questions.

    `answers` are words that only the answer to a question holds, by the question.
    """
    for person, each in asking.items():
        said = [str(one.message) for one in line.replies(person)]
        found = [
            question for words in said for question, answer in answers.items() if answer in words
        ]
        asked = each.heard(seen)
        apart = next(
            (at for at, both in enumerate(zip(found, asked, strict=False)) if both[0] != both[1]),
            None,
        )
        assert found == asked, f"{person}: {len(found)} answers to {len(asked)}, apart at {apart}"


def check_panels(
    slack: FakeSlack,
    asking: Mapping[str, Asking],
    seen: set[str],
    tell: Callable[[str], str] = lambda delivery: delivery,
) -> list[str]:
    """The last panel stands, all before it are gone; none lost its words, none was made without a turn.

    One that the next replaces before Slack has taken it is not posted at all. Returns the deliveries
    that were posted twice, by the key each post carries; `tell` tells what is known of one.
    """
    doubled = []
    for user, each in asking.items():
        turns, posts = len(each.heard(seen)), posted(slack, user)
        wiped = [post.ts for post in posts if not post.metadata]
        assert not wiped, f"{user}: {wiped}"
        made = Counter(map(_read_delivery, posts))
        assert min(turns, 1) <= len(made) <= turns, user
        standing = [_read_delivery(post) for post in posts if not post.deleted]
        assert len(standing) == min(turns, 1), "\n".join([user, *map(tell, standing)])
        doubled += [delivery for delivery, times in made.items() if times > 1]
    return doubled


def copies_stand(slack: FakeSlack, users: Iterable[str]) -> bool:
    """Whether two posts of one delivery are still there."""
    standing = [
        _read_delivery(post) for user in users for post in posted(slack, user) if not post.deleted
    ]
    return len(standing) > len(set(standing))


def _read_delivery(post: StoredMessage) -> str:
    metadata = post.metadata or {}
    return str(metadata.get("event_payload", {}).get("id", ""))
