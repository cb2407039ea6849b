"""Save, announce, approve and withdraw amendments made in Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog

from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.announcements import (
    Change,
    announcement_reference,
    describe_change,
    draw_announcement,
    draw_withdrawn,
)
from bot.channels.slack.knowledge.origins import QuestionGroup
from bot.channels.slack.knowledge.question_lists import QuestionLists
from bot.channels.slack.web import calls
from bot.channels.slack.web.events import BlockAction, ViewSubmission, make_incoming
from bot.channels.slack.web.staff_directory import StaffDirectory
from bot.logs import fault
from bot.model import business_hours
from bot.runtime.conversation_service import ConversationService
from bot.runtime.library_cache import LibraryCache
from bot.store import Delivery, Incoming, Outgoing, TurnResult
from bot.store.records import MarkGroupDone, Record, ResolveQuestions, SaveAmendment
from flows.flow import Question
from knowledge.amendments import (
    Amendment,
    Approved,
    NewEntry,
    NewExample,
    NewPhrasing,
    Readable,
    Unreadable,
    Withdrawn,
    as_dict,
    cleaned,
    faults,
    from_dict,
    mark,
    needs_second,
    waiting,
    withdrawals,
)

_LOG = structlog.get_logger("repair")


class AmendmentService:
    """Save amendments exactly once, apply them, and tell the desk.

    `questions` are those of the interview, whose options staff give examples for.
    """

    def __init__(
        self,
        conversations: ConversationService,
        library_cache: LibraryCache,
        staff: StaffDirectory,
        lists: QuestionLists,
        questions: Mapping[str, Question],
    ) -> None:
        self.questions = questions
        self._store, self._library_cache, self._staff, self._lists = (
            conversations.store,
            library_cache,
            staff,
            lists,
        )
        self._desk, self._clock = lists.desk, conversations.clock
        self._deliver_now = conversations.deliver_now
        self._under_way: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()

    async def sign(self, user: str) -> Mapping[str, Any]:
        """Make an amendment's signature of name and Japanese day."""
        today = self._clock().astimezone(business_hours.JAPAN).date()
        by = await self._staff.find_name(user) or wording.SOMEBODY
        return {"by": by, "on": today.isoformat(), "staff": user}

    async def is_kept(self, amendment: Amendment) -> bool:
        """Tell whether an amendment was saved and not withdrawn."""
        return mark(cleaned(amendment)) in map(mark, await self.list_standing())

    async def validate(self, amendment: Amendment) -> dict[str, str]:
        """Find the faults of an amendment, field by field.

        One that was saved already has none: it was sent twice.
        """
        if await self.is_kept(amendment):
            return {}
        options = {
            (each.id, option.id) for each in self.questions.values() for option in each.options
        }
        return await asyncio.to_thread(faults, amendment, self._library_cache.library, options)

    async def save_amendment(
        self,
        event: ViewSubmission | BlockAction,
        amendment: Amendment,
        group: QuestionGroup | None = None,
    ) -> bool:
        """Save an amendment once, and tell whether it needs a second yes.

        The group it settles is saved in the same turn.
        """
        amendment = prepare_amendment(amendment)
        waits = not isinstance(amendment, Unreadable) and amendment.needs_second
        # Of two forms with the same content the second must see that the first was kept.
        async with self._one_at_a_time:
            applied = self._library_cache.preview(_as_approved(amendment))
            settled = self._settle_group(group, describe_change(amendment, applied), amendment.by)
            new = not await self.is_kept(amendment)
            change = Change(
                amendment,
                self._library_cache.library,
                applied,
                group.value if group else "",
                waits,
                meaning=self._name_meaning(amendment),
            )
            told = (self._post_announcement(change),) if new else ()
            kept = (SaveAmendment(as_dict(amendment)),) if new else ()
            await self._commit(
                make_incoming(event), TurnResult(None, told, records=(*kept, *settled))
            )
        return waits

    async def mark_out_of_scope(self, event: BlockAction, group: QuestionGroup) -> None:
        """Delete questions that need no answer."""
        signed = await self.sign(event.actor.user)
        records = self._settle_group(group, wording.MADE_OUT_OF_SCOPE, signed["by"])
        await self._commit(make_incoming(event), TurnResult(None, records=records))

    async def approve_amendment(self, event: BlockAction) -> str:
        """Approve a button's amendment, or explain why that cannot be."""
        known, _, place = event.value.partition("|")
        signed = await self.sign(event.actor.user)
        async with self._one_at_a_time:
            await self._library_cache.refresh()
            amendment = await self._find_waiting(known)
            if amendment is None:
                return wording.NOT_WAITING
            if amendment.staff == event.actor.user:
                return wording.NOT_BY_YOURSELF
            approved = Approved(of=known, **signed)
            applied = self._library_cache.preview(approved)
            by = signed["by"]
            change = Change(amendment, self._library_cache.library, applied, place, approved_by=by)
            told = calls.update_message(
                draw_announcement(change),
                announcement_reference(amendment),
                **self._locate_announcement(amendment),
            )
            work = TurnResult(None, (told,), records=(SaveAmendment(as_dict(approved)),))
            await self._commit(self._make_once("approved", event), work)
        return ""

    async def withdraw_amendment(self, event: BlockAction) -> str:
        """Withdraw a button's amendment, or explain why that cannot be."""
        known, _, value = event.value.partition("|")
        withdrawn = Withdrawn(of=known, **await self.sign(event.actor.user))
        async with self._one_at_a_time:
            await self._library_cache.refresh()
            before = next((e for e in reversed(await self._list_all()) if mark(e) == known), None)
            aside = self._library_cache.preview(withdrawn).aside
            why = next((each.why for each in aside if each.amendment is withdrawn), "")
            if why or before is None:
                return why
            told = calls.update_message(
                draw_withdrawn(before, withdrawn.by),
                announcement_reference(before),
                **self._locate_announcement(before),
            )
            again = _list_reopened(before) if value else ()
            records = (SaveAmendment(as_dict(withdrawn)), *_reopen_group(value, withdrawn.by))
            work = TurnResult(None, (told,), unanswered=again, records=records)
            await self._commit(self._make_once("withdrawn", event), work)
        return ""

    async def list_standing(self) -> tuple[Amendment, ...]:
        """List the amendments that were not withdrawn, in order."""
        amendments = await self._list_all()
        gone = withdrawals(amendments)
        return tuple(each for place, each in enumerate(amendments) if place not in gone)

    async def _find_waiting(self, known: str) -> Readable | None:
        """Find the amendment with this mark that needs a second yes."""
        standing = await self.list_standing()
        waits = (standing[place] for place in waiting(standing))
        found = next((each for each in waits if mark(each) == known), None)
        return None if isinstance(found, Unreadable) else found

    async def _list_all(self) -> tuple[Amendment, ...]:
        return tuple(map(from_dict, await self._store.records.list_amendments()))

    def _name_meaning(self, amendment: Amendment) -> str:
        """Name the option that an example stands for, by its labels."""
        if not isinstance(amendment, NewExample):
            return ""
        question = self.questions[amendment.question]
        return wording.name_option(question.title, question.labels([amendment.option]))

    def _post_announcement(self, change: Change) -> Outgoing:
        name = announcement_reference(change.amendment)
        return calls.post_message(draw_announcement(change), self._desk, remember=name, key=name)

    def _locate_announcement(self, amendment: Amendment) -> Mapping[str, str]:
        """Locate the announcement, and the queue of its changes."""
        return {"channel": self._desk, "key": announcement_reference(amendment)}

    def _make_once(self, what_for: str, event: BlockAction) -> Incoming:
        """Name the turn so that one message is decided once.

        Its button may be pressed often, and by several people.
        """
        name = f"{what_for}:{event.channel}:{event.ts}"
        return Incoming(name, f"{calls.NAME}:{event.actor.user}")

    def _settle_group(self, group: QuestionGroup | None, done: str, by: str) -> tuple[Record, ...]:
        if group is None:
            return ()
        ids = tuple(each.id for each in group.questions)
        people = len({each.person for each in group.questions})
        return (
            ResolveQuestions(ids),
            MarkGroupDone(group.reference, group.place, wording.credit_group(done, by, people)),
        )

    async def _commit(self, turn_of: Incoming, work: TurnResult) -> None:
        made = await self._store.commit(turn_of, work, self._clock())
        # Slack waits three seconds at most, so the amendment is applied after the answer.
        task = asyncio.create_task(self._apply_and_tell(made or ()))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _apply_and_tell(self, deliveries: tuple[Delivery, ...]) -> None:
        """Apply amendments to the library, then tell the desk.

        If it fails here, the next periodic run does it.
        """
        try:
            await self._library_cache.refresh()
            await self._lists.redraw_changed()
        except Exception as error:  # noqa: BLE001 - it is kept, and tried again within seconds
            _LOG.error("amendment not applied yet", **fault(error))
        self._deliver_now(deliveries)


def prepare_amendment(amendment: Amendment) -> Amendment:
    """Clean an amendment, and mark it if it needs a second person."""
    kept = cleaned(amendment)
    return kept if isinstance(kept, Unreadable) else replace(kept, needs_second=needs_second(kept))


def _as_approved(amendment: Amendment) -> Amendment:
    if isinstance(amendment, Unreadable):
        return amendment
    return replace(amendment, needs_second=False)


def _reopen_group(value: str, by: str) -> tuple[Record, ...]:
    """Say in its list that a group's answer was withdrawn."""
    reference, _, place = value.rpartition("|")
    return (
        (MarkGroupDone(reference, int(place), wording.credit_withdrawal(by)),) if reference else ()
    )


def _list_reopened(amendment: Amendment) -> tuple[str, ...]:
    """List the question that is unanswered again."""
    match amendment:
        case NewEntry(question=asked) | NewPhrasing(phrasing=asked):
            return (asked,)
        case NewExample(text=text):
            return (text,)
    return ()
