"""Compose settings, store, channels and outbox into one ASGI app.

This module knows everything.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta

import structlog
from starlette.routing import Route, Router

from bot import logs
from bot.channels import Channel, Metered, Quota, ShowsBeside, Timed
from bot.clock import Clock, utc_now
from bot.door.sheet_pages import SheetPages
from bot.door.watched import Watched
from bot.logs import fault
from bot.model.conversation import Conversation
from bot.model.turn import Turn
from bot.runtime.advisor import Advisor, Desk
from bot.runtime.conversation_service import ConversationService, PushChannel
from bot.runtime.delivery.delivery_ledger import Receipts, no_receipts
from bot.runtime.delivery.outbox import Outbox
from bot.runtime.event_journal import EventJournal
from bot.runtime.library_cache import LibraryCache
from bot.runtime.meaning import make_kept_encoder, vectors_file
from bot.runtime.memory import settle_memory
from bot.runtime.policy_cache import PolicyCache
from bot.runtime.reminders import Allowance, make_reminder_handler, make_stop_handler
from bot.runtime.scheduler import (
    TimerHandler,
    make_erasure_handler,
    make_promise_handler,
    run_due_timers,
)
from bot.settings import LineSettings, Settings, SlackSettings
from bot.sheet.links import make_pages
from bot.store import Outgoing, Store, StoreError
from bot.store.opening import find_damage, journal_file, open_store
from bot.understand import encoder
from flows.keiei.programme import KEIEI
from flows.programme import Programme
from knowledge import library

SEEN_SLACK = timedelta(hours=1)
"""Extra time that ids are remembered, against a difference of two clocks."""

TIDY_SECONDS = 3600.0
"""Seconds between two rounds of tidying."""

LOOK_HOURS = 24
"""Hours between looks for damage, since reading a large file takes seconds."""

PERIOD_SECONDS = 2.0
"""Seconds between two rounds of the channels' regular work."""

_LOG = structlog.get_logger("app")


class Bot:
    """Make everything that runs from settings, started and stopped with the server."""

    def __init__(
        self, settings: Settings, clock: Clock = utc_now, programme: Programme = KEIEI
    ) -> None:
        self.settings, self.clock = settings, clock
        self._seen_for = timedelta(days=settings.seen_days)
        self.store: Store = open_store(settings.database_url, settings.data_keys)
        self._learning: asyncio.Task[None] | None = None
        self.journal = EventJournal(journal_file(settings.database_url, settings.port))
        self.library_cache = LibraryCache(library.load, self.store.records.list_amendments)
        self.policies = PolicyCache(self.store.records)
        # Parts look a channel up here only when called, so the order of building does not matter.
        self.channels: dict[str, Channel] = {}
        self._showing: dict[str, ShowsBeside] = {}
        self.outbox = Outbox(
            self.store, lambda: self.channels, receipts=self._receipts(), clock=clock
        )
        staff = Advisor(
            lambda: self.library_cache.library,
            programme,
            settings.retention_days,
            per_minute=settings.messages_per_minute,
            follows=False,
            make_page=make_pages(settings.public_url),
            policy=lambda: self.policies.policy,
        )
        # Staff's own interviews have no desk: nobody hands a caller over to themselves.
        self.advisor = replace(
            staff, desk=self._desk(staff), follows=True, show_beside=self._show_beside
        )
        self.conversations = ConversationService(
            self.store, self.advisor, self._push_channels, self.outbox.enqueue, clock
        )
        if settings.line:
            self._add(self._line(settings.line))
        if settings.slack:
            self._add(self._slack(settings.slack, staff))

    def _add(self, channel: Channel) -> None:
        self.channels[channel.name] = channel
        if isinstance(channel, ShowsBeside):
            self._showing[channel.name] = channel

    def _push_channels(self) -> Mapping[str, PushChannel]:
        return {name: each for name, each in self.channels.items() if isinstance(each, PushChannel)}

    def _show_beside(self, before: Conversation, turn: Turn) -> tuple[Outgoing, ...]:
        """Ask the owner's channel what this turn changes beside messages."""
        channel = self._showing.get(before.key.partition(":")[0])
        return channel.show_beside(before, turn) if channel else ()

    def _timer_handlers(self) -> Mapping[str, TimerHandler]:
        handlers = {
            "promise": make_promise_handler(self.conversations),
            "erase": make_erasure_handler(self.store),
            "follow": make_reminder_handler(self.conversations, Allowance(self._read_quota)),
            "followstop": make_stop_handler(self.conversations),
        }
        for each in self.channels.values():
            if isinstance(each, Timed):
                handlers |= each.handlers
        return handlers

    async def _read_quota(self) -> Quota | None:
        """Ask the counting channel, if any, for its quota of unasked messages."""
        metered = (each for each in self.channels.values() if isinstance(each, Metered))
        meter = next(metered, None)
        return await meter.quota() if meter else None

    # The parts of a channel, and its SDK, are loaded only where it is on.

    def _line(self, settings: LineSettings) -> Channel:
        from bot.channels.line.channel import LineChannel  # noqa: PLC0415 - see above

        return LineChannel(
            settings,
            self.store,
            self.advisor,
            self.outbox.enqueue,
            self.clock,
            journal=self.journal,
            seen_for=self._seen_for,
        )

    def _slack(self, settings: SlackSettings, advisor: Advisor) -> Channel:
        from bot.channels.slack.assembly import assemble_channel  # noqa: PLC0415 - see above

        quota = self._read_quota if self.settings.line else None
        return assemble_channel(
            settings,
            advisor,
            self.conversations,
            self.library_cache,
            policies=self.policies,
            quota=quota,
            journal=self.journal,
        )

    def _desk(self, advisor: Advisor) -> Desk | None:
        """Make the desk for owners' turns, or None where nobody takes over."""
        if not self.settings.slack:
            return None
        from bot.channels.slack.assembly import make_desk_posts  # noqa: PLC0415 - see above

        return make_desk_posts(self.settings.slack, advisor.context)

    def _receipts(self) -> Receipts:
        if not self.settings.slack:
            return no_receipts
        from bot.channels.slack.assembly import draw_receipts  # noqa: PLC0415 - see above

        return draw_receipts

    async def start(self) -> None:
        """Open clients, warm up for the first question, take up deliveries."""
        logs.name_people_by(await self.store.load_secret())
        await self.library_cache.refresh()
        await self.policies.refresh()
        self.advisor.warm_up(utc_now())
        settle_memory()
        if self.settings.likeness == "meaning":
            await self._load_encoder()
        for channel in self.channels.values():
            await channel.start()
        await self.outbox.start()
        _LOG.info("started", channels=sorted(self.channels) or "none", off=self._off())

    async def _load_encoder(self) -> None:
        """Load the sentence encoder before any turn.

        Loading holds the interpreter as long as a turn may last.
        """
        if not encoder.is_installed():
            _LOG.info("questions are compared by spelling", install="kaizen-navi[meaning]")
            return
        try:
            await asyncio.to_thread(encoder.encode, ["anything"])
        except Exception as error:  # noqa: BLE001 - an extra that is broken must not stop the bot
            _LOG.warning("questions are compared by spelling", **logs.fault(error))
            return
        self._learning = asyncio.create_task(self._find_by_meaning())

    async def _find_by_meaning(self) -> None:
        """Compare questions by meaning from now on.

        The vectors are read, or made at the first start.
        """
        file = vectors_file(self.settings.database_url)
        try:
            await self.library_cache.find_by_meaning(make_kept_encoder(file))
        except Exception as error:  # noqa: BLE001 - an extra that is broken must not stop the bot
            _LOG.warning("questions are compared by spelling", **logs.fault(error))
        else:
            _LOG.info("questions are compared by meaning")

    def _off(self) -> str:
        missing = [
            *([] if self.settings.line else ["line (LINE_CHANNEL_SECRET is not set)"]),
            *([] if self.settings.slack else ["slack (SLACK_BOT_TOKEN is not set)"]),
        ]
        return ", ".join(missing) or "nothing"

    async def stop(self) -> None:
        """Finish running deliveries, then close everything.

        The rest stays in the store.
        """
        if self._learning:
            self._learning.cancel()
        await self.outbox.stop()
        for channel in self.channels.values():
            await channel.stop()
        # The store closes last, since channels and outbox still write to it.
        await self.store.close()
        _LOG.info("stopped")

    async def tidy_for_ever(self) -> None:
        """Delete idle conversations and old events every hour.

        Once a day look for damage.
        """
        for hour in itertools.count():
            if hour % LOOK_HOURS == 0:
                await self._look_for_damage()
            now = self.clock()
            idle = now - timedelta(days=self.settings.retention_days)
            try:
                if await self.store.leads():
                    gone = await self.store.tidy(idle, now - self._seen_for - SEEN_SLACK, now)
                    _LOG.info("tidied", conversations=gone)
            except StoreError as error:
                _LOG.error("tidying failed", error=str(error))
            await asyncio.sleep(TIDY_SECONDS)

    async def _look_for_damage(self) -> None:
        """Log at once that the store's file is damaged.

        Data read from it may be wrong, or missing.
        """
        try:
            # In a thread: a large file takes seconds to read.
            damage = await asyncio.to_thread(find_damage, self.settings.database_url)
        except StoreError as error:
            damage = str(error)
        if damage:
            _LOG.error("the database is damaged", damage=damage, do="restore a backup")

    async def run_periodic_for_ever(self) -> None:
        """Run the timers that are due and the channels' own work, every few seconds.

        Of several processes one runs timers and whatever else must not be done twice.
        """
        handlers = self._timer_handlers()
        while True:
            now = self.clock()
            try:
                await self.library_cache.refresh()
                await self.policies.refresh()
                leading = await self.store.leads()
                if leading:
                    await run_due_timers(self.store, handlers, now)
                for channel in self.channels.values():
                    await channel.run_periodic(now, leading=leading)
            except Exception as error:  # noqa: BLE001 - whatever it was, it is tried again
                _LOG.error("periodic work failed", **fault(error))
            await asyncio.sleep(PERIOD_SECONDS)

    def routes(self) -> list[Route]:
        """List all addresses, the most called first."""
        own = Watched(self.store, self._troubles, self.clock, self.settings.metrics_token)
        return [
            *(route for each in self.channels.values() for route in each.routes()),
            *own.routes(),
            *self._sheet_pages(),
        ]

    def _sheet_pages(self) -> list[Route]:
        """List the addresses of sheets, none without a public address."""
        if not self.settings.public_url:
            return []
        return SheetPages(self.store, self.settings.public_url, self.clock).routes()

    def _troubles(self) -> dict[str, str]:
        return {name: each.trouble for name, each in self.channels.items()}


def create_app(settings: Settings, clock: Clock = utc_now, programme: Programme = KEIEI) -> Router:
    """Build the ASGI app.

    `clock` tells it the time of day. Raises StoreError or SchemaError when the store cannot be used
    as it is.
    """
    bot = Bot(settings, clock, programme)

    @contextlib.asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        await bot.start()
        by_itself = [
            asyncio.create_task(bot.tidy_for_ever()),
            asyncio.create_task(bot.run_periodic_for_ever()),
        ]
        try:
            yield
        finally:
            for task in by_itself:
                task.cancel()
            await asyncio.gather(*by_itself, return_exceptions=True)
            await bot.stop()

    # A router is an app without the middleware of Starlette, none of which is needed here.
    return Router(bot.routes(), lifespan=lifespan)
