"""The value of a choice → what it does: a flow, an answer of the FAQ, a command, an option."""

from __future__ import annotations

from bot.dialogue.answers import tap
from bot.dialogue.commands import begin, do
from bot.dialogue.questions import answer, miss
from bot.handoff import consent
from bot.interview.prompts import led, reminder
from bot.model.conversation import Conversation
from bot.model.messages import read_value
from bot.model.turn import Context, Turn
from bot.presentation import wording
from bot.understand.phrases import Command


def value(conversation: Conversation, value: str, context: Context) -> Turn:
    """Do what a choice with this value does, however long ago it was shown."""
    match read_value(value):
        case ("flow", flow_id):
            return begin(flow_id, conversation, context)
        case ("faq", entry_id):
            entry = context.library.faq.get(entry_id)
            found = answer(conversation, (entry,), context) if entry else None
        case ("consent", "yes"):
            found = _agreed(conversation, context)
        case ("consent", "no"):
            found = consent.decline(conversation)
        case ("do", "none"):
            found = miss(conversation, "")
        case ("do", command) if command in set(Command):
            found = do(Command(command), conversation, context)
        case _:
            found = tap(conversation, value, context)
    return found or Turn(conversation, led(wording.OLD_BUTTON, (reminder(conversation),)))


def _agreed(conversation: Conversation, context: Context) -> Turn:
    """Her yes, also by an old button; where there is no desk any more, what there is instead."""
    if context.desk:
        return consent.agree(conversation, context)
    return do(Command.PERSON, conversation, context)
