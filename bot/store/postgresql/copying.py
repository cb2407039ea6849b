"""Copy a whole SQLite file into an empty database, and compare every row afterwards.

Tables and columns have the same names in both; what a column holds follows from its type there. All
of it is one transaction: the database has everything, or nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import orjson

from bot.store import StoreError
from bot.store.postgresql.database import Connection

AT_ONCE = 1000
"""Rows on their way at once."""

LEFT_BY_FILE = "left by a file"
"""Owns deliveries that waited in the file. They count as perhaps tried, like a dead process's."""

_OURS_TO_FILL = frozenset({"migrations", "processes"})
"""Tables that only the database has."""

_REMADE = "name <> 'written'"
"""Secrets to copy. "written" tells of the file alone."""

Row = tuple[Any, ...]

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in for a missing time, so that the conversation counts as idle."""


def _as_time(kept: str | None, *, needed: bool) -> datetime | None:
    if not kept:
        return _NEVER if needed else None
    found = datetime.fromisoformat(kept)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _as_json(kept: str) -> str:
    return orjson.dumps(orjson.loads(kept), option=orjson.OPT_SORT_KEYS).decode()


_CONVERTED: Mapping[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "date": date.fromisoformat,
    "jsonb": _as_json,
}


@dataclass(frozen=True)
class Table:
    """Describe a table of both stores by its columns, their types and its key."""

    name: str
    columns: Mapping[str, tuple[str, bool]]
    key: tuple[str, ...]

    def read(self, database: sqlite3.Connection) -> Iterator[Row]:
        """Read the rows of the file in order, in the database's types."""
        columns = ", ".join(
            f"CAST({name} AS BLOB)" if kind == "bytea" else name
            for name, (kind, _) in self.columns.items()
        )
        for row in database.execute(f"SELECT {columns} FROM {self._which} ORDER BY {self._order}"):  # noqa: S608 - our own names
            yield tuple(map(_convert, row, self.columns.values()))

    async def write(self, connection: Connection, rows: Iterator[Row]) -> int:
        """Write these rows and return their number."""
        written = 0
        while batch := [row for _, row in zip(range(AT_ONCE), rows, strict=False)]:
            await connection.copy_records_to_table(
                self.name, records=batch, columns=list(self.columns)
            )
            written += len(batch)
        return written

    async def compare(self, connection: Connection, rows: Iterator[Row]) -> None:
        """Raise StoreError unless exactly these rows are there."""
        order = ", ".join(
            f'{name} COLLATE "C"' if self.columns[name][0] == "text" else name for name in self.key
        )
        select = f"SELECT {', '.join(self.columns)} FROM {self._which} ORDER BY {order}"  # noqa: S608 - our own names
        async for there in connection.cursor(select, prefetch=AT_ONCE):
            kinds = (kind for kind, _ in self.columns.values())
            read = tuple(
                _as_json(value) if kind == "jsonb" else value
                for kind, value in zip(kinds, there, strict=True)
            )
            if read != next(rows, None):
                raise StoreError(f"A row of {self.name} is not as it was; nothing was copied.")
        if next(rows, None) is not None:
            raise StoreError(f"Rows of {self.name} are missing; nothing was copied.")

    @property
    def _which(self) -> str:
        return f"{self.name} WHERE {_REMADE}" if self.name == "secrets" else self.name

    @property
    def _order(self) -> str:
        return ", ".join(self.key)


async def copy_all(database: sqlite3.Connection, connection: Connection) -> Mapping[str, int]:
    """Copy every row of the file and return the numbers by table.

    Raises StoreError, and then copies nothing.
    """
    tables = await _list_tables(database, connection)
    async with connection.transaction():
        await _refuse_used(connection, tables)
        await connection.execute("DELETE FROM secrets")
        copied = {each.name: await each.write(connection, each.read(database)) for each in tables}
        for each in tables:
            await each.compare(connection, each.read(database))
            await _count_on(database, connection, each)
        await connection.execute("UPDATE outbox SET owner = $1", LEFT_BY_FILE)
        await connection.execute(
            "INSERT INTO processes (id, alive_until) VALUES ($1, '-infinity')", LEFT_BY_FILE
        )
    return copied


async def _list_tables(database: sqlite3.Connection, connection: Connection) -> tuple[Table, ...]:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = [row[0] for row in database.execute(named)]
    known = await connection.fetch(
        "SELECT table_name, column_name, data_type, is_nullable = 'NO' AS needed "
        "FROM information_schema.columns WHERE table_schema = current_schema()"
    )
    missing = {row["table_name"] for row in known} - _OURS_TO_FILL ^ set(names)
    if missing:
        raise StoreError(f"Only one of the two stores has {', '.join(sorted(missing))}.")
    return tuple(_pair(database, known, name) for name in names)


def _pair(database: sqlite3.Connection, known: list[asyncpg.Record], name: str) -> Table:
    columns = database.execute(f"PRAGMA table_info({name})").fetchall()
    there = {
        row["column_name"]: (row["data_type"], row["needed"])
        for row in known
        if row["table_name"] == name
    }
    if lacking := {column[1] for column in columns} - set(there):
        raise StoreError(f"The database knows no {', '.join(sorted(lacking))} of {name}.")
    key = sorted((column[5], column[1]) for column in columns if column[5])
    return Table(
        name,
        {column[1]: there[column[1]] for column in columns},
        tuple(column for _, column in key),
    )


async def _refuse_used(connection: Connection, tables: tuple[Table, ...]) -> None:
    for each in tables:
        if each.name == "secrets":
            continue
        if await connection.fetchval(f"SELECT EXISTS (SELECT FROM {each.name})"):  # noqa: S608 - our own names
            raise StoreError(
                f"The database to copy to has something in {each.name} already. Copy to an empty one."
            )


async def _count_on(database: sqlite3.Connection, connection: Connection, table: Table) -> None:
    """Continue the numbers of the file in the database.

    A deleted number is never given again.
    """
    if table.key != ("id",) or table.columns["id"][0] != "bigint":
        return
    last = database.execute(
        "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0), "  # noqa: S608 - our own names
        f"coalesce((SELECT max(id) FROM {table.name}), 0))",
        (table.name,),
    ).fetchone()[0]
    if last:
        await connection.execute(
            "SELECT setval(pg_get_serial_sequence($1, 'id'), $2)", table.name, last
        )


def _convert(kept: Any, column: tuple[str, bool]) -> Any:
    kind, needed = column
    if kind == "timestamp with time zone":
        return _as_time(kept, needed=needed)
    convert = _CONVERTED.get(kind)
    return convert(kept) if convert else kept
