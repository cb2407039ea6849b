"""The smallest parts of Block Kit, as plain dicts cut to Slack's limits.

Words stand in `rich_text` and `plain_text`, which Slack does not parse: nothing in them can mention
anybody or turn bold by itself. Source of forms and limits: Slack's Block Kit reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bot.channels.slack.ui import wording
from bot.model.messages import Choice
from bot.presentation.limits import cut

Json = dict[str, Any]

HEADER, BUTTON, PLAIN, OPTION, OPTION_VALUE = 150, 75, 3000, 75, 150
"""Characters of a header, button, section's text, option, and option's value."""

OPTIONS, OVERFLOW = 100, 5
"""Options of a select or one of its groups, and of an overflow menu."""

BLOCKS, VIEW_BLOCKS, BUTTONS, TOTAL = 50, 100, 25, 10_000
"""Blocks of a message and view, buttons of a block, characters of a message.

Slack refuses more than about 13,000 characters without saying so in its reference.
"""

_URL = re.compile(r"https?://[^\s、。）」』】]+")
"""A web address up to a blank or a Japanese mark."""


def plain_text(words: str, most: int = PLAIN) -> Json:
    """Make words that Slack shows as they are."""
    return {"type": "plain_text", "text": cut(words, most), "emoji": True}


def header(words: str) -> Json:
    """Make a title."""
    return {"type": "header", "text": plain_text(words, HEADER)}


def context(words: str) -> Json:
    """Make small print."""
    return {"type": "context", "elements": [plain_text(words, 2000)]}


DIVIDER: Json = {"type": "divider"}


def rich_text(words: str, *, bold: bool = False, italic: bool = False) -> list[Json]:
    """Make the elements of a rich text, with addresses as links."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    looks = {"style": style} if style else {}
    parts: list[Json] = []
    at = 0
    for found in _URL.finditer(words):
        parts += _text_elements(words[at : found.start()], looks)
        parts.append({"type": "link", "url": found[0][:PLAIN], **looks})
        at = found.end()
    return [*parts, *_text_elements(words[at:], looks)]


def _text_elements(words: str, looks: Json) -> list[Json]:
    return [{"type": "text", "text": words, **looks}] if words else []


def paragraph(*elements: Iterable[Json]) -> Json:
    """Make a rich text block of one paragraph.

    `elements` are results of `rich_text`.
    """
    inside = [each for part in elements for each in part]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": inside}]}


def quotation(words: str) -> Json:
    """Quote words exactly as they are."""
    quoted = {
        "type": "rich_text_quote",
        "elements": _text_elements(words, {}) or _text_elements(wording.NOTHING_WRITTEN, {}),
    }
    return {"type": "rich_text", "elements": [quoted]}


def preformatted(words: str) -> Json:
    """Make a block of words to copy."""
    inside = {"type": "rich_text_preformatted", "elements": _text_elements(words, {})}
    return {"type": "rich_text", "elements": [inside]}


def button(
    label: str,
    action: str,
    value: str = "",
    *,
    style: str = "",
    url: str = "",
    confirm: Json | None = None,
) -> Json:
    """Make a button.

    `style` is `primary`, `danger` or nothing, `confirm` from `confirmation`.
    """
    more = {"value": value, "style": style, "url": url, "confirm": confirm}
    given = {name: each for name, each in more.items() if each}
    text = plain_text(label, BUTTON)
    return {"type": "button", "text": text, "action_id": action, **given}


def confirmation(title: str, text: str, yes: str, no: str = wording.CANCEL) -> Json:
    """Make the question that is asked before a press counts."""
    return {
        "title": plain_text(title, 100),
        "text": plain_text(text, 300),
        "confirm": plain_text(yes, 30),
        "deny": plain_text(no, 30),
    }


def actions(elements: Sequence[Json]) -> list[Json]:
    """Make rows of things to press, 25 to a block."""
    return [
        {"type": "actions", "elements": list(elements[at : at + BUTTONS])}
        for at in range(0, len(elements), BUTTONS)
    ]


def option(label: str, value: str) -> Json:
    """Make one line of a select."""
    return {"text": plain_text(label, OPTION), "value": value[:OPTION_VALUE]}


def select(
    placeholder: str, action: str, choices: Iterable[Choice], initial: str | None = None
) -> Json:
    """Make a select that is searched by typing, of at most 100 choices."""
    options = [option(each.label, each.value) for each in choices]
    chosen = next((each for each in options if each["value"] == initial), None)
    return {
        "type": "static_select",
        "placeholder": plain_text(placeholder, 150),
        "action_id": action,
        "options": options[:OPTIONS],
        **({"initial_option": chosen} if chosen else {}),
    }


def grouped_select(
    placeholder: str,
    action: str,
    groups: Iterable[tuple[str, Iterable[Choice]]],
    initial: str = "",
) -> Json:
    """Make a select with headings, at most 100 choices under each.

    Empty groups are left out; `initial` is the value that is chosen at first.
    """
    drawn: list[Json] = [
        {
            "label": plain_text(label, OPTION),
            "options": [option(each.label, each.value) for each in choices][:OPTIONS],
        }
        for label, choices in groups
    ]
    filled = [each for each in drawn if each["options"]][:OPTIONS]
    offered = (each for group in filled for each in group["options"])
    chosen = next((each for each in offered if each["value"] == initial), None)
    return {
        "type": "static_select",
        "placeholder": plain_text(placeholder, 150),
        "action_id": action,
        "option_groups": filled,
        **({"initial_option": chosen} if chosen else {}),
    }


def overflow(action: str, choices: Iterable[Choice]) -> Json:
    """Make a menu of at most five things that are done less often.

    A choice's value is an action and its value with a bar between: choosing it is pressing a button
    of that action.
    """
    options = [option(each.label, each.value) for each in choices]
    return {"type": "overflow", "action_id": action, "options": options[:OVERFLOW]}


def input_block(
    label: str,
    block: str,
    element: Json,
    *,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Json:
    """Make a field of a form around an element."""
    return {
        "type": "input",
        "block_id": block,
        "label": plain_text(label, 2000),
        "element": element,
        **({"hint": plain_text(hint, 2000)} if hint else {}),
        **({"optional": True} if optional else {}),
        **({"dispatch_action": True} if dispatch else {}),
    }


def text_field(
    action: str, initial: str = "", *, several_lines: bool = False, most: int = 3000
) -> Json:
    """Make a field to type into.

    It takes at most `most` characters, which is 3,000 at most.
    """
    return {
        "type": "plain_text_input",
        "action_id": action,
        "multiline": several_lines,
        "max_length": most,
        **({"initial_value": cut(initial, most)} if initial else {}),
    }


def labelled(label: str, words: str) -> list[Json]:
    """Make a line that begins with its label in bold.

    Nothing in it is a link.
    """
    return [*_text_elements(label, {"style": {"bold": True}}), *_text_elements(f"　{words}", {})]


def modal(
    callback: str,
    title: str,
    blocks: Sequence[Json],
    *,
    submit: str = "",
    private: str = "",
    close: str = wording.CLOSE,
) -> Json:
    """Make a modal.

    `private` comes back with what is submitted (3,000 characters at most).
    """
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain_text(title, 24),
        "close": plain_text(close, 24),
        "blocks": list(blocks)[:VIEW_BLOCKS],
        **({"submit": plain_text(submit, 24)} if submit else {}),
        **({"private_metadata": private} if private else {}),
    }


def count_characters(blocks: Iterable[Json]) -> int:
    """Count the characters of blocks as Slack does for a message."""
    return sum(_count_in_value(each) for each in blocks)


def _count_in_value(value: object) -> int:
    if isinstance(value, dict):
        own = value.get("text")
        here = len(own) if isinstance(own, str) else 0
        here += len(value.get("url", "")) if value.get("type") == "link" else 0
        return here + sum(_count_in_value(each) for each in value.values())
    return sum(_count_in_value(each) for each in value) if isinstance(value, list) else 0
