"""What comes out of one step of the conversation: the replies, and what the outside must do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.model.conversation import Conversation
from bot.model.desk_policy import USUAL, DeskPolicy
from bot.model.messages import Choice, Kind, Message, Reply, Speaker
from flows.programme import Programme
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question we had no answer to; kept so that staff can write one."""

    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The owner has said whether the answer of the FAQ's `entry` helped; counted without them."""

    entry: str
    helped: bool


@dataclass(frozen=True, slots=True)
class PersonWanted:
    """The owner asked for a person, or must not be left alone; `urgent` for the latter."""

    urgent: bool = False


@dataclass(frozen=True, slots=True)
class PassOn:
    """What the owner sent, for the person who has the case; the bot itself stays silent.

    The `text` of a choice is what its button said. Of a photo only the kind is passed on.
    """

    message: Message


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """The owner has agreed: the case in the conversation is to be shown to staff."""


class Move(StrEnum):
    """What can become of a case."""

    CLAIMED = "claimed"
    HANDED_BACK = "handed_back"
    TAKEN_BACK = "taken_back"
    COMPLETED = "completed"
    REOPENED = "reopened"
    OVERDUE = "overdue"
    FORGOTTEN = "forgotten"
    BLOCKED = "blocked"
    HANDED_ON = "handed_on"
    SNOOZED = "snoozed"
    RETURNED = "returned"
    SORTED = "sorted"
    """Staff have said what came of it."""
    FILED = "filed"
    """Staff have written something down in its file."""


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """Something has become of the case; `what` says what.

    After `forgotten` whatever staff were shown of this person must go; the case is then found in
    the conversation before the turn.
    """

    what: Move


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Wake this conversation at `due` (an aware time), or no longer when None."""

    name: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Reminded:
    """So many reminders were said first, in one message."""

    count: int


@dataclass(frozen=True, slots=True)
class UsedCode:
    """A hand-over code has been taken over, and is good for nothing more."""

    code: str


@dataclass(frozen=True, slots=True)
class Rated:
    """The owner has said, once, whether talking with staff helped: `yes`, `some` or `no`."""

    how: str


@dataclass(frozen=True, slots=True)
class GaveUp:
    """A message of this kind was begun twice and never ended; its words are not touched again."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class KeepSheet:
    """A sheet was made, and is found by the `hash` of its page's token `until` then.

    `content` is the sheet as JSON-able data; `address` is where it is opened, and is not kept.
    """

    hash: str
    content: Mapping[str, Any]
    until: datetime
    address: str


@dataclass(frozen=True, slots=True)
class ForgetSheets:
    """Nobody may open a page of this person's sheets any more."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete everything about this person, now."""


Effect = (
    Unanswered
    | Judged
    | PersonWanted
    | PassOn
    | KeepSheet
    | ForgetSheets
    | Forget
    | CaseOpened
    | CaseMoved
    | SetTimer
    | Reminded
    | UsedCode
    | GaveUp
    | Rated
)  # fmt: skip


class Then(StrEnum):
    """What stands to be said once a message has been dealt with; rendered in one place."""

    ASK = "ask"
    """The open question, the outcome in full, or the menu."""
    REPEAT = "repeat"
    """The open question again; after an outcome only the ways on."""
    OFFICE = "office"
    """The office to call after urgent trouble, with what to say there."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Step:
    """What a handler makes of one message: the state after it, and what to say around what follows.

    `said` comes first, then what `then` names, with `lead` in front of the whole, `bridge` between
    the two, and `choices` and `controls` as further buttons of what follows. `effects` and `notices` are those of a `Turn`.
    """

    conversation: Conversation
    lead: str = ""
    said: tuple[Reply, ...] = ()
    then: Then = Then.ASK
    bridge: str = ""
    choices: tuple[Choice, ...] = ()
    controls: tuple[Choice, ...] = ()
    effects: tuple[Effect, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation after a message, what is said, and what else is to be done, in order.

    `speaker` is who says the replies; None for the bot. `notices` name what was heard, without
    words, for those who test the conversation from outside: `despair`, `danger`, `urgent:<option>`,
    `heavy`, `person`, `forget`, `stopped`, `unanswered`, `other-topic`, `number`, `faq:<entry>`,
    `suggested:<entry>`, `confirm:<question>=<option>`, `followed`, `unfollowed`. `replaces` names what the replies show: an earlier
    turn's replies of that name give way if they still wait, and only their `heard` is said; empty for
    what is always sent.
    """

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    speaker: Speaker | None = None
    notices: tuple[str, ...] = ()
    replaces: str = ""
    heard: str = ""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Where a sheet made in this turn will be: an address nobody can guess, for its `token`.

    `has_pdf` says that the same address with `.pdf` gives a PDF.
    """

    address: str
    token: str
    has_pdf: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a step may read besides the conversation: time, knowledge, and the programme.

    `retention_days` is after how many days without a word a conversation is deleted; `desk` is
    whether there are people a conversation can be passed on to, `follows` whether one may write first
    here. `page` is the place for a sheet made in this turn; None where no public address is known.
    `policy` is what the desk has set.
    """

    now: datetime
    library: Library
    programme: Programme
    retention_days: int = 180
    desk: bool = False
    follows: bool = True
    page: SheetPage | None = None
    policy: DeskPolicy = USUAL
