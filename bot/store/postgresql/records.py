"""Read records of turns.

These are the desk's posts, timers, codes, counts and corrections.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import orjson

from bot.store.columns import read_question_list, unseal_answers, unseal_json
from bot.store.postgresql.database import Database
from bot.store.records import (
    CaseCounts,
    DayCount,
    DeskEntry,
    Post,
    QuestionList,
    StaffName,
    Timer,
    TransferCode,
    UnansweredQuestion,
)
from bot.store.sealing import Seal

_POSTS = "SELECT reference, key, channel, ts, thread, wiped FROM posts"
"""Begins a look for posts. Columns are named: a later version may have added some."""


class PostgreSQLRecords:
    """`Records` of a database, as committed by all processes."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._fetch, self._fetch_one, self._seal = database.fetch, database.fetch_one, seal

    async def find_post(self, reference: str) -> Post | None:
        """Find where a message of ours is."""
        row = await self._fetch_one(f"{_POSTS} WHERE reference = $1", reference)
        return Post(*row) if row else None

    async def find_post_at(self, channel: str, ts: str) -> Post | None:
        """Find which message of ours is there."""
        there = f"{_POSTS} WHERE channel = $1 AND ts = $2"
        row = await self._fetch_one(there, channel, ts)
        return Post(*row) if row else None

    async def list_posts(self, beginning: str) -> tuple[Post, ...]:
        """List the messages of ours whose name begins like this."""
        named = f"{_POSTS} WHERE starts_with(reference, $1) ORDER BY reference"
        return tuple(Post(*row) for row in await self._fetch(named, beginning))

    async def list_posts_to_wipe(self) -> tuple[Post, ...]:
        """List the messages that must lose their words."""
        rows = await self._fetch(f"{_POSTS} WHERE wiped <> '' ORDER BY reference")
        return tuple(Post(*row) for row in rows)

    async def find_case_key(self, case_id: str) -> str:
        """Find the owner of a case, or "" without such a case."""
        row = await self._fetch_one("SELECT key FROM cases WHERE id = $1", case_id)
        return row["key"] if row else ""

    async def list_open_case_keys(self) -> tuple[str, ...]:
        """List whose cases are open."""
        return tuple(row["key"] for row in await self._fetch("SELECT key FROM cases WHERE open"))

    async def count_cases(self, now: datetime) -> CaseCounts:
        """Count the cases that are open and overdue."""
        counts = "SELECT count(*), count(*) FILTER (WHERE promised < $1) FROM cases WHERE open"
        row = await self._fetch_one(counts, now)
        return CaseCounts(*row) if row else CaseCounts(0, 0)

    async def list_due_timers(self, now: datetime) -> tuple[Timer, ...]:
        """List the timers that have come, the earliest first."""
        rows = await self._fetch(
            "SELECT name, due, key FROM timers WHERE due <= $1 ORDER BY due, name", now
        )
        return tuple(Timer(*row) for row in rows)

    async def count_timers(self, beginning: str, before: datetime) -> int:
        """Count the timers whose name begins like this that are due before this time."""
        counted = "SELECT count(*) AS due FROM timers WHERE due < $1 AND starts_with(name, $2)"
        row = await self._fetch_one(counted, before, beginning)
        return int(row["due"]) if row else 0

    async def find_timer(self, name: str) -> datetime | None:
        """Find when this timer is due, or None when it is not set."""
        row = await self._fetch_one("SELECT due FROM timers WHERE name = $1", name)
        return row["due"] if row else None

    async def find_transfer(self, code: str, now: datetime) -> TransferCode | None:
        """Find the answers under this code, unless it has expired."""
        good = "SELECT flow, answers, until FROM codes WHERE code = $1 AND until >= $2"
        row = await self._fetch_one(good, code, now)
        if row is None:
            return None
        answers = unseal_answers(self._seal, row["answers"])
        return TransferCode(code, row["flow"], answers, row["until"])

    async def find_sheet(self, hash_: str, now: datetime) -> Mapping[str, Any] | None:
        """Find the sheet under this hash, unless it has expired."""
        kept = "SELECT content FROM sheets WHERE hash = $1 AND until >= $2"
        row = await self._fetch_one(kept, hash_, now)
        return unseal_json(self._seal, row["content"]) if row else None

    async def find_sheet_owner(self, hash_: str) -> str:
        """Find the key of the person whose sheet this is, or "" for nobody."""
        row = await self._fetch_one("SELECT key FROM sheets WHERE hash = $1", hash_)
        return row["key"] if row else ""

    async def list_counts(self, first: date, last: date) -> tuple[DayCount, ...]:
        """List the counts of these days, both included."""
        rows = await self._fetch(
            "SELECT day, name, value, sum(count)::bigint FROM tallies "
            "WHERE day BETWEEN $1 AND $2 GROUP BY day, name, value "
            'ORDER BY day, name COLLATE "C", value COLLATE "C"',
            first,
            last,
        )
        return tuple(DayCount(*row) for row in rows)

    async def list_amendments(self) -> tuple[Mapping[str, Any], ...]:
        """List every correction of the knowledge, in order."""
        rows = await self._fetch("SELECT content FROM amendments ORDER BY id")
        return tuple(orjson.loads(row["content"]) for row in rows)

    async def list_unanswered(self) -> tuple[UnansweredQuestion, ...]:
        """List the questions nobody could answer, oldest first."""
        rows = await self._fetch(
            "SELECT id, question, asked_at, key, open_question FROM unanswered ORDER BY id"
        )
        return tuple(
            UnansweredQuestion(number, self._seal.unseal(kept).decode(), at, key, asked)
            for number, kept, at, key, asked in rows
        )

    async def list_question_lists(self) -> tuple[QuestionList, ...]:
        """List the lists of unanswered questions that staff still see."""
        rows = await self._fetch("SELECT reference, channel, groups, more, done FROM lists")
        return tuple(read_question_list(*row) for row in rows)

    async def find_staff_name(self, staff_id: str) -> StaffName | None:
        """Find how this staff member is shown, or None when never set."""
        row = await self._fetch_one("SELECT id, name, icon_url FROM staff WHERE id = $1", staff_id)
        return StaffName(*row) if row else None

    async def list_desk_entries(self, kind: str) -> tuple[DeskEntry, ...]:
        """List the desk's entries of this kind by name."""
        rows = await self._fetch(
            "SELECT kind, name, content, staff FROM desk_entries WHERE kind = $1 "
            'ORDER BY name COLLATE "C"',
            kind,
        )
        return tuple(
            DeskEntry(kind, name, orjson.loads(content), staff)
            for kind, name, content, staff in rows
        )
