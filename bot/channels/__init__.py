"""Connect the bot to LINE, Slack and the terminal.

None of the three imports another. A channel turns what its platform sends into turns of the store,
and makes the deliveries of the outbox. The rest of the program knows it by the `Channel` protocol
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from starlette.routing import Route

from bot.model.conversation import Conversation
from bot.model.turn import Turn
from bot.runtime.scheduler import TimerHandler
from bot.store import Delivery, Outgoing
from bot.store.records import Post


@dataclass(frozen=True, slots=True)
class Sent:
    """Tell that the platform has the message.

    `post` is its place, if staff's side will need it.
    """

    how: str = "reply"
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """Tell that a delivery is to be tried again later.

    `seconds` is the earliest time; `error` says why. `held` marks one that only another message of
    the person can carry (a used-up monthly quota), `unsure` a reply that may have been taken all
    the same, `token_gone` one that only a push can send.
    """

    error: str
    seconds: float | None = None
    held: bool = False
    unsure: bool = False
    token_gone: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Tell that the platform will never take a delivery.

    `error` says why. `keep` shows it to staff.
    """

    error: str
    keep: bool = True


Outcome = Sent | Later | Refused


@dataclass(frozen=True, slots=True)
class Quota:
    """Count the messages sent unasked this month, and their limit.

    The limit is None without one.
    """

    used: int
    limit: int | None


class DeliveryPolicy:
    """Apply a platform's rules to the deliveries that wait for one person.

    This one goes in order, one by one, and knows nothing that costs. The outbox asks it, and knows
    no platform itself.
    """

    def choose_next(self, waiting: Sequence[Delivery], now: datetime) -> tuple[Delivery, ...]:
        """Choose the deliveries of the next call.

        They go under the number and token of the last chosen. `waiting` is not empty, oldest first.
        """
        del now
        return (waiting[0],)

    def is_counted(self, delivery: Delivery, now: datetime) -> bool:
        """Tell whether a quota counts a delivery.

        It then has to wait behind those the quota holds.
        """
        del delivery, now
        return False

    def is_superseded(self, delivery: Delivery, later: Iterable[Delivery]) -> bool:
        """Tell whether one of the later deliveries makes this one needless."""
        del delivery, later
        return False

    def take_over(self, given_way: Outgoing, later: Outgoing) -> Outgoing:
        """Keep a superseded delivery's messages that must not be lost.

        They go into the later one.
        """
        del given_way
        return later


class Channel(Protocol):
    """One platform."""

    name: str

    @property
    def policy(self) -> DeliveryPolicy:
        """Give the rules for deliveries that wait for the same person."""

    @property
    def trouble(self) -> str:
        """Say in one sentence why the set-up fails, or ""."""

    def routes(self) -> list[Route]:
        """List the addresses the platform calls."""

    async def start(self) -> None:
        """Open the client that lives as long as the server."""

    async def stop(self) -> None:
        """Close the client."""

    async def run_periodic(self, now: datetime, *, leading: bool) -> None:
        """Do the channel's regular work of every few seconds.

        Of several processes one is `leading` and does the work that must not be done twice.
        """

    def render(self, kept: bytes) -> Sequence[Any]:
        """Write the messages of a delivery from their compact form (`Outgoing.compact`)."""

    async def deliver(self, delivery: Delivery, now: datetime) -> Outcome:
        """Try to deliver once."""

    async def keep_waiting(self, delivery: Delivery) -> None:
        """Show the person that an answer is still coming.

        The first attempt failed and will be repeated.
        """


@runtime_checkable
class Timed(Protocol):
    """A channel with timers of its own."""

    @property
    def handlers(self) -> Mapping[str, TimerHandler]:
        """Map the first word of a timer's name to its handler."""


@runtime_checkable
class Metered(Protocol):
    """A channel whose platform counts unasked messages."""

    async def quota(self) -> Quota | None:
        """Read how many of the month's messages are used, or None if unknown."""


@runtime_checkable
class DeliveryLookup(Protocol):
    """A channel whose platform can look up a delivery."""

    async def trace(self, delivery: Delivery) -> tuple[Post, ...] | Later:
        """Look for every post of a delivery.

        `Later` when the platform does not say.
        """


@runtime_checkable
class ShowsBeside(Protocol):
    """A channel that shows something beside messages, such as a menu."""

    def show_beside(self, before: Conversation, turn: Turn) -> tuple[Outgoing, ...]:
        """List a turn's changes of it, for most turns none."""
