"""Make turns of an owner that staff or the clock began.

They are turns like any other: one transaction on the owner's conversation, exactly once by the
event that caused them. Of two people who press at the same moment the second is refused.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.clock import Clock, utc_now
from bot.handoff.refusals import Refused
from bot.model.conversation import Conversation
from bot.model.messages import Reply, Speaker
from bot.model.turn import Turn
from bot.runtime.advisor import Advisor
from bot.store import Delivery, Incoming, Outgoing, Store, TurnResult
from bot.store.records import Record

Decide = Callable[[Conversation], Turn | Refused]
"""Decides the turn of a conversation, or the reason for none."""


Shown = Callable[[Conversation, Refused | None], tuple[Outgoing, ...]]
"""Makes the posts that show staff the result.

It gets the conversation as it then is, and the refusal if there was one.
"""


Tell = Callable[[Conversation], tuple[Outgoing, ...]]
"""Makes the posts for staff where the conversation stays as it is."""


@dataclass(frozen=True)
class SideEffects:
    """Hold everything a turn leaves besides the words to the owner.

    These words carry `receipt`, and `push_until` where they come unasked; `records` are kept if
    nothing was refused, `always` either way.
    """

    receipt: str = ""
    records: tuple[Record, ...] = ()
    always: tuple[Record, ...] = ()
    shown: Shown = lambda _, __: ()
    push_until: datetime | None = None


NOTHING = SideEffects()


class _NothingKeptError(Exception):
    """A refusal kept nothing, so that its event may come again."""


@runtime_checkable
class PushChannel(Protocol):
    """A channel that can write to an owner who has not just written."""

    def write(self, key: str, replies: tuple[Reply, ...], speaker: Speaker | None) -> Outgoing:
        """Write the replies in the form that goes to this key's owner."""


@dataclass(frozen=True)
class DecisionResult:
    """Hold the conversation after a decision, and the refusal if any.

    `again` says that this event had been dealt with before, so that nothing was done.
    """

    conversation: Conversation
    refused: Refused | None = None
    again: bool = False


@dataclass(frozen=True)
class ConversationService:
    """Carry out decisions of staff or a timer on an owner's conversation.

    `push_channels` are the channels owners are on, by name; `deliver_now` takes the deliveries;
    `clock` tells the time.
    """

    store: Store
    advisor: Advisor
    push_channels: Callable[[], Mapping[str, PushChannel]]
    deliver_now: Callable[[tuple[Delivery, ...]], None]
    clock: Clock = utc_now

    async def carry_out(
        self, incoming: Incoming, decide: Decide, now: datetime, effects: SideEffects = NOTHING
    ) -> DecisionResult:
        """Decide within the owner's turn and keep the result, exactly once.

        A refusal of which nothing is kept is decided again when its event comes again.

        `incoming.key` is the owner's, the event id that of the cause.
        """
        done: list[DecisionResult] = []

        def step(conversation: Conversation) -> TurnResult:
            # Inside the transaction, so that the second of two presses sees the work of the first.
            outcome = decide(conversation)
            if isinstance(outcome, Refused):
                done.append(DecisionResult(conversation, outcome))
                told = effects.shown(conversation, outcome)
                if not told and not effects.always:
                    raise _NothingKeptError
                return TurnResult(None, told, records=effects.always)
            done.append(DecisionResult(outcome.conversation))
            said = self._write_to_owner(incoming.key, outcome, effects)
            work = self.advisor.work(conversation, outcome, incoming, now, said)
            told = effects.shown(outcome.conversation, None)
            return replace(
                work,
                outgoing=(*work.outgoing, *told),
                records=(*work.records, *effects.records, *effects.always),
            )

        with contextlib.suppress(_NothingKeptError):
            self.deliver_now(await self.store.turn(incoming, step, now) or ())
        # No step ran: the event was seen before, and its effects are kept already.
        if done:
            return done[0]
        return DecisionResult(await self.store.load_conversation(incoming.key), again=True)

    async def tell_staff(
        self,
        incoming: Incoming,
        tell: Tell,
        now: datetime,
        records: tuple[Record, ...] = (),
    ) -> DecisionResult:
        """Show staff something and keep `records`.

        The owner's conversation stays as it is.
        """
        read: list[Conversation] = []

        def step(conversation: Conversation) -> TurnResult:
            read.append(conversation)
            return TurnResult(None, tell(conversation), records=records)

        self.deliver_now(await self.store.turn(incoming, step, now) or ())
        if read:
            return DecisionResult(read[0])
        return DecisionResult(await self.store.load_conversation(incoming.key), again=True)

    def _write_to_owner(self, key: str, turn: Turn, effects: SideEffects) -> tuple[Outgoing, ...]:
        channel = self.push_channels().get(key.partition(":")[0])
        if not turn.replies or channel is None:
            return ()
        outgoing = channel.write(key, turn.replies, turn.speaker)
        return (replace(outgoing, receipt=effects.receipt, push_until=effects.push_until),)
