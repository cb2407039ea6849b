"""The records of turns in SQLite: the desk's posts, timers, codes, counts and corrections."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson

from bot.model.business_hours import JAPAN
from bot.store.records import (
    FORGOTTEN,
    LIST,
    UNSENT,
    CaseCounts,
    ClearTimer,
    CountOne,
    DayCount,
    DeleteCode,
    DeleteList,
    MarkGroupDone,
    Post,
    QuestionList,
    Record,
    ResolveQuestions,
    SaveAmendment,
    SaveCase,
    StaffName,
    Timer,
    TransferCode,
    UnansweredQuestion,
    WipePosts,
)
from bot.store.sealing import Seal

Run = Callable[..., sqlite3.Cursor]
"""Runs one statement within the transaction of the tick."""

AddOne = Callable[[str, str, str], None]
"""Counts one more on a day, of a name and a value."""


class SQLiteRecords:
    """`Records` over a connection: the caller who writes sees to the commit."""

    def __init__(self, run: Run, count: AddOne, seal: Seal) -> None:
        self._run, self._count, self._seal = run, count, seal

    # --- written within a turn --------------------------------------------------------------------

    def keep(self, record: Record, key: str, now: datetime) -> None:
        """Write one record of a turn of `key`."""
        match record:
            case Timer():
                self._set(record, key)
            case ClearTimer(Timer(name, due)):
                moment = _utc(due) if due else ""
                # By its time too: the turn that cleared it may have set the next one.
                self._run("DELETE FROM timers WHERE name = ? AND due = ?", (name, moment))
            case CountOne(name, value):
                day = now.astimezone(JAPAN).date().isoformat()
                self._count(day, name, value)
            case TransferCode():
                self._offer(record, now)
            case DeleteCode(code):
                self._run("DELETE FROM codes WHERE code = ?", (code,))
            case SaveCase():
                self._keep_case(record, key)
            case Post() | WipePosts():
                self._keep_post(record)
            case SaveAmendment() | ResolveQuestions() | StaffName():
                self._keep_of_staff(record)
            case QuestionList() | MarkGroupDone() | DeleteList():
                self._keep_list(record)

    def _keep_case(self, case: SaveCase, key: str) -> None:
        self._run(
            "INSERT INTO cases (id, key, open, promised) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET open = excluded.open, promised = excluded.promised",
            (case.id, key, case.open, _utc(case.promised) if case.promised else ""),
        )

    def _keep_post(self, record: Post | WipePosts) -> None:
        match record:
            case Post():
                self.remember(record)
            case WipePosts(reference):
                self._run(
                    "UPDATE posts SET wiped = ? WHERE reference = ? OR thread = ?",
                    (FORGOTTEN, reference, reference),
                )

    def _keep_of_staff(self, record: SaveAmendment | ResolveQuestions | StaffName) -> None:
        match record:
            case SaveAmendment(content):
                made = orjson.dumps(dict(content)).decode()
                self._run("INSERT INTO amendments (content) VALUES (?)", (made,))
            case ResolveQuestions(ids):
                for each in ids:
                    self.delete_questions("id", each)
            case StaffName(staff_id, name, icon_url):
                self._run(
                    "INSERT INTO staff VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE "
                    "SET name = excluded.name, icon_url = excluded.icon_url",
                    (staff_id, name, icon_url),
                )

    def _keep_list(self, record: QuestionList | MarkGroupDone | DeleteList) -> None:
        match record:
            case QuestionList(reference, channel, groups, more, done):
                self._run(
                    "INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?, ?)",
                    (reference, channel, _json(groups), more, _json(done)),
                )
            case MarkGroupDone(reference, group, what):
                self._run(
                    "UPDATE lists SET done = json_set(done, ?, ?) WHERE reference = ?",
                    (f'$."{group}"', what, reference),
                )
            case DeleteList(reference):
                self._run("DELETE FROM lists WHERE reference = ?", (reference,))

    def _set(self, timer: Timer, key: str) -> None:
        if timer.due is None:
            self._run("DELETE FROM timers WHERE name = ?", (timer.name,))
            return
        self._run(
            "INSERT INTO timers VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE "
            "SET key = excluded.key, due = excluded.due",
            (timer.name, timer.key or key, _utc(timer.due)),
        )

    def expire(self, now: datetime) -> None:
        """Delete the answers under codes that are no good any more."""
        self._run("DELETE FROM codes WHERE until < ?", (_utc(now),))

    def _offer(self, offered: TransferCode, now: datetime) -> None:
        self.expire(now)
        answers = self._seal.seal(orjson.dumps(offered.answers))
        until = _utc(offered.until)
        self._run(
            "INSERT INTO codes VALUES (?, ?, CAST(? AS TEXT), ?)",
            (offered.code, offered.flow, answers, until),
        )

    def remember(self, post: Post) -> None:
        """Keep where a message of ours is."""
        self._run(
            "INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (reference) DO UPDATE "
            "SET channel = excluded.channel, ts = excluded.ts, wiped = excluded.wiped",
            (post.reference, post.key, post.channel, post.ts, post.thread, post.wiped),
        )

    def forget(self, key: str) -> bool:
        """Delete what is about this person; what staff see of it is marked to be wiped.

        Whose it was is forgotten at once: Slack may not be there for a long time.
        """
        # Marked, not deleted: the words stand in Slack, and only its channel can take them out.
        mark = "UPDATE posts SET wiped = ?, key = '' WHERE key = ?"
        wiped = self._run(mark, (FORGOTTEN, key)).rowcount
        timers = self._run("DELETE FROM timers WHERE key = ?", (key,)).rowcount
        cases = self._run("DELETE FROM cases WHERE key = ?", (key,)).rowcount
        return bool(wiped or timers or cases)

    def delete_questions(self, column: str, value: str | int) -> bool:
        """Delete questions, and waiting lists that would still bring their words to staff.

        Those lists are drawn again without them. Returns whether there were any.
        """
        where = f"FROM unanswered WHERE {column} = ?"
        found = self._run(f"SELECT question {where}", (value,)).fetchall()
        self._run(f"DELETE {where}", (value,))
        if found:
            self._delete_lists_with([_as_shown(self._words(kept)) for (kept,) in found])
        return bool(found)

    def _delete_lists_with(self, shown: list[str]) -> None:
        waiting = "SELECT id, outgoing FROM outbox WHERE substr(key, 1, ?) = ?"
        for number, kept in self._run(waiting, (len(LIST), LIST)).fetchall():
            drawing = self._words(kept)
            if any(words in drawing for words in shown):
                self._run("DELETE FROM outbox WHERE id = ?", (number,))

    def delete_staff_name(self, key: str) -> bool:
        """Delete how this person is shown, if they are staff; whether they were."""
        done = self._run("DELETE FROM staff WHERE 'slack:' || id = ?", (key,))
        return bool(done.rowcount)

    def unsend(self, reference: str) -> None:
        """Mark what staff see of a message that was taken back, in however many parts."""
        self._run(
            "UPDATE posts SET wiped = ? WHERE reference = ? OR substr(reference, 1, ?) = ?",
            (UNSENT, reference, len(reference) + 1, f"{reference}:"),
        )

    def drop(self, reference: str) -> None:
        """Forget where a message of ours is."""
        self._run("DELETE FROM posts WHERE reference = ?", (reference,))

    # --- read ---------------------------------------------------------------------------------

    async def find_post(self, reference: str) -> Post | None:
        """Find where a message of ours is."""
        return self._post("reference = ?", reference)

    async def find_post_at(self, channel: str, ts: str) -> Post | None:
        """Find which message of ours is there."""
        return self._post("channel = ? AND ts = ?", channel, ts)

    def _post(self, where: str, *values: str) -> Post | None:
        row = self._run(f"SELECT * FROM posts WHERE {where}", values).fetchone()  # noqa: S608 - our own conditions
        return Post(*row) if row else None

    async def list_posts(self, beginning: str) -> tuple[Post, ...]:
        """List the messages of ours whose name begins like this."""
        named = "SELECT * FROM posts WHERE substr(reference, 1, ?) = ?"
        return tuple(Post(*row) for row in self._run(named, (len(beginning), beginning)))

    async def list_posts_to_wipe(self) -> tuple[Post, ...]:
        """List the messages that must lose their words."""
        return tuple(Post(*row) for row in self._run("SELECT * FROM posts WHERE wiped <> ''"))

    async def find_case_key(self, case_id: str) -> str:
        """Find whose case it is; empty when there is none of this id."""
        row = self._run("SELECT key FROM cases WHERE id = ?", (case_id,)).fetchone()
        return row[0] if row else ""

    async def list_open_case_keys(self) -> tuple[str, ...]:
        """List whose cases are open."""
        return tuple(row[0] for row in self._run("SELECT key FROM cases WHERE open"))

    async def count_cases(self, now: datetime) -> CaseCounts:
        """Count the cases that are open and overdue."""
        counts = "SELECT count(*), count(*) FILTER (WHERE promised <> '' AND promised < ?)"
        row = self._run(f"{counts} FROM cases WHERE open", (_utc(now),)).fetchone()
        return CaseCounts(*row)

    async def list_due_timers(self, now: datetime) -> tuple[Timer, ...]:
        """List the timers that have come, the earliest first."""
        rows = self._run(
            "SELECT name, due, key FROM timers WHERE due <= ? ORDER BY due", (_utc(now),)
        )
        return tuple(Timer(name, datetime.fromisoformat(due), key) for name, due, key in rows)

    async def find_timer(self, name: str) -> datetime | None:
        """Find when this timer is due; None when it is not set."""
        row = self._run("SELECT due FROM timers WHERE name = ?", (name,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    async def find_transfer(self, code: str, now: datetime) -> TransferCode | None:
        """Find the answers under this code, if it is still good."""
        row = self._run(
            "SELECT * FROM codes WHERE code = ? AND until >= ?", (code, _utc(now))
        ).fetchone()
        if row is None:
            return None
        answers = {
            name: tuple(options)
            for name, options in orjson.loads(self._seal.unseal(row[2].encode())).items()
        }
        return TransferCode(row[0], row[1], answers, datetime.fromisoformat(row[3]))

    async def list_counts(self, first: date, last: date) -> tuple[DayCount, ...]:
        """List what was counted on these days, both included."""
        rows = self._run(
            "SELECT * FROM tallies WHERE day BETWEEN ? AND ? ORDER BY day, name, value",
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
        rows = self._run("SELECT id, question, asked_at, key FROM unanswered ORDER BY id")
        return tuple(
            UnansweredQuestion(id_, self._words(kept), datetime.fromisoformat(at), key)
            for id_, kept, at, key in rows
        )

    def _words(self, kept: str) -> str:
        return self._seal.unseal(kept.encode()).decode()

    async def list_question_lists(self) -> tuple[QuestionList, ...]:
        """List the lists of unanswered questions that staff still see."""
        rows = self._run("SELECT reference, channel, groups, more, done FROM lists")
        return tuple(_listed(*row) for row in rows)

    async def find_staff_name(self, staff_id: str) -> StaffName | None:
        """Find how this staff member is shown; None when nothing was set."""
        row = self._run("SELECT * FROM staff WHERE id = ?", (staff_id,)).fetchone()
        return StaffName(*row) if row else None


def _as_shown(question: str) -> str:
    """Write a question, or the beginning of a long one, as it stands in kept JSON."""
    words = orjson.dumps({"text": question[:_SURELY_SHOWN]}).decode()
    return words[1:-1] if len(question) <= _SURELY_SHOWN else words[1:-2]


_SURELY_SHOWN = 140
"""Letters of a question that a list shows, however wide they are."""


def _json(content: object) -> str:
    return orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS).decode()


def _listed(reference: str, channel: str, groups: str, more: int, done: str) -> QuestionList:
    ids = tuple(map(tuple, orjson.loads(groups)))
    return QuestionList(
        reference,
        channel,
        ids,
        more,
        {int(group): what for group, what in orjson.loads(done).items()},
    )


def _utc(moment: datetime) -> str:
    """Write a time in the one zone in which times are compared."""
    return moment.astimezone(UTC).isoformat()
