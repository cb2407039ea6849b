"""Define the records a turn may leave behind, one small class each.

They stand beside the conversation and the deliveries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from bot.model.posts import PostKind, PostReference
from flows.flow import Answers


@dataclass(frozen=True, slots=True)
class Timer:
    """Set a timer for `due`, or call it off with None.

    `name` is unique, `key` is the person whose turn it starts.
    """

    name: str
    due: datetime | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class ClearTimer:
    """Remove a timer that has run, unless it was set again meanwhile."""

    timer: Timer


@dataclass(frozen=True, slots=True)
class WipePosts:
    """The post of this name, and all in its thread, must lose their words."""

    reference: str


@dataclass(frozen=True, slots=True)
class CountOne:
    """Count one more of something on the turn's Japanese day.

    It holds nothing about the person.
    """

    name: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class TransferCode:
    """Answers that the sender of `code` takes over, until `until`."""

    code: str
    flow: str
    answers: Answers
    until: datetime


@dataclass(frozen=True, slots=True)
class DeleteCode:
    """Delete a used code.

    Raises OvertakenError where another turn used it meanwhile.
    """

    code: str


@dataclass(frozen=True, slots=True)
class SaveSheet:
    """Save a sheet of the turn's person until a time.

    `hash` is that of the token of its page.
    """

    hash: str
    content: Mapping[str, Any]
    until: datetime


@dataclass(frozen=True, slots=True)
class DeleteSheets:
    """The sheets of the person of the turn are gone."""


SHEETS_KEPT = 5
"""Sheets of one person that can be opened at a time. A new one ends the oldest."""


@dataclass(frozen=True, slots=True)
class SaveCase:
    """Save whether a case of the turn's person is open.

    `promised` is by when an answer was promised, and None once a person has answered.
    """

    id: str
    open: bool
    promised: datetime | None = None


@dataclass(frozen=True, slots=True)
class SaveAmendment:
    """Save a correction of the knowledge by staff.

    `content` is the amendment as JSON-able data.
    """

    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ResolveQuestions:
    """Delete unanswered questions that staff dealt with, words and all."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QuestionList:
    """Unanswered questions that staff were shown in the post `reference` in `channel`.

    `groups` are the questions' ids, group by group; `more` is how many groups found no room;
    `done` says by a group's place what was done about it.
    """

    reference: str
    channel: str
    groups: tuple[tuple[int, ...], ...]
    more: int = 0
    done: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarkGroupDone:
    """Mark a group of a list as done. `what` says so in words for staff."""

    reference: str
    group: int
    what: str


@dataclass(frozen=True, slots=True)
class DeleteList:
    """A list has nothing more to show."""

    reference: str


@dataclass(frozen=True, slots=True)
class StaffName:
    """Say how owners see a staff member.

    `icon_url` is an HTTPS address of an icon, or empty.
    """

    id: str
    name: str
    icon_url: str = ""


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """Save a setting of the desk, such as a saved reply or its hours.

    `content` is JSON-able, None deletes it. `staff` is its one owner among staff, empty for
    everybody's.
    """

    kind: str
    name: str
    content: Mapping[str, Any] | None
    staff: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """Hold a message in the desk's Slack by its name, person and place.

    `thread` is the name of the post above it, if that one is ours too. `wiped` says why its words
    are to go: the owner unsent the message, or was forgotten.
    """

    reference: str
    key: str
    channel: str
    ts: str
    thread: str = ""
    wiped: str = ""

    @property
    def kind(self) -> PostKind | None:
        """The kind of post, or None for an unknown name."""
        return PostReference(self.reference).kind

    @property
    def case_id(self) -> str:
        """The case of a card, or "" for other posts."""
        return PostReference(self.reference).case_id


Record = (
    Timer
    | ClearTimer
    | CountOne
    | TransferCode
    | DeleteCode
    | SaveSheet
    | DeleteSheets
    | SaveCase
    | SaveAmendment
    | ResolveQuestions
    | QuestionList
    | MarkGroupDone
    | DeleteList
    | StaffName
    | DeskEntry
    | Post
    | WipePosts
)


LIST = "list:"
"""Begins the key under which a list of unanswered questions goes to staff."""

UNSENT, FORGOTTEN = "unsent", "forgotten"
"""Why a post loses its words."""


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A question nobody could answer yet.

    `person` is whose it is, for counting people only; `open_question` is what the bot was asking then.
    """

    id: int
    text: str
    asked_at: datetime
    person: str = ""
    open_question: str = ""


@dataclass(frozen=True, slots=True)
class DayCount:
    """Say how often something was counted on a Japanese day."""

    day: date
    name: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Count the open cases, and those whose promised answer is overdue."""

    open: int
    overdue: int


class Records(Protocol):
    """Read the records that turns left behind."""

    async def find_post(self, reference: str) -> Post | None:
        """Find where a message of ours is."""

    async def find_post_at(self, channel: str, ts: str) -> Post | None:
        """Find which message of ours is there."""

    async def list_posts_to_wipe(self) -> tuple[Post, ...]:
        """List the messages that must lose their words."""

    async def find_case_key(self, case_id: str) -> str:
        """Find the owner of a case, or "" without such a case."""

    async def list_open_case_keys(self) -> tuple[str, ...]:
        """List whose cases are open, in no order that means anything."""

    async def count_cases(self, now: datetime) -> CaseCounts:
        """Count the cases that are open and overdue, without reading a conversation."""

    async def list_posts(self, beginning: str) -> tuple[Post, ...]:
        """List the messages of ours whose name begins like this."""

    async def list_due_timers(self, now: datetime) -> tuple[Timer, ...]:
        """List the timers that have come, the earliest first."""

    async def count_timers(self, beginning: str, before: datetime) -> int:
        """Count the timers whose name begins like this that are due before this time."""

    async def find_timer(self, name: str) -> datetime | None:
        """Find when this timer is due, or None when it is not set."""

    async def find_transfer(self, code: str, now: datetime) -> TransferCode | None:
        """Find the answers under this code, unless it has expired."""

    async def find_sheet(self, hash_: str, now: datetime) -> Mapping[str, Any] | None:
        """Find the sheet under this hash, unless it has expired."""

    async def find_sheet_owner(self, hash_: str) -> str:
        """Find the key of the person whose sheet this is, or "" for nobody."""

    async def list_counts(self, first: date, last: date) -> tuple[DayCount, ...]:
        """List the counts of these days, both included."""

    async def list_amendments(self) -> tuple[Mapping[str, Any], ...]:
        """List every correction of the knowledge, in order."""

    async def list_unanswered(self) -> tuple[UnansweredQuestion, ...]:
        """List the questions nobody could answer, oldest first."""

    async def list_question_lists(self) -> tuple[QuestionList, ...]:
        """List the lists of unanswered questions that staff still see."""

    async def find_staff_name(self, staff_id: str) -> StaffName | None:
        """Find how this staff member is shown, or None when never set."""

    async def list_desk_entries(self, kind: str) -> tuple[DeskEntry, ...]:
        """List the desk's entries of this kind by name."""
