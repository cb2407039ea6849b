"""A turn of the conversation as the work of a store: what every channel does with a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog

from bot import wording
from bot.conversation import Conversation
from bot.logs import fault
from bot.messages import Message, Reply
from bot.respond import respond
from bot.store import Outgoing, Work
from bot.turn import Forget, Turn, Unanswered
from knowledge.library import Library

_LOG = structlog.get_logger(__name__)


def respond_safely(
    conversation: Conversation,
    message: Message,
    now: datetime,
    library: Library,
    retention_days: int,
    *,
    desk: bool = False,
) -> Turn:
    """`respond`, or an apology with everything left as it was: an owner never sees a trace."""
    try:
        return respond(conversation, message, now, library, retention_days, desk=desk)
    except Exception as error:  # noqa: BLE001 - whatever it was, the owner gets an apology and we a log
        return apology(conversation, message, now, error)


def apology(conversation: Conversation, message: Message, now: datetime, error: Exception) -> Turn:
    """The turn when no other could be made: everything stays, but that the person was here."""
    _LOG.error("turn failed", kind=message.kind, **fault(error))
    return Turn(replace(conversation, last_seen=now), (Reply(wording.SOMETHING_BROKE),))


def work_of(turn: Turn, outgoing: tuple[Outgoing, ...] = ()) -> Work:
    """What the store must keep of a turn; `outgoing` are its replies as the channel sends them."""
    return Work(
        turn.conversation,
        outgoing,
        unanswered=tuple(each.text for each in turn.effects if isinstance(each, Unanswered)),
        forget=any(isinstance(each, Forget) for each in turn.effects),
    )
