"""Hear trouble by labelled lines.

They find trouble that no list of words holds, and doubt some that a list has found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

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

LEAST_URGENT, LEAST_DARK, LEAST_HEAVY = 0.48, 0.32, 0.5
"""Least probability of trouble, with or without words of it: a model sees which were found.

「線路沿いの物件」 has the words and is no trouble. Of misleading look-alikes two or three in a hundred
pass, by models that have not seen them (docs/decisions/0029).
"""

ASKED_URGENT, ASKED_DARK = 0.3, 0.2
"""Least probability of what no word tells to be asked about: 「給料が払えない、ということですか？」."""

DOUBTED_URGENT, DOUBTED_DARK = 0.1, 0.06
"""Least probability of trouble to be asked about where words were found; below, they mean something else."""

SHORTEST = 6
"""Letters of a message whose trouble is heard without words of the lists.

Fewer, as in 「いらない」 and 「子ども」, say too little, and codes such as 「1234-5678」 nothing.
"""

LONGEST, LONGEST_DOUBTED = 200, 60
"""Characters of a message that is weighed, and of one whose words are doubted.

In a long story every label drowns among everything else told.
"""


def weigh_by_example(
    found: Sequence[Trouble],
    text: str,
    clauses: Sequence[Clause],
    marks: Collection[str],
    model: LinearModel,
) -> list[Trouble]:
    """Drop unlikely trouble, and add trouble that only labelled lines show.

    The text has at most `LONGEST` characters.
    """
    if not clauses:
        return list(found)
    shares = model.probabilities(text, marks)
    if len(text) <= LONGEST_DOUBTED:
        found = [each for trouble in found if (each := _weigh(trouble, shares, marks, model))]
    known = {trouble.kind for trouble in found if not trouble.doubtful}
    if known - {TroubleKind.HEAVY} or sum(map(str.isalpha, text)) < SHORTEST:
        return list(found)
    return [*found, *_mind(shares, clauses[-1], known), *_money(shares, clauses[-1])]


def _weigh(
    trouble: Trouble, shares: Mapping[str, float], marks: Collection[str], model: LinearModel
) -> Trouble | None:
    """Believe, doubt or drop what words found."""
    if trouble.kind is TroubleKind.HEAVY:
        return trouble
    money = _sum(shares, _money_labels(shares))
    if trouble.kind in DARK:
        likely, least, doubted = _sum(shares, _MIND), LEAST_DARK, DOUBTED_DARK
        if money >= LEAST_URGENT:
            # In 「もう死にたい。給料も払えない」 the wages leave nothing to the dying.
            likely = max(likely, _sum(model.probabilities(trouble.clause.text, marks), _MIND))
    else:
        likely, least, doubted = money, LEAST_URGENT, DOUBTED_URGENT
    if trouble.imminent:  # never dropped, and asked about only where it is most unlikely
        return trouble if likely >= doubted else replace(trouble, doubtful=True, imminent=False)
    if likely < doubted:
        return None
    return trouble if likely >= least else replace(trouble, doubtful=True)


def _sum(shares: Mapping[str, float], labels: Iterable[str]) -> float:
    return sum(shares[label] for label in labels)


def _mind(
    shares: Mapping[str, float], clause: Clause, known: Collection[TroubleKind]
) -> Iterator[Trouble]:
    dark = shares["despair"] + shares["danger"]
    if dark >= LEAST_DARK:
        yield Trouble(_MIND[_likeliest(shares, ("despair", "danger"))], clause)
        return
    if not known and dark + shares["heavy"] >= LEAST_HEAVY:
        yield Trouble(TroubleKind.HEAVY, clause)
    if dark >= ASKED_DARK:  # also beside a heavy heart, which may be all or the least of it
        yield Trouble(TroubleKind.DESPAIR, clause, doubtful=True)


def _money(shares: Mapping[str, float], clause: Clause) -> Iterator[Trouble]:
    labels = _money_labels(shares)
    likely = _sum(shares, labels)
    if likely >= ASKED_URGENT:
        option = _likeliest(shares, labels)
        yield Trouble(TroubleKind.URGENT, clause, option, doubtful=likely < LEAST_URGENT)


def _money_labels(shares: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(label for label in shares if label not in _MIND and label != NONE)


def _likeliest(shares: Mapping[str, float], labels: Sequence[str]) -> str:
    return max(labels, key=lambda label: shares[label])
