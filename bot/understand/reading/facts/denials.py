"""Find options that a message denies, and so takes back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.understand.reading.clause import Clause, Kind, Whose
from bot.understand.reading.facts.fact import Fact, Given
from bot.understand.reading.facts.heard import Heard, Words
from bot.understand.reading.facts.lexicon import Grammar, Lexicon, Role
from bot.understand.reading.facts.mentions import mentions_in

Denied = dict[str, frozenset[str]]
"""Question → options of the answer given before that are now denied."""

_CONTRASTS = re.compile("じゃ|では|ちが|違|なし|無し|まちが|ちゃ|やない|やなく|取り消|とりけ")
"""Words in a clause that denies an option by its short name."""

_LED_IN = re.compile("^(?:やっぱり?|やはり|いや|もう|あの|さっきの)+(?=.)")
_NOT_OURS = {Whose.OTHER, Whose.GENERAL}


def denied_in(
    heard: Heard, facts: Collection[Fact], lexicon: Lexicon, given: Given, expecting: str | None
) -> Denied:
    """Find options of earlier answers that clauses deny and none affirms."""
    stated = [words for words in heard if _is_stated(words.clause)]
    answered = expecting is not None and any(fact.question == expecting for fact in facts)
    spent = {fact.clause: fact.question for fact in facts}
    found: Denied = {}
    for question in given.keys() & lexicon.grammars.keys():
        grammar = lexicon.grammars[question]
        denying = [words for words in stated if _may_deny(words, grammar)]
        free = [] if answered else [w for w in denying if spent.get(w.clause, question) == question]
        said = (*_find_named(denying, grammar), *_find_named(free, grammar, loose=True))
        denied = {*(each for each, is_denied in said if is_denied), *_directly(free, grammar)}
        if denied := denied.intersection(given[question]):
            affirmed = (each for each, is_denied in _find_named(heard, grammar) if not is_denied)
            found[question] = frozenset(denied.difference(affirmed))
    return {question: options for question, options in found.items() if options}


def _is_stated(clause: Clause) -> bool:
    stated = clause.kind not in {Kind.QUESTION, Kind.SUPPOSED} and not clause.cancelled
    return stated and clause.subject not in _NOT_OURS


def _may_deny(words: Words, grammar: Grammar) -> bool:
    """Tell at little cost whether a clause may deny an option.

    Most clauses do not.
    """
    form = words.clause.form
    hits = words.hits.get(grammar.question.id, ())
    return _CONTRASTS.search(form) is not None or any(
        grammar.denied.search(form[hit.end :]) for hit in hits
    )


def _find_named(
    heard: Collection[Words], grammar: Grammar, *, loose: bool = False
) -> Iterator[tuple[str, bool]]:
    """List the options that clauses speak of, and whether each is denied.

    With `loose` weaker words count as well, as if the question were spoken of.
    """
    question = grammar.question.id
    for words in heard:
        if hits := words.hits.get(question):
            topic = loose or question in words.named
            for mention in mentions_in(words.clause, hits, grammar, loose=topic):
                if len(mention.options) == 1:
                    yield next(iter(mention.options)), mention.denied


def _directly(heard: Collection[Words], grammar: Grammar) -> Iterator[str]:
    """List the options whose words, also weaker ones, stand directly before a denial.

    Only in clauses that answer no other question: 「遅れはない」 is no word on two matters at once.
    """
    for words in heard:
        form = words.clause.form
        hits = words.hits.get(grammar.question.id, ())
        ends = [(hit.end, hit.use.options) for hit in hits if hit.use.role <= Role.HERE]
        start = led_in.end() if (led_in := _LED_IN.match(form)) else 0
        ends += [(start + len(w), o) for w, o in grammar.whole.items() if form.startswith(w, start)]
        for end, options in ends:
            if len(options) == 1 and grammar.not_this.search(form[end:]):
                yield from options
