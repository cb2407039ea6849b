"""Read Slack's payloads as events.

Source: Slack's reference of events, interaction payloads and slash commands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import orjson

from bot.channels.slack.web.events import (
    Actor,
    AppHomeOpened,
    BlockAction,
    Body,
    BotMessageDeleted,
    Event,
    IgnoredPayload,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
    Shortcut,
    SlashCommand,
    ViewSubmission,
)

HEARD_SUBTYPES = frozenset({"", "thread_broadcast", "file_share", "me_message"})
"""Subtypes of somebody's words, such as "also send to channel" and /me."""


def read_payload(body: Body) -> Event:
    """Read one payload of any kind. Never raises."""
    if body.get("type") == "event_callback":
        return _read_event(body)
    if "command" in body:
        return _read_command(body)
    match body.get("type"):
        case "block_actions":
            return _read_block_action(body)
        case "shortcut" | "message_action":
            return _read_shortcut(body)
        case "view_submission":
            return _read_submission(body)
    return IgnoredPayload("other type")


# --- events ---------------------------------------------------------------------------------------


def _read_event(body: Body) -> Event:
    event, event_id = _get_mapping(body, "event"), _get_text(body, "event_id")
    if not event_id:
        return IgnoredPayload("no event_id")
    match event.get("type"):
        case "message":
            return _read_message(body, event, event_id)
        case "app_home_opened":
            home = event.get("tab") == "home"
            return (
                AppHomeOpened(event_id, _read_actor(body, event))
                if home
                else IgnoredPayload("messages tab")
            )
    return IgnoredPayload("other event")


def _read_message(body: Body, event: Body, event_id: str) -> Event:
    subtype = _get_text(event, "subtype")
    if event.get("bot_id") or subtype == "bot_message":
        return IgnoredPayload("bot")
    if subtype == "message_changed":
        return _read_change(body, event, event_id)
    if subtype == "message_deleted":
        return _read_deletion(body, event, event_id)
    if subtype not in HEARD_SUBTYPES:
        return IgnoredPayload("other subtype")
    files = event.get("files")
    actor = _read_actor(body, event)
    if not actor.user or not _get_text(event, "channel") or not _get_text(event, "ts"):
        return IgnoredPayload("not whole")
    return MessagePosted(
        event_id,
        actor,
        _get_text(event, "channel"),
        _get_text(event, "ts"),
        _read_thread(event),
        _get_text(event, "text"),
        direct=event.get("channel_type") == "im",
        files=len(files) if isinstance(files, list) else 0,
    )


def _read_change(body: Body, event: Body, event_id: str) -> Event:
    """Read an edit.

    Unfurls and deleted parents come as edits too: an unfurl changes nothing in the words, and a
    deleted parent becomes a tombstone.
    """
    after, before = _get_mapping(event, "message"), _get_mapping(event, "previous_message")
    if after.get("bot_id") or _get_text(after, "subtype") == "bot_message":
        return IgnoredPayload("bot")
    if _get_text(after, "subtype") == "tombstone":
        return _read_deletion(body, event, event_id)
    if _get_text(after, "text") == _get_text(before, "text"):
        return IgnoredPayload("same words")
    return MessageChanged(
        event_id,
        _read_actor(body, after),
        _get_text(event, "channel"),
        _get_text(after, "ts"),
        _read_thread(after),
        _get_text(before, "text"),
        _get_text(after, "text"),
    )


def _read_deletion(body: Body, event: Body, event_id: str) -> Event:
    before = _get_mapping(event, "previous_message")
    ts = _get_text(event, "deleted_ts") or _get_text(before, "ts")
    if before.get("bot_id"):
        return BotMessageDeleted(event_id, _get_text(event, "channel"), ts)
    return MessageDeleted(
        event_id, _read_actor(body, before), _get_text(event, "channel"), ts, _read_thread(before)
    )


def _read_thread(message: Body) -> str:
    """Read the thread of a message, "" for a parent."""
    thread = _get_text(message, "thread_ts")
    return "" if thread == _get_text(message, "ts") else thread


def _read_actor(body: Body, event: Body) -> Actor:
    # In a channel shared with another workspace the message says whose member wrote it.
    team = _get_text(event, "user_team") or _get_text(event, "team") or _get_text(body, "team_id")
    return Actor(_get_text(event, "user"), team)


# --- interactions ---------------------------------------------------------------------------------


def _read_block_action(body: Body) -> Event:
    pressed = body.get("actions")
    first = pressed[0] if isinstance(pressed, list) and pressed else None
    # Interactions have no event_id. A trigger is fresh for each press, so it identifies copies.
    trigger = _get_text(body, "trigger_id")
    if not isinstance(first, Mapping) or not trigger:
        return IgnoredPayload("no action")
    message, container = _get_mapping(body, "message"), _get_mapping(body, "container")
    action, value = _get_text(first, "action_id"), _read_chosen(first)
    if first.get("type") == "overflow":  # each of its options stands for a button
        action, _, value = value.partition("|")
    return BlockAction(
        f"press:{trigger}",
        _read_user(body),
        action,
        value,
        trigger,
        _get_text(_get_mapping(body, "channel"), "id") or _get_text(container, "channel_id"),
        _get_text(message, "ts") or _get_text(container, "message_ts"),
        _read_thread(message),
        _get_mapping(body, "view"),
        _get_text(body, "response_url"),
    )


_CHOSEN = (
    "selected_option",
    "selected_date",
    "selected_time",
    "selected_user",
    "selected_conversation",
    "value",
)
"""Where an element's one value stands, whatever kind of element it is."""


def _read_chosen(element: Body) -> str:
    """Read the pressed, chosen or typed value."""
    for name in _CHOSEN:
        found = element.get(name)
        if isinstance(found, Mapping):
            return _get_text(found, "value")
        if isinstance(found, str):
            return found
    several = element.get("selected_options") or element.get("selected_users")
    chosen = several if isinstance(several, list) else []
    return ",".join(
        _get_text(each, "value") if isinstance(each, Mapping) else str(each) for each in chosen
    )


def _read_command(body: Body) -> Event:
    trigger = _get_text(body, "trigger_id")
    if not trigger:
        return IgnoredPayload("no trigger")
    actor = Actor(_get_text(body, "user_id"), _get_text(body, "team_id"))
    command, text, channel = (_get_text(body, name) for name in ("command", "text", "channel_id"))
    where = _get_text(body, "response_url")
    return SlashCommand(f"command:{trigger}", actor, command, text, channel, trigger, where)


def _read_shortcut(body: Body) -> Event:
    trigger = _get_text(body, "trigger_id")
    if not trigger:
        return IgnoredPayload("no trigger")
    message = _get_mapping(body, "message")
    return Shortcut(
        f"shortcut:{trigger}",
        _read_user(body),
        _get_text(body, "callback_id"),
        trigger,
        _get_text(_get_mapping(body, "channel"), "id"),
        _get_text(message, "ts"),
        _get_text(message, "text"),
        read_quoted(message),
        by_app=bool(message.get("bot_id")),
        response_url=_get_text(body, "response_url"),
        thread=_read_thread(message),
    )


def read_quoted(message: Body) -> str:
    """Read the quotations of a message, whole."""
    return "".join(_find_quoted(message.get("blocks")))


def _find_quoted(blocks: object, *, inside: bool = False) -> Iterator[str]:
    """Find the quotations of a rich text, whole.

    A message's `text` holds only their beginning.
    """
    if isinstance(blocks, list):
        for each in blocks:
            yield from _find_quoted(each, inside=inside)
    elif isinstance(blocks, Mapping):
        within = inside or blocks.get("type") == "rich_text_quote"
        if within and blocks.get("type") == "text":
            yield _get_text(blocks, "text")
        yield from _find_quoted(blocks.get("elements"), inside=within)


def _read_submission(body: Body) -> Event:
    view = _get_mapping(body, "view")
    mark = f"{_get_text(view, 'id')}:{_get_text(view, 'hash')}"
    typed = read_values(view)
    return ViewSubmission(
        f"submit:{mark}:{_digest_values(typed)}",
        _read_user(body),
        _get_text(view, "callback_id"),
        _get_text(view, "private_metadata"),
        typed,
        mark,
    )


def read_values(view: Body) -> dict[str, str]:
    """Read the values of a view by block ID."""
    values = _get_mapping(_get_mapping(view, "state"), "values")
    return {
        str(block): _read_chosen(element)
        for block, elements in values.items()
        if isinstance(elements, Mapping)
        for element in elements.values()
        if isinstance(element, Mapping)
    }


def _digest_values(values: Mapping[str, str]) -> str:
    """Digest values into a mark that does not reveal them."""
    written = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(written).hexdigest()[:16]


def _read_user(body: Body) -> Actor:
    user = _get_mapping(body, "user")
    team = _get_text(user, "team_id") or _get_text(_get_mapping(body, "team"), "id")
    return Actor(_get_text(user, "id"), team)


def _get_mapping(raw: Body, name: str) -> Body:
    found = raw.get(name)
    return found if isinstance(found, Mapping) else {}


def _get_text(raw: Body, name: str) -> str:
    found = raw.get(name)
    return found if isinstance(found, str) else ""
