"""Read a webhook event into the person's action.

Unknown types and fields do no harm, since LINE adds some without notice.

Source: LINE Messaging API reference, "Webhook event objects".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.model.messages import Kind, Message
from bot.store import Incoming

NAME = "line"
GROUP = "group:"
"""Start of the id of a group or room within a key. A person's id starts with U."""

_MEDIA = {
    "sticker": Kind.STICKER,
    "video": Kind.VIDEO,
    "audio": Kind.AUDIO,
    "file": Kind.FILE,
}


@dataclass(frozen=True, slots=True)
class Said:
    """A person said or tapped something, or became a friend."""

    incoming: Incoming
    user: str
    message: Message
    reply_token: str


@dataclass(frozen=True, slots=True)
class Left:
    """Tell that a person blocked us, so that we send nothing more."""

    incoming: Incoming


@dataclass(frozen=True, slots=True)
class TookBack:
    """Tell that a person unsent a message, so that its words are deleted."""

    message_id: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """We were brought into a group or room, where nobody should speak of debts."""

    incoming: Incoming
    reply_token: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Tell that an event needs nothing from us.

    It is for another module, of a type we do not handle, or not understood.
    """

    why: str


Event = Said | Left | TookBack | Invited | Ignored


def kind(event: Event) -> str:
    """Name the kind of event for logs and metrics, without the person's words."""
    return event.message.kind.value if isinstance(event, Said) else type(event).__name__.lower()


def timestamp(raw: object) -> int:
    """Read the event's time in milliseconds since 1970, or 0 without one."""
    found = raw.get("timestamp") if isinstance(raw, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def happened(raw: object) -> datetime | None:
    """Read the event's time by LINE's clock, or None without one."""
    try:
        return datetime.fromtimestamp(timestamp(raw) / 1000, UTC) if timestamp(raw) else None
    except (ValueError, OverflowError, OSError):  # beyond the year 9999
        return None


def read(raw: object) -> Event:
    """Read one event without ever raising.

    An event that cannot be read is `Ignored`, with the reason.
    """
    if not isinstance(raw, dict):
        return Ignored("not an object")
    if raw.get("mode", "active") != "active":
        return Ignored("standby")
    event_id, user = _text(raw, "webhookEventId"), _text(_part(raw, "source"), "userId")
    source = _text(_part(raw, "source"), "type")
    if not event_id:
        return Ignored("no webhookEventId")
    if source in {"group", "room"}:
        return _in_group(raw, event_id)
    if source != "user" or not user:
        return Ignored("no user")
    return _from_user(raw, event_id, user)


def _in_group(raw: Mapping[str, Any], event_id: str) -> Event:
    if raw.get("type") != "join":
        return Ignored("group")
    source = _part(raw, "source")
    group = _text(source, "groupId") or _text(source, "roomId")
    return Invited(
        Incoming(event_id, f"{NAME}:{GROUP}{group}", at=happened(raw)), _text(raw, "replyToken")
    )


def _from_user(raw: Mapping[str, Any], event_id: str, user: str) -> Event:
    key, token, at = f"{NAME}:{user}", _text(raw, "replyToken"), happened(raw)
    match raw.get("type"):
        case "message":
            message_id = _text(_part(raw, "message"), "id")
            message = _message(_part(raw, "message"))
            return Said(Incoming(event_id, key, message_id, at), user, message, token)
        case "postback":
            value = _text(_part(raw, "postback"), "data")
            return Said(
                Incoming(event_id, key, at=at), user, Message(Kind.CHOICE, value=value), token
            )
        case "follow":
            return Said(Incoming(event_id, key, at=at), user, Message(Kind.FOLLOWED), token)
        case "unfollow":
            return Left(Incoming(event_id, key, at=at))
        case "unsend":
            message_id = _text(_part(raw, "unsend"), "messageId")
            return TookBack(message_id, at) if message_id else Ignored("no messageId")
        case _:
            return Ignored("other type")


def _message(raw: Mapping[str, Any]) -> Message:
    match raw.get("type"):
        case "text":
            return Message(text=_text(raw, "text"), quote=_text(raw, "quoteToken"))
        case "location":
            latitude, longitude = _number(raw, "latitude"), _number(raw, "longitude")
            return Message(
                Kind.LOCATION, _text(raw, "address"), latitude=latitude, longitude=longitude
            )
        case "sticker" if _text(raw, "text").strip():
            # A message sticker: words of the owner's own in a picture. Keywords are its maker's.
            return Message(text=_text(raw, "text"))
        case "image":
            return Message(Kind.IMAGE, album=_text(_part(raw, "imageSet"), "id"))
        case str(media):
            return Message(_MEDIA.get(media, Kind.OTHER))
        case _:
            return Message(Kind.OTHER)


def _part(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, dict) else {}


def _text(raw: Mapping[str, Any], name: str) -> str:
    found = raw.get(name)
    return found if isinstance(found, str) else ""


def _number(raw: Mapping[str, Any], name: str) -> float | None:
    found = raw.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    try:
        return float(found)
    except OverflowError:  # JSON's integers have no end
        return None
