"""Read answers to questions that are not open.

Only those that cannot be meant otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.understand.reading.clause import Clause, Kind, When, Whose
from bot.understand.reading.heard import Heard, Words
from bot.understand.reading.lexicon import Grammar, Hit, Role
from bot.understand.reading.mentions import Mention, mentions_in, options_of
from bot.understand.reading.numbers.amounts import options_counted
from flows.vocabulary import Numbers


def volunteered(
    heard: Heard, grammar: Grammar, known: Collection[str] = ()
) -> Iterator[tuple[tuple[str, ...], Clause]]:
    """Find unasked options with their clause, at most one such pair.

    `known` are options a number may be judged by where the message names none: 「従業員5人やった」.
    """
    told = [words for words in heard if _tells(words, grammar)]
    if not told:
        return
    if counted := _counted(heard, told, grammar, known):
        yield counted
        return
    found = [(words, mention) for words in told for mention in _mentions(words, grammar)]
    options = options_of([mention for _, mention in found], _degrees(told, grammar), grammar)
    if options:
        yield options, found[0][0].clause


def _tells(words: Words, grammar: Grammar) -> bool:
    """Tell whether a clause states something about the question, and about the owner's business."""
    clause, question = words.clause, grammar.question.id
    if not (clause.states or _wants_to_know(clause, grammar)) or clause.when is When.PAST:
        return False
    if clause.subject in _NOT_OURS and not grammar.words.also_of_others:
        return False
    return question in words.subjects or question in words.hits or grammar.words.numbers is not None


def _wants_to_know(clause: Clause, grammar: Grammar) -> bool:
    """Tell whether a question is a wish all the same, as 「使える補助金を知りたい」."""
    return clause.kind is Kind.QUESTION and grammar.asked.search(clause.form) is not None


_NOT_OURS = {Whose.OTHER, Whose.GENERAL}


def _mentions(words: Words, grammar: Grammar) -> tuple[Mention, ...]:
    question = grammar.question.id
    hits = words.hits.get(question, ())
    loose = _is_topic(words, grammar) or _is_named_alone(words.clause.form, hits, grammar)
    return mentions_in(words.clause.form, hits, grammar, loose=loose)


_BEFORE_A_NAME = re.compile("(?:うちは?|店は|個人(?:で|の)?|小さな|町の|ただの)?")
_BEHIND_A_NAME = re.compile(
    "(?:屋|業|店|系|関係|会社|工場)?(?:です|だ|や|で)?(?:よ|ね|わ)?|(?:を|で)?(?:や|し)って(?:いる)?"
)


def _is_named_alone(form: str, hits: Sequence[Hit], grammar: Grammar) -> bool:
    """Tell whether a clause only names an option, as 「建設」 or 「うちは印刷です」."""
    return grammar.words.named_alone and any(
        hit.use.role is Role.HERE
        and _BEFORE_A_NAME.fullmatch(form, 0, hit.start)
        and _BEHIND_A_NAME.fullmatch(form, hit.end)
        for hit in hits
    )


def _is_topic(words: Words, grammar: Grammar) -> bool:
    """Tell whether the question's subject is in this clause or the last."""
    spoken_of = words.named if grammar.words.topic_only else words.subjects
    return grammar.question.id in spoken_of


def _counted(
    heard: Heard, told: list[Words], grammar: Grammar, known: Collection[str]
) -> tuple[tuple[str, ...], Clause] | None:
    numbers = grammar.words.numbers
    topic = [words for words in told if _is_topic(words, grammar)]
    if numbers is None or not _is_about_what_is_counted(heard, numbers):
        return None
    topic = topic or [words for words in told if _counts_alone(words, numbers)]
    topic = [words for words in topic if not grammar.unrelated.search(words.clause.form)]
    if not topic:
        return None
    named = frozenset(
        option
        for words in told
        for mention in _mentions(words, grammar)
        for option in mention.options
    )
    by = named or (frozenset(known) if _is_topic(topic[0], grammar) else named)
    options = options_counted([words.clause for words in topic], numbers, by)
    if not options:
        return None
    return tuple(sorted(options, key=lambda each: grammar.order[each])), topic[0].clause


def _is_about_what_is_counted(heard: Heard, numbers: Numbers) -> bool:
    """Tell whether the message speaks of the counted thing.

    Such as people of a clinic, not of any firm.
    """
    return not numbers.needs or any(
        word in words.clause.form for words in heard for word in numbers.needs
    )


_SOMETHING_FALLS = re.compile(
    r"[^、。\s]?[がはもを]\s?(?:約|もう|だいたい)?(?=[\d一二三四五六七八九半▲△])"
)


def _counts_alone(words: Words, numbers: Numbers) -> bool:
    """Tell whether a number needs no subject, as in 「3割落ちて」.

    「客が3割減って」 has another.
    """
    form = words.clause.form
    foreign = any(hit.use.role is Role.OTHERS for some in words.hits.values() for hit in some)
    return (
        any(word in form for word in numbers.alone)
        and not foreign
        and not _SOMETHING_FALLS.search(words.clause.text)
    )


def _degrees(told: list[Words], grammar: Grammar) -> list[frozenset[str]]:
    return [
        hit.use.options
        for words in told
        for hit in words.hits.get(grammar.question.id, ())
        if hit.use.role is Role.DEGREE
    ]
