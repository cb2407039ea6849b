"""Treat several bubbles in a row as one story.

A reply not sent yet gives way to the one after it.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.heard import Heard
from bot.interview.standing import open_question
from bot.model.conversation import WITH_A_PERSON
from bot.model.turn import Context, Step, Then, Turn

STORY = "story"
"""The name of replies to bubbles of a story (`Turn.replaces`)."""


def let_give_way(turn: Turn, step: Step, heard: Heard, context: Context) -> Turn:
    """Mark a reply that only echoes and asks on.

    The next such reply replaces it. The echo is said all the same. A card, an answer of the FAQ and
    everything about trouble is always sent, and replaces nothing.
    """
    if not _only_asks_on(step, heard, context):
        return turn
    return replace(turn, replaces=STORY, heard=step.lead)


def _only_asks_on(step: Step, heard: Heard, context: Context) -> bool:
    conversation = step.conversation
    return (
        heard.is_typed
        and not heard.troubles
        and step.then in (Then.ASK, Then.REPEAT)
        and not (step.said or step.effects)
        and all(notice.startswith("confirm:") for notice in step.notices)
        and conversation.mode not in WITH_A_PERSON
        and not conversation.asking_consent
        and open_question(conversation, context.programme) is not None
    )
