"""Encode sentences for the FAQ, with the entries' vectors kept in a file.

The vectors are made once, a few at a time, and read at every later start; a changed text is encoded
again. Where the file cannot be written they are made at every start.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import structlog

from bot.store.opening import store_file
from bot.understand import encoder
from knowledge.faq.matching.meaning import Encoder

DEFAULT_FILE = Path("var/faq-vectors.npz")

FEW = 8
"""Texts encoded in one go. Turns that come meanwhile wait some ten milliseconds."""

_LOG = structlog.get_logger(__name__)


def vectors_file(database_url: str) -> Path:
    """Name the file of the vectors, beside the database's if that is a file."""
    file = store_file(database_url)
    return file.with_name(DEFAULT_FILE.name) if file else DEFAULT_FILE


def is_wanted() -> bool:
    """Tell whether commands of the terminal find questions by meaning.

    They do where the encoder is installed, unless LIKENESS says otherwise.
    """
    return encoder.is_installed() and os.environ.get("LIKENESS") != "spelling"


def make_kept_encoder(file: Path) -> Encoder:
    """Make an encoder that keeps the vectors of many texts in a file.

    Many texts at once are those of entries.
    """

    def encode(texts: Sequence[str]) -> Any:
        return encoder.encode(texts) if len(texts) == 1 else _encode_kept(texts, file)

    return encode


def _encode_kept(texts: Sequence[str], file: Path) -> Any:
    import numpy as np  # noqa: PLC0415 - comes with the extra

    known = _read(file)
    new = [text for text in dict.fromkeys(texts) if encoder.key_of(text) not in known]
    for start in range(0, len(new), FEW):
        few = new[start : start + FEW]
        known |= zip(map(encoder.key_of, few), encoder.encode(few), strict=True)
    if new:
        _write(known, file)
    return np.stack([known[encoder.key_of(text)] for text in texts])


def _read(file: Path) -> dict[int, Any]:
    try:
        return dict(encoder.read_vectors(file))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        _LOG.warning("vectors of the FAQ are made again", fault=type(error).__name__)
        return {}


def _write(vectors: Mapping[int, Any], file: Path) -> None:
    """Replace the file in one step, so that no process reads half of it."""
    half_done = file.with_name(f"{file.stem}-{os.getpid()}.npz")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        encoder.write_vectors(vectors, half_done)
        half_done.replace(file)
    except OSError as error:
        _LOG.warning("vectors of the FAQ are not kept", fault=type(error).__name__)
