"""Define the platforms' limits for a message, counted their way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from bot.model.messages import Reply


def graphemes(text: str) -> int:
    """Characters as a reader sees them. LINE counts labels this way."""
    return len(regex.findall(r"\X", text))


def utf16_units(text: str) -> int:
    """UTF-16 code units. LINE counts texts this way, and Slack everything."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def head(text: str, most: int) -> str:
    """As much of the beginning as fits into `most` UTF-16 units, every character whole."""
    at = min(len(text), most)
    while (over := utf16_units(text[:at]) - most) > 0:
        at -= (over + 1) // 2  # no character has more than two units
    return text[:at]


def cut(text: str, most: int) -> str:
    """At most `most` UTF-16 units, with an ellipsis at a cut."""
    return text if utf16_units(text) <= most else head(text, most - 1) + "…"


def split(text: str, most: int) -> list[str]:
    """Split a text into parts of at most `most` UTF-16 units.

    It is divided at a paragraph, else a line, else a sentence.
    """
    return list(_split(text.strip(), most))


def _split(rest: str, most: int) -> Iterator[str]:
    """Split a text into parts of at most `most` units.

    No part except the last is shorter than half, so that few parts carry the whole.
    """
    while utf16_units(rest) > most:
        whole = head(rest, most)
        ends = (whole.rfind(end) + len(end.rstrip()) for end in ("\n\n", "\n", "。"))
        full = (end for end in ends if end > 0 and 2 * utf16_units(whole[:end]) >= most)
        at = next(full, len(whole))
        yield whole[:at].rstrip()
        rest = rest[at:].lstrip()
    if rest:
        yield rest


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one channel and how it counts.

    `replies` is the number of messages that may answer one message, `text` the length of one,
    `buttons` the number of choices under it, `label` and `value` the length of a choice's parts.
    """

    channel: str
    replies: int
    text: int
    buttons: int
    label: int
    value: int
    count_text: Callable[[str], int]
    count_label: Callable[[str], int]


LINE = Limits("LINE", 5, 5000, 13, 20, 300, utf16_units, graphemes)
"""LINE Messaging API reference (reply message, quick reply, postback action), 2026-08."""

SLACK = Limits("Slack", 50, 3000, 25, 75, 2000, utf16_units, utf16_units)
"""Slack Block Kit reference (section text, actions block, button element), 2026-08."""

CHANNELS = (LINE, SLACK)


def faults(where: str, replies: tuple[Reply, ...]) -> Iterator[str]:
    """Everything in `replies` that a channel would refuse, each a sentence that names `where`."""
    for limits in CHANNELS:
        if len(replies) > limits.replies:
            yield (
                f"{where}: {len(replies)} messages at once; {limits.channel} takes {limits.replies}"
            )
        for reply in replies:
            yield from _reply_faults(f"{where} on {limits.channel}", reply, limits)


def _reply_faults(where: str, reply: Reply, limits: Limits) -> Iterator[str]:
    if not reply.text.strip():
        yield f"{where}: an empty text"
    if (length := limits.count_text(reply.text)) > limits.text:
        yield f"{where}: a text of {length}, at most {limits.text}: {reply.text[:30]}…"
    if len(reply.buttons) > limits.buttons:
        yield f"{where}: {len(reply.buttons)} choices, at most {limits.buttons}"
    for button in reply.buttons:
        if (length := limits.count_label(button.label)) > limits.label or not button.label:
            yield f"{where}: a label of {length}, 1 to {limits.label}: {button.label}"
        if len(button.value) > limits.value:
            yield f"{where}: a value of {len(button.value)}, at most {limits.value}: {button.value}"
