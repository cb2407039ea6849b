"""Read a typed answer as options of the open question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.understand.reading import Kind, Lexicon, lexicon_of, normalise, read
from bot.understand.reading.facts.labels import labelled
from bot.understand.reading.reading import clauses_in
from flows.flow import Question

LONGEST_ANSWER = 120
"""Characters. Words in a longer message, a story, are not taken for an answer."""


_PLAINLY_ASKS = re.compile(r"(?:[?？]|(?:です|ます|でしょう)か[。\s]*)$")

_SENTENCE_END = re.compile(r"[ぁ-ん]\W*$")
"""Hiragana at the end, as of a verb or particle. A key word ends in kanji or katakana."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Hold the meaning of a typed answer.

    `options` are the ids chosen; more than one for a question with one answer means that we must
    ask which. `exact` is True for a label, False for ordinary words.
    """

    options: tuple[str, ...]
    exact: bool


def answer_in(text: str, question: Question) -> Understood | None:
    """Read a typed text as options of `question`, or return None.

    A question is never an answer (「黒字でも使えますか」), however many words of the options it holds.
    """
    reading = read(text, _lexicon(question), question.id)
    fact = reading.fact(question.id)
    if fact is None or (not fact.exact and (len(text) > LONGEST_ANSWER or reading.asks)):
        return None
    return Understood(fact.options, exact=fact.exact)


def asks(text: str, question: Question) -> bool:
    """Tell whether any clause asks something, apart from words of the options."""
    clauses = clauses_in(normalise(text), _lexicon(question), question.id)
    return any(clause.kind is Kind.QUESTION for clause in clauses)


def ends_as_sentence(text: str) -> bool:
    """Tell a sentence from key words (「リスケ」, 「資金繰り表 様式 自由」) by its end."""
    return _SENTENCE_END.search(text) is not None


def asks_plainly(text: str) -> bool:
    """Tell a question that is none in passing, as 「どうだろうか」 is, by its end."""
    return _PLAINLY_ASKS.search(text) is not None


def is_label(text: str, question: Question) -> bool:
    """Tell whether the text is the label of an option of `question`.

    No other reader may then take it.
    """
    return bool(labelled(normalise(text), question))


@cache
def _lexicon(question: Question) -> Lexicon:
    return lexicon_of({question.id: question})
