"""What comes out of one step of the conversation: the replies, and what the outside must do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation import Conversation
from bot.messages import Reply
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question we had no answer to; kept so that staff can write one."""

    text: str


@dataclass(frozen=True, slots=True)
class PersonWanted:
    """The owner asked for a person, or must not be left alone; `urgent` for the latter."""

    urgent: bool = False


@dataclass(frozen=True, slots=True)
class PassOn:
    """Words for the person who has taken over; the bot itself stays silent."""

    text: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete everything about this person, now."""


Effect = Unanswered | PersonWanted | PassOn | Forget


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation after a message, what is said, and what else is to be done, in order."""

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a step may read besides the conversation: the time, and everything the bot knows.

    `retention_days` is after how many days without a word a conversation is deleted.
    """

    now: datetime
    library: Library
    retention_days: int = 180
