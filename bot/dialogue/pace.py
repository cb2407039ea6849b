"""Limit a person's messages by a bucket.

An owner who sends faster than can be read is told so once, kindly, and then nothing. The bucket is
kept in the conversation, so that it costs no statement of its own and is the same in every process
that shares the store. Despair and 「消して」 are heard however fast they come.
"""

from __future__ import annotations

from datetime import datetime

from bot.model.conversation import Conversation
from bot.model.messages import Kind, Message, Reply, read_value
from bot.model.turn import Turn
from bot.presentation.wording import say
from bot.understand.commands import Command, command_in
from bot.understand.trouble import is_dark

FORGET = ("do", "forget")


def count_recent(conversation: Conversation, now: datetime, per_minute: int) -> float:
    """Count the messages in the bucket, which empties within a minute."""
    if conversation.last_seen is None:
        return 0.0
    # A clock that was set back must not shut anybody out.
    passed = abs((now - conversation.last_seen).total_seconds())
    return max(0.0, conversation.recent - passed * per_minute / 60)


def must_wait(message: Message, recent: float, per_minute: int) -> bool:
    """Tell whether this message comes too soon after the others.

    Messages that must be heard never do.
    """
    return recent + 1 > per_minute and not _must_be_heard(message)


def ask_to_wait(conversation: Conversation, now: datetime, recent: float) -> Turn:
    """Ask once, kindly, to wait, and then say and change nothing."""
    if conversation.asked_to_wait:
        return Turn(conversation)
    after = conversation.with_changes(last_seen=now, recent=recent, asked_to_wait=True)
    return Turn(after, (Reply(say("conversation.too_fast")),))


def count_message(
    conversation: Conversation, now: datetime, recent: float, per_minute: int
) -> Conversation:
    """Add a message to the person's bucket, as seen at `now`.

    Once the bucket is half empty, the bot may ask to wait once more.
    """
    waits = conversation.asked_to_wait and recent > per_minute / 2
    filled = round(min(recent + 1, per_minute), 2)
    return conversation.with_changes(last_seen=now, recent=filled, asked_to_wait=waits)


def _must_be_heard(message: Message) -> bool:
    if message.kind is Kind.CHOICE:
        return read_value(message.value) == FORGET
    if is_dark(message.text):
        return True
    spoken = command_in(message.text)
    return spoken is not None and spoken.command is Command.FORGET
