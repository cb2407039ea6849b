"""Check all of LINE's limits on messages, purely.

Source: https://developers.line.biz/en/reference/messaging-api/#message-objects
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from bot.simulator.common.shapes import (
    Check,
    Fault,
    Path,
    anything,
    array,
    by_type,
    integer,
    number,
    one_of,
    record,
    text,
)
from bot.simulator.line.messages import imagemap
from bot.simulator.line.messages.actions import QUICK_REPLY, action
from bot.simulator.line.messages.addresses import HTTPS
from bot.simulator.line.messages.flex import container
from bot.simulator.line.messages.templates import template

TEXT = 5000
ALT_TEXT = 1500
QUICK_REPLIES = 13
MESSAGES = 5
EMOJIS = 20
SUBSTITUTIONS = 100
MENTIONS = 20


def violations(message: object) -> list[str]:
    """List every breach of LINE's limits in one message object.

    Each is a sentence with its JSON path. Empty when LINE would take the message.
    """
    return [str(fault) for fault in _bounded(_message, message, ("message",))]


def request_violations(messages: object) -> list[str]:
    """List every breach in the `messages` of a request, and in their number."""
    return [str(fault) for fault in request_faults(messages)]


def request_faults(messages: object) -> list[Fault]:
    """Find the faults for `request_violations`, with separate paths."""
    return _bounded(_messages, messages, ("messages",))


def _bounded(check: Check, value: object, path: Path) -> list[Fault]:
    try:
        return list(check(value, path))
    except RecursionError:
        return [Fault(path, "is nested too deeply")]


def mentions_somebody(messages: list[dict[str, Any]]) -> bool:
    """Tell whether a textV2 message mentions a person, which is for groups only.

    Source: https://developers.line.biz/en/reference/messaging-api/#text-message-v2-mention-object
    """
    substitutes = (
        each for message in messages for each in message.get("substitution", {}).values()
    )
    return any(each["type"] == "mention" for each in substitutes)


def _sender_name(value: Any, path: Path) -> Iterator[Fault]:
    faults = list(text(20)(value, path))
    yield from faults
    if not faults and "line" in unicodedata.normalize("NFKC", value).casefold():
        yield Fault(path, "must not contain the word LINE")


_COMMON: dict[str, Check] = {
    "type": anything,
    "quickReply": record(
        {
            "items": array(
                record(
                    {"type": one_of("action"), "imageUrl": HTTPS, "action": action(QUICK_REPLY)},
                    "type action",
                ),
                1,
                QUICK_REPLIES,
            )
        },
        "items",
    ),
    "sender": record({"name": _sender_name, "iconUrl": HTTPS}),
}

_EMOJI: dict[str, Check] = {"productId": text(100), "emojiId": text(100)}
_QUOTE = text(1000)


def _emojis_have_a_place(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    units = value["text"].encode("utf-16-le")
    for position, emoji in enumerate(value.get("emojis", [])):
        at = 2 * emoji["index"]
        if units[at : at + 2] != "$".encode("utf-16-le"):
            yield Fault((*path, "emojis", position, "index"), "must be the position of a $")


_BRACES = re.compile(r"\{\{|\}\}|\{([0-9a-zA-Z_]{1,20})\}|[{}]")


def _braces_are_filled(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    substitutes = value.get("substitution", {})
    for match in _BRACES.finditer(value["text"]):
        if match[1] and match[1] not in substitutes:
            yield Fault((*path, "substitution", match[1]), "must be specified")
        elif match[0] in {"{", "}"}:
            yield Fault((*path, "text"), "must have { and } in pairs, or doubled")


def _names_are_keys(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    for name in value.get("substitution", {}):
        if not re.fullmatch("[0-9a-zA-Z_]{1,20}", name):
            yield Fault((*path, "substitution", name), "must be a name of at most 20 characters")


def _few_substitutes(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    kinds = [each["type"] for each in value.get("substitution", {}).values()]
    for kind, most in (("mention", MENTIONS), ("emoji", EMOJIS)):
        if kinds.count(kind) > most:
            yield Fault((*path, "substitution"), f"at most {most} of type {kind}")


_MENTIONEE = by_type(
    {
        "user": record({"type": anything, "userId": text(33)}, "userId"),
        "all": record({"type": anything}),
    }
)
_SUBSTITUTE = by_type(
    {
        "mention": record({"type": anything, "mentionee": _MENTIONEE}, "mentionee"),
        "emoji": record({"type": anything, **_EMOJI}, "productId emojiId"),
    }
)


def _substitution(value: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(path, "must be an object")
        return
    if len(value) > SUBSTITUTIONS:
        yield Fault(path, f"Size must be between 0 and {SUBSTITUTIONS}, is {len(value)}")
    for name, substitute in value.items():
        yield from _SUBSTITUTE(substitute, (*path, name))


def _kind(fields: dict[str, Check], needed: str, *rules: Check) -> Check:
    return record(_COMMON | fields, needed, *rules)


_TRACKING = text(
    100, like=r"[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>\[\]]+", says="has characters that are not supported"
)

_message = by_type(
    {
        "text": _kind(
            {
                "text": text(TEXT),
                "emojis": array(
                    record({"index": integer(0), **_EMOJI}, "index productId emojiId"), 0, EMOJIS
                ),
                "quoteToken": _QUOTE,
            },
            "text",
            _emojis_have_a_place,
        ),
        "textV2": _kind(
            {"text": text(TEXT), "substitution": _substitution, "quoteToken": _QUOTE},
            "text",
            _braces_are_filled,
            _names_are_keys,
            _few_substitutes,
        ),
        "sticker": _kind(
            {"packageId": text(20), "stickerId": text(20), "quoteToken": _QUOTE},
            "packageId stickerId",
        ),
        "image": _kind(
            {"originalContentUrl": HTTPS, "previewImageUrl": HTTPS},
            "originalContentUrl previewImageUrl",
        ),
        "video": _kind(
            {"originalContentUrl": HTTPS, "previewImageUrl": HTTPS, "trackingId": _TRACKING},
            "originalContentUrl previewImageUrl",
        ),
        "audio": _kind(
            {"originalContentUrl": HTTPS, "duration": integer(1)}, "originalContentUrl duration"
        ),
        "location": _kind(
            {
                "title": text(100),
                "address": text(100),
                "latitude": number(-90, 90),
                "longitude": number(-180, 180),
            },
            "title address latitude longitude",
        ),
        "coupon": _kind(
            {"couponId": text(100), "deliveryTag": text(30, like="[a-zA-Z0-9_]+")}, "couponId"
        ),
        "imagemap": _kind(imagemap.FIELDS, imagemap.NEEDED),
        "template": _kind({"altText": text(ALT_TEXT), "template": template}, "altText template"),
        "flex": _kind({"altText": text(ALT_TEXT), "contents": container}, "altText contents"),
    }
)

_messages = array(_message, 1, MESSAGES)
