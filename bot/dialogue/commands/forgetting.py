"""Delete everything about a person.

At once for a bare 「消して」, after one question otherwise.
"""

from __future__ import annotations

from bot.dialogue.heard import Heard
from bot.interview.buttons import FORGET_NOW, MENU_CHOICES, RESUME
from bot.model.conversation import Conversation
from bot.model.messages import Reply
from bot.model.turn import CaseMoved, Context, Effect, Forget, Move, SetTimer, Step, Then
from bot.presentation.wording import say
from bot.understand import yes_or_no


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


def ask_before_forgetting(conversation: Conversation, *, with_bot: bool = True) -> Step:
    """Ask once before deleting, where the wish stood in a sentence."""
    choices = (FORGET_NOW, RESUME) if with_bot else (FORGET_NOW,)
    return Step(
        conversation, said=(Reply(say("conversation.forget_sure"), choices),), then=Then.NOTHING
    )


def answer_forgetting(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take a yes or no to the question about deleting.

    Any other reply ends the question.
    """
    if (FORGET_NOW.label, FORGET_NOW.value) not in conversation.offered:
        return None
    match yes_or_no(heard.text):
        case True:
            return forget(conversation, context)
        case False:
            return Step(conversation, say("conversation.not_forgotten"), then=Then.REPEAT)
    return None
