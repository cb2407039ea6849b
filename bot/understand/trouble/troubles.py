"""Every trouble a message tells, the gravest first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understand.reading.clause import Clause
from bot.understand.reading.kinds import clauses_of
from bot.understand.reading.normal import normalise
from bot.understand.trouble.form import gathered
from bot.understand.trouble.mind import troubles_of_mind
from bot.understand.trouble.money import troubles_of_money
from bot.understand.trouble.trouble import DARK, Trouble, TroubleKind
from bot.understand.trouble.vocabulary import Vocabulary

_GRAVITY = {kind: place for place, kind in enumerate(TroubleKind)}


def troubles(
    text: str, clauses: Sequence[Clause], money: Vocabulary | None = None
) -> tuple[Trouble, ...]:
    """Hear the troubles of a message: `text` in normal form, and its clauses.

    `money` are the words of a programme's emergencies. Takes time linear in the length of the text.
    """
    put_together = gathered(text)
    if put_together != text:
        clauses = clauses_of(put_together)
    found = [*troubles_of_mind(put_together, clauses)]
    if money is not None:
        found += troubles_of_money(clauses, money)
    return tuple(sorted(dict.fromkeys(found), key=lambda each: _GRAVITY[each.kind]))


def troubles_in(text: str, money: Vocabulary | None = None) -> tuple[Trouble, ...]:
    """Hear the troubles of a message as it was typed."""
    plain = normalise(text)
    return troubles(plain, clauses_of(plain), money)


def is_dark(text: str) -> bool:
    """Whether a message, as typed, tells that somebody may die."""
    return any(trouble.kind in DARK for trouble in troubles_in(text))
