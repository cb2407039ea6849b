"""Check the four templates.

They are buttons, confirm, carousel, image carousel.

Source: https://developers.line.biz/en/reference/messaging-api/#template-messages
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
    by_type,
    one_of,
    record,
    spoken,
    text,
)
from bot.simulator.line.messages.actions import IMAGE_CAROUSEL, TEMPLATE, action
from bot.simulator.line.messages.addresses import HTTPS

BUTTONS_TEXT = 160
COLUMN_TEXT = 120
ILLUSTRATED_TEXT = 60
"""Characters beside an image or a title in a buttons template or column."""

_COLOR = text(7, like="#[0-9A-Fa-f]{6}", says="must be a color, #RRGGBB")
_ACTION = action(TEMPLATE)
_IMAGE: dict[str, Check] = {
    "imageAspectRatio": one_of("rectangle", "square"),
    "imageSize": one_of("cover", "contain"),
}


def _card(longest: int) -> dict[str, Check]:
    return {
        "thumbnailImageUrl": HTTPS,
        "imageBackgroundColor": _COLOR,
        "title": spoken(40),
        "text": spoken(longest),
        "defaultAction": _ACTION,
    }


def _short_beside_an_image(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if value.keys() & {"thumbnailImageUrl", "title"}:
        yield from spoken(ILLUSTRATED_TEXT)(value["text"], (*path, "text"))


_COLUMN = record(
    {**_card(COLUMN_TEXT), "actions": array(_ACTION, 1, 3)},
    "text actions",
    _short_beside_an_image,
)


def _alike(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    columns = value["columns"]
    if len({len(column["actions"]) for column in columns}) > 1:
        yield Fault((*path, "columns"), "the number of actions must be the same in every column")
    for key in ("thumbnailImageUrl", "title"):
        if len({key in column for column in columns}) > 1:
            yield Fault((*path, "columns"), f"{key} must be in every column or in none")


template = by_type(
    {
        "buttons": record(
            {"type": anything, **_IMAGE, **_card(BUTTONS_TEXT), "actions": array(_ACTION, 1, 4)},
            "text actions",
            _short_beside_an_image,
        ),
        "confirm": record(
            {"type": anything, "text": spoken(240), "actions": array(_ACTION, 2, 2)},
            "text actions",
        ),
        "carousel": record(
            {"type": anything, **_IMAGE, "columns": array(_COLUMN, 1, 10)}, "columns", _alike
        ),
        "image_carousel": record(
            {
                "type": anything,
                "columns": array(
                    record(
                        {"imageUrl": HTTPS, "action": action(IMAGE_CAROUSEL)}, "imageUrl action"
                    ),
                    1,
                    10,
                ),
            },
            "columns",
        ),
    }
)
"""The check of a template, by its type."""
