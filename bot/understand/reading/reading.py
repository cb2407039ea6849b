"""Read a message once, for all who decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from bot.understand.reading.asking import FOUND
from bot.understand.reading.clause import Clause, Kind
from bot.understand.reading.facts.denials import denied_in
from bot.understand.reading.facts.fact import NOTHING_GIVEN, Certainty, Fact, Given, fact_of
from bot.understand.reading.facts.heard import Heard, heard_in
from bot.understand.reading.facts.lexicon import Grammar, Lexicon
from bot.understand.reading.facts.open_answer import open_answer
from bot.understand.reading.facts.revising import (
    Revision,
    Said,
    put_right,
    revised_facts,
    revision_in,
)
from bot.understand.reading.facts.unread import unread_in
from bot.understand.reading.facts.volunteered import find_volunteered, is_counted_alone
from bot.understand.reading.kinds import clauses_of
from bot.understand.reading.normal import normalise


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold the clauses of a message, its facts, and its unread words.

    `denied` are options of answers given before that it says are not so; `revises` whether it puts
    such an answer right.
    """

    text: str
    clauses: tuple[Clause, ...]
    facts: tuple[Fact, ...] = ()
    unread: tuple[str, ...] = ()
    denied: Mapping[str, frozenset[str]] = field(default_factory=dict)
    revises: bool = False

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


def read(
    text: str, lexicon: Lexicon, expecting: str | None = None, given: Given = NOTHING_GIVEN
) -> Reading:
    """Read a message.

    `expecting` is the id of the question that is open, if one is; `given` are the answers known so
    far, which the message may put right. Pure, never raises, and takes time linear in the text.
    """
    plain = normalise(text)
    clauses = clauses_in(plain, lexicon, expecting)
    if given and revision_in(plain) is not Revision.NONE:
        clauses = put_right(clauses)
    heard = heard_in(clauses, lexicon)
    facts = _facts(plain, heard, lexicon, expecting, given)
    unread = unread_in(heard, lexicon) if _answers_a_list(facts, lexicon, expecting) else ()
    if not given:
        return Reading(plain, clauses, (*facts, *_implied(facts, lexicon)), unread)
    denied = denied_in(heard, facts, lexicon, given, expecting)
    told = revised_facts(Said(plain, heard, lexicon, given, expecting), facts, denied)
    also = (*_implied(told, lexicon), *_kept(told, lexicon, given))
    revises = bool(denied) or told is not facts
    return Reading(plain, clauses, (*told, *also), unread, denied, revises)


def _facts(
    text: str, heard: Heard, lexicon: Lexicon, expecting: str | None, given: Given
) -> list[Fact]:
    """List facts on the open question, and others as far as they can matter."""
    told = [*_open(text, heard, lexicon, expecting), *_others(heard, lexicon, expecting, given)]
    return [fact for fact in told if _can_matter(fact, told, expecting, lexicon)]


def clauses_in(plain: str, lexicon: Lexicon, expecting: str | None) -> tuple[Clause, ...]:
    """Divide a normalised text into clauses.

    Words of the open question's options ask nothing.
    """
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
    if not (exact or (clause and clause.states)) and _asks(heard):
        return []  # 「リスケしたら金利は上がる？」 asks, and answers nothing
    return [replace(fact_of(grammar, options, clause), exact=exact)]


def _asks(heard: Heard) -> bool:
    return any(words.clause.kind is Kind.QUESTION for words in heard)


def _others(heard: Heard, lexicon: Lexicon, expecting: str | None, given: Given) -> list[Fact]:
    spoken_of = {question for words in heard for question in (*words.subjects, *words.hits)}
    return [
        fact_of(grammar, options, clause)
        for question, grammar in lexicon.grammars.items()
        if question != expecting and (question in spoken_of or is_counted_alone(heard, grammar))
        for options, clause in find_volunteered(heard, grammar, _known(grammar, given))
    ]


def _known(grammar: Grammar, given: Given) -> tuple[str, ...]:
    """Find the options by which a number alone is judged.

    They are those of the trade told before.
    """
    numbers = grammar.words.numbers
    if numbers is None or not numbers.judged_by:
        return ()
    return tuple(option for name in numbers.judged_by for option in given.get(name, ()))


def _kept(facts: list[Fact], lexicon: Lexicon, given: Given) -> list[Fact]:
    """Keep the trade told before where a number takes its place.

    As in 「小売」, then 「従業員は60人」.
    """
    found = []
    for fact in facts:
        numbers = lexicon.grammars[fact.question].words.numbers
        before = given.get(fact.question, ())
        for name in numbers.judged_by if numbers and before != fact.options else ():
            labels = {option.id for option in lexicon.grammars[name].question.options}
            if name != fact.question and name not in given and before and labels.issuperset(before):
                found.append(Fact(name, before, fact.clause, Certainty.SAID, implied=True))
    return found


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
