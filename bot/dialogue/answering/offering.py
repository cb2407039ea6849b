"""Put likely answers to the owner, found by labelled lines."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.heard import Heard
from bot.dialogue.lexicon import learned_for
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step, Then
from bot.understand.learned import offer_options
from flows.flow import Question


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
    after = replace(conversation, likely={question.id: options, **others})
    notices = tuple(f"confirm:{question.id}={option}" for option in options)
    return Step(after, then=Then.REPEAT, notices=notices)
