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


def wordings_of(views: Sequence[View], gram_rarity: Rarity, word_rarity: Rarity) -> Wordings:
    """Lay out the ways of asking for one entry."""
    words = tuple(frozenset(word.normal for word in one.words) for one in views)
    lengths = tuple(norm(one.grams, gram_rarity) for one in views)
    with_gram = _places([one.grams for one in views])
    return Wordings(
        readings=tuple(one.reading for one in views),
        lengths=lengths,
        weights=tuple(sum(map(word_rarity, each)) for each in words),
        centroid=_centroid(with_gram, lengths, gram_rarity),
        with_gram=with_gram,
        with_word=_places(words),
    )


def norm(grams: Iterable[str], rarity: Rarity) -> float:
    """Return the length of the vector of grams.

    1 for none, so that it can divide.
    """
    return length_of(rarity.squares(grams))


def length_of(squares: Mapping[str, float]) -> float:
    """Return the length of a vector of squared weights, 1 for none."""
    return math.sqrt(sum(squares.values())) or 1.0


def _places(wordings: Sequence[Iterable[str]]) -> dict[str, Places]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, items in enumerate(wordings):
        for item in items:
            found[item].append(place)
    return {item: _share(tuple(places)) for item, places in found.items()}


_known: dict[Places, Places] = {}


def _share(places: Places) -> Places:
    """Keep equal places once, since most grams stand in one wording alone."""
    return _known.setdefault(places, places)


def _centroid(with_gram: Mapping[str, Places], lengths: Sequence[float], rarity: Rarity) -> float:
    totals = (
        rarity(gram) * sum(1 / lengths[place] for place in places)
        for gram, places in with_gram.items()
    )
    return math.sqrt(sum(total**2 for total in totals)) / len(lengths) or 1.0
