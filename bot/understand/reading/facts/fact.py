"""Define a fact heard in a message, and answers given before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.understand.reading.clause import Clause
from bot.understand.reading.facts.lexicon import Grammar

Given = Mapping[str, tuple[str, ...]]
"""Answers known before a message.

Question → options, the last given at the end.
"""

NOTHING_GIVEN: Given = MappingProxyType({})


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


def fact_of(grammar: Grammar, options: tuple[str, ...], clause: Clause | None) -> Fact:
    """Make a fact of options heard.

    It is sure, unless they are several where one is asked for.
    """
    sure = grammar.question.several or len(options) == 1
    return Fact(grammar.question.id, options, clause, Certainty.SAID if sure else Certainty.LIKELY)
