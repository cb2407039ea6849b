"""Describe the rich menu, six areas below the chat like the bot's own menu.

A menu at LINE can't be changed, only replaced, so its name carries a hash of everything in it: two
menus of one name are the same menu. `scripts/draw_rich_menu.py` draws the image from `AREAS`.

Source: LINE Messaging API reference, "Rich menu": image 800 to 2500 pixels wide, at least 250 high,
1.45 times as wide as high, at most 1 MB; name 300, chatBarText 14, label of an action 20.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.interview.buttons import ASK, CENTER, DIAGNOSE, HELP, PERSON, QUALIFY
from bot.model.messages import Choice
from bot.presentation.wording import say

Json = dict[str, Any]

NAME = "kaizen-navi"
"""Start of the name of our menus. Menus of other names are left alone."""

ALIAS = "kaizen-navi-menu"
"""The alias that always stands for the menu of today."""

_OURS = re.compile(rf"{NAME}-[0-9a-f]{{12}}")

IMAGE = Path(__file__).with_name("rich_menu.png")
WIDTH, HEIGHT = 2500, 1686


@dataclass(frozen=True, slots=True)
class Area:
    """Hold a rectangle of the image in pixels, with its choice."""

    choice: Choice
    left: int
    top: int
    width: int
    height: int


_COLUMNS = ((0, 833), (833, 834), (1667, 833))
_ROWS = ((0, 843), (843, 843))
_PLACES = [(column, row) for row in _ROWS for column in _COLUMNS]

AREAS = tuple(
    Area(choice, left, top, width, height)
    for choice, ((left, width), (top, height)) in zip(
        (DIAGNOSE, QUALIFY, ASK, CENTER, PERSON, HELP), _PLACES, strict=True
    )
)


def definition(image: bytes) -> Json:
    """Describe the menu for LINE, under a name no other menu has."""
    menu: Json = {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "chatBarText": say("channels.rich_menu"),
        "areas": [_area(area) for area in AREAS],
    }
    content = json.dumps(menu, sort_keys=True).encode() + image
    return {**menu, "name": f"{NAME}-{hashlib.sha256(content).hexdigest()[:12]}"}


def is_ours(name: str) -> bool:
    """Tell whether this or an earlier version made the menu of that name."""
    return _OURS.fullmatch(name) is not None


def _area(area: Area) -> Json:
    bounds = {"x": area.left, "y": area.top, "width": area.width, "height": area.height}
    return {"bounds": bounds, "action": _action(area.choice)}


def _action(choice: Choice) -> Json:
    """Make the action of an area.

    The tap makes room for the answer: the menu closes, or the keyboard opens to ask. The label is
    read aloud, not shown.
    """
    return {
        "type": "postback",
        "label": choice.label,
        "data": choice.value,
        "displayText": choice.label,
        "inputOption": "openKeyboard" if choice is ASK else "closeRichMenu",
    }
