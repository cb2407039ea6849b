"""Read a message once, for all who decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from bot.understand.reading.asking import FOUND
from bot.understand.reading.clause import Clause, Kind
from bot.understand.reading.heard import Heard, heard_in
from bot.understand.reading.kinds import clauses_of
from bot.understand.reading.lexicon import Grammar, Lexicon
from bot.understand.reading.normal import normalise
from bot.understand.reading.open_answer import open_answer
from bot.understand.reading.unread import unread_in
from bot.understand.reading.volunteered import volunteered


class Certainty(StrEnum):
    """Tell whether a fact was said or is only likely.

    A said one may be recorded, a likely one is put to the owner.
    """

    SAID = "said"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer to a question, heard in a message.

    `options` are all chosen when it was `SAID`; when it is `LIKELY` it is one of them. `clause` is
    where it was heard; None for what is said by the message as a whole. `implied` by another fact.
    `exact` when a label of the question was typed.
    """

    question: str
    options: tuple[str, ...]
    clause: Clause | None
    certainty: Certainty
    implied: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold the clauses of a message, its facts, and its unread words."""

    text: str
    clauses: tuple[Clause, ...]
    facts: tuple[Fact, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Tell whether any clause is a question."""
        return any(clause.kind is Kind.QUESTION for clause in self.clauses)

    @property
    def tells(self) -> bool:
        """Tell whether any fact was surely said."""
        return any(fact.certainty is Certainty.SAID for fact in self.facts)

    def fact(self, question: str) -> Fact | None:
        """Find the fact told about a question, or None."""
        return next((fact for fact in self.facts if fact.question == question), None)


def read(text: str, lexicon: Lexicon, expecting: str | None = None) -> Reading:
    """Read a message.

    `expecting` is the id of the question that is open, if one is. Pure, never raises, and takes
    time linear in the length of the text.
    """
    plain = normalise(text)
    clauses = clauses_in(plain, lexicon, expecting)
    heard = heard_in(clauses, lexicon)
    read_here = [*_open(plain, heard, lexicon, expecting), *_others(heard, lexicon, expecting)]
    facts = [fact for fact in read_here if _can_matter(fact, read_here, expecting, lexicon)]
    unread = unread_in(heard, lexicon) if _answers_a_list(facts, lexicon, expecting) else ()
    return Reading(plain, clauses, (*facts, *_implied(facts, lexicon)), unread)


def clauses_in(plain: str, lexicon: Lexicon, expecting: str | None) -> tuple[Clause, ...]:
    """Divide a normalised text; words of the options of the open question ask nothing."""
    if expecting is None:
        return clauses_of(plain)
    return clauses_of(plain, partial(lexicon.blank, question=expecting, mark=FOUND))


def _can_matter(fact: Fact, facts: list[Fact], expecting: str | None, lexicon: Lexicon) -> bool:
    """Tell whether no other fact rules out the question of this one.

    The open question always matters.
    """
    told = {each.question: each.options for each in facts}
    needed = lexicon.grammars[fact.question].question.heard_when
    return fact.question == expecting or all(
        each.holds(told) for each in needed if each.question in told
    )


def _answers_a_list(facts: list[Fact], lexicon: Lexicon, expecting: str | None) -> bool:
    """Tell whether the open question got several answers in other words."""
    return any(
        fact.question == expecting
        and not fact.exact
        and lexicon.grammars[fact.question].question.several
        for fact in facts
    )


def _open(text: str, heard: Heard, lexicon: Lexicon, expecting: str | None) -> list[Fact]:
    grammar = lexicon.grammars.get(expecting or "")
    answer = open_answer(text, heard, grammar) if grammar else None
    if grammar is None or answer is None:
        return []
    options, clause, exact = answer
    return [replace(_fact(grammar, options, clause), exact=exact)]


def _others(heard: Heard, lexicon: Lexicon, expecting: str | None) -> list[Fact]:
    return [
        _fact(grammar, options, clause)
        for question, grammar in lexicon.grammars.items()
        if question != expecting
        for options, clause in volunteered(heard, grammar)
    ]


def _fact(grammar: Grammar, options: tuple[str, ...], clause: Clause | None) -> Fact:
    sure = grammar.question.several or len(options) == 1
    return Fact(grammar.question.id, options, clause, Certainty.SAID if sure else Certainty.LIKELY)


def _implied(facts: list[Fact], lexicon: Lexicon) -> list[Fact]:
    """Add facts that said options imply for other questions."""
    told = {fact.question for fact in facts}
    found: dict[str, Fact] = {}
    for fact in facts:
        if fact.certainty is not Certainty.SAID:
            continue
        words = lexicon.grammars[fact.question].words.options
        for option in fact.options:
            for question, options in words[option].implies.items() if option in words else ():
                if question not in told and question in lexicon.grammars:
                    sure = Certainty.SAID if len(options) == 1 else Certainty.LIKELY
                    found.setdefault(
                        question, Fact(question, options, fact.clause, sure, implied=True)
                    )
    return [*found.values()]
