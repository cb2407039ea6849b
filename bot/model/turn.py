"""Define the result of one message, its replies and effects."""

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
    """Keep a question without an answer, so that staff can write one."""

    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Count whether the answer of `entry` helped.

    The FAQ's figures are kept without the owner.
    """

    entry: str
    helped: bool


@dataclass(frozen=True, slots=True)
class PersonWanted:
    """Tell that the owner asked for a person.

    `urgent` means that they must not be left alone.
    """

    urgent: bool = False


@dataclass(frozen=True, slots=True)
class PassOn:
    """Pass the owner's message on to the person who has the case.

    The bot itself stays silent. The `text` of a choice is its button's label. Of a photo only the
    kind is passed on.
    """

    message: Message


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """Show staff the new case of the conversation, as the owner agreed."""


class Move(StrEnum):
    """Name a change of a case."""

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
    PRESSES = "presses"
    """The owner wrote of urgent money trouble."""
    MOVED_DESK = "moved_desk"
    FILED = "filed"
    """Staff have written something down in its file."""


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """Tell that the case has changed as `what` says.

    After `forgotten` all of this person that staff were shown must go; the case is then found in
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
    """Tell how talking with staff helped.

    `how` is `yes`, `some` or `no`. An owner says so once.
    """

    how: str


@dataclass(frozen=True, slots=True)
class GaveUp:
    """Tell that a message of this kind was begun twice and never ended.

    Its words are not read again.
    """

    kind: Kind


@dataclass(frozen=True, slots=True)
class OldMenuTapped:
    """Tell that a phone shows the menu of a case where none is open."""


@dataclass(frozen=True, slots=True)
class KeepSheet:
    """Keep a sheet under the `hash` of its page's token, `until` then.

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
    | OldMenuTapped
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
    """Name the words that follow a handled message, rendered in one place."""

    ASK = "ask"
    """The open question, the outcome in full, or the menu."""
    REPEAT = "repeat"
    """The open question again, or only the ways on after an outcome."""
    OFFICE = "office"
    """The office to call after urgent trouble, with the words to say there."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Step:
    """Hold a handler's result, the new state with the words around what follows.

    `said` comes first, then what `then` names, with `lead` in front of the whole, `bridge` between
    the two, and `choices` and `controls` as further buttons of what follows. `effects` and
    `notices` are those of a `Turn`.
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
    """Hold the conversation after a message, with its replies and effects.

    `speaker` says the replies, or the bot if None. `notices` name what was heard, without words,
    for those who test the conversation from outside: `despair`, `danger`, `urgent:<option>`,
    `heavy`, `person`, `forget`, `stopped`, `unanswered`, `other-topic`, `number`, `faq:<entry>`,
    `suggested:<entry>`, `confirm:<question>=<option>`, `followed`, `unfollowed`. `replaces` names
    what the replies show: an earlier turn's replies of that name give way if they still wait, and
    only their `heard` is said. It is empty for replies that are always sent.
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
    """Hold the address of a sheet made in this turn, with its secret `token`.

    Nobody can guess the address. `has_pdf` says that the same address with `.pdf` gives a PDF.
    """

    address: str
    token: str
    has_pdf: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """Hold the time, knowledge and programme that a step may read.

    `retention_days` is after how many days without a word a conversation is deleted; `desk` is
    whether there are people a conversation can be passed on to, `follows` whether the bot may write
    first here. `page` is the place for a sheet made in this turn; None where no public address is
    known. `policy` is what the desk has set.
    """

    now: datetime
    library: Library
    programme: Programme
    retention_days: int = 180
    desk: bool = False
    follows: bool = True
    page: SheetPage | None = None
    policy: DeskPolicy = USUAL
