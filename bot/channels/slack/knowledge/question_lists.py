"""Post lists of unanswered questions, daily and on request.

Every list is a post of a name of ours, drawn from what the store holds; what has changed since it was
drawn, for whatever reason, is drawn again.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

import orjson

from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.answer_review import is_first_of_week
from bot.channels.slack.knowledge.list_view import (
    draw_list,
    draw_moved,
    find_open_groups,
    find_open_question,
    make_list,
)
from bot.channels.slack.knowledge.proposals import Proposal
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web import calls
from bot.clock import Clock
from bot.model import business_hours
from bot.model.posts import PostReference
from bot.runtime.scheduler import make_event_id
from bot.store import Delivery, Incoming, Outgoing, Store, TurnResult
from bot.store.records import LIST, DeleteList, QuestionList, Timer, UnansweredQuestion
from knowledge.faq.unanswered import grouped, wordings

DAILY = "daily:unanswered"
"""The timer of the day's post."""

FindSame = Callable[[str, str], Proposal | None]
"""Finds the labelled line nearest to what was written while a question was open."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Hold the titles of the bot's questions, and the comparison with labelled lines."""

    titles: Mapping[str, str] = field(default_factory=dict)
    find_same: FindSame = lambda _, __: None


Review = Callable[[datetime], Awaitable[Json | None]]
"""Draws the review of a week's answers, or None where nothing was asked."""

KEY = "desk:unanswered"
"""The person of a list's turn. It is nobody, so that the list outlives its reader."""


class QuestionLists:
    """Post lists of questions, and redraw them as they change.

    `desk` is the channel of the daily list; `review` draws what joins it once a week; `titles` are
    those of the bot's questions.
    """

    def __init__(
        self,
        store: Store,
        desk: str,
        deliver_now: Callable[[tuple[Delivery, ...]], None],
        clock: Clock,
        review: Review | None = None,
        labels: Labels | None = None,
    ) -> None:
        self._store, self.desk, self._review = store, desk, review
        self._labels = labels or Labels()
        self._proposed: dict[tuple[int, ...], Proposal | None] = {}
        self._deliver_now, self._clock = deliver_now, clock
        self._drawn: dict[str, str] = {}
        self._one_at_a_time = asyncio.Lock()

    # --- the day's ------------------------------------------------------------------------------

    async def set_daily_timer(self) -> None:
        """Set the timer of the daily list where there is none.

        Without a channel for the desk there is no daily list.
        """
        if self.desk and await self._store.records.find_timer(DAILY) is None:
            timer = Timer(DAILY, business_hours.next_opening(self._clock()))
            await self._commit(f"set:{make_event_id(timer)}", TurnResult(None, records=(timer,)))

    async def post_daily_list(self, timer: Timer, now: datetime) -> None:
        """Post the daily list if it has new questions, and set the next timer.

        A list without new ones stays where it is, and comes again in the first post of a week.
        """
        today = now.astimezone(business_hours.JAPAN).date()
        reference = PostReference.of_question_list(today.isoformat())
        found = await self._gather_list(reference, self.desk)
        following = Timer(DAILY, business_hours.next_opening(now))
        review = await self._gather_review(now)
        old = [
            each
            for each in await self._store.records.list_question_lists()
            if each.channel == self.desk
        ]
        if found is None or (_holds_all(old, found[0]) and not is_first_of_week(now)):
            work = TurnResult(None, review, records=(following,))
            await self._commit(make_event_id(timer), work)
            return
        shown, message = found
        await self._commit(
            make_event_id(timer),
            TurnResult(
                None,
                (
                    *(_update_list(each, draw_moved(each)) for each in old),
                    _post_list(shown, message),
                    *review,
                ),
                records=(*(DeleteList(each.reference) for each in old), shown, following),
            ),
        )
        self._drawn[reference] = _digest_message(message)

    async def _gather_review(self, now: datetime) -> tuple[Outgoing, ...]:
        """Draw the review that joins the first list of a week, if any."""
        if self._review is None or not is_first_of_week(now):
            return ()
        drawn = await self._review(now)
        return (calls.post_message(drawn, self.desk),) if drawn else ()

    # --- one's own ------------------------------------------------------------------------------

    async def show_list(self, user: str, event_id: str) -> bool:
        """Post a staff member's own list, and tell whether there was one."""
        found = await self._gather_list(PostReference.of_question_list(user), user)
        if found is None:
            return False
        shown, message = found
        reference, queue = shown.reference, _list_queue(shown.reference)
        moved = calls.move_below(message, reference, channel=shown.channel, key=queue)
        await self._commit(event_id, TurnResult(None, (moved,), records=(shown,)))
        self._drawn[shown.reference] = _digest_message(message)
        return True

    # --- any ------------------------------------------------------------------------------------

    async def list_group_questions(
        self, reference: str, place: int
    ) -> tuple[UnansweredQuestion, ...]:
        """List the remaining questions of a group.

        There are none when the group was settled or the list is gone.
        """
        shown = await self._find_list(reference)
        return find_open_groups(shown, await self._load_questions()).get(place, ()) if shown else ()

    def propose(self, questions: tuple[UnansweredQuestion, ...]) -> Proposal | None:
        """Propose a meaning for a group of questions.

        Remembered by the questions' numbers, without anybody's words.
        """
        ids = tuple(each.id for each in questions)
        if not ids:
            return None
        if ids not in self._proposed:
            first = wordings(questions)[0]
            self._proposed[ids] = self._labels.find_same(first, find_open_question(questions))
        return self._proposed[ids]

    def _draw(self, shown: QuestionList, asked: Mapping[int, UnansweredQuestion]) -> Json:
        same = {
            place: wording.propose_same(found.text, found.title)
            for place, questions in find_open_groups(shown, asked).items()
            if (found := self.propose(questions))
        }
        return draw_list(shown, asked, self._labels.titles, same)

    async def redraw_changed(self) -> None:
        """Redraw changed lists, and drop those without open groups."""
        async with self._one_at_a_time:
            for reference in [
                each.reference for each in await self._store.records.list_question_lists()
            ]:
                if shown := await self._find_list(reference):
                    await self._redraw_list(shown)

    async def _redraw_list(self, shown: QuestionList) -> None:
        asked = await self._load_questions()
        message = self._draw(shown, asked)
        if self._drawn.get(shown.reference) == _digest_message(message):
            return
        done = () if find_open_groups(shown, asked) else (DeleteList(shown.reference),)
        work = TurnResult(None, (_update_list(shown, message),), records=done)
        await self._commit(f"drawn:{uuid4()}", work)
        self._drawn[shown.reference] = _digest_message(message)

    async def _find_list(self, reference: str) -> QuestionList | None:
        lists = await self._store.records.list_question_lists()
        return next((each for each in lists if each.reference == reference), None)

    async def _gather_list(self, reference: str, channel: str) -> tuple[QuestionList, Json] | None:
        """Gather all unanswered questions into a list and its message."""
        asked = await self._load_questions()
        if not asked:
            return None
        groups = await asyncio.to_thread(grouped, asked.values())
        shown = make_list(reference, channel, groups)
        return shown, await asyncio.to_thread(self._draw, shown, asked)

    async def _load_questions(self) -> dict[int, UnansweredQuestion]:
        return {each.id: each for each in await self._store.records.list_unanswered()}

    async def _commit(self, event_id: str, work: TurnResult) -> None:
        made = await self._store.commit(Incoming(event_id, KEY), work, self._clock())
        self._deliver_now(made or ())


def _holds_all(old: Iterable[QuestionList], new: QuestionList) -> bool:
    """Tell whether older lists show every question of a new one."""
    known = {each for shown in old for group in shown.groups for each in group}
    return known.issuperset(each for group in new.groups for each in group)


def _list_queue(reference: str) -> str:
    """Name the queue in which all that happens to a list goes out."""
    return f"{LIST}{reference}"


def _post_list(shown: QuestionList, message: Json) -> Outgoing:
    reference = shown.reference
    return calls.post_message(
        message, shown.channel, remember=reference, key=_list_queue(reference)
    )


def _update_list(shown: QuestionList, message: Json) -> Outgoing:
    reference = shown.reference
    return calls.update_message(
        message, reference, channel=shown.channel, key=_list_queue(reference)
    )


def _digest_message(message: Json) -> str:
    return hashlib.sha256(orjson.dumps(message)).hexdigest()[:16]
