"""Check the actions of buttons and their labels, by place.

Source: https://developers.line.biz/en/reference/messaging-api/#action-objects
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.simulator.common.shapes import (
    Check,
    Fault,
    Path,
    anything,
    by_type,
    one_of,
    record,
    spoken,
    text,
)
from bot.simulator.line.messages.addresses import URI

DATA = text(300)
"""Text that comes back in a postback."""

ALIAS = text(32, like="[a-z0-9_-]+", says="invalid richMenuAliasId")
"""The name of a rich menu that a tab switches to."""

_EVERYWHERE = frozenset({"postback", "message", "uri", "datetimepicker", "clipboard"})
_PHONE_ONLY = frozenset({"camera", "cameraRoll", "location"})


@dataclass(frozen=True, slots=True)
class Place:
    """Describe the place of an action.

    It says how long the label may be, whether one is needed, and which kinds may stand there.

    Source: https://developers.line.biz/en/reference/messaging-api/#action-object-label-spec
    """

    label: int
    needs_label: bool
    kinds: frozenset[str] = _EVERYWHERE


TEMPLATE = Place(20, needs_label=True)
IMAGE_CAROUSEL = Place(12, needs_label=False)
QUICK_REPLY = Place(20, needs_label=True, kinds=_EVERYWHERE | _PHONE_ONLY)
FLEX_BUTTON = Place(40, needs_label=True)
FLEX_OTHER = Place(40, needs_label=False)
FLEX_VIDEO = Place(40, needs_label=False, kinds=frozenset({"uri"}))
RICH_MENU = Place(20, needs_label=False, kinds=_EVERYWHERE | {"richmenuswitch"})

_DATE = r"(?:19\d\d|20\d\d|2100)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_MOMENTS = {"date": _DATE, "time": _TIME, "datetime": f"{_DATE}[Tt]{_TIME}"}

_FIELDS: dict[str, dict[str, Check]] = {
    "postback": {
        "data": DATA,
        "displayText": spoken(300),
        "text": spoken(300),
        "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
        "fillInText": spoken(300),
    },
    "message": {"text": spoken(300)},
    "uri": {"uri": URI, "altUri": record({"desktop": URI}, "desktop")},
    "datetimepicker": {
        "data": DATA,
        "mode": one_of(*_MOMENTS),
        "initial": text(16),
        "max": text(16),
        "min": text(16),
    },
    "camera": {},
    "cameraRoll": {},
    "location": {},
    "richmenuswitch": {"richMenuAliasId": ALIAS, "data": DATA},
    "clipboard": {"clipboardText": text(1000)},
}

_NEEDED = {
    "postback": "data",
    "message": "text",
    "uri": "uri",
    "datetimepicker": "data mode",
    "richmenuswitch": "richMenuAliasId data",
    "clipboard": "clipboardText",
}


def _one_echo(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if "displayText" in value and "text" in value:
        yield Fault((*path, "text"), "can't be used together with displayText")


def _fills_the_keyboard(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if "fillInText" in value and value.get("inputOption") != "openKeyboard":
        yield Fault((*path, "fillInText"), "is only for the inputOption openKeyboard")


def _in_time(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    moment = text(16, like=_MOMENTS[value["mode"]], says=f"is not a {value['mode']}")
    for key in value.keys() & {"initial", "max", "min"}:
        yield from moment(value[key], (*path, key))
    if "min" in value and "max" in value and value["min"].upper() >= value["max"].upper():
        yield Fault((*path, "min"), "must be less than max")


_RULES = {"postback": (_one_echo, _fills_the_keyboard), "datetimepicker": (_in_time,)}


def action(place: Place) -> Check:
    """Choose the check of an action by its place."""
    return by_type({kind: _action(kind, place) for kind in _FIELDS if kind in place.kinds})


def _action(kind: str, place: Place) -> Check:
    fields = {"type": anything, "label": spoken(place.label)} | _FIELDS[kind]
    needed = f"{_NEEDED.get(kind, '')} {'label' if place.needs_label else ''}"
    return record(fields, needed, *_RULES.get(kind, ()))
