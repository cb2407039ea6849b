"""Define the store of conversations, seen events and undelivered replies.

One turn is one transaction. It asks whether the event was seen before, then loads the conversation,
answers, and saves it together with the deliveries. A turn counts when `turn` returns, not before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from bot.model.conversation import Conversation
from bot.store.records import Post, Record, Records


class StoreError(Exception):
    """Tell that the store cannot be used, and how to mend that.

    `reason` is the database's own name of the fault, such as SQLITE_FULL. It holds no words of
    people and may be logged.
    """

    def __init__(self, message: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class SchemaError(StoreError):
    """Tell that another version of kaizen-navi made the store.

    The message says which command to run.
    """


class OvertakenError(StoreError):
    """Tell that another turn was quicker, so that this one must read again.

    Nothing was kept of the event.
    """


@dataclass(frozen=True, slots=True)
class Incoming:
    """Hold one event as a channel received it.

    `event_id` is the platform's own id, the same on every redelivery; `message_id` is that of the
    message inside, if there is one, so that it can be unsent. `key` is channel and person. `at` is
    when it happened by the platform's clock, if known: no event is forgotten before it is too old.
    """

    event_id: str
    key: str
    message_id: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Hold the messages to one person that are sent in one call.

    `messages` are ready for the channel's API: JSON objects, or `orjson.Fragment`s of them already
    written. `reply_token` may be used until `reply_until`. `key` is the recipient when that is not
    the person of the turn: then the messages go to staff, or from staff to an owner, and are
    forgotten with the person of the turn. `receipt` names the staff message they deliver, so that
    its fate can be shown there. `compact` is JSON that the store keeps in place of `messages`, when
    it is shorter: the channel then draws them again (`Channel.render`). `replaces` names the thing
    shown: an earlier delivery of that name which still waits need not be made any more, except for
    the messages in `heard`. Neither is kept, so that after a restart all are made. `push_until`
    marks unasked messages: they are pushed by day only, and not after this time.
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
    """Hold an `Outgoing` in the outbox, with its recipient and attempts.

    `retry_key` stays the same for every attempt, so that the platform can tell a repetition. `due`
    is when it may be tried (again), and None once it was given up; `error` says why. `held` marks
    one that the monthly quota holds back; `token_gone` says that only a push is left. `unsure` says
    that a reply may have been taken without our knowing; it is not kept, since after a restart that
    is true of every reply. `about` is the person of the turn it came from. `made` is when it was
    accepted, `doubted` until when (monotonic) it may have been sent without our knowing.
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
    made: datetime | None = None
    doubted: float = 0.0


def suspect_attempt(delivery: Delivery) -> Delivery:
    """Mark a delivery as tried, and a reply as perhaps taken.

    Its process may have died in the middle of the attempt.
    """
    return replace(
        delivery,
        attempts=max(1, delivery.attempts),
        unsure=not delivery.token_gone,
        doubted=time.monotonic(),
    )


class Standing(Enum):
    """Say whether a delivery is ours to make, another process's, or gone."""

    OURS = "ours"
    ANOTHERS = "another's"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TurnResult:
    """Hold everything that one turn leaves behind.

    `conversation` is None when it stays as it was, and is not made when there was none.
    `unanswered` are questions nobody could answer, `open_question` is the question asked at that
    time, `forget` deletes the person, `silence` drops the deliveries still waiting for them,
    `records` are the other records to keep.
    """

    conversation: Conversation | None
    outgoing: tuple[Outgoing, ...] = ()
    unanswered: tuple[str, ...] = ()
    open_question: str = ""
    forget: bool = False
    silence: bool = False
    records: tuple[Record, ...] = ()


Step = Callable[[Conversation], TurnResult]
"""Answers one event, purely and quickly, inside the transaction."""


@dataclass(frozen=True, slots=True)
class OutboxState:
    """Count the waiting deliveries, their oldest, and those given up."""

    waiting: int
    oldest: datetime | None
    given_up: int


class Store(Protocol):
    """Keep conversations, events and deliveries.

    Conversations have a key ("line:U1"), events an id; deliveries stay until they are made.
    `records` reads the other records of turns.
    """

    @property
    def records(self) -> Records:
        """Read the records that turns left behind."""

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
        """Keep the result of an event without reading a conversation.

        Exactly once and durably, as `turn` does, and returning the same.
        """

    async def load_conversation(self, key: str) -> Conversation:
        """Load the conversation of this key, or a new one."""

    async def unsend(self, message_id: str, now: datetime, reference: str = "") -> None:
        """Delete everything kept of a message, now and for the future.

        The store remembers the id, so that a late copy is not heard. `reference` is the message's
        name in the desk; that post is marked to be wiped, and so are posts whose name begins with
        it and a colon, the parts of a long message.
        """

    async def load_secret(self) -> bytes:
        """Load the secret of this store, made at the first call."""

    async def forget(self, key: str) -> bool:
        """Delete everything about this key, and tell whether there was anything.

        A staff member's name goes too.
        """

    async def list_undelivered(self) -> tuple[Delivery, ...]:
        """List every delivery still to be made, oldest first."""

    async def claim(
        self, in_hand: Callable[[], Collection[int]], most: int
    ) -> tuple[Delivery, ...]:
        """Take over deliveries that no living process makes, oldest first.

        Only those of up to `most` people. Other processes take this one for dead when it has not
        called for seconds; with a `most` of 0 it takes nothing. `in_hand` lists the deliveries it
        has already. A dead process's deliveries count as tried.
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
        """Tell whether this process does the work that only one may do.

        It becomes the one when there is none.
        """

    async def delete_delivered(self, ids: Sequence[int]) -> None:
        """Delete deliveries that were made, words and all."""

    async def delete_needless(self, number: int) -> None:
        """Delete a delivery that need not be made, unless another process is making it."""

    async def settle(
        self, delivery: Delivery, following: Sequence[Outgoing], post: Post | None, now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep the place of a made delivery and its followers, durably at once.

        Returns the deliveries that follow. If its person was forgotten meanwhile, or another post
        stands in its place, nothing follows and the post is marked to go.
        """

    async def revive(self, number: int, now: datetime) -> Delivery | None:
        """Make a given-up delivery once more, or return None without one."""

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
        """Delete idle conversations and old events, and return the number of conversations.

        A conversation is idle since `Conversation.idle_since`: one with a reminder to come stays.
        Deliveries given up before `idle_before` go too, and the answers under codes expired by
        `now`. Done a little at a time, beside turns.
        """

    async def check_writable(self) -> None:
        """Write something, durably. Raises StoreError, and so tells whether turns can be kept."""

    async def close(self) -> None:
        """Make everything durable and let go of files and connections."""
