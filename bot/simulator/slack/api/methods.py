"""The table of Web API methods with their scopes and rates.

Sources: https://docs.slack.dev/reference/methods, https://docs.slack.dev/reference/scopes
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.simulator.common.rates import Rate
from bot.simulator.slack import rates
from bot.simulator.slack.api.answers import Handler
from bot.simulator.slack.api.chat import Chat
from bot.simulator.slack.api.conversations import Conversations
from bot.simulator.slack.api.system import System
from bot.simulator.slack.api.uploads import Uploads
from bot.simulator.slack.api.views import Views

SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "chat:write.customize",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "metadata.message:read",
    "reactions:read",
    "reactions:write",
    "users:read",
)
"""Scopes of the app, unless a test says otherwise."""

_ANY_HISTORY = ("channels:history", "groups:history", "im:history")
_ANY_CHANNEL = ("channels:read", "groups:read", "im:read")


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Web API.

    One of its `scopes` is enough; `app` is for the app-level token.
    """

    name: str
    handler: Handler
    rate: Rate
    scopes: tuple[str, ...] = ()
    app: bool = False


def all_methods(
    system: System, chat: Chat, views: Views, conversations: Conversations, uploads: Uploads
) -> dict[str, Method]:
    """List the methods by their names."""
    each = [
        *_of_system(system),
        *_of_chat(chat),
        *_of_views(views),
        *_of_conversations(conversations),
        *_of_files(uploads),
    ]
    return {method.name: method for method in each}


def _of_system(api: System) -> list[Method]:
    return [
        Method("api.test", api.test, rates.TIER_4),
        Method("auth.test", api.auth, rates.SPECIAL),
        Method("apps.connections.open", api.connect, rates.TIER_3, app=True),
    ]


def _of_chat(api: Chat) -> list[Method]:
    write, react = ("chat:write",), ("reactions:write",)
    return [
        Method("chat.postMessage", api.post, rates.POSTING, write),
        Method("chat.postEphemeral", api.post_ephemeral, rates.TIER_4, write),
        Method("chat.update", api.update, rates.TIER_3, write),
        Method("chat.delete", api.delete, rates.TIER_3, write),
        Method("chat.getPermalink", api.permalink, rates.SPECIAL),
        Method("reactions.add", api.react, rates.TIER_3, react),
        Method("reactions.remove", api.unreact, rates.TIER_2, react),
    ]


def _of_views(api: Views) -> list[Method]:
    return [
        Method("views.open", api.open, rates.TIER_4),
        Method("views.push", api.push, rates.TIER_4),
        Method("views.update", api.update, rates.TIER_4),
        Method("views.publish", api.publish, rates.TIER_4),
    ]


def _of_conversations(api: Conversations) -> list[Method]:
    people = ("users:read",)
    return [
        Method("conversations.history", api.history, rates.TIER_3, _ANY_HISTORY),
        Method("conversations.replies", api.replies, rates.TIER_3, _ANY_HISTORY),
        Method("conversations.info", api.info, rates.TIER_3, _ANY_CHANNEL),
        Method("conversations.members", api.members, rates.TIER_4, _ANY_CHANNEL),
        Method("conversations.open", api.open, rates.TIER_3, ("im:write", "mpim:write")),
        Method("conversations.join", api.join, rates.TIER_3, ("channels:join",)),
        Method("users.conversations", api.list_of_user, rates.TIER_3, _ANY_CHANNEL),
        Method("users.info", api.user, rates.TIER_4, people),
        Method("bots.info", api.bot, rates.TIER_3, people),
    ]


def _of_files(api: Uploads) -> list[Method]:
    write = ("files:write",)
    return [
        Method("files.getUploadURLExternal", api.url, rates.TIER_4, write),
        Method("files.completeUploadExternal", api.complete, rates.TIER_4, write),
        Method("files.info", api.info, rates.TIER_4, ("files:read",)),
    ]
