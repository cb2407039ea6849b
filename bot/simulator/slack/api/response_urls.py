"""Response URLs, by which the app answers where something was done.

Source: https://docs.slack.dev/interactivity/handling-user-interaction (message responses)
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from bot.simulator.common.answers import Answer, Json
from bot.simulator.slack.api.answers import RefusedError, answer_ok
from bot.simulator.slack.api.arguments import Kind, read_arguments, read_flag, read_text
from bot.simulator.slack.api.chat import Chat
from bot.simulator.slack.blocks import posting
from bot.simulator.slack.state import Channel, StoredMessage, Workspace
from bot.simulator.slack.users.people import delete_message
from bot.simulator.slack.wire import events
from bot.simulator.slack.wire.deliveries import Announce

USES = 5
SECONDS = 30 * 60

_ANSWER: dict[str, Kind] = {
    **{key: kind for key, kind in posting.CONTENT.items() if not key.startswith(("icon", "user"))},
    "response_type": read_text,
    "replace_original": read_flag,
    "delete_original": read_flag,
    "thread_ts": read_text,
}


@dataclass(slots=True)
class ResponseUrl:
    """Hold where one interaction may be answered, and its message."""

    channel: Channel
    user: str
    post: StoredMessage | None
    until: float
    left: int = USES


class ResponseUrls:
    """All response URLs."""

    def __init__(self, workspace: Workspace, chat: Chat, announce: Announce) -> None:
        self.origin = ""
        self._urls: dict[str, ResponseUrl] = {}
        self._workspace = workspace
        self._chat = chat
        self._announce = announce

    def new(self, channel: Channel, user: str, post: StoredMessage | None = None) -> str:
        """Make a URL for an act of this user in a channel.

        `post` is the message with the button.
        """
        key = secrets.token_hex(12)
        until = self._workspace.now + SECONDS
        self._urls[key] = ResponseUrl(channel, user, post, until)
        return f"{self.origin}/response/{key}"

    def answer(self, key: str, body: bytes) -> Answer:
        """Take the app's post to a URL.

        That needs no token and no membership.
        """
        url = self._urls.get(key)
        if url is None or self._workspace.now > url.until:
            raise RefusedError("expired_url", 404)
        if not url.left:
            raise RefusedError("used_url", 404)
        try:
            given = json.loads(body)
        except ValueError as error:
            raise RefusedError("invalid_payload", 400) from error
        if not isinstance(given, dict):
            raise RefusedError("invalid_payload", 400)
        self.say(url, given)
        url.left -= 1
        return answer_ok()

    def say(self, url: ResponseUrl, given: Json) -> None:
        """Carry out an answer's wish."""
        asked = read_arguments(given, _ANSWER)
        if asked.get("delete_original"):
            self._delete(_original(url))
            return
        posting.check_message(asked)
        if asked.get("replace_original"):
            self._replace(_original(url), asked)
        else:
            self._post(url, asked)

    def at_once(self, channel: Channel, user: str, given: Json) -> None:
        """Take the answer to a slash command that came with its response."""
        self.say(ResponseUrl(channel, user, None, 0.0), given)

    def _post(self, url: ResponseUrl, asked: Json) -> None:
        post = posting.make_message(asked, self._workspace, url.channel.id)
        post.thread_ts = asked.get("thread_ts", "")
        if asked.get("response_type") == "in_channel":
            self._chat.show(post, url.channel, asked)
            return
        post.shown_to = url.user
        self._workspace.add(post)

    def _replace(self, post: StoredMessage, asked: Json) -> None:
        if post.shown_to and asked.get("response_type") == "in_channel":
            raise RefusedError("invalid_payload", 400)
        before = events.describe_message(post, self._workspace)
        self._chat.rewrite(post, asked)
        if not post.shown_to:
            channel = self._workspace.channels[post.channel]
            after = events.describe_message(post, self._workspace)
            self._announce(
                events.make_changed_event(before, after, channel, self._workspace), channel
            )

    def _delete(self, post: StoredMessage) -> None:
        channel = self._workspace.channels[post.channel]
        before = events.describe_message(post, self._workspace)
        event = delete_message(post, channel, before, self._workspace)
        if not post.shown_to:
            self._announce(event, channel)


def _original(url: ResponseUrl) -> StoredMessage:
    if url.post is None or url.post.deleted:
        # Commands and shortcuts have no message to replace.
        raise RefusedError("invalid_payload", 400)
    return url.post
