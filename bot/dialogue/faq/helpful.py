"""Ask once a conversation whether an answer helped.

The question of an answer that did not help goes to staff.
"""

from __future__ import annotations

from dataclasses import replace

from bot.interview.buttons import PERSON
from bot.interview.standing import is_asking
from bot.model.conversation import Conversation
from bot.model.messages import choice
from bot.model.turn import Context, Judged, Step, Then, Unanswered
from bot.presentation.wording import say

HELPED, MISSED = "helped", "missed"
"""Names of the two choices under an answer."""


def ask_whether_helped(step: Step, entry_id: str, question: str, context: Context) -> Step:
    """Put two buttons under an answer, once and without an open question."""
    conversation = step.conversation
    is_tired = conversation.judged or conversation.despaired
    if is_tired or is_asking(conversation, context.programme):
        return step
    buttons = (
        choice(say("buttons.helped"), HELPED, entry_id),
        choice(say("buttons.did_not_help"), MISSED, entry_id),
    )
    return replace(
        step,
        conversation=conversation.with_changes(judged=(entry_id, question)),
        bridge=say("answers.did_it_help"),
        choices=(*buttons, *step.choices),
    )


def note_judgement(conversation: Conversation, name: str, entry_id: str) -> Step | None:
    """Count once whether the answer helped.

    A question that got no help is kept for staff. None for a choice of another name.
    """
    if name not in (HELPED, MISSED):
        return None
    helped = name == HELPED
    asked_about, question = conversation.judged or ("", "")
    is_first = asked_about == entry_id and bool(question)
    after = conversation.with_changes(judged=(asked_about, ""))
    counted = (Judged(entry_id, helped),) if is_first else ()
    if helped:
        return Step(after, say("answers.glad_it_helped"), then=Then.REPEAT, effects=counted)
    return Step(
        after,
        say("answers.did_not_help"),
        then=Then.REPEAT,
        controls=(PERSON,),
        effects=(*counted, *((Unanswered(question),) if is_first else ())),
    )
