"""Every trouble a message tells, the gravest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understand.learned import LinearModel
from bot.understand.reading.clause import Clause
from bot.understand.reading.kinds import clauses_of
from bot.understand.reading.normal import normalise
from bot.understand.reading.reading import Reading
from bot.understand.trouble.by_example import LONGEST, weigh_by_example
from bot.understand.trouble.form import gathered
from bot.understand.trouble.marks import marks_of
from bot.understand.trouble.matching import Telling, find_families, formed
from bot.understand.trouble.mind import troubles_of_mind, vocabulary
from bot.understand.trouble.money import troubles_of_money
from bot.understand.trouble.trouble import DARK, Trouble, TroubleKind
from bot.understand.trouble.vocabulary import Vocabulary

_GRAVITY = {kind: place for place, kind in enumerate(TroubleKind)}


@dataclass(frozen=True, slots=True)
class ByWords:
    """What words tell of trouble, with the text and the clauses they stand in."""

    text: str
    clauses: Sequence[Clause]
    found: Sequence[Trouble]
    tellings: Sequence[Telling]

    @property
    def marks(self) -> frozenset[str]:
        """Mark how the message is built. Only what is weighed by a model needs that."""
        return marks_of(self.clauses, self.found, self.tellings)


def troubles(
    reading: Reading, money: Vocabulary | None = None, learned: LinearModel | None = None
) -> tuple[Trouble, ...]:
    """Hear the troubles of a message.

    `money` are the words of a programme's emergencies, `learned` what labelled lines
    teach. Takes time linear in the length of the text.
    """
    heard = hear_words(reading, money)
    found = heard.found
    if learned is not None and 0 < len(heard.text) <= LONGEST:
        found = weigh_by_example(found, heard.text, heard.clauses, heard.marks, learned)
    return tuple(sorted(dict.fromkeys(found), key=lambda each: _GRAVITY[each.kind]))


def hear_words(reading: Reading, money: Vocabulary | None = None) -> ByWords:
    """Hear the troubles that words tell, in no order."""
    text, clauses = gathered(reading.text), reading.clauses
    if text != reading.text:
        clauses = clauses_of(text)
    told = formed(clauses)
    mind = find_families(told, vocabulary())
    found, tellings = [*troubles_of_mind(mind, reading.text)], [mind]
    if money is not None:
        tellings.append(find_families(told, money))
        found += troubles_of_money(tellings[-1])
    return ByWords(text, clauses, found, tellings)


def marks_in(text: str, money: Vocabulary) -> frozenset[str]:
    """Mark how a message, as typed, is built: what training sees beside its letters."""
    plain = normalise(text)
    return hear_words(Reading(plain, clauses_of(plain)), money).marks


def troubles_in(text: str, money: Vocabulary | None = None) -> tuple[Trouble, ...]:
    """Hear the troubles of a typed message."""
    plain = normalise(text)
    return troubles(Reading(plain, clauses_of(plain)), money)


def is_dark(text: str) -> bool:
    """Tell whether a message, as typed, tells that somebody may die."""
    return any(trouble.kind in DARK for trouble in troubles_in(text))
