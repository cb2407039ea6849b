"""A typed answer → options of the open question, as the reading of the message tells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.understand.reading import Lexicon, lexicon_of, read
from flows.flow import Question

LONGEST_ANSWER = 120
"""Characters: a longer message is a story; words in it are not taken for an answer."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a typed answer means.

    `options` are the ids chosen; more than one for a question with one answer means that we must
    ask which. `exact` is True for a label, False for ordinary words.
    """

    options: tuple[str, ...]
    exact: bool


def answer_in(text: str, question: Question) -> Understood | None:
    """Read a typed text as options of `question`; None for none of them.

    A question is never an answer (「黒字でも使えますか」), however many words of the options it holds.
    """
    reading = read(text, _lexicon(question), question.id)
    fact = reading.fact(question.id)
    if fact is None or (not fact.exact and (len(text) > LONGEST_ANSWER or reading.asks)):
        return None
    return Understood(fact.options, exact=fact.exact)


def asks(text: str, question: Question) -> bool:
    """Tell whether any clause of the text asks something, words of the question's options aside."""
    return read(text, _lexicon(question), question.id).asks


def is_label(text: str, question: Question) -> bool:
    """Tell whether the text is the label of an option of `question`, which nothing else may take."""
    understood = answer_in(text, question)
    return understood is not None and understood.exact


@cache
def _lexicon(question: Question) -> Lexicon:
    return lexicon_of({question.id: question})
