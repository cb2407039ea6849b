"""A payload of Slack → what a staff member did. Tolerant: what cannot be read is `Ignored`.

Source: Slack's reference of events, interaction payloads and slash commands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import orjson

from bot.channels.slack.desk.events import (
    Actor,
    Body,
    Commanded,
    Deleted,
    Edited,
    Event,
    HomeOpened,
    Ignored,
    Pressed,
    Removed,
    Shortcut,
    Submitted,
    Typed,
)

HEARD_SUBTYPES = frozenset({"", "thread_broadcast", "file_share", "me_message"})
"""Subtypes that are somebody's words; "also send to channel" and /me take the place of a plain message."""


def read(body: Body) -> Event:
    """Read one payload of any kind. Never raises."""
    if body.get("type") == "event_callback":
        return _event(body)
    if "command" in body:
        return _command(body)
    match body.get("type"):
        case "block_actions":
            return _press(body)
        case "shortcut" | "message_action":
            return _shortcut(body)
        case "view_submission":
            return _submission(body)
    return Ignored("other type")


# --- events ---------------------------------------------------------------------------------------


def _event(body: Body) -> Event:
    event, event_id = _part(body, "event"), _text(body, "event_id")
    if not event_id:
        return Ignored("no event_id")
    match event.get("type"):
        case "message":
            return _message(body, event, event_id)
        case "app_home_opened":
            home = event.get("tab") == "home"
            return HomeOpened(event_id, _actor(body, event)) if home else Ignored("messages tab")
    return Ignored("other event")


def _message(body: Body, event: Body, event_id: str) -> Event:
    subtype = _text(event, "subtype")
    if event.get("bot_id") or subtype == "bot_message":
        return Ignored("bot")
    if subtype == "message_changed":
        return _changed(body, event, event_id)
    if subtype == "message_deleted":
        return _deleted(body, event, event_id)
    if subtype not in HEARD_SUBTYPES:
        return Ignored("other subtype")
    files = event.get("files")
    actor = _actor(body, event)
    if not actor.user or not _text(event, "channel") or not _text(event, "ts"):
        return Ignored("not whole")
    return Typed(
        event_id,
        actor,
        _text(event, "channel"),
        _text(event, "ts"),
        _thread(event),
        _text(event, "text"),
        direct=event.get("channel_type") == "im",
        files=len(files) if isinstance(files, list) else 0,
    )


def _changed(body: Body, event: Body, event_id: str) -> Event:
    """An edit; an unfurl changes nothing in the words, and a deleted parent becomes a tombstone."""
    after, before = _part(event, "message"), _part(event, "previous_message")
    if after.get("bot_id") or _text(after, "subtype") == "bot_message":
        return Ignored("bot")
    if _text(after, "subtype") == "tombstone":
        return _deleted(body, event, event_id)
    if _text(after, "text") == _text(before, "text"):
        return Ignored("same words")
    return Edited(
        event_id,
        _actor(body, after),
        _text(event, "channel"),
        _text(after, "ts"),
        _thread(after),
        _text(before, "text"),
        _text(after, "text"),
    )


def _deleted(body: Body, event: Body, event_id: str) -> Event:
    before = _part(event, "previous_message")
    ts = _text(event, "deleted_ts") or _text(before, "ts")
    if before.get("bot_id"):
        return Removed(event_id, _text(event, "channel"), ts)
    return Deleted(event_id, _actor(body, before), _text(event, "channel"), ts, _thread(before))


def _thread(message: Body) -> str:
    """The thread a message is in; a parent is in none."""
    thread = _text(message, "thread_ts")
    return "" if thread == _text(message, "ts") else thread


def _actor(body: Body, event: Body) -> Actor:
    # In a channel shared with another workspace the message says whose member wrote it.
    team = _text(event, "user_team") or _text(event, "team") or _text(body, "team_id")
    return Actor(_text(event, "user"), team)


# --- interactions ---------------------------------------------------------------------------------


def _press(body: Body) -> Event:
    pressed = body.get("actions")
    first = pressed[0] if isinstance(pressed, list) and pressed else None
    trigger = _text(body, "trigger_id")
    if not isinstance(first, Mapping) or not trigger:
        return Ignored("no action")
    message, container = _part(body, "message"), _part(body, "container")
    return Pressed(
        f"press:{trigger}",
        _user(body),
        _text(first, "action_id"),
        _chosen(first),
        trigger,
        _text(_part(body, "channel"), "id") or _text(container, "channel_id"),
        _text(message, "ts") or _text(container, "message_ts"),
        _thread(message),
        _part(body, "view"),
        _text(body, "response_url"),
    )


def _chosen(element: Body) -> str:
    """The value of what was pressed, chosen or typed."""
    for name in ("selected_option", "value"):
        found = element.get(name)
        if isinstance(found, Mapping):
            return _text(found, "value")
        if isinstance(found, str):
            return found
    several = element.get("selected_options")
    chosen = several if isinstance(several, list) else []
    return ",".join(_text(each, "value") for each in chosen if isinstance(each, Mapping))


def _command(body: Body) -> Event:
    trigger = _text(body, "trigger_id")
    if not trigger:
        return Ignored("no trigger")
    actor = Actor(_text(body, "user_id"), _text(body, "team_id"))
    command, text, channel = (_text(body, name) for name in ("command", "text", "channel_id"))
    where = _text(body, "response_url")
    return Commanded(f"command:{trigger}", actor, command, text, channel, trigger, where)


def _shortcut(body: Body) -> Event:
    trigger = _text(body, "trigger_id")
    if not trigger:
        return Ignored("no trigger")
    message = _part(body, "message")
    return Shortcut(
        f"shortcut:{trigger}",
        _user(body),
        _text(body, "callback_id"),
        trigger,
        _text(_part(body, "channel"), "id"),
        _text(message, "ts"),
        _text(message, "text"),
        "".join(_quoted(message.get("blocks"))),
        by_app=bool(message.get("bot_id")),
        response_url=_text(body, "response_url"),
        thread=_thread(message),
    )


def _quoted(blocks: object, *, inside: bool = False) -> Iterator[str]:
    """The words in quotations of rich text, whole: a message's `text` is only its beginning."""
    if isinstance(blocks, list):
        for each in blocks:
            yield from _quoted(each, inside=inside)
    elif isinstance(blocks, Mapping):
        within = inside or blocks.get("type") == "rich_text_quote"
        if within and blocks.get("type") == "text":
            yield _text(blocks, "text")
        yield from _quoted(blocks.get("elements"), inside=within)


def _submission(body: Body) -> Event:
    view = _part(body, "view")
    mark = f"{_text(view, 'id')}:{_text(view, 'hash')}"
    values = _part(_part(view, "state"), "values")
    typed = {
        str(block): _chosen(element)
        for block, elements in values.items()
        if isinstance(elements, Mapping)
        for element in elements.values()
        if isinstance(element, Mapping)
    }
    return Submitted(
        f"submit:{mark}:{_digest(typed)}",
        _user(body),
        _text(view, "callback_id"),
        _text(view, "private_metadata"),
        typed,
        mark,
    )


def _digest(values: Mapping[str, str]) -> str:
    """What was typed, as a mark that does not tell it."""
    written = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(written).hexdigest()[:16]


def _user(body: Body) -> Actor:
    user = _part(body, "user")
    team = _text(user, "team_id") or _text(_part(body, "team"), "id")
    return Actor(_text(user, "id"), team)


def _part(raw: Body, name: str) -> Body:
    found = raw.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(raw: Body, name: str) -> str:
    found = raw.get(name)
    return found if isinstance(found, str) else ""
