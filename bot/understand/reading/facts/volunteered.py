"""Read answers to questions that are not open.

Only those that cannot be meant otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.understand.reading.clause import Clause, Kind, When, Whose
from bot.understand.reading.facts.heard import Heard, Words, is_of_now
from bot.understand.reading.facts.lexicon import Grammar, Hit, Role
from bot.understand.reading.facts.mentions import Mention, mentions_in, options_of
from bot.understand.reading.numbers.amounts import options_counted
from bot.understand.reading.plain import plain
from flows.vocabulary import Numbers


def find_volunteered(
    heard: Heard, grammar: Grammar, known: Collection[str] = ()
) -> Iterator[tuple[tuple[str, ...], Clause]]:
    """Find unasked options with their clause, at most one such pair.

    `known` are options a number may be judged by where the message names none: 「従業員5人やった」.
    """
    told = [words for words in heard if _tells(words, grammar)]
    if not (told and _is_about_what_is_counted(heard, grammar.words.numbers)):
        return
    found = [(words, mention) for words in told for mention in _mentions(words, grammar)]
    named = frozenset(option for _, mention in found for option in mention.options)
    if counted := _read_count(told, grammar, named, known):
        yield counted
        return
    if _exceeds(known, grammar):  # the trade alone says nothing of how many there are
        return
    found = found if grammar.question.several else _since_now(found)
    options = options_of([mention for _, mention in found], _degrees(told, grammar), grammar)
    if options:
        yield options, _find_telling(found, options)


def _find_telling(found: Sequence[tuple[Words, Mention]], options: Collection[str]) -> Clause:
    """Find the clause that affirms an option, else one that denies others."""
    telling = (
        words.clause
        for words, mention in found
        if not mention.denied and not mention.options.isdisjoint(options)
    )
    return next(telling, found[0][0].clause)


def is_counted_alone(heard: Heard, grammar: Grammar) -> bool:
    """Tell whether a number may tell of a question that nothing else speaks of."""
    numbers = grammar.words.numbers
    alone = numbers.alone if numbers else ()
    return any(word in words.clause.form for words in heard for word in alone)


def _exceeds(known: Collection[str], grammar: Grammar) -> bool:
    """Tell whether the answer known is the band above all limits."""
    numbers = grammar.words.numbers
    return bool(numbers and numbers.judged_by and numbers.bands[-1].option in known)


def _since_now(found: list[tuple[Words, Mention]]) -> list[tuple[Words, Mention]]:
    """Leave out mentions of before, as in 「条件変更は1回、今は普通に返してます」."""
    starts = (number for number, (words, _) in enumerate(found) if is_of_now(words))
    return found[next(starts, 0) :]


def _tells(words: Words, grammar: Grammar) -> bool:
    """Tell whether a clause states something about the question, and about the owner's business."""
    clause, question = words.clause, grammar.question.id
    spoken_of = question in words.subjects or question in words.hits
    if not (spoken_of or grammar.words.numbers):
        return False
    if clause.subject in _NOT_OURS and not grammar.words.also_of_others:
        return False
    if clause.when is When.PAST and not grammar.words.of_past:
        return False
    return clause.states or _wants_to_know(clause, grammar)


def _wants_to_know(clause: Clause, grammar: Grammar) -> bool:
    """Tell whether a question is a wish all the same, as 「使える補助金を知りたい」."""
    return clause.kind is Kind.QUESTION and grammar.asked.search(clause.form) is not None


_NOT_OURS = {Whose.OTHER, Whose.GENERAL}


def _mentions(words: Words, grammar: Grammar) -> tuple[Mention, ...]:
    question = grammar.question.id
    if question not in words.hits and question not in words.subjects:
        return ()
    hits = words.hits.get(question, ())
    loose = _is_topic(words, grammar) and _may_be_loose(words.clause, grammar)
    loose = loose or _is_named_alone(words.clause, hits, grammar)
    return mentions_in(words.clause, hits, grammar, loose=loose)


def _may_be_loose(clause: Clause, grammar: Grammar) -> bool:
    return not grammar.words.requests_only or clause.kind is Kind.REQUEST


_BEFORE_A_NAME = re.compile(
    "(?:うちは?|店は|個人(?:で|の)?|小さな|町の|ただの|あと|まず|主に|とにかく)?"
)
_BETWEEN_NAMES = re.compile("(?:と|や|も|に|とか|、|・|そして|それと|それに|あと)*")
_BEHIND_A_NAME = re.compile(
    "(?:屋|業|店|系|関係|会社|工場|の(?:お店|店|みせ|工場|会社))?(?:なん)?(?:です|だ|や|で)?(?:よ|ね|わ)?|(?:を|で)?(?:や|し)って(?:いる)?"
)
"""All that may stand behind the name of a trade."""


def _is_named_alone(clause: Clause, hits: Sequence[Hit], grammar: Grammar) -> bool:
    """Tell whether a clause, or a part of it, is nothing but option names.

    Parts stand between blanks. 「建設」, 「うちは印刷です」, 「家賃と人件費」, 「建設 有限会社」.
    """
    if not grammar.words.named_alone:
        return False
    form = clause.form
    names = [form[hit.start : hit.end] for hit in hits if hit.use.role <= Role.HERE]
    least = (
        2 if grammar.question.several else 1
    )  # 「運送」 is a trade, 「運送と外注」 a list of costs
    return len({*names}) >= least and any(_is_only(part, names, least) for part in _parts(clause))


def _parts(clause: Clause) -> Iterator[str]:
    yield clause.form
    parts = clause.text.split()
    yield from map(plain, parts if 1 < len(parts) <= _MOST_PARTS else ())


_MOST_PARTS = 8


def _is_only(part: str, names: Sequence[str], least: int) -> bool:
    """Tell whether a part is at least so many names, joined."""
    before = _BEFORE_A_NAME.match(part)
    place = before.end() if before else 0
    longest = sorted({*names}, key=len, reverse=True)
    found = 0
    while name := next((each for each in longest if part.startswith(each, place)), ""):
        found, place = found + 1, place + len(name)
        if found >= least and _BEHIND_A_NAME.fullmatch(part, place):
            return True
        between = _BETWEEN_NAMES.match(part, place)
        place = between.end() if between else place
    return found >= least and _BEHIND_A_NAME.fullmatch(part, place) is not None


def _is_topic(words: Words, grammar: Grammar) -> bool:
    """Tell whether the question's subject is in this clause or the last."""
    spoken_of = words.named if grammar.words.topic_only else words.subjects
    return grammar.question.id in spoken_of


def _read_count(
    told: list[Words],
    grammar: Grammar,
    named: frozenset[str],
    known: Collection[str],
) -> tuple[tuple[str, ...], Clause] | None:
    numbers = grammar.words.numbers
    topic = [
        words for words in told if _is_topic(words, grammar) and not _of_another(words, grammar)
    ]
    if numbers is None:
        return None
    topic = topic or [words for words in told if _counts_alone(words, numbers)]
    topic = [words for words in topic if not grammar.unrelated.search(words.clause.form)]
    if not topic:
        return None
    by = named or (frozenset(known) if _is_topic(topic[0], grammar) else named)
    options = options_counted([words.clause for words in topic], numbers, by)
    if not options:
        return None
    return tuple(sorted(options, key=lambda each: grammar.order[each])), topic[0].clause


def _is_about_what_is_counted(heard: Heard, numbers: Numbers | None) -> bool:
    """Tell whether the message speaks of the counted thing.

    Such as people of a clinic, not of any firm: 「人が足りない」 is no word on how many they are.
    """
    return (
        numbers is None
        or not numbers.needs
        or any(word in words.clause.form for words in heard for word in numbers.needs)
    )


def _of_another(words: Words, grammar: Grammar) -> bool:
    """Tell whether a clause without the question's subject names another one.

    As in 「売上は横ばい、仕入れが1.3倍」.
    """
    question = grammar.question.id
    hits = words.hits.get(question, ())
    return question not in words.named and any(hit.use.role is Role.OTHERS for hit in hits)


_SOMETHING_FALLS = re.compile(
    r"[^、。\s]?[がはもを]\s?(?:約|もう|だいたい)?(?=[\d一二三四五六七八九半▲△])"
)
"""A subject before a number, so that the number tells of another thing."""


def _counts_alone(words: Words, numbers: Numbers) -> bool:
    """Tell whether a number needs no subject, as in 「3割落ちて」.

    「客が3割減って」 has another.
    """
    form = words.clause.form
    if not any(word in form for word in numbers.alone):
        return False
    foreign = any(hit.use.role is Role.OTHERS for some in words.hits.values() for hit in some)
    return not foreign and not _SOMETHING_FALLS.search(words.clause.text)


def _degrees(told: list[Words], grammar: Grammar) -> list[frozenset[str]]:
    return [
        hit.use.options
        for words in told
        for hit in words.hits.get(grammar.question.id, ())
        if hit.use.role is Role.DEGREE
    ]
