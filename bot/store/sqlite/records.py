"""Read records of turns.

These are the desk's posts, timers, codes, counts and corrections.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import orjson

from bot.store.columns import read_question_list, unseal_answers, unseal_json
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
from bot.store.sqlite.columns import Run, to_utc, unseal_text

_POSTS = "SELECT reference, key, channel, ts, thread, wiped FROM posts"
"""Begins a look for posts. Columns are named: a later version may have added some."""


class SQLiteRecords:
    """`Records` over a connection."""

    def __init__(self, run: Run, seal: Seal) -> None:
        self._run, self._seal = run, seal

    async def find_post(self, reference: str) -> Post | None:
        """Find where a message of ours is."""
        return self._post("reference = ?", reference)

    async def find_post_at(self, channel: str, ts: str) -> Post | None:
        """Find which message of ours is there."""
        return self._post("channel = ? AND ts = ?", channel, ts)

    def _post(self, where: str, *values: str) -> Post | None:
        row = self._run(f"{_POSTS} WHERE {where}", values).fetchone()
        return Post(*row) if row else None

    async def list_posts(self, beginning: str) -> tuple[Post, ...]:
        """List the messages of ours whose name begins like this."""
        named = f"{_POSTS} WHERE substr(reference, 1, ?) = ?"
        return tuple(Post(*row) for row in self._run(named, (len(beginning), beginning)))

    async def list_posts_to_wipe(self) -> tuple[Post, ...]:
        """List the messages that must lose their words."""
        return tuple(Post(*row) for row in self._run(f"{_POSTS} WHERE wiped <> ''"))

    async def find_case_key(self, case_id: str) -> str:
        """Find the owner of a case, or "" without such a case."""
        row = self._run("SELECT key FROM cases WHERE id = ?", (case_id,)).fetchone()
        return row[0] if row else ""

    async def list_open_case_keys(self) -> tuple[str, ...]:
        """List whose cases are open."""
        return tuple(row[0] for row in self._run("SELECT key FROM cases WHERE open"))

    async def count_cases(self, now: datetime) -> CaseCounts:
        """Count the cases that are open and overdue."""
        counts = "SELECT count(*), count(*) FILTER (WHERE promised <> '' AND promised < ?)"
        row = self._run(f"{counts} FROM cases WHERE open", (to_utc(now),)).fetchone()
        return CaseCounts(*row)

    async def list_due_timers(self, now: datetime) -> tuple[Timer, ...]:
        """List the timers that have come, the earliest first."""
        rows = self._run(
            "SELECT name, due, key FROM timers WHERE due <= ? ORDER BY due", (to_utc(now),)
        )
        return tuple(Timer(name, datetime.fromisoformat(due), key) for name, due, key in rows)

    async def count_timers(self, beginning: str, before: datetime) -> int:
        """Count the timers whose name begins like this that are due before this time."""
        counted = "SELECT count(*) FROM timers WHERE due < ? AND substr(name, 1, ?) = ?"
        row = self._run(counted, (to_utc(before), len(beginning), beginning)).fetchone()
        return int(row[0])

    async def find_timer(self, name: str) -> datetime | None:
        """Find when this timer is due, or None when it is not set."""
        row = self._run("SELECT due FROM timers WHERE name = ?", (name,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    async def find_transfer(self, code: str, now: datetime) -> TransferCode | None:
        """Find the answers under this code, unless it has expired."""
        row = self._run(
            "SELECT code, flow, answers, until FROM codes WHERE code = ? AND until >= ?",
            (code, to_utc(now)),
        ).fetchone()
        if row is None:
            return None
        answers = unseal_answers(self._seal, row[2].encode())
        return TransferCode(row[0], row[1], answers, datetime.fromisoformat(row[3]))

    async def find_sheet(self, hash_: str, now: datetime) -> Mapping[str, Any] | None:
        """Find the sheet under this hash, unless it has expired."""
        row = self._run(
            "SELECT content FROM sheets WHERE hash = ? AND until >= ?", (hash_, to_utc(now))
        ).fetchone()
        return unseal_json(self._seal, row[0].encode()) if row else None

    async def find_sheet_owner(self, hash_: str) -> str:
        """Find the key of the person whose sheet this is, or "" for nobody."""
        row = self._run("SELECT key FROM sheets WHERE hash = ?", (hash_,)).fetchone()
        return row[0] if row else ""

    async def list_counts(self, first: date, last: date) -> tuple[DayCount, ...]:
        """List the counts of these days, both included."""
        rows = self._run(
            "SELECT day, name, value, count FROM tallies WHERE day BETWEEN ? AND ? "
            "ORDER BY day, name, value",
            (first.isoformat(), last.isoformat()),
        )
        return tuple(
            DayCount(date.fromisoformat(day), name, value, count)
            for day, name, value, count in rows
        )

    async def list_amendments(self) -> tuple[Mapping[str, Any], ...]:
        """List every correction of the knowledge, in order."""
        rows = self._run("SELECT content FROM amendments ORDER BY id")
        return tuple(orjson.loads(row[0]) for row in rows)

    async def list_unanswered(self) -> tuple[UnansweredQuestion, ...]:
        """List the questions nobody could answer, oldest first."""
        rows = self._run(
            "SELECT id, question, asked_at, key, open_question FROM unanswered ORDER BY id"
        )
        return tuple(
            UnansweredQuestion(
                id_, unseal_text(self._seal, kept), datetime.fromisoformat(at), key, asked
            )
            for id_, kept, at, key, asked in rows
        )

    async def list_question_lists(self) -> tuple[QuestionList, ...]:
        """List the lists of unanswered questions that staff still see."""
        rows = self._run("SELECT reference, channel, groups, more, done FROM lists")
        return tuple(read_question_list(*row) for row in rows)

    async def find_staff_name(self, staff_id: str) -> StaffName | None:
        """Find how this staff member is shown, or None when never set."""
        row = self._run("SELECT id, name, icon_url FROM staff WHERE id = ?", (staff_id,)).fetchone()
        return StaffName(*row) if row else None

    async def list_desk_entries(self, kind: str) -> tuple[DeskEntry, ...]:
        """List the desk's entries of this kind by name."""
        rows = self._run(
            "SELECT kind, name, content, staff FROM desk_entries WHERE kind = ? ORDER BY name",
            (kind,),
        )
        return tuple(
            DeskEntry(kind, name, orjson.loads(content), staff)
            for kind, name, content, staff in rows
        )
