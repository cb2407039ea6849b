"""Receive LINE's webhooks and send the replies.

In: the signature on the raw bytes, then each event on its own (one odd event never loses its
neighbours), each a turn of the store, and 200 when all are durable. Out: the reply token first,
which is free, and a push with a retry key when the token has expired.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot import metrics
from bot.channels import Outcome, Quota
from bot.channels.line import events
from bot.channels.line.account.menu_switch import draw_switch
from bot.channels.line.account.quota import QuotaMeter
from bot.channels.line.body import read as read_body
from bot.channels.line.client import Client
from bot.channels.line.compact import read_compact, write_compact
from bot.channels.line.delivery_policy import LinePolicy
from bot.channels.line.drawing.render import messages
from bot.channels.line.sending import send_once, show_loading
from bot.channels.line.signature import is_signature, is_signed
from bot.clock import Clock, utc_now
from bot.door.reading import read_body as read_raw
from bot.handoff import leaving
from bot.logs import fault
from bot.model.conversation import Conversation
from bot.model.messages import Message, Reply, Speaker
from bot.model.posts import PostReference
from bot.model.turn import Turn
from bot.presentation.wording import say
from bot.runtime.advisor import Advisor, apology, with_transfer_code
from bot.runtime.event_journal import TRIES, EventJournal
from bot.settings import LineSettings
from bot.store import Delivery, Incoming, Outgoing, Store, TurnResult

LARGEST_BODY = 64_000
"""Bytes of the largest webhook read. LINE's longest message is 5,000 letters, 15 kB."""

TOKEN_LASTS = timedelta(seconds=50)
"""Time in which we use a reply token. LINE allows a minute, and the network needs some of it."""

SEEN_FOR = timedelta(days=7)
"""Days an event's id is remembered, to know a copy of it. Older events are refused."""

_OK = Response()
"""Without a body, which would be a second write to the socket."""

Answerer = Callable[[Conversation, Message, datetime], Turn]

_LOG = structlog.get_logger("line")


class LineChannel:
    """LINE's Messaging API channel.

    `deliver_now` is handed what a turn leaves to be sent, as soon as the turn is durable; `journal`
    is told what is worked on; what happened longer than `seen_for` ago is acknowledged and not heard.
    """

    name = events.NAME
    trouble = ""
    policy = LinePolicy()

    def __init__(  # noqa: PLR0913 (all but four have a default)
        self,
        settings: LineSettings,
        store: Store,
        advisor: Advisor,
        deliver_now: Callable[[tuple[Delivery, ...]], None],
        clock: Clock = utc_now,
        *,
        journal: EventJournal | None = None,
        seen_for: timedelta = SEEN_FOR,
    ) -> None:
        self._settings, self._store, self._advisor = settings, store, advisor
        self._deliver_now, self._clock = deliver_now, clock
        self._journal, self._seen_for = journal or EventJournal(), seen_for
        self._client = Client(settings)
        self._quota = QuotaMeter(self._client)

    def routes(self) -> list[Route]:
        """Give the address that LINE must know as the webhook URL."""
        return [Route("/line/webhook", self, methods=["POST"])]

    async def quota(self) -> Quota | None:
        """Read how many messages of the month are used, or None if unknown.

        The figures are a few minutes old at most.
        """
        return await self._quota.read()

    async def start(self) -> None:
        """Open the pooled client."""
        await self._client.start()

    async def stop(self) -> None:
        """Close the client."""
        await self._client.stop()

    async def run_periodic(self, _: datetime, *, leading: bool) -> None:
        """Do nothing, since LINE needs no regular work."""
        del leading

    # --- in -----------------------------------------------------------------------------------

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the webhook.

        In plain ASGI: a request as an object costs as much as reading what it says.
        """
        response = await self._received(Headers(scope=scope), receive)
        await response(scope, receive, send)

    async def _received(self, headers: Headers, receive: Receive) -> Response:
        signature = headers.get("x-line-signature")
        if not is_signature(signature):
            return _refusal(HTTPStatus.UNAUTHORIZED, "the signature is missing")
        # The signature is over the bytes as they came; reading them as JSON first would be trusting
        # a stranger.
        body = await read_raw(headers, receive, LARGEST_BODY)
        return await self.answer(body, signature)

    async def answer(self, body: bytes | None, signature: str | None) -> Response:
        """Answer one POST of LINE, with 200 when every event is durable.

        `body` is None when it was too large.
        """
        if body is None:
            return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large")
        if not is_signed(body, signature, self._settings.channel_secret):
            return _refusal(HTTPStatus.UNAUTHORIZED, "the signature does not match")
        listed = read_body(body)
        if listed is None:
            return _refusal(HTTPStatus.BAD_REQUEST, 'expected {"events": [...]}')
        now = self._clock()
        if len(listed) == 1:  # as nearly always: no task of its own
            kept = await self._keep(listed[0], now)
        else:
            # LINE does not promise the order within one delivery; its clock does.
            in_order = sorted(listed, key=events.timestamp)
            kept = all(await asyncio.gather(*(self._keep(raw, now) for raw in in_order)))
        # LINE delivers events again that could not be kept.
        # Some may be durable already; they are known by their id when they come again.
        return _OK if kept else _refusal(HTTPStatus.SERVICE_UNAVAILABLE, "try again")

    async def _keep(self, raw: object, now: datetime) -> bool:
        """Hear one event, and tell whether it was kept."""
        try:
            await self._hear(raw, now)
        except Exception as error:  # noqa: BLE001 - whatever it was, the event comes again
            _LOG.error("event not kept", **fault(error))
            return False
        return True

    async def _hear(self, raw: object, now: datetime) -> None:
        event, outcome = events.read(raw), "new"
        match event:
            case _ if self._is_too_old(raw, now):
                outcome = "too old"
            case events.Said():
                kind = f"{self.name} {events.kind(event)}"
                work = self._turn(event, self._journal.times_begun(event.incoming.event_id), now)
                outcome = await self._journal.watch(event.incoming.event_id, kind, work)
            case events.Left(incoming):
                await self._silence(incoming, now)
            case events.TookBack(message_id, at):
                reference = PostReference.of_owner_words(message_id)
                await self._store.unsend(message_id, max(now, at or now), reference)
            case events.Invited(incoming, token):
                await self._decline(incoming, token, now)
            case events.Ignored(why):
                outcome = f"ignored: {why}"
        metrics.count(metrics.events, self.name, events.kind(event), outcome)

    def _is_too_old(self, raw: object, now: datetime) -> bool:
        """Tell whether an event is older than the ids we remember.

        It may then be a copy that somebody kept and sends again. Nobody else can take the time out
        of a body or change it, since LINE has signed it.
        """
        at = events.happened(raw)
        return at is not None and now - at > self._seen_for

    async def _turn(self, said: events.Said, begun: int, now: datetime) -> str:
        """Answer a message, or apologise when it failed too often.

        After the apology has failed too, the message is left alone.
        """
        # Even the apology broke us: the event is acknowledged, or it would come for ever.
        if begun > TRIES:
            return "given up"
        if begun == TRIES:
            outcome = await self._commit(said, said.message, self._advisor.give_up, now)
            if outcome == "new":
                metrics.count(metrics.given_up, self.name, events.kind(said))
            return outcome
        return await with_transfer_code(
            said.message,
            self._store,
            now,
            lambda message: self._commit(said, message, self._advisor.answer, now),
        )

    async def _commit(
        self, said: events.Said, message: Message, answer: Answerer, now: datetime
    ) -> str:
        def step(conversation: Conversation) -> TurnResult:
            with metrics.turn_seconds.time():
                turn = answer(conversation, message, now)
                try:
                    outgoing = self._outgoing(turn, said.reply_token, now)
                except Exception as error:  # noqa: BLE001 - what cannot be shown is apologised for too
                    turn = apology(conversation, message, now, error)
                    outgoing = self._outgoing(turn, said.reply_token, now)
                outgoing = outgoing or self._carrier(said, now)
                return self._advisor.work(conversation, turn, said.incoming, now, outgoing)

        # Durable before LINE hears 200 and before anything is sent: after a crash either the event
        # comes again or the outbox has its replies.
        deliveries = await self._store.turn(said.incoming, step, now)
        if deliveries is None:
            return "seen before"
        self._deliver_now(deliveries)
        return "new"

    def _outgoing(self, turn: Turn, reply_token: str, now: datetime) -> tuple[Outgoing, ...]:
        if not turn.replies:
            return ()
        drawn, compact = _render_once(turn.replies)
        until = now + TOKEN_LASTS
        outgoing = Outgoing(self.name, drawn, reply_token, until, compact=compact)
        if turn.replaces:
            heard = messages((Reply(turn.heard),)) if turn.heard else ()
            outgoing = replace(outgoing, replaces=turn.replaces, heard=heard)
        return (outgoing,)

    def _carrier(self, said: events.Said, now: datetime) -> tuple[Outgoing, ...]:
        """Make an empty delivery of a reply token, for messages the quota holds back.

        A reply is free. Whether anything is held, the process that delivers to this person knows.
        """
        if not said.reply_token:
            return ()
        return (Outgoing(self.name, [], said.reply_token, now + TOKEN_LASTS),)

    async def _silence(self, incoming: Incoming, now: datetime) -> None:
        """Stop all messages to an owner who blocked us.

        Their answers stay until they expire.
        """

        def step(conversation: Conversation) -> TurnResult:
            turn = leaving.leave(conversation, now)
            if turn is None:
                return TurnResult(None, silence=True)
            return replace(self._advisor.work(conversation, turn, incoming, now), silence=True)

        self._deliver_now(await self._store.turn(incoming, step, now) or ())

    async def _decline(self, incoming: Incoming, token: str, now: datetime) -> None:
        turn = Turn(Conversation(incoming.key), (Reply(say("conversation.one_to_one_only")),))
        outgoing = self._outgoing(turn, token, now)
        work = TurnResult(None, outgoing)
        self._deliver_now(await self._store.commit(incoming, work, now) or ())

    def write(self, key: str, replies: tuple[Reply, ...], speaker: Speaker | None) -> Outgoing:
        """Write a message to an owner who has not just written, to be pushed."""
        return Outgoing(self.name, messages(replies, speaker), key=key)

    def show_beside(self, before: Conversation, turn: Turn) -> tuple[Outgoing, ...]:
        """Switch the rich menu when a case is opened or ends."""
        return draw_switch(before, turn)

    def render(self, kept: bytes) -> Sequence[Any]:
        """Write the messages of a delivery that an earlier process left behind."""
        return messages(read_compact(kept))

    # --- out ----------------------------------------------------------------------------------

    async def deliver(self, delivery: Delivery, now: datetime) -> Outcome:
        """Try one delivery, by its reply token while that lasts, else by push."""
        return await send_once(self._client, delivery, now)

    async def keep_waiting(self, delivery: Delivery) -> None:
        """Let the phone show that something comes."""
        await show_loading(self._client, delivery)


@lru_cache(maxsize=512)
def _render_once(replies: tuple[Reply, ...]) -> tuple[tuple[orjson.Fragment, ...], bytes]:
    """Write the replies as LINE's messages, and in the store's compact form.

    The compact form is ten times shorter. Both are cached, since most owners are asked the same
    questions.
    """
    drawn = tuple(orjson.Fragment(orjson.dumps(each)) for each in messages(replies))
    return drawn, write_compact(replies)


def _refusal(status: HTTPStatus, why: str) -> Response:
    metrics.refused.labels(events.NAME, status.value).inc()
    return PlainTextResponse(why, status_code=status)
