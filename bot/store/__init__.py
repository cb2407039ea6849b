"""Where conversations, seen events and undelivered replies are kept: the protocol of every store.

One turn is one transaction: has this event been seen? then the conversation is loaded, answered,
and saved together with what is to be sent. A turn counts when `turn` returns, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from bot.model.conversation import Conversation
from bot.store.records import Post, Record, Records


class StoreError(Exception):
    """The store cannot be used; the message says what to do.

    `reason` is what the database calls it, such as SQLITE_FULL: without words of people, for logs.
    """

    def __init__(self, message: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class SchemaError(StoreError):
    """The store was made by another version of kaizen-navi; the message says what to run."""


class OvertakenError(StoreError):
    """Another turn took what this one was to take, after it was read: read it again.

    Nothing was kept of the event.
    """


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event as a channel received it.

    `event_id` is the platform's own id, the same on every redelivery; `message_id` is that of the
    message inside, if there is one, so that it can be unsent. `key` is channel and person. `at` is
    when it happened by the platform's clock, if it says: no event is forgotten before it is too old.
    """

    event_id: str
    key: str
    message_id: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be sent to one person, in one go.

    `messages` are ready for the channel's API: JSON objects, or `orjson.Fragment`s of them already
    written. `reply_token` may be used until `reply_until`.
    `key` is who gets it, when that is not the person of the turn: then it goes to staff, or from
    staff to an owner, and is forgotten with the person of the turn. `receipt` names the staff
    message it delivers, so that its fate can be shown there. `compact` is JSON that the store keeps in
    place of `messages`, when it is shorter: the channel then draws them again (`Channel.render`).
    `replaces` is a name of what this shows: an earlier delivery of that name which still waits need
    not be made any more, but for the messages in `heard`. Neither is kept, so that after a
    restart all are made. `push_until` marks what is said
    unasked: it is pushed by day only, and not after this.
    """

    channel: str
    messages: Sequence[Any]
    reply_token: str = ""
    reply_until: datetime | None = None
    key: str = ""
    receipt: str = ""
    compact: bytes = b""
    replaces: str = ""
    heard: Sequence[Any] = ()
    push_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """An `Outgoing` in the outbox: its number, who gets it, and how often it was tried.

    `retry_key` stays the same for every attempt, so that the platform can tell a repetition.
    `due` is when it may be tried (again); None when it was given up, `error` says why.
    `held` is what the monthly quota holds back; `token_gone` says that only a push is left.
    `unsure` says that a reply may have been taken without our knowing; it is not kept, since after
    a restart that is true of every reply. `about` is the person of the turn it came from.
    """

    id: int
    key: str
    outgoing: Outgoing
    retry_key: str
    attempts: int = 0
    due: datetime | None = None
    error: str = ""
    held: bool = False
    token_gone: bool = False
    unsure: bool = False
    about: str = ""


def suspect_attempt(delivery: Delivery) -> Delivery:
    """Treat a delivery as tried, and a reply as perhaps taken: its process may have died in the act."""
    return replace(delivery, attempts=max(1, delivery.attempts), unsure=not delivery.token_gone)


class Standing(Enum):
    """Whether a delivery is to be made now: by us, by another process, or not any more."""

    OURS = "ours"
    ANOTHERS = "another's"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What one turn leaves behind.

    `conversation` is None when it stays as it was, and is not made when there was none.
    `unanswered` are questions nobody could answer, `open_question` what was being asked then, `forget` deletes the person, `silence` drops
    what was still to be sent to them, `records` is what else is to be kept.
    """

    conversation: Conversation | None
    outgoing: tuple[Outgoing, ...] = ()
    unanswered: tuple[str, ...] = ()
    open_question: str = ""
    forget: bool = False
    silence: bool = False
    records: tuple[Record, ...] = ()


Step = Callable[[Conversation], TurnResult]
"""Answers one event: pure, quick, and called inside the transaction."""


@dataclass(frozen=True, slots=True)
class OutboxState:
    """How much waits to be sent: the number of deliveries, the oldest, and those given up."""

    waiting: int
    oldest: datetime | None
    given_up: int


class Store(Protocol):
    """Keeps conversations by key ("line:U1"), events by id and deliveries until they are made.

    `records` reads what turns left behind besides.
    """

    @property
    def records(self) -> Records:
        """Read what turns left behind."""

    async def turn(
        self, incoming: Incoming, step: Step, now: datetime
    ) -> tuple[Delivery, ...] | None:
        """Answer an event exactly once, durably.

        Returns what this process is to deliver now, or None when the event was seen before or its
        message unsent. What follows something that another process delivers to the same person is
        left to that one. An exception of `step`, or work that cannot be stored, leaves no trace of the
        event.
        """

    async def commit(
        self, incoming: Incoming, result: TurnResult, now: datetime
    ) -> tuple[Delivery, ...] | None:
        """Keep what an event leaves behind without reading a conversation.

        Exactly once and durably, as `turn` does, and with what `turn` returns.
        """

    async def load_conversation(self, key: str) -> Conversation:
        """Load the conversation of this key; a new one when there is none."""

    async def unsend(self, message_id: str, now: datetime, reference: str = "") -> None:
        """Delete what was kept of a message, and remember that it must not come back.

        `reference` is what staff see it as; that post is marked to be wiped, and so is whatever
        its name with a colon begins: the parts of one that was too long.
        """

    async def load_secret(self) -> bytes:
        """Load the secret of this store, made when it is first asked for, then the same."""

    async def forget(self, key: str) -> bool:
        """Delete everything about this key, a staff member's name too; tell if there was any."""

    async def list_undelivered(self) -> tuple[Delivery, ...]:
        """List every delivery still to be made, oldest first."""

    async def claim(
        self, in_hand: Callable[[], Collection[int]], most: int
    ) -> tuple[Delivery, ...]:
        """Take over what no living process delivers, of up to `most` people, oldest first.

        Other processes take this one for dead when it has not called for seconds; with a `most` of 0
        it takes nothing. `in_hand` tells what it has to deliver already. What a process that died had
        counts as tried.
        """

    async def wait_for_free(self) -> None:
        """Wait, at most about a second, until `claim` may have something to take."""

    async def find_standing(self, number: int) -> Standing:
        """Find whether this process is to make this delivery now.

        It is gone when it was made, forgotten or silenced.
        """

    def may_deliver(self) -> bool:
        """Tell, by this machine's clock, whether the others still take this process to live."""

    async def leads(self) -> bool:
        """Tell whether this process does what only one at a time may do; it begins if none does."""

    async def delete_delivered(self, ids: Sequence[int]) -> None:
        """Delete deliveries that were made, words and all."""

    async def settle(
        self, delivery: Delivery, following: Sequence[Outgoing], post: Post | None, now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep where a delivery was made and what it leads to, durably at once.

        Returns the deliveries that follow. If its person was forgotten meanwhile, nothing follows
        and the post is marked to be wiped.
        """

    async def revive(self, number: int, now: datetime) -> Delivery | None:
        """Make a delivery that was given up once more; None when none of this number was."""

    async def delete_post(self, post: Post) -> None:
        """Forget a post that has lost its words."""

    async def postpone(
        self, delivery: Delivery, following: Sequence[Outgoing], now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep the attempts, due time, error, `held` and `token_gone` of a delivery that failed.

        Returns the deliveries that follow from that.
        """

    async def load_outbox_state(self) -> OutboxState:
        """Count how much waits to be sent."""

    async def tidy(self, idle_before: datetime, seen_before: datetime, now: datetime) -> int:
        """Delete conversations idle since, and events seen before; the number of conversations.

        It is idle since `Conversation.idle_since`: one with a reminder to come stays.
        Deliveries given up before `idle_before` go too, and the answers
        under codes that are no good any more by `now`. Done a little at a time, beside turns.
        """

    async def check_writable(self) -> None:
        """Write something, durably. Raises StoreError, and so tells whether turns can be kept."""

    async def close(self) -> None:
        """Make everything durable and let go of files and connections."""
