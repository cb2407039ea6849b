"""Amendments made in Slack: tried, kept exactly once, at once in use, told, and taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

from bot.channels.slack.desk.events import Pressed, Submitted, incoming
from bot.channels.slack.knowledge.announcements import remembered, told, undone, what
from bot.channels.slack.knowledge.question_lists import Lists
from bot.channels.slack.web import calls
from bot.channels.slack.web.staff import Staff
from bot.clock import Clock
from bot.logs import fault
from bot.model import business_hours
from bot.runtime.library_cache import Shelf
from bot.store import Delivery, Incoming, Store, Work
from bot.store.records import Amended, Asked, Dealt, Record, Resolved
from knowledge.amendments import (
    Amendment,
    NewEntry,
    NewPhrasing,
    Withdrawn,
    as_dict,
    cleaned,
    faults,
    from_dict,
    mark,
    withdrawals,
)

_LOG = structlog.get_logger("repair")

NOBODY = "スタッフ"
"""Who did something, when Slack does not say."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a list: the name of the list, the group's place in it, and what is left of it."""

    reference: str
    place: int
    questions: tuple[Asked, ...]

    @property
    def value(self) -> str:
        """What buttons and forms carry to find it again."""
        return f"{self.reference}|{self.place}"


class Keeping:
    """Keeps what staff amend; the library takes it up behind it, then it is told."""

    def __init__(
        self,
        store: Store,
        shelf: Shelf,
        staff: Staff,
        lists: Lists,
        deliver_now: Callable[[tuple[Delivery, ...]], None],
        clock: Clock,
    ) -> None:
        self._store, self._shelf, self._staff, self._lists = store, shelf, staff, lists
        self._deliver_now, self._clock = deliver_now, clock
        self._under_way: set[asyncio.Task[None]] = set()

    async def signed(self, user: str) -> Mapping[str, str]:
        """The name colleagues see, and the Japanese day: what every amendment bears."""
        today = self._clock().astimezone(business_hours.JAPAN).date()
        return {"by": await self._staff.name(user) or NOBODY, "on": today.isoformat()}

    async def group(self, value: str) -> Group | None:
        """The group a button or a form is about; None when nothing is left of it."""
        reference, _, place = value.rpartition("|")
        if not reference or not place.isdecimal():
            return None
        questions = await self._lists.questions(reference, int(place))
        return Group(reference, int(place), questions) if questions else None

    async def wrong(self, amendment: Amendment) -> dict[str, str]:
        """What is wrong with it, field by field; nothing with one that is kept already."""
        if mark(cleaned(amendment)) in await self._marks():
            return {}
        return await asyncio.to_thread(faults, amendment, self._shelf.library)

    async def keep(
        self, event: Submitted | Pressed, amendment: Amendment, group: Group | None = None
    ) -> None:
        """Keep it, with what it settles, in one turn; one that is kept already is not kept twice."""
        amendment = cleaned(amendment)
        applied = self._shelf.tried(amendment)
        kept = mark(amendment) in await self._marks()
        message = told(amendment, applied, group.value if group else "")
        said = calls.post(message, event.actor.user, remember=remembered(amendment))
        settled = self._settled(group, what(amendment, applied), amendment.by)
        work = Work(
            None,
            () if kept else (said,),
            records=(*(() if kept else (Amended(as_dict(amendment)),)), *settled),
        )
        await self._do(incoming(event), work)

    async def out_of_scope(self, event: Pressed, group: Group) -> None:
        """Nothing to answer: the questions go."""
        signed = await self.signed(event.actor.user)
        records = self._settled(group, "対象外にしました", signed["by"])
        await self._do(incoming(event), Work(None, records=records))

    async def withdraw(self, event: Pressed) -> str:
        """Take back what a button names; why it cannot be, or nothing."""
        known, _, value = event.value.partition("|")
        await self._shelf.refresh()
        amendments = tuple(map(from_dict, await self._store.records.amendments()))
        before = next((each for each in reversed(amendments) if mark(each) == known), None)
        withdrawn = Withdrawn(of=known, **await self.signed(event.actor.user))
        aside = self._shelf.tried(withdrawn).aside
        why = next((each.why for each in aside if each.amendment is withdrawn), "")
        if why or before is None:
            return why
        reference, _, place = value.rpartition("|")
        undo = (
            Dealt(reference, int(place), f"取り消しました（{withdrawn.by}）") if reference else None
        )
        work = Work(
            None,
            (calls.change(undone(before), remembered(before), channel=event.actor.user),),
            unanswered=_asked_again(before) if undo else (),
            records=(Amended(as_dict(withdrawn)), *((undo,) if undo else ())),
        )
        # One message is withdrawn once, however often its button is pressed.
        once = f"withdrawn:{event.channel}:{event.ts}"
        await self._do(Incoming(once, f"{calls.NAME}:{event.actor.user}"), work)
        return ""

    async def standing(self) -> tuple[Amendment, ...]:
        """The amendments that were not withdrawn, in order."""
        amendments = tuple(map(from_dict, await self._store.records.amendments()))
        gone = withdrawals(amendments)
        return tuple(each for place, each in enumerate(amendments) if place not in gone)

    async def _marks(self) -> set[str]:
        """What these are known by."""
        return set(map(mark, await self.standing()))

    def _settled(self, group: Group | None, done: str, by: str) -> tuple[Record, ...]:
        if group is None:
            return ()
        ids = tuple(each.id for each in group.questions)
        return (Resolved(ids), Dealt(group.reference, group.place, f"{done}（{by}・{len(ids)}件）"))

    async def _do(self, turn_of: Incoming, work: Work) -> None:
        made = await self._store.turn(turn_of, lambda _: work, self._clock())
        # Slack waits for three seconds at most: what is kept is taken up behind its back.
        task = asyncio.create_task(self._take_up(made or ()))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _take_up(self, deliveries: tuple[Delivery, ...]) -> None:
        """Let the library have it, then tell; what fails here is done by the next tending."""
        try:
            await self._shelf.refresh()
            await self._lists.redraw()
        except Exception as error:  # noqa: BLE001 - it is kept, and tried again within seconds
            _LOG.error("not taken up yet", **fault(error))
        self._deliver_now(deliveries)


def _asked_again(amendment: Amendment) -> tuple[str, ...]:
    """The question that is unanswered again."""
    match amendment:
        case NewEntry(question=asked) | NewPhrasing(phrasing=asked):
            return (asked,)
    return ()
