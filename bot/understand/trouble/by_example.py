"""Hear trouble by labelled lines.

They find trouble that no list of words holds, and doubt some that a list has found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.understand.learned import LinearModel
from bot.understand.reading.clause import Clause
from bot.understand.trouble.trouble import DARK, Trouble, TroubleKind

NONE = "none"
"""The label of rows that tell no trouble."""

_MIND = {
    "despair": TroubleKind.DESPAIR,
    "danger": TroubleKind.DANGER,
    "heavy": TroubleKind.HEAVY,
}

LEAST_URGENT, LEAST_DARK, LEAST_HEAVY = 0.6, 0.35, 0.5
"""Least probability of trouble where no word was found.

Of misleading look-alikes two or three in a hundred pass, by models that have not seen them
(docs/decisions/0029).
"""

DOUBT_URGENT, DOUBT_DARK = 0.12, 0.1
"""Least probability of trouble where words were found.

「線路沿いの物件」 has the words and is no trouble. One trouble in a hundred is lost by this, and half of the
false alarms are spared.
"""

SHORTEST = 6
"""Characters of a message whose trouble is heard without words of the lists.

Shorter ones such as 「いらない」 and 「子ども」 say too little.
"""

LONGEST, LONGEST_DOUBTED = 200, 60
"""Characters of a message that is weighed, and of one whose words are doubted.

In a long story every label drowns among everything else told.
"""


def weigh_by_example(
    found: Sequence[Trouble], text: str, clauses: Sequence[Clause], model: LinearModel
) -> list[Trouble]:
    """Drop unlikely trouble, and add trouble that only labelled lines show."""
    if not text or not clauses or len(text) > LONGEST:
        return list(found)
    shares = model.probabilities(text)
    kept = [
        trouble
        for trouble in found
        if len(text) > LONGEST_DOUBTED or not _is_doubtful(trouble, shares)
    ]
    known = {trouble.kind for trouble in kept}
    if known - {TroubleKind.HEAVY} or len(text) < SHORTEST:
        return kept
    added = _mind(shares, clauses[-1], known), _money(shares, clauses[-1])
    return [*kept, *(trouble for trouble in added if trouble)]


def _is_doubtful(trouble: Trouble, shares: Mapping[str, float]) -> bool:
    if trouble.imminent:
        return False
    if trouble.kind is TroubleKind.URGENT:
        return sum(shares[label] for label in _money_labels(shares)) < DOUBT_URGENT
    return trouble.kind in DARK and sum(shares[label] for label in _MIND) < DOUBT_DARK


def _mind(
    shares: Mapping[str, float], clause: Clause, known: Collection[TroubleKind]
) -> Trouble | None:
    dark = shares["despair"] + shares["danger"]
    if dark >= LEAST_DARK:
        return Trouble(_MIND[_likeliest(shares, ("despair", "danger"))], clause)
    if dark + shares["heavy"] >= LEAST_HEAVY and not known:
        return Trouble(TroubleKind.HEAVY, clause)
    return None


def _money(shares: Mapping[str, float], clause: Clause) -> Trouble | None:
    labels = _money_labels(shares)
    if sum(shares[label] for label in labels) < LEAST_URGENT:
        return None
    return Trouble(TroubleKind.URGENT, clause, _likeliest(shares, labels))


def _money_labels(shares: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(label for label in shares if label not in _MIND and label != NONE)


def _likeliest(shares: Mapping[str, float], labels: Sequence[str]) -> str:
    return max(labels, key=lambda label: shares[label])
