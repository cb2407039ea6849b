"""The apology for a message that was begun twice and never ended."""

from __future__ import annotations

from bot.interview.buttons import PERSON
from bot.model.conversation import WITH_A_PERSON, Conversation
from bot.model.messages import Kind, Reply
from bot.model.turn import Context, GaveUp, Turn
from bot.presentation.cards.helpline_cards import helpline_lines
from bot.presentation.wording import say


def give_up(conversation: Conversation, kind: Kind, context: Context) -> Turn:
    """Apologise for an unfinished message, with helplines and a way to a person.

    The message may have held anything. It is not read, and nothing is replayed: whatever never
    ended must not begin again.
    """
    lines = (
        say("trouble.gave_up_dark"),
        *helpline_lines(context.library),
        say("trouble.despair_danger"),
    )
    way = () if conversation.mode in WITH_A_PERSON else (PERSON,)
    replies = (Reply(say("conversation.gave_up")), Reply("\n".join(lines), controls=way))
    return Turn(conversation, replies, (GaveUp(kind),))
