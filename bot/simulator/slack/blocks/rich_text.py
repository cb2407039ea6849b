"""The rich text block with its sections, lists and quotes.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

from bot.simulator.common.shapes import (
    Check,
    anything,
    array,
    boolean,
    by_type,
    integer,
    one_of,
    record,
    text,
)
from bot.simulator.slack.blocks.objects import IDENTIFIER, URL

_NO_LIMIT = 40_000
"""Stands for no limit of its own. The message's limit holds."""

_STYLE = record(
    dict.fromkeys(
        (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        ),
        boolean,
    )
)


def _part(needed: str, **fields: Check) -> Check:
    return record({"type": anything, "style": _STYLE, **fields}, needed)


_ADDRESS = text(URL, like=r"(https?://|mailto:|tel:)\S+", says="must be a valid URL")
_PARTS: dict[str, Check] = {
    "text": _part("text", text=text(_NO_LIMIT)),
    "link": _part("url", url=_ADDRESS, text=text(_NO_LIMIT), unsafe=boolean),
    "emoji": _part("name", name=text(100), unicode=text(100), skin_tone=integer(1, 6)),
    "user": _part("user_id", user_id=text(20)),
    "usergroup": _part("usergroup_id", usergroup_id=text(20)),
    "channel": _part("channel_id", channel_id=text(20)),
    "team": _part("team_id", team_id=text(20)),
    "broadcast": _part("range", range=one_of("here", "channel", "everyone")),
    "color": _part("value", value=text(7, like="#[0-9A-Fa-f]{6}")),
    "date": _part(
        "timestamp format",
        timestamp=integer(0),
        format=text(200),
        url=_ADDRESS,
        fallback=text(200),
    ),
}
_INSIDE = array(by_type(_PARTS), 1)
_LINE = array(by_type({key: _PARTS[key] for key in ("text", "link")}), 1)
_SECTION = record({"type": anything, "elements": _INSIDE}, "elements")
_BORDER = integer(0, 1)

SECTIONS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": record(
        {
            "type": anything,
            "elements": array(by_type({"rich_text_section": _SECTION}), 1),
            "style": one_of("bullet", "ordered"),
            "indent": integer(0, 8),
            "offset": integer(0),
            "border": _BORDER,
        },
        "elements style",
    ),
    "rich_text_quote": record(
        {"type": anything, "elements": _INSIDE, "border": _BORDER}, "elements"
    ),
    "rich_text_preformatted": record(
        {"type": anything, "elements": _LINE, "border": _BORDER, "language": text(50)}, "elements"
    ),
}

RICH_TEXT = record(
    {"type": anything, "block_id": IDENTIFIER, "elements": array(by_type(SECTIONS), 1)}, "elements"
)
RICH_TEXT_VALUE = by_type({"rich_text": RICH_TEXT})
