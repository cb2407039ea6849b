"""What a turn may leave behind besides the conversation and what is sent: one small value each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from bot.model.posts import PostKind, PostReference
from flows.flow import Answers


@dataclass(frozen=True, slots=True)
class Timer:
    """Something to happen at `due`; None calls it off. `name` is unique, `key` whose turn it is."""

    name: str
    due: datetime | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class ClearTimer:
    """A timer has done its work; if it was set again meanwhile, it stays."""

    timer: Timer


@dataclass(frozen=True, slots=True)
class WipePosts:
    """The post of this name, and all in its thread, must lose their words."""

    reference: str


@dataclass(frozen=True, slots=True)
class CountOne:
    """One more of something, on the Japanese day of the turn; nothing about who."""

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
    """A code does its work: the turn is overtaken (OvertakenError) where another had it meanwhile."""

    code: str


@dataclass(frozen=True, slots=True)
class SaveSheet:
    """A sheet of the person of the turn, found by the `hash` of its page's token `until` then."""

    hash: str
    content: Mapping[str, Any]
    until: datetime


@dataclass(frozen=True, slots=True)
class DeleteSheets:
    """The sheets of the person of the turn are gone."""


SHEETS_KEPT = 5
"""Sheets of one person that can be opened at a time: a new one ends the oldest."""


@dataclass(frozen=True, slots=True)
class SaveCase:
    """A case of the person of the turn: its id, and whether it is open.

    `promised` is by when an answer was promised; None once a person has answered.
    """

    id: str
    open: bool
    promised: datetime | None = None


@dataclass(frozen=True, slots=True)
class SaveAmendment:
    """Staff corrected the knowledge; `content` is the amendment as JSON-able data."""

    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ResolveQuestions:
    """Staff dealt with these unanswered questions; their words are deleted."""

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
    """Something was done about a group of a list: `what`, in words for staff."""

    reference: str
    group: int
    what: str


@dataclass(frozen=True, slots=True)
class DeleteList:
    """A list has nothing more to show."""

    reference: str


@dataclass(frozen=True, slots=True)
class StaffName:
    """How a staff member is shown to owners: a name, and an HTTPS address of an icon or nothing."""

    id: str
    name: str
    icon_url: str = ""


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """Something the desk has set for itself: a saved reply, its hours.

    `content` is JSON-able, None deletes it. `staff` is whose it is alone; empty for everybody's.
    """

    kind: str
    name: str
    content: Mapping[str, Any] | None
    staff: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A message on the staff's side: its name with us, whom it is about, and where it is.

    `thread` is the name of the post it stands under, if we made that one too. `wiped` says why its
    words are to go: the owner took the message back, or was forgotten.
    """

    reference: str
    key: str
    channel: str
    ts: str
    thread: str = ""
    wiped: str = ""

    @property
    def kind(self) -> PostKind | None:
        """What it is; None for a name of no kind of ours."""
        return PostReference(self.reference).kind

    @property
    def case_id(self) -> str:
        """The case whose card this is, or was; empty for other posts."""
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
    """How often something was counted on a Japanese day."""

    day: date
    name: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases are open, and how many of them were promised an answer that did not come."""

    open: int
    overdue: int


class Records(Protocol):
    """Reads what turns left behind."""

    async def find_post(self, reference: str) -> Post | None:
        """Find where a message of ours is."""

    async def find_post_at(self, channel: str, ts: str) -> Post | None:
        """Find which message of ours is there."""

    async def list_posts_to_wipe(self) -> tuple[Post, ...]:
        """List the messages that must lose their words."""

    async def find_case_key(self, case_id: str) -> str:
        """Find whose case it is; empty when there is none of this id."""

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
        """Find when this timer is due; None when it is not set."""

    async def find_transfer(self, code: str, now: datetime) -> TransferCode | None:
        """Find the answers under this code, if it is still good."""

    async def find_sheet(self, hash_: str, now: datetime) -> Mapping[str, Any] | None:
        """Find the sheet under this hash, if it may still be opened."""

    async def list_counts(self, first: date, last: date) -> tuple[DayCount, ...]:
        """List what was counted on these days, both included."""

    async def list_amendments(self) -> tuple[Mapping[str, Any], ...]:
        """List every correction of the knowledge, in order."""

    async def list_unanswered(self) -> tuple[UnansweredQuestion, ...]:
        """List the questions nobody could answer, oldest first."""

    async def list_question_lists(self) -> tuple[QuestionList, ...]:
        """List the lists of unanswered questions that staff still see."""

    async def find_staff_name(self, staff_id: str) -> StaffName | None:
        """Find how this staff member is shown; None when nothing was set."""

    async def list_desk_entries(self, kind: str) -> tuple[DeskEntry, ...]:
        """List what the desk has set of this kind, by name."""
