"""Make webhook events as LINE sends them, in a signed body.

Only the identifiers are drawn at random; everything else is given. Source:
https://developers.line.biz/en/reference/messaging-api/#webhook-event-objects
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable
from typing import Any

Event = dict[str, Any]
"""One webhook event in the form of its JSON."""

Source = dict[str, str]
"""Sender of an event, a user, a group or a room."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_USER_ID = re.compile("U[0-9a-f]{32}")
_WITHOUT_REPLY = frozenset({"unfollow", "unsend", "leave", "memberLeft"})


def ulid(at: int) -> str:
    """Make a ULID of the time `at` in milliseconds, for `webhookEventId`."""
    number = (at << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def user_id(name: str) -> str:
    """Make a person's user ID from a name, unless the name is an ID."""
    if _USER_ID.fullmatch(name):
        return name
    return "U" + hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def from_user(user: str) -> Source:
    """Make the source of a one-on-one chat."""
    return {"type": "user", "userId": user_id(user)}


def from_group(group: str, user: str = "") -> Source:
    """Make the source of a group chat.

    `user` wrote, where LINE tells.
    """
    digest = hashlib.md5(group.encode(), usedforsecurity=False).hexdigest()
    sender = {"userId": user_id(user)} if user else {}
    return {"type": "group", "groupId": f"C{digest}", **sender}


def message_id() -> str:
    """Make a fresh message ID of digits."""
    return str(secrets.randbelow(9 * 10**17) + 10**17)


def event(kind: str, source: Source, at: int, **body: Any) -> Event:
    """Make an event of `kind` that happened at `at`, in milliseconds.

    What is in `body` is added, or stands in the place of what would have been drawn
    (`webhookEventId`, `replyToken`, `mode` …). A standby event has no reply token, nor have
    events nobody can reply to.
    Source: https://developers.line.biz/en/reference/messaging-api/#common-properties
    """
    standby = body.get("mode") == "standby"
    silent = standby or kind in _WITHOUT_REPLY
    reply = {} if silent else {"replyToken": secrets.token_hex(16)}
    common = {"type": kind, "mode": "active", "timestamp": at, "source": source}
    ids = {"webhookEventId": ulid(at), "deliveryContext": {"isRedelivery": False}}
    return common | ids | reply | body


def redelivered(original: Event) -> Event:
    """Copy an event for redelivery, where only `isRedelivery` differs.

    Source: https://developers.line.biz/en/docs/messaging-api/receiving-messages/#webhook-redelivery
    """
    return original | {"deliveryContext": {"isRedelivery": True}}


def message(source: Source, at: int, content: dict[str, Any], **body: Any) -> Event:
    """Make a message event with one of the contents below."""
    return event("message", source, at, message=content, **body)


def text(words: str, **more: Any) -> dict[str, Any]:
    """Make a text's content.

    `more` adds emojis, mentions or a quotation.
    """
    return _quotable("text", text=words, **more)


def sticker(package: str = "11537", number: str = "52002738", **more: Any) -> dict[str, Any]:
    """Make a sticker's content."""
    kind = {"stickerResourceType": "STATIC", "keywords": ["hello"]}
    return _quotable("sticker", packageId=package, stickerId=number, **(kind | more))


def image(**more: Any) -> dict[str, Any]:
    """Make an image's content, without the picture.

    The bot would fetch that from LINE.
    """
    return _quotable("image", contentProvider={"type": "line"}, **more)


def video(duration: int = 60_000, **more: Any) -> dict[str, Any]:
    """Make a video's content, `duration` in milliseconds."""
    return _quotable("video", duration=duration, contentProvider={"type": "line"}, **more)


def audio(duration: int = 60_000, **more: Any) -> dict[str, Any]:
    """Make a voice message's content, `duration` in milliseconds."""
    return _content("audio", duration=duration, contentProvider={"type": "line"}, **more)


def file(name: str = "file.pdf", size: int = 2138, **more: Any) -> dict[str, Any]:
    """Make a file's content, `size` in bytes."""
    return _content("file", fileName=name, fileSize=size, **more)


def location(latitude: float, longitude: float, **more: Any) -> dict[str, Any]:
    """Make a location's content.

    `title` and `address` are not always there.
    """
    return _content("location", latitude=latitude, longitude=longitude, **more)


def _content(kind: str, **parts: Any) -> dict[str, Any]:
    token = {"markAsReadToken": secrets.token_urlsafe(24)}
    return {"id": message_id(), "type": kind, **token, **parts}


def _quotable(kind: str, **parts: Any) -> dict[str, Any]:
    return _content(kind, quoteToken=secrets.token_urlsafe(24), **parts)


def postback(
    source: Source, at: int, data: str, params: dict[str, str] | None = None, **body: Any
) -> Event:
    """Make a tap on a button.

    `params` holds the date or menu chosen.
    """
    content = {"data": data} | ({"params": params} if params else {})
    return event("postback", source, at, postback=content, **body)


def follow(source: Source, at: int, *, unblocked: bool = False, **body: Any) -> Event:
    """Make the event of a new friend, or of a user who unblocked us."""
    return event("follow", source, at, follow={"isUnblocked": unblocked}, **body)


def unfollow(source: Source, at: int, **body: Any) -> Event:
    """Make the event of being blocked."""
    return event("unfollow", source, at, **body)


def unsend(source: Source, at: int, message: str, **body: Any) -> Event:
    """Make the event of a message that its writer took back."""
    return event("unsend", source, at, unsend={"messageId": message}, **body)


def join(source: Source, at: int, **body: Any) -> Event:
    """Make the event of being invited into a group or room."""
    return event("join", source, at, **body)


def leave(source: Source, at: int, **body: Any) -> Event:
    """Make the event of being removed from a group or room."""
    return event("leave", source, at, **body)


def member_joined(source: Source, at: int, users: Iterable[str], **body: Any) -> Event:
    """Somebody joined a group that the account is in."""
    members = {"members": [from_user(user) for user in users]}
    return event("memberJoined", source, at, joined=members, **body)


def signature(body: bytes, secret: str) -> str:
    """Sign a body for `x-line-signature`, by base64 of HMAC-SHA256.

    Source: https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/
    """
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def signed_body(events: Iterable[Event], secret: str, destination: str) -> tuple[bytes, str]:
    """Write and sign the body of one webhook POST."""
    payload = {"destination": destination, "events": list(events)}
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return body, signature(body, secret)
