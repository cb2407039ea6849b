"""Where owners and staff are: LINE, Slack, the terminal. None imports another.

A channel turns what its platform sends into turns of the store, and delivers what the outbox
holds. What the rest of the program needs of one is the `Channel` protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from starlette.routing import Route

from bot.runtime.scheduler import TimerHandler
from bot.store import Delivery, Outgoing
from bot.store.records import Post


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it; `post` is where, if staff's side will need to know."""

    how: str = "reply"
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: try again in `seconds` at the earliest; `error` says why.

    `held` marks what only another message of the person can carry (a used-up monthly quota),
    `unsure` a reply that may have been taken all the same, `token_gone` what only a push can send.
    """

    error: str
    seconds: float | None = None
    held: bool = False
    unsure: bool = False
    token_gone: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will never take it; `error` says why. `keep` shows it to staff."""

    error: str
    keep: bool = True


Outcome = Sent | Later | Refused


@dataclass(frozen=True, slots=True)
class Quota:
    """How many messages a channel has sent unasked this month, of how many; None is no limit."""

    used: int
    limit: int | None


class DeliveryPolicy:
    """What a platform's rules make of the deliveries that wait for one person.

    This one goes in order, one by one, and knows nothing that costs. The outbox asks; it knows of
    no platform itself.
    """

    def choose_next(self, waiting: Sequence[Delivery], now: datetime) -> tuple[Delivery, ...]:
        """Choose what goes next in one call, under the number and token of the last chosen.

        `waiting` is not empty, oldest first.
        """
        del now
        return (waiting[0],)

    def is_counted(self, delivery: Delivery, now: datetime) -> bool:
        """Tell whether a quota counts it, so that it must wait behind what the quota holds."""
        del delivery, now
        return False

    def is_superseded(self, delivery: Delivery, later: Iterable[Delivery]) -> bool:
        """Tell whether one of the later deliveries makes this one needless."""
        del delivery, later
        return False

    def take_over(self, given_way: Outgoing, later: Outgoing) -> Outgoing:
        """Put into the later of two deliveries what must be said of the one that gave way."""
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
        """Say what is wrong with its set-up in one sentence; empty when nothing is known."""

    def routes(self) -> list[Route]:
        """List the addresses the platform calls."""

    async def start(self) -> None:
        """Open what lives as long as the server: one pooled client."""

    async def stop(self) -> None:
        """Close it."""

    async def run_periodic(self, now: datetime, *, leading: bool) -> None:
        """Do what it has to do every few seconds, unasked.

        Of several processes one is `leading` and does what must not be done twice.
        """

    def render(self, kept: bytes) -> Sequence[Any]:
        """Write the messages of a delivery from their compact form (`Outgoing.compact`)."""

    async def deliver(self, delivery: Delivery, now: datetime) -> Outcome:
        """Try to deliver once."""

    async def keep_waiting(self, delivery: Delivery) -> None:
        """Show the person that something comes: the first attempt failed and will be repeated."""


@runtime_checkable
class Timed(Protocol):
    """A channel with timers of its own."""

    @property
    def handlers(self) -> Mapping[str, TimerHandler]:
        """Map the first word of a timer's name to what handles it."""


@runtime_checkable
class Metered(Protocol):
    """A channel whose platform counts what is sent unasked."""

    async def quota(self) -> Quota | None:
        """Read how many of the month's messages are used; None when the platform does not say."""


@runtime_checkable
class DeliveryLookup(Protocol):
    """A channel whose platform can be asked what it was given."""

    async def trace(self, delivery: Delivery) -> Post | Later | None:
        """Look for a delivery that may have been taken and is not wanted; None if nowhere."""
