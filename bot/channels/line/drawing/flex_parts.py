"""Draw the smallest parts of Flex bubbles.

These are texts, boxes, lines, and the actions of a tap.

Source of forms and limits: LINE Messaging API reference, "Flex Message" and "Action objects".
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import regex

from bot.model.messages import Choice
from bot.presentation.limits import graphemes
from bot.presentation.wording import say

Json = dict[str, Any]

INK, SOFT, ACCENT, LINK = "#1F2A27", "#55605C", "#1B5E50", "#0B4FA8"
"""Colours of ordinary text, small print, headings and buttons, addresses and numbers."""

PAPER, WARM, TINT, TRACK = "#FFFFFF", "#FBF1E0", "#EEF4F1", "#D3DED9"
"""Backgrounds of a bubble, a card's head, things to tap, and progress to come."""

ACTION_LABEL = 40
"""Graphemes of an action's label in a Flex Message. It is read aloud, not shown."""

DISPLAY_TEXT = 300
"""Graphemes of the text that a tap on a postback posts into the chat."""

URI = 1000
"""Characters of an address, percent-encoded."""

_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
"""A percent sign that encodes nothing."""

_URL = re.compile(r"https?://[^\s、。）」』】]+")
"""Japanese punctuation ends an address, since people write it right behind one."""

_MARK = re.compile(r"([・○△－]|\d{1,2}\.) ?(?=\S)")
"""A bullet or a number at the beginning of a line."""

_PHONE = re.compile(r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])")
"""A whole telephone number, not a part of a longer number."""


def shorten(label: str, most: int) -> str:
    """Cut the label to at most `most` graphemes, with an ellipsis."""
    if len(label) <= most or graphemes(label) <= most:
        return label
    return "".join(regex.findall(r"\X", label)[: most - 1]) + "…"


def text(words: str, *, size: str = "md", color: str = INK, **more: Any) -> Json:
    """Make a text that wraps and grows with the reader's type size."""
    return {
        "type": "text",
        "text": words,
        "size": size,
        "color": color,
        "wrap": True,
        "scaling": True,
        **more,
    }


def column(contents: list[Json], **more: Any) -> Json:
    """Make a box with its contents one below the other."""
    return {"type": "box", "layout": "vertical", "contents": contents, **more}


def across(contents: list[Json], **more: Any) -> Json:
    """Make a box with its contents side by side."""
    return {"type": "box", "layout": "horizontal", "contents": contents, **more}


def postback(choice: Choice, label: int) -> Json:
    """Make the action that sends a choice's value and shows its label."""
    return {
        "type": "postback",
        "label": shorten(choice.label, label),
        "data": choice.value,
        "displayText": shorten(choice.label, DISPLAY_TEXT),
    }


def web(address: str) -> str:
    """Percent-encode an address without encoding anything twice."""
    return _LONE_PERCENT.sub("%25", quote(address, safe=":/?#[]@!$&'()*+,;=%~"))


def telephone(number: str) -> str:
    """Make the address that calls a number."""
    return "tel:" + re.sub(r"[^\d+]", "", number)


def opening(label: str, address: str, on_desktop: str = "") -> Json:
    """Make the action that opens an address.

    LINE on a computer opens `on_desktop` instead.
    """
    action: Json = {"type": "uri", "label": shorten(label, ACTION_LABEL), "uri": address}
    if on_desktop:
        action["altUri"] = {"desktop": on_desktop}
    return action


def line(words: str, on_desktop: str = "", **more: Any) -> Json:
    """Draw a line of text, with a hanging indent after its mark or number.

    A tap on a line with an address or a telephone number opens or calls it, since LINE makes
    nothing tappable in a Flex text by itself, unlike in text messages. The line looks like any
    other: a whole underlined sentence is hard to read, and what is meant to be tapped is a button.
    """
    looks = {"lineSpacing": "3px", **more}
    outside = {"margin": looks.pop("margin")} if "margin" in looks else {}
    if action := _action_in(words, on_desktop):
        outside["action"] = action
    mark = _MARK.match(words)
    if mark is None:
        return text(words, **looks, **outside)
    parts = [text(mark[1], **looks, flex=0), text(words[mark.end() :], **looks, flex=1)]
    return across(parts, spacing="sm", **outside)


def _action_in(words: str, on_desktop: str) -> Json | None:
    if found := _URL.search(words):
        address = web(found[0])
        return opening(say("channels.open_site"), address) if len(address) <= URI else None
    if found := _PHONE.search(words):
        return opening(
            say("channels.call_number", number=found[0]), telephone(found[0]), on_desktop
        )
    return None


def paragraph(words: str, **more: Any) -> list[Json]:
    """Draw the lines of a text, with room in place of its empty lines."""
    lines: list[Json] = []
    room = "none"
    for each in words.split("\n"):
        if each.strip():
            lines.append(line(each, margin=room, **more))
        room = "sm" if each.strip() else "lg"
    return lines
