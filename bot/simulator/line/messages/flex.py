"""Check Flex containers and components, their keys, values and places.

Sources: https://developers.line.biz/en/reference/messaging-api/#flex-message and
https://developers.line.biz/en/docs/messaging-api/flex-message-layout/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.simulator.common.shapes import (
    Check,
    Fault,
    Path,
    anything,
    array,
    boolean,
    by_type,
    integer,
    one_of,
    record,
    text,
)
from bot.simulator.line.messages.actions import FLEX_BUTTON, FLEX_OTHER, FLEX_VIDEO, action
from bot.simulator.line.messages.addresses import HTTPS

BUBBLE_BYTES = 30_000
CAROUSEL_BYTES = 50_000
"""LINE says 30 KB and 50 KB, not how it counts. The smaller reading of KB is safe."""

BUBBLES = 12
ANIMATED_IMAGES = 10
VIDEO_SIZES = ("kilo", "mega", "giga")

RATIO_MOST = 100_000
FULL_CIRCLE = 360
ALL = 100

_GAPS = ("none", "xs", "sm", "md", "lg", "xl", "xxl")
_SIZES = ("xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl")
_BORDERS = ("none", "light", "normal", "medium", "semi-bold", "bold")
_NUMBER = r"\d+(?:\.\d+)?"


def _measure(*words: str, units: tuple[str, ...]) -> Check:
    """Check one of `words`, or a number with one of `units`."""
    like = "|".join((*words, rf"{_NUMBER}(?:{'|'.join(units)})"))
    says = ", ".join((*words, *(f"a number of {unit}" for unit in units)))
    return text(50, like=like, says=f"must be one of: {says}")


_COLOR = text(
    9, like="#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})", says="must be a color, #RRGGBB or #RRGGBBAA"
)
_GAP = _measure(*_GAPS, units=("px",))
_PADDING = _measure(*_GAPS, units=("px", "%"))
_LENGTH = _measure(units=("px", "%"))
_FONT_SIZE = _measure(*_SIZES, units=("px",))
_FLEX = integer(0)
_TAP = action(FLEX_OTHER)
# A Flex text has no limit of its own; the bubble's 30 KB are the limit.
_WORDS = text(BUBBLE_BYTES)


def _read(pattern: str, value: Any) -> tuple[float, ...]:
    """Read the numbers in a text of this pattern, or ()."""
    match = re.fullmatch(pattern, value) if isinstance(value, str) else None
    return tuple(map(float, match.groups())) if match else ()


def _ratio(value: Any, path: Path) -> Iterator[Fault]:
    sides = _read(rf"({_NUMBER}):({_NUMBER})", value)
    if not sides or min(sides) < 1 or max(sides) > RATIO_MOST:
        yield Fault(path, f"must be {{width}}:{{height}}, each from 1 to {RATIO_MOST}")
    elif sides[1] > 3 * sides[0]:
        yield Fault(path, "must not be more than three times as high as wide")


def _angle(value: Any, path: Path) -> Iterator[Fault]:
    degrees = _read(f"({_NUMBER})deg", value)
    if not degrees or degrees[0] >= FULL_CIRCLE:
        yield Fault(path, "must be from 0deg to less than 360deg")


def _stop(value: Any, path: Path) -> Iterator[Fault]:
    position = _read(f"({_NUMBER})%", value)
    if not position or position[0] > ALL:
        yield Fault(path, "must be between 0% and 100%")


_OFFSETS: dict[str, Check] = {
    "position": one_of("relative", "absolute"),
    "offsetTop": _PADDING,
    "offsetBottom": _PADDING,
    "offsetStart": _PADDING,
    "offsetEnd": _PADDING,
}
_PLACED: dict[str, Check] = {"type": anything, "flex": _FLEX, "margin": _GAP} | _OFFSETS
_ALIGNED: dict[str, Check] = {
    "align": one_of("start", "end", "center"),
    "gravity": one_of("top", "bottom", "center"),
}
_LETTERS: dict[str, Check] = {
    "text": _WORDS,
    "color": _COLOR,
    "size": _FONT_SIZE,
    "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"),
    "decoration": one_of("none", "underline", "line-through"),
}
_ADJUST = one_of("shrink-to-fit")

_GRADIENT = record(
    {
        "type": one_of("linearGradient"),
        "angle": _angle,
        "startColor": _COLOR,
        "endColor": _COLOR,
        "centerColor": _COLOR,
        "centerPosition": _stop,
    },
    "type angle startColor endColor",
)

_SPAN = by_type({"span": record({"type": anything} | _LETTERS)})


def _has_words(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if not value.get("contents") and "text" not in value:
        yield Fault((*path, "text"), "must be non-empty text, or contents must be set")


_TEXT = record(
    _PLACED
    | _ALIGNED
    | _LETTERS
    | {
        "contents": array(_SPAN, 1),
        "adjustMode": _ADJUST,
        "scaling": boolean,
        "wrap": boolean,
        "lineSpacing": _measure(units=("px",)),
        "maxLines": integer(0),
        "action": _TAP,
    },
    "",
    _has_words,
)

_BUTTON = record(
    _PLACED
    | {
        "action": action(FLEX_BUTTON),
        "height": one_of("sm", "md"),
        "style": one_of("primary", "secondary", "link"),
        "color": _COLOR,
        "gravity": _ALIGNED["gravity"],
        "adjustMode": _ADJUST,
        "scaling": boolean,
    },
    "action",
)

_IMAGE = record(
    _PLACED
    | _ALIGNED
    | {
        "url": HTTPS,
        "size": _measure(*_SIZES, "full", units=("px", "%")),
        "aspectRatio": _ratio,
        "aspectMode": one_of("cover", "fit"),
        "backgroundColor": _COLOR,
        "action": _TAP,
        "animated": boolean,
    },
    "url",
)

_ICON = record(
    {"type": anything, "margin": _GAP, "url": HTTPS, "size": _FONT_SIZE}
    | {"scaling": boolean, "aspectRatio": _ratio}
    | _OFFSETS,
    "url",
)

_SEPARATOR = record({"type": anything, "margin": _GAP, "color": _COLOR})
_FILLER = record({"type": anything, "flex": _FLEX})


def _box(value: Any, path: Path) -> Iterator[Fault]:
    # A function, because a box may hold boxes and the table below is not there yet.
    yield from _BOX(value, path)


_STACKED = by_type(
    {
        "box": _box,
        "button": _BUTTON,
        "image": _IMAGE,
        "text": _TEXT,
        "separator": _SEPARATOR,
        "filler": _FILLER,
    }
)
_ON_BASELINE = by_type({"icon": _ICON, "text": _TEXT, "filler": _FILLER})
_CHILDREN: Mapping[str, Check] = {
    "horizontal": array(_STACKED),
    "vertical": array(_STACKED),
    "baseline": array(_ON_BASELINE),
}


def _children(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    yield from _CHILDREN[value["layout"]](value["contents"], (*path, "contents"))


def _sits_on_baseline(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if value["layout"] != "baseline":
        return
    for index, child in enumerate(value["contents"]):
        # The type is looked at by _children; here only what baseline children can't have.
        for key in ("gravity", "offsetBottom"):
            if isinstance(child, dict) and key in child:
                yield Fault((*path, "contents", index, key), "can't be used in a baseline box")


_BOX = record(
    _PLACED
    | {
        "layout": one_of("horizontal", "vertical", "baseline"),
        "contents": array(anything),
        "backgroundColor": _COLOR,
        "borderColor": _COLOR,
        "borderWidth": _measure(*_BORDERS, units=("px",)),
        "cornerRadius": _GAP,
        "width": _LENGTH,
        "maxWidth": _LENGTH,
        "height": _LENGTH,
        "maxHeight": _LENGTH,
        "spacing": _GAP,
        "paddingAll": _PADDING,
        "paddingTop": _PADDING,
        "paddingBottom": _PADDING,
        "paddingStart": _PADDING,
        "paddingEnd": _PADDING,
        "action": _TAP,
        "justifyContent": one_of(
            "center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"
        ),
        "alignItems": one_of("center", "flex-start", "flex-end"),
        "background": _GRADIENT,
    },
    "layout contents",
    _children,
    _sits_on_baseline,
)

_VIDEO = record(
    {
        "type": anything,
        "url": HTTPS,
        "previewUrl": HTTPS,
        "altContent": by_type({"box": _box, "image": _IMAGE}),
        "aspectRatio": _ratio,
        "action": action(FLEX_VIDEO),
    },
    "url previewUrl altContent",
)

_BLOCK_STYLE = record({"backgroundColor": _COLOR, "separator": boolean, "separatorColor": _COLOR})
_BLOCKS = ("header", "hero", "body", "footer")


def _has_a_block(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if not value.keys() & set(_BLOCKS):
        yield Fault(path, "At least one block must be specified")


def _fits_a_video(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    is_video = value.get("hero", {}).get("type") == "video"
    if is_video and value.get("size", "mega") not in VIDEO_SIZES:
        yield Fault((*path, "size"), f"must be one of {', '.join(VIDEO_SIZES)} for a video")


def size_of(value: Any) -> int:
    """Count the bytes of a container as JSON escaped to ASCII."""
    return len(json.dumps(value))


def _no_bigger_than(limit: int) -> Check:
    def check(value: Any, path: Path) -> Iterator[Fault]:
        if (size := size_of(value)) > limit:
            yield Fault(path, f"must not be larger than {limit} bytes, is {size}")

    return check


_ONE_BOX = by_type({"box": _box})

_BUBBLE = record(
    {
        "type": anything,
        "size": one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"),
        "direction": one_of("ltr", "rtl"),
        "header": _ONE_BOX,
        "hero": by_type({"box": _box, "image": _IMAGE, "video": _VIDEO}),
        "body": _ONE_BOX,
        "footer": _ONE_BOX,
        "styles": record(dict.fromkeys(_BLOCKS, _BLOCK_STYLE)),
        "action": _TAP,
    },
    "",
    _has_a_block,
    _fits_a_video,
    _no_bigger_than(BUBBLE_BYTES),
)


def _same_width(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if len({bubble.get("size", "mega") for bubble in value["contents"]}) > 1:
        yield Fault((*path, "contents"), "bubbles of different sizes can't be in one carousel")


def _no_video(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    for index, bubble in enumerate(value["contents"]):
        if bubble.get("hero", {}).get("type") == "video":
            yield Fault((*path, "contents", index, "hero"), "a video can't be in a carousel")


_CAROUSEL = record(
    {"type": anything, "contents": array(by_type({"bubble": _BUBBLE}), 1, BUBBLES)},
    "contents",
    _same_width,
    _no_video,
    _no_bigger_than(CAROUSEL_BYTES),
)


def _animated(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(_animated, value))
    if not isinstance(value, dict):
        return 0
    return (value.get("animated") is True) + sum(map(_animated, value.values()))


def _few_animations(value: Any, path: Path) -> Iterator[Fault]:
    if (count := _animated(value)) > ANIMATED_IMAGES:
        yield Fault(path, f"at most {ANIMATED_IMAGES} animated images, are {count}")


_CONTAINER = by_type({"bubble": _BUBBLE, "carousel": _CAROUSEL})


def container(value: Any, path: Path) -> Iterator[Fault]:
    """List every fault of a Flex container."""
    yield from _CONTAINER(value, path)
    yield from _few_animations(value, path)
