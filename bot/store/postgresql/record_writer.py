"""Write and delete records of turns.

These are posts, timers, codes, counts and corrections.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson

from bot.store import OvertakenError
from bot.store.columns import to_json, write_as_shown
from bot.store.postgresql.database import Connection, did
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


class RecordWriter:
    """Write records over a connection within the caller's transaction."""

    def __init__(self, connection: Connection, seal: Seal) -> None:
        self._run, self._connection, self._seal = connection.execute, connection, seal

    async def keep_all(self, records: Sequence[Record], key: str, now: datetime) -> None:
        """Write the records of a turn of `key`, except what is counted (`Beside`)."""
        for each in records:
            await self._keep(each, key, now)

    async def _keep(self, record: Record, key: str, now: datetime) -> None:
        match record:
            case CountOne():
                pass  # with the deliveries
            case Timer() | ClearTimer():
                await self._keep_timer(record, key)
            case TransferCode() | DeleteCode():
                await self._keep_code(record, now)
            case SaveCase():
                await self._keep_case(record, key)
            case SaveSheet() | DeleteSheets():
                await self._keep_sheet(record, key)
            case Post() | WipePosts():
                await self._keep_post(record)
            case SaveAmendment() | ResolveQuestions() | StaffName() | DeskEntry():
                await self._keep_of_staff(record)
            case QuestionList() | MarkGroupDone() | DeleteList():
                await self._keep_list(record)

    async def _keep_timer(self, record: Timer | ClearTimer, key: str) -> None:
        match record:
            case Timer(name, None):
                await self._run("DELETE FROM timers WHERE name = $1", name)
            case Timer(name, due, whose):
                await self._run(
                    "INSERT INTO timers (name, key, due) "
                    "VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE "
                    "SET key = excluded.key, due = excluded.due",
                    name,
                    whose or key,
                    due,
                )
            case ClearTimer(Timer(name, due)):
                # By its time too: the turn that cleared it may have set the next one.
                await self._run("DELETE FROM timers WHERE name = $1 AND due = $2", name, due)

    async def _keep_case(self, case: SaveCase, key: str) -> None:
        await self._run(
            "INSERT INTO cases (id, key, open, promised) VALUES ($1, $2, $3, $4) "
            "ON CONFLICT (id) DO UPDATE SET open = excluded.open, promised = excluded.promised",
            case.id,
            key,
            case.open,
            case.promised,
        )

    async def _keep_post(self, record: Post | WipePosts) -> None:
        match record:
            case Post():
                await self.remember(record)
            case WipePosts(reference):
                mark = "UPDATE posts SET wiped = $1 WHERE reference = $2 OR thread = $2"
                await self._run(mark, FORGOTTEN, reference)

    async def _keep_code(self, record: TransferCode | DeleteCode, now: datetime) -> None:
        match record:
            case TransferCode():
                await self._offer(record, now)
            case DeleteCode(code):
                await self._take_code(code)

    async def _keep_sheet(self, sheet: SaveSheet | DeleteSheets, key: str) -> None:
        if isinstance(sheet, DeleteSheets):
            await self._run("DELETE FROM sheets WHERE key = $1", key)
            return
        content = self._seal.seal(orjson.dumps(dict(sheet.content)))
        newest = "SELECT hash FROM sheets WHERE key = $1 ORDER BY until DESC, hash LIMIT $2"
        # One less than the limit, since the new one is added.
        await self._run(
            f"DELETE FROM sheets WHERE key = $1 AND hash NOT IN ({newest})",  # noqa: S608 - our own words
            key,
            SHEETS_KEPT - 1,
        )
        await self._run(
            "INSERT INTO sheets (hash, key, content, until) VALUES ($1, $2, $3, $4)",
            sheet.hash,
            key,
            content,
            sheet.until,
        )

    async def _keep_of_staff(
        self, record: SaveAmendment | ResolveQuestions | StaffName | DeskEntry
    ) -> None:
        match record:
            case SaveAmendment(content):
                made = to_json(dict(content))
                await self._run("INSERT INTO amendments (content) VALUES ($1)", made)
            case ResolveQuestions(ids):
                for each in ids:
                    await self.delete_questions("id", each)
            case StaffName(staff_id, name, icon_url):
                await self._run(
                    "INSERT INTO staff (id, name, icon_url) "
                    "VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE "
                    "SET name = excluded.name, icon_url = excluded.icon_url",
                    staff_id,
                    name,
                    icon_url,
                )
            case DeskEntry():
                await self._keep_desk_entry(record)

    async def _keep_desk_entry(self, entry: DeskEntry) -> None:
        if entry.content is None:
            gone = "DELETE FROM desk_entries WHERE kind = $1 AND name = $2"
            await self._run(gone, entry.kind, entry.name)
            return
        await self._run(
            "INSERT INTO desk_entries (kind, name, content, staff) "
            "VALUES ($1, $2, $3, $4) ON CONFLICT (kind, name) "
            "DO UPDATE SET content = excluded.content, staff = excluded.staff",
            entry.kind,
            entry.name,
            to_json(dict(entry.content)),
            entry.staff,
        )

    async def _keep_list(self, record: QuestionList | MarkGroupDone | DeleteList) -> None:
        match record:
            case QuestionList(reference, channel, groups, more, done):
                await self._run(
                    "INSERT INTO lists (reference, channel, groups, more, done) "
                    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (reference) "
                    "DO UPDATE SET channel = excluded.channel, groups = excluded.groups, "
                    "more = excluded.more, done = excluded.done",
                    reference,
                    channel,
                    to_json(groups),
                    more,
                    to_json(done),
                )
            case MarkGroupDone(reference, group, what):
                add = "UPDATE lists SET done = done || $1::jsonb WHERE reference = $2"
                await self._run(add, to_json({group: what}), reference)
            case DeleteList(reference):
                await self._run("DELETE FROM lists WHERE reference = $1", reference)

    async def _take_code(self, code: str) -> None:
        if not await did(self._connection, "DELETE FROM codes WHERE code = $1", code):
            raise OvertakenError("The code was used by somebody else meanwhile.")

    async def expire(self, now: datetime) -> None:
        """Delete the answers under codes, and the sheets, that are no good any more."""
        await self._run("DELETE FROM codes WHERE until < $1", now)
        await self._run("DELETE FROM sheets WHERE until < $1", now)

    async def _offer(self, offered: TransferCode, now: datetime) -> None:
        await self.expire(now)
        answers = self._seal.seal(orjson.dumps(offered.answers))
        await self._run(
            "INSERT INTO codes (code, flow, answers, until) VALUES ($1, $2, $3, $4)",
            offered.code,
            offered.flow,
            answers,
            offered.until,
        )

    async def find_place(self, reference: str) -> tuple[str, str] | None:
        """Find channel and ts of the post of this name, wiped or not."""
        where = "SELECT channel, ts FROM posts WHERE reference = $1"
        row = await self._connection.fetchrow(where, reference)
        return (row["channel"], row["ts"]) if row else None

    async def remember(self, post: Post) -> None:
        """Keep where a message of ours is."""
        await self._run(
            "INSERT INTO posts (reference, key, channel, ts, thread, wiped) "
            "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (reference) DO UPDATE "
            "SET channel = excluded.channel, ts = excluded.ts, wiped = excluded.wiped",
            post.reference,
            post.key,
            post.channel,
            post.ts,
            post.thread,
            post.wiped,
        )

    async def forget(self, key: str) -> bool:
        """Delete records about this person, and mark posts to be wiped.

        The post no longer names the person at once, since Slack may not be there for a long time.
        """
        # Marked, not deleted: the words stand in Slack, and only its channel can take them out.
        mark = "UPDATE posts SET wiped = $2, key = '' WHERE key = $1"
        wiped = await did(self._connection, mark, key, FORGOTTEN)
        timers = await did(self._connection, "DELETE FROM timers WHERE key = $1", key)
        cases = await did(self._connection, "DELETE FROM cases WHERE key = $1", key)
        sheets = await did(self._connection, "DELETE FROM sheets WHERE key = $1", key)
        return wiped or timers or cases or sheets

    async def delete_questions(self, column: str, value: str | int) -> bool:
        """Delete questions, and waiting lists that would still bring their words to staff.

        Those lists are drawn again without them. Returns whether there were any.
        """
        found = await self._connection.fetch(
            f"DELETE FROM unanswered WHERE {column} = $1 RETURNING question",  # noqa: S608 - our own columns
            value,
        )
        if found:
            words = [self._seal.unseal(kept).decode() for (kept,) in found]
            await self._delete_lists_with([write_as_shown(each) for each in words])
        return bool(found)

    async def _delete_lists_with(self, shown: list[str]) -> None:
        waiting = "SELECT id, outgoing FROM outbox WHERE starts_with(key, $1)"
        for number, kept in await self._connection.fetch(waiting, LIST):
            drawing = self._seal.unseal(kept).decode()
            if any(words in drawing for words in shown):
                await self._run("DELETE FROM outbox WHERE id = $1", number)

    async def delete_staff_name(self, key: str) -> bool:
        """Delete a staff member's name and own entries, and tell whether any were there."""
        gone = "DELETE FROM desk_entries WHERE 'slack:' || staff = $1"
        had_entries = await did(self._connection, gone, key)
        named = await did(self._connection, "DELETE FROM staff WHERE 'slack:' || id = $1", key)
        return had_entries or named

    async def unsend(self, reference: str) -> None:
        """Mark the posts of an unsent message to be wiped, all its parts."""
        await self._run(
            "UPDATE posts SET wiped = $1 WHERE reference = $2 OR starts_with(reference, $2 || ':')",
            UNSENT,
            reference,
        )

    async def drop(self, reference: str) -> None:
        """Forget where a message of ours is."""
        await self._run("DELETE FROM posts WHERE reference = $1", reference)
