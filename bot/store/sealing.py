"""Seal owners' words for the store where there is a key.

Sealed words are Fernet tokens (AES-128-CBC with HMAC-SHA256) of the `cryptography` package. The
first key seals, each key given opens: a new one is put in front, and the old one may go when all is
sealed again (`python -m bot migrate`).
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from typing import Protocol

from bot.store import StoreError

COLUMNS = (
    ("conversations", "key", "state"),
    ("outbox", "id", "outgoing"),
    ("unanswered", "id", "question"),
    ("codes", "code", "answers"),
    ("sheets", "hash", "content"),
)
"""Table, its key, and the column with words."""

KEY = "key:"
"""Begins the name of a secret that is a key's name."""


class Seal(Protocol):
    """Seal and open words. `names` are its keys' names, the sealing one first."""

    @property
    def names(self) -> tuple[str, ...]:
        """Name each key without revealing it."""

    def seal(self, words: bytes) -> bytes:
        """Write words in the form the store keeps."""

    def unseal(self, kept: bytes) -> bytes:
        """Read words from the form the store keeps.

        Raises StoreError when no key fits.
        """


class NoSeal:
    """Keep words unsealed."""

    names: tuple[str, ...] = ()

    def seal(self, words: bytes) -> bytes:
        """Return the same words."""
        return words

    def unseal(self, kept: bytes) -> bytes:
        """Return the same words."""
        return kept


class KeySeal:
    """Seal words by the first of these keys and open them by any.

    Each key has 32 bytes.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        # Loaded only where there is a key.
        from cryptography.fernet import Fernet, InvalidToken, MultiFernet  # noqa: PLC0415 - see above

        self.names = tuple(map(_name, keys))
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in keys])
        self._does_not_fit = InvalidToken

    def seal(self, words: bytes) -> bytes:
        """Seal the words by the first key."""
        return self._fernet.encrypt(words)

    def unseal(self, kept: bytes) -> bytes:
        """Open words that one of the keys sealed and nobody has changed since."""
        try:
            return self._fernet.decrypt(kept)
        except self._does_not_fit:
            raise StoreError("Something that was kept cannot be opened with DATA_KEY.") from None


def make_seal(keys: Sequence[bytes]) -> Seal:
    """Make the seal of these keys, or an open one without keys."""
    return KeySeal(keys) if keys else NoSeal()


def refuse_missing(in_use: set[str], seal: Seal) -> None:
    """Raise StoreError unless the seal has every key in use."""
    if in_use and not seal.names:
        raise StoreError("The database is encrypted: set DATA_KEY to the key it is encrypted with.")
    if in_use - {*seal.names}:
        raise StoreError(
            "DATA_KEY lacks a key by which words in the database are encrypted. Give every key in "
            "use, the new one first, separated by commas."
        )


def _name(key: bytes) -> str:
    return hmac.digest(key, b"the name of a key of kaizen-navi", "sha256").hex()[:16]
