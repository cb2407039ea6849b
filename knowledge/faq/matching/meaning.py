"""Compare texts by meaning, where an encoder is given.

Nothing here needs one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from knowledge.faq.wording.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge.faq.entry import Entry

# A question stands at the end of a story; the encoder takes time by the length.
LONGEST = 160
REMEMBERED = 64
"""Encoded texts that are kept in memory."""


class Encoder(Protocol):
    """Turns texts into vectors."""

    def __call__(self, texts: Sequence[str]) -> Any:
        """Return a row of length 1 for each text, as one array."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Hold the vectors of all ways to ask for each entry.

    `starts` are where each entry begins.
    """

    vector_of: Callable[[str], Any]
    phrases: Any
    centroids: Any
    starts: Any

    def alike(self, text: str) -> Sequence[float]:
        """Return how like a text is to each entry.

        That is to its best phrasing, and to all together.
        """
        import numpy as np  # noqa: PLC0415 - comes with the encoder

        asked = self.vector_of(encoded(text))
        # Not `@`: its threads wait for one another longer than so few rows take.
        best = np.maximum.reduceat(np.einsum("ij,j->i", self.phrases, asked), self.starts)
        likeness: list[float] = ((best + np.einsum("ij,j->i", self.centroids, asked)) / 2).tolist()
        return likeness


def remembering(encode: Encoder) -> Callable[[str], Any]:
    """Encode single texts, remembering the last of them."""
    return lru_cache(REMEMBERED)(lambda text: encode([text])[0])


def build(entries: Sequence[Entry], encode: Encoder, vector_of: Callable[[str], Any]) -> Meaning:
    """Encode every way to ask for each entry."""
    import numpy as np  # noqa: PLC0415 - comes with the encoder

    sizes = [1 + len(entry.phrasings) for entry in entries]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    phrases = encode(texts_of(entries))
    sums = np.add.reduceat(phrases, starts)
    centroids = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return Meaning(vector_of, phrases, centroids, starts)


def texts_of(entries: Sequence[Entry]) -> list[str]:
    """Return the texts whose vectors stand for the entries, in their order."""
    return [encoded(text) for entry in entries for text in (entry.question, *entry.phrasings)]


def encoded(text: str) -> str:
    """Return the part of a text that is encoded."""
    return fold(text)[-LONGEST:] or "。"
