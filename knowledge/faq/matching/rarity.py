"""What seeing a word or a run of letters tells."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Rarity:
    """Weigh items by rarity, highest for the unseen."""

    known: Mapping[str, float]
    unseen: float

    def __call__(self, item: str) -> float:
        """Return the weight of a word or gram."""
        return self.known.get(item, self.unseen)

    def squared(self) -> Rarity:
        """Return the squared weights, of which the lengths of vectors are made."""
        known = {item: weight**2 for item, weight in self.known.items()}
        return Rarity(known, self.unseen**2)

    @classmethod
    def among(cls, collections: Sequence[Iterable[str]]) -> Rarity:
        """Count in how many of the collections each item is."""
        seen = Counter(item for collection in collections for item in set(collection))
        total = len(collections) + 1
        known = {item: math.log(1 + total / count) for item, count in seen.items()}
        return cls(known, math.log(1 + total))
