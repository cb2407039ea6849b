"""Describe the rich menus, the usual one and that of an open case.

The usual one has the six things of the bot's own menu; that of a case the three that the bot
answers then. A menu at LINE can't be changed, only replaced, so its name carries a hash of
everything in it: two menus of one name are the same menu. `scripts/draw_rich_menu.py` draws the
images from the areas.

Source: LINE Messaging API reference, "Rich menu": image 800 to 2500 pixels wide, at least 250 high,
1.45 times as wide as high, at most 1 MB; name 300, chatBarText 14, label of an action 20.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.interview.buttons import (
    ASK,
    CASE_PERSON,
    CASE_PHONE,
    CASE_RESULT,
    CENTER,
    DIAGNOSE,
    HELP,
    PERSON,
    QUALIFY,
)
from bot.model.messages import Choice
from bot.presentation.wording import say

Json = dict[str, Any]

NAME = "kaizen-navi"
"""Start of the name of our menus. Menus of other names are left alone."""

WIDTH, ROW = 2500, 843

_HASHED = 12
"""Hexadecimal digits of the content in the menu's name."""

_COLUMNS = ((0, 833), (833, 834), (1667, 833))


@dataclass(frozen=True, slots=True)
class Area:
    """Hold a rectangle of the image in pixels, with its choice."""

    choice: Choice
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class RichMenu:
    """Hold a menu of ours, with the start of its name and its alias.

    The alias always stands for the current version. `is_default` says that everybody without a menu
    of their own sees it.
    """

    name: str
    alias: str
    image: Path
    areas: tuple[Area, ...]
    is_default: bool = False

    @property
    def height(self) -> int:
        """Tell how high its image is."""
        return max(each.top + each.height for each in self.areas)

    def define(self, image: bytes) -> Json:
        """Describe the menu for LINE, under a name no other menu has."""
        menu: Json = {
            "size": {"width": WIDTH, "height": self.height},
            "selected": True,
            "chatBarText": say("channels.rich_menu"),
            "areas": [_area(area) for area in self.areas],
        }
        content = json.dumps(menu, sort_keys=True).encode() + image
        return {**menu, "name": f"{self.name}-{hashlib.sha256(content).hexdigest()[:_HASHED]}"}

    def is_named(self, name: str) -> bool:
        """Tell whether this or an earlier version made the menu of that name."""
        return re.fullmatch(rf"{self.name}-[0-9a-f]{{{_HASHED}}}", name) is not None


def _arrange_areas(*choices: Choice) -> tuple[Area, ...]:
    """Arrange the choices in rows of three."""
    places = [
        (index // len(_COLUMNS), _COLUMNS[index % len(_COLUMNS)]) for index in range(len(choices))
    ]
    return tuple(
        Area(each, left, row * ROW, width, ROW)
        for each, (row, (left, width)) in zip(choices, places, strict=True)
    )


_HERE = Path(__file__)

USUAL = RichMenu(
    NAME,
    "kaizen-navi-menu",
    _HERE.with_name("rich_menu.png"),
    _arrange_areas(DIAGNOSE, QUALIFY, ASK, CENTER, PERSON, HELP),
    is_default=True,
)
IN_CASE = RichMenu(
    f"{NAME}-case",
    "kaizen-navi-case",
    _HERE.with_name("rich_menu_case.png"),
    _arrange_areas(CASE_RESULT, CASE_PERSON, CASE_PHONE),
)
MENUS = (USUAL, IN_CASE)

Pictures = Mapping[RichMenu, bytes]


def read_pictures() -> Pictures:
    """Read the image of every menu."""
    return {each: each.image.read_bytes() for each in MENUS}


_TYPED = (ASK, CASE_PERSON)
"""Choices after which one writes."""


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
        "inputOption": "openKeyboard" if choice in _TYPED else "closeRichMenu",
    }
