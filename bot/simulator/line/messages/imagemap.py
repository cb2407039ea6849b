"""Check imagemap messages, pictures with places to tap.

Source: https://developers.line.biz/en/reference/messaging-api/#imagemap-message
"""

from __future__ import annotations

from bot.simulator.common.shapes import (
    Check,
    anything,
    array,
    by_type,
    integer,
    record,
    spoken,
    text,
)
from bot.simulator.line.messages.addresses import HTTPS, URI

WIDTH = 1040

_AREA = record(
    {"x": integer(0), "y": integer(0), "width": integer(1), "height": integer(1)},
    "x y width height",
)


def _tappable(key: str, check: Check) -> Check:
    fields = {"type": anything, "label": spoken(100), "area": _AREA, key: check}
    return record(fields, f"{key} area")


_ACTION = by_type(
    {
        "uri": _tappable("linkUri", URI),
        "message": _tappable("text", text(400)),
        "clipboard": _tappable("clipboardText", text(1000)),
    }
)

_VIDEO = record(
    {
        "originalContentUrl": HTTPS,
        "previewImageUrl": HTTPS,
        "area": _AREA,
        "externalLink": record({"linkUri": URI, "label": text(30)}, "linkUri label"),
    },
    "originalContentUrl previewImageUrl area",
)

FIELDS: dict[str, Check] = {
    "baseUrl": HTTPS,
    "altText": text(1500),
    "baseSize": record({"width": integer(WIDTH, WIDTH), "height": integer(1)}, "width height"),
    "video": _VIDEO,
    "actions": array(_ACTION, 1, 50),
}
NEEDED = "baseUrl altText baseSize actions"
