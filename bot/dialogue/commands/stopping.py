"""Stop for today or for good, with a kind word and nothing lost."""

from __future__ import annotations

from bot.dialogue.following.agreeing import may_pause
from bot.interview.buttons import CALL_ME_LATER, FORGET_ANSWERS, RESULT_AGAIN, RESUME
from bot.interview.standing import open_question
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Reply
from bot.model.turn import Context, Step, Then
from bot.presentation.wording import say


def stop(conversation: Conversation, context: Context) -> Step:
    """Say goodbye without repeating the question.

    The next word finds everything where it was.
    """
    call = (CALL_ME_LATER,) if may_pause(conversation, context) else ()
    ways = (*_way_on(conversation, context), *call)
    said = Reply(say("conversation.goodbye", days=context.retention_days), ways)
    return Step(conversation, said=(said,), then=Then.NOTHING, notices=("stopped",))


def never_write(conversation: Conversation, context: Context) -> Step:
    """Promise not to write first, and say how to delete everything."""
    said = Reply(say("conversation.never_write"), (FORGET_ANSWERS, *_way_on(conversation, context)))
    return Step(conversation, said=(said,), then=Then.NOTHING)


def _way_on(conversation: Conversation, context: Context) -> tuple[Choice, ...]:
    if open_question(conversation, context.programme):
        return (RESUME,)
    return (RESULT_AGAIN,) if conversation.flow else ()
