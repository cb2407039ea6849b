"""Answer a message as the work of a store, for every channel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.analytics.counters import count_turn
from bot.dialogue import pace
from bot.dialogue.giving_up import give_up
from bot.dialogue.lexicon import load_words
from bot.dialogue.respond import respond
from bot.interview.standing import open_question
from bot.interview.transfer_code import code_in
from bot.logs import fault
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.desk_policy import USUAL, DeskPolicy
from bot.model.messages import HandedOver, Kind, Message, Reply
from bot.model.turn import (
    CaseMoved,
    CaseOpened,
    Context,
    Forget,
    ForgetSheets,
    KeepSheet,
    SetTimer,
    SheetPage,
    Turn,
    Unanswered,
    UsedCode,
)
from bot.presentation.wording import say
from bot.store import Incoming, Outgoing, OvertakenError, Store, TurnResult
from bot.store.records import (
    CountOne,
    DeleteCode,
    DeleteSheets,
    Record,
    SaveCase,
    SaveSheet,
    Timer,
)
from flows.programme import Programme
from knowledge.library import Library

_LOG = structlog.get_logger(__name__)


class Desk(Protocol):
    """The people behind the bot, as a turn of an owner sees them."""

    def draw_turn(
        self, before: Conversation, turn: Turn, incoming: Incoming, now: datetime
    ) -> tuple[Outgoing, ...]:
        """List the posts that show staff this turn, in order.

        Each has a key of its own.
        """


def show_nothing_beside(_: Conversation, __: Turn) -> tuple[Outgoing, ...]:
    """Change nothing that a channel shows beside its messages."""
    return ()


def make_no_page() -> None:
    """Return no place for a sheet, as there is no public address."""


@dataclass(frozen=True)
class Advisor:
    """Answer messages from the current knowledge, as the work of a store.

    `library` gives what is known now; `desk` is None where nobody takes over; `per_minute` is how
    many messages one person may send in a minute, 0 for any number. `follows` is whether people here
    may be followed up; `make_page` names the place for a sheet that a turn may make, each time another.
    `policy` is what the desk has set; `show_beside` is what a turn changes of what the owner's channel
    shows beside messages.
    """

    library: Callable[[], Library]
    programme: Programme
    retention_days: int = 180
    desk: Desk | None = None
    per_minute: int = 0
    follows: bool = True
    make_page: Callable[[], SheetPage | None] = make_no_page
    policy: Callable[[], DeskPolicy] = lambda: USUAL
    show_beside: Callable[[Conversation, Turn], tuple[Outgoing, ...]] = show_nothing_beside

    def context(self, now: datetime) -> Context:
        """Gather everything a step may read at this moment."""
        return Context(
            now,
            self.library(),
            self.programme,
            self.retention_days,
            desk=self.desk is not None,
            follows=self.follows,
            page=self.make_page(),
            policy=self.policy(),
        )

    def answer(self, conversation: Conversation, message: Message, now: datetime) -> Turn:
        """Answer a message, or ask an owner who sends too fast to wait."""
        if not self.per_minute:
            return self._respond(conversation, message, now)
        recent = pace.count_recent(conversation, now, self.per_minute)
        if pace.must_wait(message, recent, self.per_minute):
            return pace.ask_to_wait(conversation, now, recent)
        counted = pace.count_message(conversation, now, recent, self.per_minute)
        return self._respond(counted, message, now)

    def warm_up(self, now: datetime) -> None:
        """Make a turn for nobody, so that no owner waits for models and index.

        Cold, a turn takes more than half a second of processor time; on a busy machine that is
        longer than a turn may last.
        """
        load_words(self.programme)
        context = self.context(now)
        for entry in context.library.faq.entries[:2]:
            respond(Conversation("nobody"), Message(text=entry.question), context)

    def give_up(self, conversation: Conversation, message: Message, now: datetime) -> Turn:
        """Apologise for a message that was begun twice and never ended.

        The message itself is not read.
        """
        return give_up(replace(conversation, last_seen=now), message.kind, self.context(now))

    def _respond(self, conversation: Conversation, message: Message, now: datetime) -> Turn:
        """Respond, or apologise and change nothing when that fails.

        An owner never sees a trace.
        """
        try:
            return respond(conversation, message, self.context(now))
        except Exception as error:  # noqa: BLE001 - whatever it was, the owner gets an apology and we a log
            return apology(conversation, message, now, error)

    def work(
        self,
        before: Conversation,
        turn: Turn,
        incoming: Incoming,
        now: datetime,
        outgoing: tuple[Outgoing, ...] = (),
    ) -> TurnResult:
        """Write a `Turn` in the form the store keeps.

        `outgoing` are its replies as sent.
        """
        # In the same transaction as the owner's turn: staff see neither more nor less than happened.
        shown = self.desk.draw_turn(before, turn, incoming, now) if self.desk else ()
        return TurnResult(
            # The same object means that nothing changed: a row that need not be written.
            turn.conversation if turn.conversation is not before else None,
            (*outgoing, *self.show_beside(before, turn), *shown),
            unanswered=tuple(each.text for each in turn.effects if isinstance(each, Unanswered)),
            open_question=_name_open_question(before, turn, self.programme),
            forget=any(isinstance(each, Forget) for each in turn.effects),
            records=tuple(self._records(before, turn, now)),
        )

    def _records(self, before: Conversation, turn: Turn, now: datetime) -> Iterator[Record]:
        yield from (
            CountOne(name, value) for name, value in count_turn(before, turn, now, self.programme)
        )
        case = turn.conversation.case
        for effect in turn.effects:
            match effect:
                case SetTimer(name, due):
                    yield Timer(name, due)
                case UsedCode(code):
                    yield DeleteCode(code)
                case KeepSheet(hash_, content, until, _):
                    yield SaveSheet(hash_, content, until)
                case ForgetSheets():
                    yield DeleteSheets()
                case CaseOpened() | CaseMoved() if case:
                    yield self._set_erasure(case)
        if case and (before.case is None or _save_case(before.case) != _save_case(case)):
            yield _save_case(case)

    def _set_erasure(self, case: Case) -> Timer:
        """Set when the words leave staff's copies of a case.

        An open case keeps them.
        """
        days = timedelta(days=self.retention_days)
        return Timer(f"erase:{case.id}", case.ended_at + days if case.ended_at else None)


def _name_open_question(before: Conversation, turn: Turn, programme: Programme) -> str:
    """Name the question that was open when a message was not understood.

    It is "" where the message was understood.
    """
    if not any(isinstance(each, Unanswered) for each in turn.effects):
        return ""
    asked = open_question(before, programme)
    return asked.id if asked else ""


def _save_case(case: Case) -> SaveCase:
    return SaveCase(case.id, case.is_open, None if case.first_reply_at else case.promised_by)


def apology(conversation: Conversation, message: Message, now: datetime, error: Exception) -> Turn:
    """Make the turn of last resort, which keeps only that the person was here."""
    _LOG.error("turn failed", kind=message.kind, **fault(error))
    return Turn(replace(conversation, last_seen=now), (Reply(say("conversation.something_broke")),))


async def with_transfer_code(
    message: Message, store: Store, now: datetime, answer: Callable[[Message], Awaitable[str]]
) -> str:
    """Answer a message, after adding the answers of a transfer code."""
    try:
        return await answer(await resolve_transfer_code(message, store, now))
    except OvertakenError:
        # Somebody else used the code between our look and our turn: now it is no good any more.
        return await answer(await resolve_transfer_code(message, store, now))


async def resolve_transfer_code(message: Message, store: Store, now: datetime) -> Message:
    """Add the answers of a transfer code to the message that holds it."""
    code = code_in(message.text) if message.kind is Kind.TEXT else None
    if code is None:
        return message
    # Outside the turn, since its step reads nothing. The turn deletes the code.
    found = await store.records.find_transfer(code, now)
    handed = HandedOver(found.flow, found.answers) if found else None
    return Message(Kind.HANDED_OVER, code, handed=handed)
