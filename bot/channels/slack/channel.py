"""Slack as a channel of the bot.

In: the guard (or Socket Mode), Bolt, then one of the parts below; each does its work as a turn of
the store and only then is Slack answered. Out: one call a delivery, from the outbox.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import metrics
from bot.channels import Later, Outcome
from bot.channels.slack.desk.wiping import PostWiper
from bot.channels.slack.parts import Part, StaffWork
from bot.channels.slack.web import bolt, calls, deliver, events, guard, payloads
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.copies import CopySearch
from bot.channels.slack.web.delivery_policy import SlackPolicy
from bot.channels.slack.web.identity import NO_DESK, Identity, identify
from bot.channels.slack.web.refusals import Refusals
from bot.channels.slack.web.socket import Socket
from bot.channels.slack.web.staff_directory import StaffDirectory
from bot.channels.slack.web.submissions import Submissions
from bot.logs import fault
from bot.runtime.event_journal import TRIES, EventJournal
from bot.runtime.scheduler import TimerHandler
from bot.settings import SlackSettings
from bot.store import Delivery, Store
from bot.store.records import Post

Json = Mapping[str, Any]

ASK_AGAIN = 20.0
"""Seconds until Slack is asked again who we are, after a failure."""

_LOG = structlog.get_logger("slack")


class SlackChannel:
    """Slack's events and Web API as a channel.

    `journal` is told what is worked on.
    """

    name = calls.NAME
    policy = SlackPolicy()

    def __init__(
        self,
        settings: SlackSettings,
        store: Store,
        client: Client,
        staff: StaffDirectory,
        work: StaffWork,
        journal: EventJournal | None = None,
    ) -> None:
        self._settings, self._store = settings, store
        self._client, self._staff = client, staff
        self._parts, self._apologies = tuple(work.parts), work.apologies
        self._lists, self._open_forms = work.lists, work.open_forms
        self._timers = work.timers
        self._journal = journal or EventJournal()
        self._refusals = Refusals(client, store.records)
        self._wiper = PostWiper(client, store)
        self._search = CopySearch(client)
        self._submissions = Submissions()
        self._identity = Identity()
        self._bolt: AsyncApp | None = None
        self._socket: Socket | None = None
        self._identify_began = 0.0
        self._identifying: asyncio.Task[None] | None = None

    @property
    def handlers(self) -> Mapping[str, TimerHandler]:
        """Map the names of its timers to their handlers."""
        daily = {"daily": self._lists.post_daily_list} if self._lists else {}
        return {**daily, **self._timers}

    def routes(self) -> list[Route]:
        """List the address for events, commands and interactivity.

        It is empty where Socket Mode is used.
        """
        if self._settings.app_token:
            return []
        return [Route("/slack/events", self.receive, methods=["POST"])]

    async def start(self) -> None:
        """Open the client, and connect where Socket Mode is used.

        Who we are is asked in the background: owners on LINE are answered whatever Slack does.
        """
        await self._client.start()
        self._start_identifying()
        self._bolt = bolt.build_app(self._client.web, self._authorize, self.handle_payload)
        if self._settings.app_token:
            self._socket = Socket(self._bolt, self._settings.app_token)
            self._socket.start()

    async def stop(self) -> None:
        """Close socket and client."""
        if self._socket:
            await self._socket.stop()
        if self._identifying and not self._identifying.done():
            self._identifying.cancel()
            await asyncio.gather(self._identifying, return_exceptions=True)
        await self._client.stop()

    async def run_periodic(self, now: datetime, *, leading: bool) -> None:
        """Ask again who we are if that failed, and close emptied forms.

        The process that leads looks after the posts, which all of them made.
        """
        if self._identity.trouble and time.monotonic() - self._identify_began > ASK_AGAIN:
            self._start_identifying()
        if leading:
            await self._look_after_posts(now)
        if self._open_forms:
            await self._open_forms.close_emptied_forms()

    async def _look_after_posts(self, now: datetime) -> None:
        """Wipe posts that must lose their words, and redraw lists that changed."""
        if self._lists:
            await self._lists.set_daily_timer()
        await self._wiper.wipe_marked_posts(now)
        if self._lists:
            await self._lists.redraw_changed()

    @property
    def trouble(self) -> str:
        """Say in a sentence why the set-up fails, or ""."""
        deaf = self._socket.trouble if self._socket else ""
        return "; ".join(filter(None, (self._identity.trouble, deaf)))

    def _start_identifying(self) -> asyncio.Task[None]:
        """Ask Slack who we are, in one task shared by all that wait."""
        if self._identifying is None or self._identifying.done():
            self._identifying = asyncio.create_task(self._identify())
        return self._identifying

    async def _identify(self) -> None:
        self._identify_began = time.monotonic()
        before = self._identity
        self._identity = await identify(self._client, self._settings.desk_channel)
        self._staff.team = self._identity.team or before.team
        if self._identity.trouble and self._identity.trouble != before.trouble:
            _LOG.error("Slack's set-up needs a correction", what=self._identity.trouble)

    async def _authorize(self) -> AuthorizeResult:
        """Tell Bolt who we are, so that it ignores what we did ourselves."""
        if not self._identity.bot_user:
            await asyncio.shield(self._start_identifying())
        us = self._identity
        return AuthorizeResult(
            enterprise_id=None,
            team_id=us.team,
            bot_token=self._settings.bot_token,
            bot_id=us.bot,
            bot_user_id=us.bot_user,
        )

    # --- in -----------------------------------------------------------------------------------

    async def receive(self, request: Request) -> Response:
        """Answer one POST of Slack with 200 once its work is durable."""
        try:
            body, _ = await guard.admit_request(request, self._settings.signing_secret, time.time())
        except guard.RefusedError as refused:
            return _refuse_request(refused.status, refused.why)
        if self._bolt is None:
            return _refuse_request(HTTPStatus.SERVICE_UNAVAILABLE, "not started")
        try:
            asked = AsyncBoltRequest(body=body.decode(), headers=dict(request.headers))
            answer = await self._bolt.async_dispatch(asked)
        except Exception as error:  # noqa: BLE001 - Bolt raises on fields of types it does not expect
            _LOG.warning("request not understood", **fault(error))
            return _refuse_request(HTTPStatus.BAD_REQUEST, "the request cannot be understood")
        return Response(answer.body, answer.status, answer.first_headers())

    async def handle_payload(self, body: Json) -> Json | None:
        """Handle one payload of any kind, and return Slack's answer.

        Raises what the store raises: Slack is then not answered, and sends it again.
        """
        event = payloads.read_payload(body)
        if isinstance(event, events.IgnoredPayload):
            self._count_event(event, f"ignored: {event.why}")
            return None
        part = next((each for each in self._parts if each.wants(event)), None)
        if part is None:
            self._count_event(event, "ignored: not for us")
            return None
        if why := await self._why_not(event, desk_only=part.desk_only):
            self._count_event(event, "not staff")
            return await self._refusals.refuse(event, why)
        if isinstance(event, events.ViewSubmission):
            answer = await self._submissions.take_once(
                event, lambda each: self._run_part(part, each)
            )
        else:
            answer = await self._run_part(part, event)
        return answer

    async def _run_part(self, part: Part, event: events.StaffEvent) -> Json | None:
        """Let a part handle an event, unless it never ended before."""
        # The journal is written before the work: if that kills the process, the next one knows why.
        begun = self._journal.times_begun(event.event_id)
        work = part.handle(event) if begun < TRIES else self._give_up(event, begun)
        answer = await self._journal.watch(
            event.event_id, f"{self.name} {events.label_event(event)}", work
        )
        self._count_event(event, "heard" if begun < TRIES else "given up")
        return answer

    async def _give_up(self, event: events.StaffEvent, begun: int) -> None:
        """Apologise for an event begun too often.

        If even the apology fails, the event is left alone.
        """
        if begun == TRIES and await self._apologies.send_apology(event):
            metrics.count(metrics.given_up, self.name, events.label_event(event))

    async def _why_not(self, event: events.StaffEvent, *, desk_only: bool) -> str:
        """Explain why the actor may not act, or return "".

        Slack does not say who deleted a message of ours, so nobody is refused for that.
        """
        if isinstance(event, events.BotMessageDeleted):
            return ""
        return await self._staff.explain_refusal(event.actor, desk_only=desk_only)

    def _count_event(self, event: events.Event, outcome: str) -> None:
        metrics.events.labels(self.name, events.label_event(event), outcome).inc()

    # --- out ----------------------------------------------------------------------------------

    def render(self, _: bytes) -> Sequence[Any]:
        """Return nothing, since calls are stored as they are made."""
        return ()

    async def deliver(self, delivery: Delivery, _: datetime) -> Outcome:
        """Make one call, and check the set-up where the desk's channel is closed."""
        outcome = await deliver.deliver_call(
            self._client, self._search, self._store.records, delivery
        )
        if isinstance(outcome, Later) and outcome.error in NO_DESK:
            self._start_identifying()
        return outcome

    async def trace(self, delivery: Delivery) -> tuple[Post, ...] | Later:
        """Find the posts that a delivery made, of which one at most is wanted."""
        return await deliver.trace_post(self._search, self._store.records, delivery)

    async def keep_waiting(self, _: Delivery) -> None:
        """Do nothing, since staff see their own Slack."""


def _refuse_request(status: HTTPStatus, why: str) -> Response:
    metrics.refused.labels(calls.NAME, status.value).inc()
    return PlainTextResponse(why, status_code=status)
