"""Fake the endpoints that send and show.

They are reply, push, validate, quota, loading, profile.

Source: https://developers.line.biz/en/reference/messaging-api/#messages
"""

from __future__ import annotations

from http import HTTPStatus

from bot.simulator.common.answers import Answer, Json
from bot.simulator.common.shapes import Fault, anything, array, boolean, integer, record, text
from bot.simulator.line.api.answers import Ask, RefusedError, invalid, not_found, read
from bot.simulator.line.api.answers import refuse as refuse_faults
from bot.simulator.line.messages.limits import mentions_somebody, request_faults
from bot.simulator.line.state import Account, Chat

RETRY_KEY = "x-line-retry-key"

_UNIT = text(30, like="[a-zA-Z0-9_]+")
_REPLY = record(
    {"replyToken": text(500), "messages": anything, "notificationDisabled": boolean},
    "replyToken messages",
)
_PUSH = record(
    {
        "to": text(500),
        "messages": anything,
        "notificationDisabled": boolean,
        "customAggregationUnits": array(_UNIT, 0, 1),
    },
    "to messages",
)
_VALIDATE = record({"messages": anything}, "messages")
_LOADING = record({"chatId": text(500), "loadingSeconds": integer(5, 60, step=5)}, "chatId")
LOADING_SECONDS = 20


class Messaging:
    """Answer these endpoints, over one account."""

    def __init__(self, account: Account, bot: Json) -> None:
        self._account = account
        self._bot = bot

    def reply(self, ask: Ask) -> Answer:
        """Answer an event, once and soon."""
        if RETRY_KEY in ask.headers:
            raise RefusedError("The 'X-Line-Retry-Key' header can't be used with this endpoint")
        body = read(ask, _REPLY)
        refuse_faults(request_faults(body["messages"]))
        token = self._account.good_token(body["replyToken"])
        chat = self._account.chats[token.chat]
        _refuse_strays(chat, body["messages"])
        token.used = True
        sent = self._account.deliver(chat, body["messages"], "reply")
        return Answer({"sentMessages": sent})

    def push(self, ask: Ask) -> Answer:
        """Send to one chat, at any time, at a price."""
        account, key = self._account, ask.headers.get(RETRY_KEY)
        account.check_retry_key(key)
        body = read(ask, _PUSH)
        refuse_faults(request_faults(body["messages"]))
        chat = account.known(body["to"])
        _refuse_strays(chat, body["messages"])
        account.spend(int(chat.reachable(account.now)))
        sent = account.deliver(chat, body["messages"], "push")
        account.keep_retry_key(key, ask.request_id, sent)
        return Answer({"sentMessages": sent})

    def multicast(self, _ask: Ask) -> Answer:
        """Refuse, since the bot never sends one message to many."""
        raise RefusedError("The simulator has no multicast", HTTPStatus.NOT_IMPLEMENTED)

    def validate(self, ask: Ask) -> Answer:
        """Tell whether messages would be accepted, and nothing else."""
        refuse_faults(request_faults(read(ask, _VALIDATE)["messages"]))
        return Answer()

    def quota(self, _ask: Ask) -> Answer:
        """Count how many messages the plan has a month."""
        limit = self._account.quota
        return Answer({"type": "none"} if limit is None else {"type": "limited", "value": limit})

    def consumption(self, _ask: Ask) -> Answer:
        """Count the messages used of the quota."""
        return Answer({"totalUsage": self._account.used})

    def loading(self, ask: Ask) -> Answer:
        """Show the dots, in a chat with one person, until a message comes.

        Source: https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator
        """
        body = read(ask, _LOADING)
        if not body["chatId"].startswith("U"):
            raise invalid("chatId")
        if chat := self._account.chats.get(body["chatId"]):
            seconds = body.get("loadingSeconds", LOADING_SECONDS)
            chat.loading_until = self._account.now + seconds
        return Answer(status=HTTPStatus.ACCEPTED)

    def profile(self, ask: Ask) -> Answer:
        """Tell the name of a friend, and nobody else's.

        Source: https://developers.line.biz/en/reference/messaging-api/#get-profile
        """
        user = ask.path["userId"]
        chat = self._account.chats.get(user)
        if chat is None or chat.blocked or not chat.friend:
            raise not_found()
        return Answer({"displayName": f"友だち{user[-4:]}", "userId": user, "language": "ja"})

    def info(self, _ask: Ask) -> Answer:
        """Describe the account itself."""
        return Answer(self._bot)


def _refuse_strays(chat: Chat, messages: list[Json]) -> None:
    """Refuse mentions outside groups, and quotes of another chat."""
    if chat.id.startswith("U") and mentions_somebody(messages):
        raise invalid("messages")
    quotes = [(index, each.get("quoteToken")) for index, each in enumerate(messages)]
    refuse_faults(
        [
            Fault(("messages", index, "quoteToken"), "invalid quoteToken")
            for index, token in quotes
            if token is not None and token not in chat.quote_tokens
        ]
    )
