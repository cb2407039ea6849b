"""Compare the versions of a store's schema, its number of migrations."""

from __future__ import annotations

from bot.store import SchemaError


def refuse_later(done: int, known: int) -> None:
    """Raise SchemaError for a schema that only a later program knows."""
    if done > known:
        raise SchemaError(
            f"The database has schema {done}, this program knows {known}. "
            "Install the newer kaizen-navi that made it, or restore the matching backup."
        )


def refuse_other(done: int, known: int) -> None:
    """Raise SchemaError unless the schema is exactly that of this program."""
    refuse_later(done, known)
    if done < known:
        raise SchemaError(
            f"The database has schema {done} of {known}. "
            "Run `python -m bot migrate` first (it keeps what is stored)."
        )
