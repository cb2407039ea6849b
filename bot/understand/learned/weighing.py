"""Weigh what words tell by the learned models: a second opinion on every fact.

A word is found whatever it means in its sentence: 「電力会社の請求」 holds 会社, 「飲みに出る人がいない」 holds
人がいない. A fact that the models find most unlikely is put to the owner, not recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.understand.learned.model import LinearModel
from bot.understand.learned.offers import MOST_OFFERED, NO_ANSWER
from bot.understand.learned.telling import ABOUT, LONGEST_CLAUSE
from bot.understand.reading import NOTHING_GIVEN, Certainty, Fact, Given, Reading
from flows.flow import UNKNOWN

Shares = Mapping[str, float]

SHORTEST_DOUBTED = 9
"""Characters. Little stands around the words in a shorter text, and what they mean is plain."""

LEAST_NONE = 0.7
MOST_SPOKEN_OF, MOST_SPOKEN_OF_BESIDE = 0.2, 0.05
"""A fact told unasked is doubted where its question's model finds no answer in the clause.

The other two bound the share of its options and of its question together, the second where the
clause tells further facts, since models know less of those. Of 1,967 right facts in rows no model
had seen some 25 were doubted, and of 905 that the rows do not name some 180.
"""

MOST_AGAINST, LEAST_OTHER = 0.2, 0.5
MOST_AGAINST_ASKED, LEAST_OTHER_ASKED = 0.1, 0.5
"""An option is doubted below the first share, where another one has more than the second.

Lower for an answer to the open question, which is seldom meant otherwise. Of 1,967 right facts 15
were doubted and of 145 wrong ones 38; of 2,948 right answers 8, of 139 wrong ones 18.
"""

LEAST_NONE_ASKED, MOST_ANSWERED = 0.9, 0.06
"""An answer in one clause is doubted where the model finds none: above the first, below the second.

Of 3,447 right answers some 20 were doubted, of 258 recorded from what answered nothing 33. That one
does not know is no matter of the model.
"""

_NOW = re.compile(r"(?<=[どがてで、。\s])(?:今は|いまは|現在は|今では)")
"""What is so now, behind something of before."""

_NUMBER = re.compile(r"[\d一二三四五六七八九十半倍]")
"""A number, which runs of letters do not read."""

LEAST_DECIDED = 0.9
"""Share that decides between readings the words leave open, in an answer to the open question.

Of 19 such answers 19 were right.
"""


_EITHER = re.compile("か(?!ら|っ)|または|もしくは")
"""Words by which the owner leaves it open themselves, as 「とんとんか黒字」."""


def weigh_facts(
    reading: Reading,
    learned: Mapping[str, LinearModel],
    expecting: str | None = None,
    given: Given = NOTHING_GIVEN,
) -> Reading:
    """Make told facts merely likely where the models doubt them.

    Facts on questions of answers `given` before stay: they put something right.
    """
    weighed = [
        fact
        if fact.question in given
        else _weigh(fact, reading, learned, asked=fact.question == expecting)
        for fact in reading.facts
    ]
    if weighed == [*reading.facts]:
        return reading
    doubted = {
        after.clause
        for before, after in zip(reading.facts, weighed, strict=True)
        if after.certainty is Certainty.LIKELY and before.certainty is Certainty.SAID
    }
    kept = (fact for fact in weighed if not (fact.implied and fact.clause in doubted))
    return replace(reading, facts=tuple(kept))


def _weigh(
    fact: Fact, reading: Reading, learned: Mapping[str, LinearModel], *, asked: bool
) -> Fact:
    text = _said_now(reading.text) if asked or not fact.clause else fact.clause.text
    model = learned.get(fact.question)
    if model is None or fact.exact or fact.implied or len(text) > LONGEST_CLAUSE:
        return fact
    if fact.certainty is Certainty.LIKELY:
        is_open = _EITHER.search(text) is not None
        return fact if is_open else _rank(fact, model.probabilities(text), asked=asked)
    if len(text) < SHORTEST_DOUBTED or _NUMBER.search(text):
        return fact
    shares = model.probabilities(text)
    if len(fact.options) == 1 and (other := _find_another(fact, shares, asked=asked)):
        return replace(fact, options=(other, *fact.options), certainty=Certainty.LIKELY)
    if (
        _answers_nothing(fact, shares, reading)
        if asked
        else _speaks_of_another(fact, shares, reading, learned.get(ABOUT))
    ):
        return replace(fact, certainty=Certainty.LIKELY)
    return fact


def _said_now(text: str) -> str:
    """Leave out what 「今は…」 sets apart, which tells of before."""
    return text[now.start() :] if (now := _NOW.search(text)) else text


def _rank(fact: Fact, shares: Shares, *, asked: bool) -> Fact:
    """Put the likelier of several readings first."""
    ranked = sorted(fact.options, key=lambda option: -shares.get(option, 0.0))
    whole = sum(shares.get(option, 0.0) for option in ranked)
    if asked and shares.get(ranked[0], 0.0) >= LEAST_DECIDED * whole:
        return replace(fact, options=(ranked[0],), certainty=Certainty.SAID)
    return replace(fact, options=tuple(ranked[:MOST_OFFERED]))


def _find_another(fact: Fact, shares: Shares, *, asked: bool) -> str | None:
    """Find the option the model takes instead of the one that words told."""
    most, least = (MOST_AGAINST_ASKED, LEAST_OTHER_ASKED) if asked else (MOST_AGAINST, LEAST_OTHER)
    if sum(shares.get(option, 0.0) for option in fact.options) >= most:
        return None
    others = (option for option in shares if option != NO_ANSWER)
    other = max(others, key=lambda option: shares[option])
    return other if shares[other] > least else None


def _answers_nothing(fact: Fact, shares: Shares, reading: Reading) -> bool:
    """Tell whether the model finds no answer to the open question in a plain clause."""
    is_plain = len(reading.clauses) == 1 and fact.options != (UNKNOWN.id,)
    here = sum(shares.get(option, 0.0) for option in fact.options)
    return is_plain and shares.get(NO_ANSWER, 0.0) > LEAST_NONE_ASKED and here < MOST_ANSWERED


def _speaks_of_another(
    fact: Fact, shares: Shares, reading: Reading, about: LinearModel | None
) -> bool:
    """Tell whether a clause most likely speaks of another question.

    Clauses in several parts, as in a list, are not judged, nor questions no row was labelled with.
    """
    clause = fact.clause
    if about is None or fact.question not in about.labels or clause is None:
        return False
    if " " in clause.text or shares.get(NO_ANSWER, 0.0) < LEAST_NONE:
        return False
    beside = any(
        each.clause is clause and each is not fact and not each.implied for each in reading.facts
    )
    here = sum(shares.get(option, 0.0) for option in fact.options)
    spoken_of = here + about.probabilities(clause.text).get(fact.question, 0.0)
    return spoken_of < (MOST_SPOKEN_OF_BESIDE if beside else MOST_SPOKEN_OF)
