"""Lay out all wordings of an entry, to compare a question with them together."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.faq.matching.rarity import Rarity
    from knowledge.faq.matching.views import View

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wordings:
    """The ways of asking for an entry, each by its place.

    `lengths` are the norms of their grams, `weights` those of their words; `with_gram` and
    `with_word` tell in which of them a gram or a word stands. `centroid` is the length of the mean
    of their unit vectors.
    """

    readings: tuple[str, ...]
    lengths: tuple[float, ...]
    weights: tuple[float, ...]
    centroid: float
    with_gram: Mapping[str, Places]
    with_word: Mapping[str, Places]


def lay_out(
    entries: Sequence[Sequence[View]], gram_squares: Rarity, word_rarity: Rarity
) -> tuple[Wordings, ...]:
    """Lay out the ways of asking for every entry."""
    shared: dict[Places, Places] = {}
    return tuple(_lay_out_one(views, gram_squares, word_rarity, shared) for views in entries)


def _lay_out_one(
    views: Sequence[View], gram_squares: Rarity, word_rarity: Rarity, shared: dict[Places, Places]
) -> Wordings:
    words = [frozenset(word.normal for word in one.words) for one in views]
    lengths = tuple(length_of(sum(map(gram_squares, one.grams))) for one in views)
    with_gram = _places([one.grams for one in views], shared)
    return Wordings(
        readings=tuple(one.reading for one in views),
        lengths=lengths,
        weights=tuple(sum(map(word_rarity, each)) for each in words),
        centroid=_centroid(with_gram, lengths, gram_squares),
        with_gram=with_gram,
        with_word=_places(words, shared),
    )


def length_of(squares: float) -> float:
    """Return the length of a vector by the sum of its squared weights, 1 for none."""
    return math.sqrt(squares) or 1.0


def _places(wordings: Sequence[Iterable[str]], shared: dict[Places, Places]) -> dict[str, Places]:
    """Map every item to the places of the wordings it stands in.

    Equal places are kept once, in `shared`, since most grams stand in one wording alone.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, items in enumerate(wordings):
        for item in items:
            found[item].append(place)
    made = ((item, tuple(places)) for item, places in found.items())
    return {item: shared.setdefault(places, places) for item, places in made}


def _centroid(with_gram: Mapping[str, Places], lengths: Sequence[float], squares: Rarity) -> float:
    totals = (
        squares(gram) * sum(1 / lengths[place] for place in places) ** 2
        for gram, places in with_gram.items()
    )
    return math.sqrt(sum(totals)) / len(lengths) or 1.0
