"""Find likely facts in clauses whose words no list holds.

They are put to the owner, not recorded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from bot.understand.learned.model import LinearModel
from bot.understand.learned.offers import LEAST_FAMILIAR, offer_options
from bot.understand.reading import Certainty, Clause, Fact, Reading

ABOUT = "about"
"""The name of the model that tells which question a clause speaks of."""

LEAST_ABOUT, LEAST_ABOUT_ANOTHER = 0.3, 0.8
"""Least probability that a clause speaks of a question.

It is higher while another question is open. Of 3,260 facts that words did not find in rows no model
had seen, .3 puts some 1,640 rightly, 125 with other options, and 420 that the rows do not name.
"""

LEAST_SECOND = 0.1
"""Least probability of a second option put beside the likeliest."""

LONGEST_CLAUSE, MOST_CLAUSES = 60, 8
"""Characters of a weighed clause, and clauses of a message. They bound the cost."""


_UNSURE = re.compile("(?:わから|知ら)ない$|教え")
"""An owner who does not know, or asks to be told, states nothing."""


def add_likely(
    reading: Reading, learned: Mapping[str, LinearModel], expecting: str | None = None
) -> Reading:
    """Add likely facts of questions that no fact was heard of.

    Each question once.
    """
    if ABOUT not in learned or (expecting and reading.asks):
        return reading
    told = {fact.question for fact in reading.facts} | {expecting}
    likely = (
        fact
        for clause in _list_stated(reading)
        for fact in _facts_of(clause, told, learned, expecting)
    )
    found: dict[str, Fact] = {}
    for fact in likely:
        found.setdefault(fact.question, fact)
    return replace(reading, facts=(*reading.facts, *found.values())) if found else reading


def _facts_of(
    clause: Clause,
    told: Collection[str | None],
    learned: Mapping[str, LinearModel],
    expecting: str | None,
) -> Iterator[Fact]:
    """Find a clause's likely facts, unless it may answer the open question."""
    least = LEAST_ABOUT_ANOTHER if expecting else LEAST_ABOUT
    for question in _questions_of(clause.text, learned[ABOUT], least):
        if question in told or (expecting and _may_answer(clause.text, learned.get(expecting))):
            continue
        if options := _options_of(clause.text, learned.get(question)):
            yield Fact(question, options, clause, Certainty.LIKELY)


def _may_answer(text: str, model: LinearModel | None) -> bool:
    """Tell whether a clause may well be meant for the open question."""
    return model is None or bool(offer_options(text, model, sure=True))


def _list_stated(reading: Reading) -> Iterator[Clause]:
    """List the clauses that surely state something."""
    stated = (clause for clause in reading.clauses if clause.states)
    for _, clause in zip(range(MOST_CLAUSES), stated, strict=False):
        if 1 < len(clause.text) <= LONGEST_CLAUSE and not _UNSURE.search(clause.form):
            yield clause


def _questions_of(text: str, about: LinearModel, least: float) -> tuple[str, ...]:
    shares = about.probabilities(text)
    found = tuple(question for question, share in shares.items() if share >= least)
    return found if found and about.familiarity(text) >= LEAST_FAMILIAR else ()


def _options_of(text: str, model: LinearModel | None) -> tuple[str, ...]:
    """Name at most two likely options."""
    if model is None:
        return ()
    shares = model.probabilities(text)
    options = offer_options(text, model, sure=True)
    return tuple(each for each in options if shares[each] >= LEAST_SECOND)
