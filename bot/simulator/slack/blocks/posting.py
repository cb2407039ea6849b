"""Check the text, blocks and attachments of a message together.

Source: https://docs.slack.dev/reference/methods/chat.postMessage
"""

from __future__ import annotations

import copy

from bot.simulator.common.answers import Json
from bot.simulator.slack.api.answers import RefusedError, refuse_arguments
from bot.simulator.slack.api.arguments import Kind, read_flag, read_list, read_object, read_text
from bot.simulator.slack.blocks import blocks as block_kit
from bot.simulator.slack.state import BOT, BOT_USER, StoredMessage, Workspace

TEXT = 40_000
"""Characters after which Slack cuts a text off. The simulator refuses it.

Source: https://docs.slack.dev/changelog/2018-truncating-really-long-messages
"""
UPDATED_TEXT = 4_000
"""Source: https://docs.slack.dev/reference/methods/chat.update (errors)"""
ATTACHMENTS = 100
METADATA = 8_000
"""A size nobody should come near. Slack does not tell its own."""

CONTENT: dict[str, Kind] = {
    "text": read_text,
    "blocks": read_list,
    "attachments": read_list,
    "metadata": read_object,
    "parse": read_text,
    "link_names": read_flag,
    "mrkdwn": read_flag,
    "unfurl_links": read_flag,
    "unfurl_media": read_flag,
    "username": read_text,
    "icon_url": read_text,
    "icon_emoji": read_text,
}


def check_message(asked: Json, longest: int = TEXT) -> None:
    """Refuse a message that Slack would not post."""
    if not any(asked.get(key) for key in ("text", "blocks", "attachments")):
        raise RefusedError("no_text")
    if len(asked.get("text", "")) > longest:
        raise RefusedError("msg_too_long")
    if len(asked.get("attachments", [])) > ATTACHMENTS:
        raise RefusedError("too_many_attachments")
    _check_blocks(asked)
    _check_metadata(asked.get("metadata"))


def _check_blocks(asked: Json) -> None:
    given = asked.get("blocks", [])
    problems = block_kit.find_faults(given, "message")
    if block_kit.TOO_LONG in problems:
        raise RefusedError("msg_blocks_too_long")
    if problems:
        raise refuse_arguments(*problems, error="invalid_blocks")
    for attachment in asked.get("attachments", []):
        inner = attachment.get("blocks", []) if isinstance(attachment, dict) else None
        problems = (
            ["must be an object"] if inner is None else block_kit.find_faults(inner, "message")
        )
        if problems:
            raise refuse_arguments(*problems, error="invalid_attachments")


def _check_metadata(metadata: Json | None) -> None:
    if not metadata:
        return
    if set(metadata) != {"event_type", "event_payload"}:
        raise RefusedError("invalid_metadata_schema")
    if not isinstance(metadata["event_type"], str) or not isinstance(
        metadata["event_payload"], dict
    ):
        raise RefusedError("invalid_metadata_format")
    if len(repr(metadata)) > METADATA:
        raise RefusedError("metadata_too_large")


def make_message(asked: Json, workspace: Workspace, channel: str) -> StoredMessage:
    """Make the bot's message of these arguments, not yet in its channel."""
    return StoredMessage(
        channel=channel,
        ts=workspace.ts(),
        user=BOT_USER,
        bot_id=BOT,
        text=asked.get("text", ""),
        blocks=copy.deepcopy(asked.get("blocks", [])),
        attachments=copy.deepcopy(asked.get("attachments", [])),
        metadata=asked.get("metadata") or None,
        username=asked.get("username", ""),
        icon_url=asked.get("icon_url", ""),
        icon_emoji=asked.get("icon_emoji", ""),
    )
