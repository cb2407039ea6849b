"""Delete everything about a person.

At once for the promised 「消して」 alone. Every other wording is asked about once.
"""

from __future__ import annotations

from bot.dialogue.heard import Heard
from bot.interview.buttons import FORGET_NOW, MENU_CHOICES, RESUME, is_offered
from bot.model.conversation import Conversation
from bot.model.messages import Reply
from bot.model.turn import CaseMoved, Context, Effect, Forget, Move, SetTimer, Step, Then
from bot.presentation.wording import say
from bot.understand import is_promised_word, yes_or_no


def forget(conversation: Conversation, _: Context) -> Step:
    """Empty the conversation at once and tell staff.

    Staff are told of an ended case too, so that their copies go.
    """
    empty = Conversation(conversation.key, last_seen=conversation.last_seen)
    effects: tuple[Effect, ...] = (Forget(),)
    if case := conversation.case:
        effects = (Forget(), CaseMoved(Move.FORGOTTEN), SetTimer(case.timer, None))
    said = Reply(say("conversation.forgotten"), MENU_CHOICES)
    return Step(empty, said=(said,), then=Then.NOTHING, effects=effects, notices=("forget",))


def forget_or_ask(
    conversation: Conversation, text: str, context: Context, *, with_bot: bool = True
) -> Step:
    """Delete at the promised word or the second wish, and ask at the first."""
    if is_promised_word(text) or is_offered(conversation, FORGET_NOW):
        return forget(conversation, context)
    choices = (FORGET_NOW, RESUME) if with_bot else (FORGET_NOW,)
    return Step(
        conversation, said=(Reply(say("conversation.forget_sure"), choices),), then=Then.NOTHING
    )


def answer_forgetting(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take a yes or no to the question about deleting.

    Any other reply ends the question.
    """
    return take_yes_or_no(conversation, heard.text, context, Then.REPEAT)


def take_yes_or_no(
    conversation: Conversation, text: str, context: Context, then: Then
) -> Step | None:
    """Delete for a yes, or keep all for a no and go on with `then`."""
    if not is_offered(conversation, FORGET_NOW):
        return None
    match yes_or_no(text):
        case True:
            return forget(conversation, context)
        case False:
            kept = Reply(say("conversation.not_forgotten"))
            if then is Then.NOTHING:
                return Step(conversation, said=(kept,), then=then)
            return Step(conversation, kept.text, then=then)
    return None
