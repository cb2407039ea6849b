"""Play the users, with their acts on their phones and the screens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.line import events
from bot.simulator.line.api.rich_menus import RichMenus
from bot.simulator.line.events import Event
from bot.simulator.line.messages.buttons import actions
from bot.simulator.line.postman import Delivered, Postman
from bot.simulator.line.state import Account, Sent, chat_id, chat_of

UNSENT: Json = {"type": "unsent"}
"""Stands in a chat for an unsent message."""


class Phones:
    """Everybody's phone.

    People are named as the test likes: `花子` has one user ID, always the same; a user ID names
    itself. `**body` of the methods below stands in the event in the place of what LINE would draw
    or know: `webhookEventId`, `timestamp`, `replyToken`, `mode`, `source` …
    """

    webhook_url: str
    redeliver_times: int = 0
    """Times LINE sends a failed webhook again. 0, as in the console, is not at all."""
    redeliver_after: float = 1.0
    """Seconds from one attempt to the next."""

    def __init__(self, account: Account, menus: RichMenus, postman: Postman, url: str) -> None:
        self.account = account
        self.menus = menus
        self.webhook_url = url
        self._postman = postman
        self._turns: dict[str, asyncio.Lock] = {}
        self._redeliveries: set[asyncio.Task[None]] = set()

    @property
    def now_ms(self) -> int:
        """The time of day, in the form of events."""
        return round(self.account.now * 1000)

    # What people do.

    def message(self, user: str, content: Json, **body: Any) -> Event:
        """Make a message event for `send`, of contents from `events`."""
        return events.message(events.from_user(user), self.now_ms, content, **body)

    async def send_text(self, user: str, text: str, **body: Any) -> Delivered:
        """Write a text."""
        return await self.send(self.message(user, events.text(text), **body))

    async def sticker(self, user: str, **body: Any) -> Delivered:
        """Send a sticker."""
        return await self.send(self.message(user, events.sticker(), **body))

    async def image(self, user: str, **body: Any) -> Delivered:
        """Send a picture."""
        return await self.send(self.message(user, events.image(), **body))

    async def location(
        self, user: str, latitude: float, longitude: float, address: str = "", **body: Any
    ) -> Delivered:
        """Send a place, of which LINE may know no address."""
        place = {"address": address} if address else {}
        content = events.location(latitude, longitude, **place)
        return await self.send(self.message(user, content, **body))

    async def follow(self, user: str, **body: Any) -> Delivered:
        """Add the account as a friend, or unblock it."""
        known = self.account.chats.get(chat_id(user))
        unblocked = known is not None and known.blocked
        source = events.from_user(user)
        return await self.send(events.follow(source, self.now_ms, unblocked=unblocked, **body))

    async def unfollow(self, user: str, **body: Any) -> Delivered:
        """Block the account."""
        return await self.send(events.unfollow(events.from_user(user), self.now_ms, **body))

    async def unsend(self, user: str, message_id: str, **body: Any) -> Delivered:
        """Take a message back."""
        source = events.from_user(user)
        return await self.send(events.unsend(source, self.now_ms, message_id, **body))

    async def tap(
        self, user: str, data: str, params: dict[str, str] | None = None, **body: Any
    ) -> Delivered:
        """Tap a button with this postback data, current or old."""
        known = (each for each in self._buttons(user) if each.get("data") == data)
        if words := next(known, {}).get("displayText"):
            self._show(chat_id(user), {"type": "text", "text": words}, events.message_id())
        source = events.from_user(user)
        return await self.send(events.postback(source, self.now_ms, data, params, **body))

    async def press(self, user: str, label: str, **body: Any) -> Delivered:
        """Press the button with this label on the screen, or raise LookupError."""
        shown = [each for each in self._buttons(user) if each.get("label") == label]
        if not shown:
            raise LookupError(f"no button {label} is shown to {user}")
        action = shown[0]
        if action["type"] == "message":
            return await self.send_text(user, action["text"], **body)
        if "data" not in action:
            raise LookupError(f"the button {label} opens something and tells the bot nothing")
        return await self.tap(user, action["data"], **body)

    def stranger(self, user: str) -> None:
        """Make this user one who is no friend of the account."""
        self.account.chat(user).friend = False

    def _buttons(self, user: str) -> Iterator[Json]:
        """List the user's buttons, the nearest first."""
        shown = self.chat(user)
        for sent in reversed(shown):
            yield from sent.quick_replies
            yield from actions(sent.message)
        yield from actions(self.rich_menu(user))

    # What the phone shows.

    def chat(self, user: str) -> list[Sent]:
        """List the messages on the phone in order, loading dots last."""
        return self.account.shown(user)

    def replies(self, user: str) -> list[Sent]:
        """List the bot's messages in a chat, in order."""
        return [sent for sent in self.chat(user) if sent.by == "bot"]

    def rich_menu(self, user: str) -> Json:
        """Find the user's rich menu, or {}."""
        chat = self.account.chats.get(chat_id(user))
        key = (chat.rich_menu if chat else "") or self.menus.default
        return self.menus.menus[key].menu if key else {}

    def user_id(self, user: str) -> str:
        """Find the user ID of a person by name."""
        return events.user_id(user)

    # How it reaches the bot.

    async def send(self, *sent: Event) -> Delivered:
        """Send events in one webhook POST, behind earlier ones of the same chats."""
        for event in sent:
            self._happen(event)
        delivered = Delivered(sent)
        async with AsyncExitStack() as stack:
            for chat in sorted({chat_of(event) for event in sent}):
                await stack.enter_async_context(self._turns.setdefault(chat, asyncio.Lock()))
            await self._attempt(delivered, sent)
        if not delivered.ok and self.redeliver_times:
            self._start(self._keep_trying(delivered))
        return delivered

    async def post(self, *sent: Event) -> Delivered:
        """POST events as they are and at once, such as duplicates or old ones."""
        delivered = Delivered(sent)
        await self._attempt(delivered, sent)
        return delivered

    async def redeliver(self, delivered: Delivered) -> Delivered:
        """Send the same events once more, flagged as a redelivery."""
        again = tuple(map(events.redelivered, delivered.events))
        await self._attempt(delivered, again)
        return delivered

    async def settled(self) -> None:
        """Wait until no redelivery is under way."""
        while self._redeliveries:
            await asyncio.gather(*self._redeliveries)

    async def _attempt(self, delivered: Delivered, sent: tuple[Event, ...]) -> None:
        for event in sent:
            self.account.webhook_sent(event)
        delivered.attempts.append(await self._postman.post(self.webhook_url, sent))

    async def _keep_trying(self, delivered: Delivered) -> None:
        for _ in range(self.redeliver_times):
            await asyncio.sleep(self.redeliver_after)
            await self.redeliver(delivered)
            if delivered.ok:
                return

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._redeliveries.add(task)
        task.add_done_callback(self._redeliveries.discard)

    async def stop_redeliveries(self) -> None:
        """Give up on redeliveries that are under way."""
        tasks = list(self._redeliveries)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # What it changes at LINE.

    def _happen(self, event: Event) -> None:
        chat = self.account.chat(chat_of(event))
        kind = event["type"]
        if kind in {"message", "postback"}:
            if chat.blocked:
                raise ValueError(f"{chat.id} has blocked the account and must follow it first")
            chat.wrote_at = self.account.now
        if kind == "message":
            content = event["message"]
            chat.quote_tokens.add(content.get("quoteToken", ""))
            self._show(chat.id, content, content["id"])
        elif kind in {"follow", "join"}:
            chat.friend, chat.blocked = True, False
        elif kind in {"unfollow", "leave"}:
            chat.blocked = True
        elif kind == "unsend":
            self._take_back(chat.id, event["unsend"]["messageId"])

    def _show(self, chat: str, message: Json, message_id: str) -> None:
        sent = Sent("user", message, message_id, self.account.now)
        self.account.chat(chat).log.append(sent)

    def _take_back(self, chat: str, message_id: str) -> None:
        log = self.account.chat(chat).log
        for index, sent in enumerate(log):
            if sent.id == message_id:
                log[index] = Sent(sent.by, UNSENT, sent.id, sent.at)
