"""Write calls of Slack's Web API for the outbox.

A call may name the post it makes (`remember`), one it changes (`at`) or one whose thread it joins
(`thread`); where those are is known only when it is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.store import Outgoing

NAME = "slack"


def post_message(
    message: Mapping[str, Any],
    channel: str,
    *,
    remember: str = "",
    key: str = "",
    otherwise: str = "",
) -> Outgoing:
    """Post a message into a channel.

    A user's ID stands for the direct messages with them. `otherwise` is the channel it goes to where
    this one cannot be reached any more.
    """
    arguments = {**message, "channel": channel}
    return _make_call("chat.postMessage", arguments, key, remember=remember, otherwise=otherwise)


def reply_in_thread(
    message: Mapping[str, Any],
    thread: str,
    *,
    remember: str = "",
    key: str = "",
    broadcast: bool = False,
) -> Outgoing:
    """Post a message into the thread of the post of this name.

    With `broadcast` it shows in the channel too.
    """
    arguments = {**message, **({"reply_broadcast": True} if broadcast else {})}
    return _make_call("chat.postMessage", arguments, key, remember=remember, thread=thread)


def update_message(
    message: Mapping[str, Any],
    at: str,
    *,
    channel: str = "",
    key: str = "",
    otherwise: str = "",
) -> Outgoing:
    """Change the words of the post of this name.

    If the post is gone, a new one is made in `channel`, if given; in `otherwise` where that cannot be
    reached any more.
    """
    arguments = {**message, "channel": channel}
    return _make_call("chat.update", arguments, key, at=at, otherwise=otherwise)


def move_below(message: Mapping[str, Any], at: str, *, channel: str, key: str = "") -> Outgoing:
    """Show the post of this name below all others.

    The old post goes and another takes its name, as one call: of two, one could be dropped or lost
    without the other. An earlier version makes of it a change where the post stands.
    """
    arguments = {**message, "channel": channel}
    return _make_call("chat.update", arguments, key, at=at, below="yes")


def post_ephemeral(
    message: Mapping[str, Any], user: str, thread: str, *, key: str = ""
) -> Outgoing:
    """Show a message to one user, in the thread of a post.

    It is gone when they reload.
    """
    return _make_call("chat.postEphemeral", {**message, "user": user}, key, thread=thread)


def add_reaction(name: str, at: str, *, key: str = "") -> Outgoing:
    """Add an emoji to the post of this name."""
    return _make_call("reactions.add", {"name": name}, key, at=at)


def add_reaction_at(name: str, channel: str, ts: str, *, key: str = "") -> Outgoing:
    """Add an emoji to somebody else's message."""
    return _make_call("reactions.add", {"name": name, "channel": channel, "timestamp": ts}, key)


def remove_reaction_at(name: str, channel: str, ts: str, *, key: str = "") -> Outgoing:
    """Remove our emoji from somebody else's message."""
    return _make_call("reactions.remove", {"name": name, "channel": channel, "timestamp": ts}, key)


def _make_call(method: str, arguments: Mapping[str, Any], key: str, **places: str) -> Outgoing:
    known = {name: str(place) for name, place in places.items() if place}
    return Outgoing(NAME, [{"method": method, "arguments": dict(arguments), **known}], key=key)
