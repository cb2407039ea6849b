"""Write and delete records of turns.

These are posts, timers, codes, counts and corrections.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import orjson

from bot.model.business_hours import JAPAN
from bot.store import OvertakenError
from bot.store.columns import to_json, write_as_shown
from bot.store.records import (
    FORGOTTEN,
    LIST,
    SHEETS_KEPT,
    UNSENT,
    ClearTimer,
    CountOne,
    DeleteCode,
    DeleteList,
    DeleteSheets,
    DeskEntry,
    MarkGroupDone,
    Post,
    QuestionList,
    Record,
    ResolveQuestions,
    SaveAmendment,
    SaveCase,
    SaveSheet,
    StaffName,
    Timer,
    TransferCode,
    WipePosts,
)
from bot.store.sealing import Seal
from bot.store.sqlite.columns import Run, to_utc, unseal_text

AddOne = Callable[[str, str, str], None]
"""Counts one more on a day, of a name and a value."""


class RecordWriter:
    """Write records over a connection within the caller's commit."""

    def __init__(self, run: Run, count: AddOne, seal: Seal) -> None:
        self._run, self._count, self._seal = run, count, seal

    def keep(self, record: Record, key: str, now: datetime) -> None:
        """Write one record of a turn of `key`."""
        match record:
            case Timer():
                self._set(record, key)
            case ClearTimer(Timer(name, due)):
                moment = to_utc(due) if due else ""
                # By its time too: the turn that cleared it may have set the next one.
                self._run("DELETE FROM timers WHERE name = ? AND due = ?", (name, moment))
            case CountOne(name, value):
                day = now.astimezone(JAPAN).date().isoformat()
                self._count(day, name, value)
            case TransferCode() | DeleteCode():
                self._keep_code(record, now)
            case SaveCase():
                self._keep_case(record, key)
            case SaveSheet() | DeleteSheets():
                self._keep_sheet(record, key)
            case Post() | WipePosts():
                self._keep_post(record)
            case SaveAmendment() | ResolveQuestions() | StaffName() | DeskEntry():
                self._keep_of_staff(record)
            case QuestionList() | MarkGroupDone() | DeleteList():
                self._keep_list(record)

    def _keep_case(self, case: SaveCase, key: str) -> None:
        self._run(
            "INSERT INTO cases (id, key, open, promised) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET open = excluded.open, promised = excluded.promised",
            (case.id, key, case.open, to_utc(case.promised) if case.promised else ""),
        )

    def _keep_code(self, record: TransferCode | DeleteCode, now: datetime) -> None:
        match record:
            case TransferCode():
                self._offer(record, now)
            case DeleteCode(code):
                self._take_code(code)

    def _keep_sheet(self, sheet: SaveSheet | DeleteSheets, key: str) -> None:
        if isinstance(sheet, DeleteSheets):
            self._run("DELETE FROM sheets WHERE key = ?", (key,))
            return
        content = self._seal.seal(orjson.dumps(dict(sheet.content)))
        self._run(
            "INSERT INTO sheets (hash, key, content, until) VALUES (?, ?, CAST(? AS TEXT), ?)",
            (sheet.hash, key, content, to_utc(sheet.until)),
        )
        newest = "SELECT hash FROM sheets WHERE key = ? ORDER BY until DESC, rowid DESC LIMIT ?"
        self._run(
            f"DELETE FROM sheets WHERE key = ? AND hash NOT IN ({newest})",  # noqa: S608 - our own words
            (key, key, SHEETS_KEPT),
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

    def _keep_of_staff(
        self, record: SaveAmendment | ResolveQuestions | StaffName | DeskEntry
    ) -> None:
        match record:
            case SaveAmendment(content):
                made = orjson.dumps(dict(content)).decode()
                self._run("INSERT INTO amendments (content) VALUES (?)", (made,))
            case ResolveQuestions(ids):
                for each in ids:
                    self.delete_questions("id", each)
            case StaffName(staff_id, name, icon_url):
                self._run(
                    "INSERT INTO staff (id, name, icon_url) "
                    "VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE "
                    "SET name = excluded.name, icon_url = excluded.icon_url",
                    (staff_id, name, icon_url),
                )
            case DeskEntry(kind, name, None):
                self._run("DELETE FROM desk_entries WHERE kind = ? AND name = ?", (kind, name))
            case DeskEntry(kind, name, content, staff):
                self._run(
                    "INSERT OR REPLACE INTO desk_entries VALUES (?, ?, ?, ?)",
                    (kind, name, to_json(dict(content or {})), staff),
                )

    def _keep_list(self, record: QuestionList | MarkGroupDone | DeleteList) -> None:
        match record:
            case QuestionList(reference, channel, groups, more, done):
                self._run(
                    "INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?, ?)",
                    (reference, channel, to_json(groups), more, to_json(done)),
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
            "INSERT INTO timers (name, key, due) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE "
            "SET key = excluded.key, due = excluded.due",
            (timer.name, timer.key or key, to_utc(timer.due)),
        )

    def _take_code(self, code: str) -> None:
        if not self._run("DELETE FROM codes WHERE code = ?", (code,)).rowcount:
            raise OvertakenError("The code was used by somebody else meanwhile.")

    def expire(self, now: datetime) -> None:
        """Delete the answers under codes, and the sheets, that are no good any more."""
        self._run("DELETE FROM codes WHERE until < ?", (to_utc(now),))
        self._run("DELETE FROM sheets WHERE until < ?", (to_utc(now),))

    def _offer(self, offered: TransferCode, now: datetime) -> None:
        self.expire(now)
        answers = self._seal.seal(orjson.dumps(offered.answers))
        until = to_utc(offered.until)
        self._run(
            "INSERT INTO codes (code, flow, answers, until) VALUES (?, ?, CAST(? AS TEXT), ?)",
            (offered.code, offered.flow, answers, until),
        )

    def remember(self, post: Post) -> None:
        """Keep where a message of ours is."""
        self._run(
            "INSERT INTO posts (reference, key, channel, ts, thread, wiped) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (reference) DO UPDATE "
            "SET channel = excluded.channel, ts = excluded.ts, wiped = excluded.wiped",
            (post.reference, post.key, post.channel, post.ts, post.thread, post.wiped),
        )

    def find_place(self, reference: str) -> tuple[str, str] | None:
        """Find channel and ts of the post of this name, wiped or not."""
        where = "SELECT channel, ts FROM posts WHERE reference = ?"
        found: tuple[str, str] | None = self._run(where, (reference,)).fetchone()
        return found

    def forget(self, key: str) -> bool:
        """Delete records about this person, and mark posts to be wiped.

        The post no longer names the person at once, since Slack may not be there for a long time.
        """
        # Marked, not deleted: the words stand in Slack, and only its channel can take them out.
        mark = "UPDATE posts SET wiped = ?, key = '' WHERE key = ?"
        wiped = self._run(mark, (FORGOTTEN, key)).rowcount
        timers = self._run("DELETE FROM timers WHERE key = ?", (key,)).rowcount
        cases = self._run("DELETE FROM cases WHERE key = ?", (key,)).rowcount
        sheets = self._run("DELETE FROM sheets WHERE key = ?", (key,)).rowcount
        return bool(wiped or timers or cases or sheets)

    def delete_questions(self, column: str, value: str | int) -> bool:
        """Delete questions, and waiting lists that would still bring their words to staff.

        Those lists are drawn again without them. Returns whether there were any.
        """
        where = f"FROM unanswered WHERE {column} = ?"
        found = self._run(f"SELECT question {where}", (value,)).fetchall()
        self._run(f"DELETE {where}", (value,))
        if found:
            self._delete_lists_with(
                [write_as_shown(unseal_text(self._seal, kept)) for (kept,) in found]
            )
        return bool(found)

    def _delete_lists_with(self, shown: list[str]) -> None:
        waiting = "SELECT id, outgoing FROM outbox WHERE substr(key, 1, ?) = ?"
        for number, kept in self._run(waiting, (len(LIST), LIST)).fetchall():
            drawing = unseal_text(self._seal, kept)
            if any(words in drawing for words in shown):
                self._run("DELETE FROM outbox WHERE id = ?", (number,))

    def delete_staff_name(self, key: str) -> bool:
        """Delete a staff member's name and own entries, and tell whether any were there."""
        theirs = self._run("DELETE FROM desk_entries WHERE 'slack:' || staff = ?", (key,))
        done = self._run("DELETE FROM staff WHERE 'slack:' || id = ?", (key,))
        return bool(done.rowcount or theirs.rowcount)

    def unsend(self, reference: str) -> None:
        """Mark the posts of an unsent message to be wiped, all its parts."""
        self._run(
            "UPDATE posts SET wiped = ? WHERE reference = ? OR substr(reference, 1, ?) = ?",
            (UNSENT, reference, len(reference) + 1, f"{reference}:"),
        )

    def drop(self, reference: str) -> None:
        """Forget where a message of ours is."""
        self._run("DELETE FROM posts WHERE reference = ?", (reference,))
