"""Composition objects of Block Kit, such as texts and options.

Source: https://docs.slack.dev/reference/block-kit/composition-objects
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.simulator.common.shapes import (
    Check,
    Fault,
    Path,
    anything,
    array,
    boolean,
    by_type,
    one_of,
    record,
    text,
)

ID = 255
TEXT = 3000
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100
URL = 3000
ALT_TEXT = 2000

IDENTIFIER = text(ID)
ADDRESS = text(URL, like=r"https?://\S+", says="must be a valid URL")


def plain(longest: int) -> Check:
    """Describe a `plain_text` object."""
    return record(
        {"type": one_of("plain_text"), "text": text(longest), "emoji": boolean}, "type text"
    )


def _mrkdwn(longest: int) -> Check:
    return record({"type": anything, "text": text(longest), "verbatim": boolean}, "text")


def either(longest: int) -> Check:
    """Describe a `plain_text` or a `mrkdwn` object."""
    return by_type({"plain_text": plain(longest), "mrkdwn": _mrkdwn(longest)})


def _option(words: Check, **more: Check) -> Check:
    fields = {"text": words, "value": text(OPTION_VALUE), "description": words, **more}
    return record(fields, "text value")


OPTION = _option(plain(OPTION_TEXT))
"""An option of a menu."""
CHOICE = _option(either(OPTION_TEXT))
"""A radio button or a checkbox, which may have formatting."""
OVERFLOW_OPTION = _option(plain(OPTION_TEXT), url=ADDRESS)


def options(kind: Check, low: int, high: int) -> Check:
    """Describe a list of options with different values."""
    each = array(kind, low, high)

    def check(value: Any, path: Path) -> Iterator[Fault]:
        faults = list(each(value, path))
        yield from faults
        if not faults:
            yield from _unique(value, path)

    return check


def _unique(value: list[dict[str, Any]], path: Path) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, option in enumerate(value):
        if option["value"] in seen:
            yield Fault((*path, index, "value"), "must be unique among the options")
        seen.add(option["value"])


GROUP = record(
    {"label": plain(OPTION_TEXT), "options": options(OPTION, 1, OPTIONS)}, "label options"
)
"""A group of options in a menu."""

CONFIRM = record(
    {
        "title": plain(100),
        "text": either(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": one_of("primary", "danger"),
    },
    "title text confirm deny",
)

DISPATCH = record(
    {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)},
    "trigger_actions_on",
)

FILTER = record(
    {
        "include": array(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)

SLACK_FILE = record({"url": ADDRESS, "id": text(ID)})
