"""Admit that words were not read, where else only the same question would stand again."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.heard import Heard
from bot.interview.standing import is_confirming, open_question
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step, Then
from bot.presentation.wording import say
from bot.understand.text import has_words


def admit_unread(step: Step, before: Conversation, heard: Heard, context: Context) -> Step:
    """Say a word before a question that is repeated without any.

    While a likely fact is put to them the words were not read; between the bubbles of a story they
    have arrived.
    """
    if not has_words(heard.text) or not _repeats_alone(step, before):
        return step
    question = open_question(step.conversation, context.programme)
    if question and is_confirming(step.conversation, question):
        return replace(step, lead=say("answers.not_read_yet"))
    return replace(step, lead=say("conversation.it_arrives"))


def _repeats_alone(step: Step, before: Conversation) -> bool:
    """Tell whether the step says nothing, and asks the same once more."""
    after = step.conversation
    is_same = (after.answers, after.likely) == (before.answers, before.likely)
    return is_same and step.then is Then.REPEAT and not (step.lead or step.said)
