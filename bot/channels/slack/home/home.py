"""Gather the App Home, and carry out its buttons.

A home is published straight away, not through the outbox: a lost one is drawn again with the next
look, and a late one would be out of date.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import structlog

from bot.analytics.figures import Figures, figures, since
from bot.analytics.report import write_report
from bot.channels import Quota
from bot.channels.slack.home import display_name, wording
from bot.channels.slack.home.charts import draw_chart
from bot.channels.slack.home.follow_up import GO_ON, STOP, count_reminders, go_on, stop_for_today
from bot.channels.slack.home.view import CHART, NAME, REPORT, Situation, draw_home
from bot.channels.slack.queue.view import CASES, Queue
from bot.channels.slack.ui.blocks import Json, context, preformatted
from bot.channels.slack.web import calls
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import (
    AppHomeOpened,
    BlockAction,
    Event,
    ViewSubmission,
    make_incoming,
)
from bot.channels.slack.web.responses import answer_with_errors, open_form
from bot.clock import Clock, utc_now
from bot.handoff.waiting import most_urgent_first
from bot.logs import fault
from bot.model.business_hours import JAPAN
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.posts import PostReference
from bot.presentation.case_names import name_case
from bot.presentation.limits import split
from bot.store import Delivery, Store, TurnResult
from bot.store.cases import list_open_conversations
from flows.programme import Programme
from knowledge.amendments import PhoneConfirmed, PhoneCorrected, from_dict
from knowledge.freshness import Stale, stale
from knowledge.library import Library

PATIENCE = 2.0
"""Seconds that one source may take. Then the home is shown without it."""

_REPORT_BLOCK, _REPORT_BLOCKS = 2900, 4
"""UTF-16 units of one block, and blocks, the first a heading.

That is under Slack's 10,000, and three times what two months have.
"""

_LOG = structlog.get_logger("slack")

Found = TypeVar("Found")


@dataclass(frozen=True)
class HomeSources:
    """Sources of the home besides the store.

    `quota` asks LINE, None where LINE is off; `library` gives what is known now; `has_desk` says
    whether owners are answered by people.
    """

    quota: Callable[[], Awaitable[Quota | None]] | None
    library: Callable[[], Library]
    programme: Programme
    has_desk: bool


class Home:
    """A part of the Slack channel."""

    desk_only = False

    def __init__(
        self,
        store: Store,
        client: Client,
        sources: HomeSources,
        deliver_now: Callable[[tuple[Delivery, ...]], None],
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._client, self._sources = store, client, sources
        self._deliver_now, self._clock = deliver_now, clock
        self._once_more: dict[str, bool] = {}
        self._links: dict[str, str] = {}
        self._looked_through: tuple[Library, date, Sequence[Stale]] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def wants(self, event: Event) -> bool:
        """Tell whether somebody looks at the home or uses its controls."""
        match event:
            case AppHomeOpened():
                return True
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name.startswith("home:")
        return False

    async def handle(self, event: AppHomeOpened | BlockAction | ViewSubmission) -> Json | None:
        """Handle an event.

        Slow calls of Slack are made after Slack is answered, which waits three seconds.
        """
        match event:
            case ViewSubmission():
                return await self._save_name(event)
            case BlockAction(action=action) if action == CHART:
                await self._send_chart(event)
            case BlockAction(action=action) if action in (STOP, GO_ON):
                change = stop_for_today if action == STOP else go_on
                await change(self._store, event, self._clock())
                self.schedule_publish(event.actor.user)
            case BlockAction(action=action) if action == REPORT:
                await self._send_report(event)
            case BlockAction(action=action) if action == NAME:
                self._start_task(self._open_form(event))
            case AppHomeOpened() | BlockAction(action="home:refresh"):
                self.schedule_publish(event.actor.user)
        return None

    # --- what it does -----------------------------------------------------------------------------

    async def _save_name(self, event: ViewSubmission) -> Json | None:
        """Keep the name for owners, or say why it is refused."""
        given = display_name.read_form(event.actor.user, event.values)
        if found := display_name.find_problems(given):
            return answer_with_errors(found)
        work = TurnResult(None, records=(given,))
        await self._store.commit(make_incoming(event), work, self._clock())
        return None

    async def _send_chart(self, event: BlockAction) -> None:
        now = self._clock()
        message = draw_chart(await self._load_figures(now))
        work = TurnResult(None, (calls.post_message(message, event.actor.user),))
        self._deliver_now(await self._store.commit(make_incoming(event), work, now) or ())

    async def _send_report(self, event: BlockAction) -> None:
        """Send the figures of this month and the last."""
        now = self._clock()
        today = now.astimezone(JAPAN).date()
        counts = await self._store.records.list_counts(since(today), today)
        text = write_report(counts, self._sources.programme, self._sources.library().faq)
        blocks = [context(wording.REPORT_HOW), *map(preformatted, split(text, _REPORT_BLOCK))]
        message = {"text": wording.REPORT_HOW, "blocks": blocks[:_REPORT_BLOCKS]}
        work = TurnResult(None, (calls.post_message(message, event.actor.user),))
        self._deliver_now(await self._store.commit(make_incoming(event), work, now) or ())

    async def _open_form(self, event: BlockAction) -> None:
        known = await self._store.records.find_staff_name(event.actor.user)
        await open_form(self._client, event, display_name.draw_form(known))

    # --- showing ----------------------------------------------------------------------------------

    def schedule_publish(self, user: str) -> None:
        """Publish the home soon, after any publication under way."""
        if user in self._once_more:
            self._once_more[user] = True
            return
        self._once_more[user] = False
        self._start_task(self._publish_until_current(user))

    async def _publish_until_current(self, user: str) -> None:
        try:
            await self._publish_home(user)
            while self._once_more[user]:
                self._once_more[user] = False
                await self._publish_home(user)
        finally:
            del self._once_more[user]

    async def _publish_home(self, user: str) -> None:
        view = draw_home(await self.gather_situation(user, self._clock()))
        answer = await self._client.call("views.publish", {"user_id": user, "view": view})
        if not answer.ok:
            _LOG.warning("home not published", error=answer.error)

    async def gather_situation(self, user: str, now: datetime) -> Situation:
        """Gather all that this user's home shows.

        What cannot be had is None.
        """
        records, today = self._store.records, now.astimezone(JAPAN).date()
        found = await _read_source("cases", list_open_conversations(self._store))
        cases = None if found is None else [each.case for each in found if each.case]
        names = self._name_cases(found or ())
        quota, links = await asyncio.gather(
            _read_source("quota", self._sources.quota())
            if self._sources.quota
            else _read_nothing(),
            _read_source("links", self._find_links(most_urgent_first(cases or (), now)[:CASES])),
        )
        return Situation(
            Queue(now, user, cases, names, links or {}),
            asked=await _read_source("asked", records.list_unanswered()),
            figures=await _read_source("figures", self._load_figures(now)),
            outbox=await _read_source("outbox", self._store.load_outbox_state()),
            quota=quota,
            reminders=await _read_source("reminders", count_reminders(self._store, now)),
            stale=await _read_source("stale", self._list_stale(today)),
            checked_today=await _read_source("checked", self._count_checked(today)) or 0,
            has_desk=self._sources.has_desk,
            has_line=self._sources.quota is not None,
        )

    def _name_cases(self, found: Iterable[Conversation]) -> dict[str, str]:
        """Name each open case, by its id."""
        programme = self._sources.programme
        open_now = ((each.case, each.answers) for each in found)
        return {case.id: name_case(case, said, programme) for case, said in open_now if case}

    async def _load_figures(self, now: datetime) -> Figures:
        today = now.astimezone(JAPAN).date()
        counts = await self._store.records.list_counts(since(today), today)
        return figures(counts, today, self._sources.programme.questions)

    async def _list_stale(self, today: date) -> Sequence[Stale]:
        """List facts to check, once a day, since reading all takes a while."""
        library, known = self._sources.library(), self._looked_through
        if known is None or known[0] is not library or known[1] != today:
            known = library, today, await asyncio.to_thread(stale, library, today)
            self._looked_through = known
        return known[2]

    async def _count_checked(self, today: date) -> int:
        """Count the numbers that staff confirmed or corrected today."""
        amendments = map(from_dict, await self._store.records.list_amendments())
        checked = {
            each.code
            for each in amendments
            if isinstance(each, PhoneConfirmed | PhoneCorrected) and each.on == today.isoformat()
        }
        return len(checked)

    async def _find_links(self, cases: Sequence[Case]) -> dict[str, str]:
        """Find the link to each case's thread, by case id.

        An address never changes, so each is asked for once.
        """
        known = {case.id: self._links[case.id] for case in cases if case.id in self._links}
        new = [case.id for case in cases if case.id not in known]
        found = await asyncio.gather(*(self._find_link(each) for each in new))
        self._links = known | {each: link for each, link in zip(new, found, strict=True) if link}
        return self._links

    async def _find_link(self, case_id: str) -> str:
        post = await self._store.records.find_post(PostReference.of_card(case_id))
        if post is None:
            return ""
        answer = await self._client.ask(
            "chat.getPermalink", channel=post.channel, message_ts=post.ts
        )
        return str(answer.data.get("permalink", "")) if answer.ok else ""

    def _start_task(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(_run_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _read_source(name: str, source: Awaitable[Found]) -> Found | None:
    """Read one source, or None when it fails, so that the rest still shows."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await source
    except Exception as error:  # noqa: BLE001 - whatever it was, the other sources are shown
        _LOG.warning("part of the home not shown", source=name, **fault(error))
        return None


async def _read_nothing() -> None:
    return None


async def _run_logged(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - nobody waits for it who could be told
        _LOG.error("home failed", **fault(error))
