"""Put likely answers to the owner, or record the surest, found by labelled lines."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answering.answers import record_answer
from bot.dialogue.heard import Heard
from bot.dialogue.lexicon import learned_for
from bot.interview.buttons import CORRECT
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step, Then
from bot.presentation.wording import join_words, say
from bot.understand.learned import find_sure_option, offer_options
from bot.understand.reading import Reading, When, Whose
from flows.flow import Question

_MOST_CLAUSES = 3
"""Clauses of a plain answer. More are a story."""


def likely_options(
    question: Question, heard: Heard, context: Context, *, sure: bool = False
) -> tuple[str, ...]:
    """Name at most two options the message may mean.

    A message that only says how hard it is means none.
    """
    learned = learned_for(context.programme).get(question.id)
    if learned is None or heard.is_heavy:
        return ()
    return offer_options(heard.text, learned, sure=sure)


def put_to_them(conversation: Conversation, question: Question, options: tuple[str, ...]) -> Step:
    """Ask the owner whether these options are meant, recording none.

    This comes before other likely answers.
    """
    others = {name: each for name, each in conversation.likely.items() if name != question.id}
    after = conversation.with_changes(likely={question.id: options, **others})
    notices = tuple(f"confirm:{question.id}={option}" for option in options)
    return Step(after, then=Then.REPEAT, notices=notices)


def sure_option(question: Question, heard: Heard, context: Context) -> str | None:
    """Name the option a plain answer means beyond doubt, in words no list holds."""
    learned = learned_for(context.programme).get(question.id)
    if learned is None or heard.troubles or heard.doubts or not _states_plainly(heard.reading):
        return None
    return find_sure_option(heard.text, learned)


def _states_plainly(reading: Reading) -> bool:
    """Tell whether all is stated, of now and of the owner's business."""
    return len(reading.clauses) <= _MOST_CLAUSES and all(
        clause.states
        and clause.when is not When.PAST
        and clause.subject in {Whose.OWN, Whose.STAFF}
        for clause in reading.clauses
    )


def record_sure(
    conversation: Conversation, question: Question, option: str, context: Context
) -> Step:
    """Record an answer in unknown words, with a way to correct it."""
    heard = say("answers.heard", facts=join_words(question.statements((option,))))
    step = record_answer(conversation, question, (option,), context, heard)
    return replace(step, controls=(*step.controls, CORRECT))
