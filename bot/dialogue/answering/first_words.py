"""Handle the first words of an owner.

A story begins the questionnaire, a topic or a question is looked up.
"""

from __future__ import annotations

import re

from bot.dialogue.answering.answers import with_place_hint
from bot.dialogue.commands import begin_flow
from bot.dialogue.faq.questions import LEAST_STATED
from bot.dialogue.heard import Heard
from bot.interview.figure_prompts import figure_asked
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step
from bot.presentation.wording import say
from bot.understand.answers import asks, ends_as_sentence
from flows.flow import Question
from knowledge.faq.answers import Answer, OtherTopic, Suggestions, is_question

_TELEPHONE_NUMBER = re.compile(r"\d{2,4}-\d{2,4}-\d{3,4}")
"""A telephone number, which is asked about whatever the text ends with."""


def start_with_story(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Hear a story told before any question, and begin the questionnaire."""
    has_begun = conversation.flow or figure_asked(conversation)
    if has_begun or asks(heard.text, _first_question(context)) or _names_topic(heard.text):
        return None
    if _is_looked_up(heard.text, context):
        return None
    begun = begin_flow(
        context.programme.main, with_place_hint(conversation, heard.text, context), context
    )
    return Step(begun.conversation, say("conversation.start_heard"))


def _is_looked_up(text: str, context: Context) -> bool:
    """Tell whether the FAQ answers the text.

    Unless that is a question, a mere suggestion does not count, nor an answer far from its words.
    """
    found = context.library.faq.find(text)
    if is_question(text):
        return isinstance(found, OtherTopic | Answer | Suggestions)
    return isinstance(found, OtherTopic) or (
        isinstance(found, Answer) and found.matches[0].score >= LEAST_STATED
    )


def _first_question(context: Context) -> Question:
    return context.programme.flows[context.programme.main].questions[0]


def _names_topic(text: str) -> bool:
    """Tell whether the text is a key word (「リスケ」) or names a number.

    Otherwise it is a story.
    """
    return not ends_as_sentence(text) or _TELEPHONE_NUMBER.search(text) is not None
