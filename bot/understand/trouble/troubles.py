"""Every trouble a message tells, the gravest first."""

from __future__ import annotations

from bot.understand.learned import LinearModel
from bot.understand.reading.kinds import clauses_of
from bot.understand.reading.normal import normalise
from bot.understand.reading.reading import Reading
from bot.understand.trouble.by_example import weigh_by_example
from bot.understand.trouble.form import gathered
from bot.understand.trouble.matching import formed
from bot.understand.trouble.mind import troubles_of_mind
from bot.understand.trouble.money import troubles_of_money
from bot.understand.trouble.trouble import DARK, Trouble, TroubleKind
from bot.understand.trouble.vocabulary import Vocabulary

_GRAVITY = {kind: place for place, kind in enumerate(TroubleKind)}


def troubles(
    reading: Reading, money: Vocabulary | None = None, learned: LinearModel | None = None
) -> tuple[Trouble, ...]:
    """Hear the troubles of a message.

    `money` are the words of a programme's emergencies, `learned` what labelled lines
    teach. Takes time linear in the length of the text.
    """
    text, clauses = gathered(reading.text), reading.clauses
    if text != reading.text:
        clauses = clauses_of(text)
    told = formed(clauses)
    found = [*troubles_of_mind(told, reading.text)]
    if money is not None:
        found += troubles_of_money(told, money)
    if learned is not None:
        found = weigh_by_example(found, text, clauses, learned)
    return tuple(sorted(dict.fromkeys(found), key=lambda each: _GRAVITY[each.kind]))


def troubles_in(text: str, money: Vocabulary | None = None) -> tuple[Trouble, ...]:
    """Hear the troubles of a typed message."""
    plain = normalise(text)
    return troubles(Reading(plain, clauses_of(plain)), money)


def is_dark(text: str) -> bool:
    """Tell whether a message, as typed, tells that somebody may die."""
    return any(trouble.kind in DARK for trouble in troubles_in(text))
