"""Keep an account's chats, reply tokens, retry keys and quota.

No HTTP here, and no clock except the given one.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.line.api.answers import RefusedError, invalid
from bot.simulator.line.events import Event, message_id, user_id

REPLY_SECONDS = 60
REPLY_WINDOW = 20 * 60
RETRY_KEY_SECONDS = 24 * 60 * 60
STRANGER_SECONDS = 7 * 24 * 60 * 60
"""Sources: https://developers.line.biz/en/reference/messaging-api/ #send-reply-message-reply-token,
#retry-api-request, #send-push-message-conditions
"""

_QUOTABLE = frozenset({"text", "textV2", "sticker", "image", "video", "template", "flex"})
_CHAT_ID = re.compile("[UCR][0-9a-f]{32}")
_UUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Sent:
    """Something a chat shows.

    `by` is `user`, `bot` or `loading`; `via` is `reply` or `push`. `quick_replies` are the actions
    on offer under it, only while it is the last message of the chat.
    """

    by: str
    message: Json
    id: str
    at: float
    via: str = ""
    quick_replies: tuple[Json, ...] = ()

    @property
    def text(self) -> str:
        """The words of the message, or its words in the chat list."""
        return str(self.message.get("text") or self.message.get("altText") or "")

    @property
    def sender(self) -> str:
        """The name above the message, or "" for the account's own."""
        return str(self.message.get("sender", {}).get("name", ""))


@dataclass(slots=True)
class Chat:
    """One chat with a user, a group or a room."""

    id: str
    friend: bool = True
    blocked: bool = False
    wrote_at: float | None = None
    log: list[Sent] = field(default_factory=list)
    loading_until: float = 0.0
    quote_tokens: set[str] = field(default_factory=set)
    rich_menu: str = ""

    def reachable(self, now: float) -> bool:
        """Tell whether a push arrives.

        It reaches friends, and strangers who wrote in the last seven days.

        Source: https://developers.line.biz/en/reference/messaging-api/#send-push-message-conditions
        """
        wrote = self.wrote_at is not None and now - self.wrote_at <= STRANGER_SECONDS
        return not self.blocked and (self.friend or wrote)


@dataclass(slots=True)
class Token:
    """Hold a reply token with its chat and times."""

    chat: str
    happened_at: float
    sent_at: float
    used: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """A push that went through under a retry key."""

    request_id: str
    sent: list[Json]
    until: float


class Account:
    """Hold the official account as LINE sees it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._skipped = 0.0
        self._retry_keys: dict[str, Accepted] = {}
        self.chats: dict[str, Chat] = {}
        self.tokens: dict[str, Token] = {}
        self.quota: int | None = None
        self.used = 0

    @property
    def now(self) -> float:
        """The time of day, in seconds."""
        return self._clock() + self._skipped

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._skipped += seconds

    def chat(self, name: str) -> Chat:
        """Find the chat with a person or group, new for strangers."""
        key = chat_id(name)
        return self.chats.setdefault(key, Chat(key))

    def known(self, key: str) -> Chat:
        """Find the chat a push is for, or refuse one LINE would not know."""
        if not _CHAT_ID.fullmatch(key):
            raise invalid("to")
        if key not in self.chats:
            raise RefusedError("Failed to send messages")
        return self.chats[key]

    def good_token(self, token: str) -> Token:
        """Find a reply token, or refuse one unknown, used or too old."""
        found = self.tokens.get(token)
        if found is None or found.used or self._is_late(found):
            raise RefusedError("Invalid reply token")
        return found

    def _is_late(self, token: Token) -> bool:
        since_webhook = self.now - token.sent_at
        since_event = self.now - token.happened_at
        return since_webhook > REPLY_SECONDS or since_event > REPLY_WINDOW

    def webhook_sent(self, event: Event) -> None:
        """Note that an event goes out, from when its reply token works once."""
        token = event.get("replyToken")
        if not token:
            return
        known = self.tokens.get(token)
        if known:
            known.sent_at = self.now
            return
        key = chat_of(event)
        self.chat(key)
        self.tokens[token] = Token(key, event["timestamp"] / 1000, self.now)

    def check_retry_key(self, key: str | None) -> None:
        """Refuse a retry key that is malformed or was already accepted.

        Source: https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
        """
        if key is None:
            return
        if not _UUID.fullmatch(key):
            raise RefusedError("The value for the 'X-Line-Retry-Key' header is invalid")
        accepted = self._retry_keys.get(key.lower())
        if accepted and self.now < accepted.until:
            raise RefusedError(
                "The retry key is already accepted",
                HTTPStatus.CONFLICT,
                headers={"x-line-accepted-request-id": accepted.request_id},
                sentMessages=accepted.sent,
            )

    def keep_retry_key(self, key: str | None, request_id: str, sent: list[Json]) -> None:
        """Remember for a day that this push was accepted."""
        if key is not None:
            until = self.now + RETRY_KEY_SECONDS
            self._retry_keys[key.lower()] = Accepted(request_id, sent, until)

    def spend(self, messages: int) -> None:
        """Count messages against the month, or refuse too many."""
        if messages and self.quota is not None and self.used + messages > self.quota:
            raise monthly_limit()
        self.used += messages

    def deliver(self, chat: Chat, messages: list[Json], via: str) -> list[Json]:
        """Show messages in a chat, and return the answer's `sentMessages`.

        They are accepted, and not shown, when the user has blocked the account.
        """
        sent = [Sent("bot", message, message_id(), self.now, via) for message in messages]
        if chat.reachable(self.now):
            chat.log += sent
            chat.loading_until = 0.0
        return [self._receipt(chat, each) for each in sent]

    def _receipt(self, chat: Chat, sent: Sent) -> Json:
        if sent.message["type"] not in _QUOTABLE:
            return {"id": sent.id}
        token = secrets.token_urlsafe(24)
        chat.quote_tokens.add(token)
        return {"id": sent.id, "quoteToken": token}

    def shown(self, name: str) -> list[Sent]:
        """List the messages on a phone now.

        Quick replies stand under the last message only, then dots.

        Source: https://developers.line.biz/en/docs/messaging-api/using-quick-reply/
        """
        chat = self.chats.get(chat_id(name), Chat(""))
        log = [*chat.log[:-1], *map(_with_quick_replies, chat.log[-1:])]
        if self.now < chat.loading_until:
            log.append(Sent("loading", {"type": "loading"}, "", self.now))
        return log


def _with_quick_replies(sent: Sent) -> Sent:
    items: list[dict[str, Any]] = sent.message.get("quickReply", {}).get("items", [])
    return replace(sent, quick_replies=tuple(item["action"] for item in items))


def monthly_limit() -> RefusedError:
    """Make the refusal of a push when the month's messages are used up."""
    return RefusedError("You have reached your monthly limit.", HTTPStatus.TOO_MANY_REQUESTS)


def rate_limit() -> RefusedError:
    """Make the refusal of a call when there were too many."""
    return RefusedError(
        "The API rate limit has been exceeded. Try again later.", HTTPStatus.TOO_MANY_REQUESTS
    )


def chat_id(name: str) -> str:
    """Make a chat's ID, which `name` may be already."""
    return name if _CHAT_ID.fullmatch(name) else user_id(name)


def chat_of(event: Event) -> str:
    """Find the ID of the chat an event happened in."""
    source = event.get("source", {})
    key: str = source.get("groupId") or source.get("roomId") or source.get("userId") or ""
    return key
