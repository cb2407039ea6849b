"""Find whom a message calls, wherever Slack would read it.

Source: https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.state import StoredMessage

_LIVE = re.compile(r"<(@[UW]\w+|!(?:here|channel|everyone)|!subteam\^\w+)(?:\|[^<>]*)?>")
_NAMED = re.compile(r"(?<![\w@])@(here|channel|everyone)\b")


@dataclass(frozen=True, slots=True)
class Notification:
    """Somebody was called by a message.

    `!channel` and `@U0YAMADA` are such calls.
    """

    channel: str
    ts: str
    whom: str


def list_notifications(post: StoredMessage, asked: Json) -> list[Notification]:
    """Everybody a message calls.

    The text counts even beside blocks: what Slack makes of it then is not documented.
    """
    called = [match[1] for match in _LIVE.finditer(post.text)]
    if asked.get("parse") == "full" or asked.get("link_names"):
        called += [f"!{match[1]}" for match in _NAMED.finditer(post.text)]
    called += [*_in_blocks(post.blocks), *_in_blocks(post.attachments)]
    return [Notification(post.channel, post.ts, whom) for whom in called]


def _in_blocks(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _in_blocks(each)
    elif isinstance(value, dict):
        yield from _in_object(value)
        for each in value.values():
            yield from _in_blocks(each)


def _in_object(value: Json) -> Iterator[str]:
    kind, text = value.get("type"), value.get("text")
    if kind == "user":
        yield f"@{value.get('user_id')}"
    elif kind == "usergroup":
        yield f"!subteam^{value.get('usergroup_id')}"
    elif kind == "broadcast":
        yield f"!{value.get('range')}"
    elif kind in {"mrkdwn", "markdown", None} and isinstance(text, str):
        # No type: the text of an attachment, which is read as well.
        yield from (match[1] for match in _LIVE.finditer(text))
