"""What is told about a question that is not open: only what cannot be meant otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from bot.understand.reading.amounts import options_counted
from bot.understand.reading.clause import Clause, When, Whose
from bot.understand.reading.heard import Heard, Words
from bot.understand.reading.lexicon import Grammar, Role
from bot.understand.reading.mentions import Mention, mentions_in, options_of

_NOT_OURS = {Whose.OTHER, Whose.GENERAL}


def volunteered(heard: Heard, grammar: Grammar) -> Iterator[tuple[tuple[str, ...], Clause]]:
    """The options told of a question and the clause they are told in; at most one such pair."""
    question = grammar.question.id
    told = [words for words in heard if _tells(words) and _concerns(words, question)]
    if not told:
        return
    if counted := _counted(told, grammar):
        yield counted
        return
    found = [(words, mention) for words in told for mention in _mentions(words, grammar)]
    options = options_of([mention for _, mention in found], _degrees(told, grammar), grammar)
    if options:
        yield options, found[0][0].clause


def _tells(words: Words) -> bool:
    clause = words.clause
    return clause.states and clause.when is not When.PAST and clause.subject not in _NOT_OURS


def _concerns(words: Words, question: str) -> bool:
    return question in words.subjects or any(
        hit.use.role is Role.ANYWHERE for hit in words.hits.get(question, ())
    )


def _mentions(words: Words, grammar: Grammar) -> tuple[Mention, ...]:
    question = grammar.question.id
    return mentions_in(
        words.clause.form,
        words.hits.get(question, ()),
        grammar,
        loose=question in words.subjects and not _is_foreign(words, question),
    )


def _is_foreign(words: Words, question: str) -> bool:
    """Whether the words speak of something else: costs that rise are not sales that rise."""
    others = any(hit.use.role is Role.OTHERS for hit in words.hits.get(question, ()))
    return others and question not in words.named


def _counted(told: list[Words], grammar: Grammar) -> tuple[tuple[str, ...], Clause] | None:
    numbers, question = grammar.words.numbers, grammar.question.id
    if numbers is None:
        return None
    spoken_of = [
        words for words in told if question in words.subjects and not _is_foreign(words, question)
    ]
    if not spoken_of:
        return None
    named = frozenset(
        option
        for words in spoken_of
        for mention in _mentions(words, grammar)
        for option in mention.options
    )
    options = options_counted([words.clause for words in spoken_of], numbers, named)
    if not options:
        return None
    return tuple(sorted(options, key=lambda each: grammar.order[each])), spoken_of[0].clause


def _degrees(told: list[Words], grammar: Grammar) -> list[frozenset[str]]:
    return [
        hit.use.options
        for words in told
        for hit in words.hits.get(grammar.question.id, ())
        if hit.use.role is Role.DEGREE
    ]
