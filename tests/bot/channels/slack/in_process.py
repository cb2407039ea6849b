"""Owners on LINE and staff in Slack without sockets, by calls to the strict fakes.

Everything else is real: the store, the outbox, both channels with the desk. Fast enough to be run
through hundreds of random stories.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson

from bot.channels import Channel
from bot.channels.line import client as line_client
from bot.channels.line.channel import LineChannel
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.desk.desk import Desk
from bot.channels.slack.desk.posts import DeskPosts
from bot.channels.slack.desk.receipts import draw_receipts
from bot.channels.slack.desk.reply_sender import ReplySender
from bot.channels.slack.interview.apologies import Apologies
from bot.channels.slack.parts import StaffWork
from bot.channels.slack.replies.composing import Composing
from bot.channels.slack.replies.form_sending import FormSending
from bot.channels.slack.web import client as slack_client
from bot.channels.slack.web.staff_directory import StaffDirectory
from bot.clock import utc_now
from bot.runtime.advisor import Advisor
from bot.runtime.conversation_service import ConversationService
from bot.runtime.delivery.outbox import Outbox
from bot.settings import LineSettings, SlackSettings
from bot.simulator.line import postman as line_postman
from bot.simulator.line.api import answers as line_answers
from bot.simulator.line.api import messaging
from bot.simulator.line.events import Event, signed_body
from bot.simulator.line.server import BOT, FakeLine
from bot.simulator.slack.api import answers as slack_answers
from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.state import TEAM
from bot.simulator.slack.wire import postman as slack_postman
from bot.store import Store
from bot.store.opening import IN_MEMORY, open_store
from flows.keiei.programme import KEIEI
from knowledge.library import Library
from tests.bot.channels.serving import LONGEST
from tests.bot.channels.slack.serving import BOT_TOKEN, DESK, GUEST, HANAKO, SIGNING_SECRET, TARO

SECRET, TOKEN = "a-secret-of-the-tests", "a-token-of-the-tests"

Json = dict[str, Any]


class _LinePostman(line_postman.Postman):
    """Hands webhooks to the channel."""

    channel: LineChannel

    async def post(self, _: str, events: Any) -> line_postman.Attempt:
        sent: tuple[Event, ...] = tuple(events)
        body, signature = signed_body(sent, SECRET, str(BOT["userId"]))
        answer = await self.channel.answer(body, signature)
        ok = answer.status_code == 200
        outcome = line_postman.Outcome.OK if ok else line_postman.Outcome.ERROR_STATUS_CODE
        return line_postman.Attempt(outcome, answer.status_code)


class _LineClient(line_client.Client):
    """Asks the fake's endpoints."""

    api: messaging.Messaging

    async def _post(
        self, path: str, body: Json, headers: dict[str, str] | None = None
    ) -> line_client.Answer:
        endpoint = {"reply": self.api.reply, "push": self.api.push, "start": self.api.loading}
        given = self._headers | (headers or {})
        lowered = {name.lower(): value for name, value in given.items()}
        ask = line_answers.Ask("request", {}, lowered, orjson.dumps(body))
        try:
            answer = endpoint[path.rpartition("/")[2]](ask)
        except line_answers.RefusedError as error:
            answer = error.answer
        return line_client.Answer(answer.status, str(answer.body.get("message", "")))


class _SlackPostman(slack_postman.Postman):
    """Hands events and interactions to the channel."""

    channel: SlackChannel

    async def carry(
        self, _: str, sent: slack_postman.Dispatch, retry: int = 0, __: str = ""
    ) -> slack_postman.Attempt:
        answer = await self.channel.handle_payload(json.loads(json.dumps(sent.payload)))
        said = json.dumps(answer) if answer else ""
        return slack_postman.Attempt(slack_postman.Outcome.OK, 200, said=said, retry=retry)


class _SlackClient(slack_client.Client):
    """Calls the fake's methods."""

    fake: FakeSlack

    async def call(self, method: str, arguments: Mapping[str, Any]) -> slack_client.Answer:
        return self._ask(method, json.loads(json.dumps(dict(arguments))))

    async def ask(self, method: str, **arguments: str | int | bool) -> slack_client.Answer:
        return self._ask(method, dict(arguments))

    async def respond(self, response_url: str, message: Mapping[str, Any]) -> None:
        key = urlsplit(response_url).path.rpartition("/")[2]
        with contextlib.suppress(slack_answers.RefusedError):
            self.fake.response_urls.answer(key, json.dumps(dict(message)).encode())

    def _ask(self, method: str, arguments: Json) -> slack_client.Answer:
        try:
            answer = self.fake.gateway.call(method, arguments, BOT_TOKEN)
        except slack_answers.RefusedError as error:
            return slack_client.Answer(error=str(error.answer.body["error"]))
        return slack_client.Answer(answer.body)


@dataclass
class Room:
    """Everybody and everything, in one loop."""

    line: FakeLine
    slack: FakeSlack
    store: Store
    outbox: Outbox
    staff_side: SlackChannel

    async def run_periodic(self) -> None:
        """Run the work that happens every few seconds."""
        await self.staff_side.run_periodic(utc_now(), leading=True)
        await self.settled()

    async def settled(self) -> None:
        """All that was to be delivered is delivered."""
        async with asyncio.timeout(LONGEST):
            while not self.outbox.idle():
                await asyncio.sleep(0)
        await self.slack.settled()
        assert (await self.store.load_outbox_state()).given_up == 0


@contextlib.asynccontextmanager
async def room(library: Callable[[], Library]) -> AsyncIterator[Room]:
    """Open the bot between both fakes, with Hanako, Taro and a guest."""
    line = FakeLine(secret=SECRET, token=TOKEN, limit_rates=False)
    slack = _slack()
    store = open_store(IN_MEMORY, up_to_date=True)
    channels: dict[str, Channel] = {}
    outbox = Outbox(store, lambda: channels, receipts=draw_receipts)
    plain = Advisor(library, KEIEI)
    advisor = Advisor(library, KEIEI, desk=DeskPosts(DESK, plain.context))
    on_line = _line_channel(line, store, advisor, outbox)
    conversations = ConversationService(store, advisor, lambda: {"line": on_line}, outbox.enqueue)
    in_slack = _slack_channel(slack, store, conversations)
    channels |= {"line": on_line, "slack": in_slack}
    try:
        yield Room(line, slack, store, outbox, in_slack)
    finally:
        await outbox.stop()
        await slack.deliveries.stop()
        await store.close()


def _slack() -> FakeSlack:
    slack = FakeSlack(signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, limit_rates=False)
    slack.add_user(HANAKO, "花子")
    slack.add_user(TARO, "太郎")
    slack.add_user(GUEST, "ゲスト", guest=True)
    slack.add_channel(DESK, "相談窓口", members=(HANAKO, TARO, GUEST))
    return slack


def _line_channel(line: FakeLine, store: Store, advisor: Advisor, outbox: Outbox) -> LineChannel:
    settings = LineSettings(SECRET, TOKEN, "http://line.invalid")
    channel = LineChannel(settings, store, advisor, outbox.enqueue)
    client = _LineClient(settings)
    client.api = messaging.Messaging(line.account, BOT)
    channel._client = client  # noqa: SLF001 - the wire is what is left out
    line._postman = postman = _LinePostman(SECRET, str(BOT["userId"]))  # noqa: SLF001 - the wire
    postman.channel = channel
    return channel


def _slack_channel(
    slack: FakeSlack, store: Store, conversations: ConversationService
) -> SlackChannel:
    settings = SlackSettings(BOT_TOKEN, SIGNING_SECRET, "", DESK, "http://slack.invalid/api/")
    client = _SlackClient(settings)
    client.fake = slack
    staff = StaffDirectory(client, DESK)
    staff.team = TEAM
    apologies = Apologies(store, conversations.advisor, DESK, conversations.deliver_now)
    sender = ReplySender(conversations, staff)
    composing = Composing(
        conversations, client, sender, FormSending(conversations, client, staff, sender)
    )
    work = StaffWork([composing, Desk(DESK, conversations, client, sender)], apologies)
    channel = SlackChannel(settings, store, client, staff, work)
    slack.deliveries._postman = postman = _SlackPostman(SIGNING_SECRET, time.time)  # noqa: SLF001 - the wire
    postman.channel = channel
    slack.request_url = "in process"
    return channel
