"""The apology for a message that was begun twice and never ended."""

from __future__ import annotations

from bot.interview.buttons import PERSON
from bot.model.conversation import WITH_A_PERSON, Conversation
from bot.model.messages import Kind, Reply
from bot.model.turn import Context, GaveUp, Turn
from bot.presentation import wording
from bot.presentation.cards import helpline_lines


def give_up(conversation: Conversation, kind: Kind, context: Context) -> Turn:
    """Apologise, with helplines and a way to a person; the message may have held anything.

    Nothing of it is read, and nothing replayed: whatever it was that never ended must not begin.
    """
    lines = (wording.GAVE_UP_DARK, *helpline_lines(context.library), wording.DESPAIR_DANGER)
    way = () if conversation.mode in WITH_A_PERSON else (PERSON,)
    replies = (Reply(wording.GAVE_UP), Reply("\n".join(lines), controls=way))
    return Turn(conversation, replies, (GaveUp(kind),))
