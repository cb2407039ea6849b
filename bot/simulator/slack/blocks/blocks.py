"""Check blocks as strictly as Slack does.

Source: https://docs.slack.dev/reference/block-kit
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.simulator.common.shapes import (
    Check,
    Fault,
    Path,
    array,
    boolean,
    by_type,
    one_of,
    record,
    text,
)
from bot.simulator.slack.blocks.charts import count_characters
from bot.simulator.slack.blocks.kinds import BLOCKS
from bot.simulator.slack.blocks.objects import GROUP, OPTION, OPTIONS, options, plain

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
TITLE = 24
PRIVATE_METADATA = 3000
CHARTS = 2
MESSAGE_TEXT = 10_000
"""Characters of a message. Slack refuses more between 11,000 and 13,200.

It does not say where.

Source: https://github.com/slackapi/bolt-js/issues/2509
"""
TOO_LONG = f"blocks: must not hold more than {MESSAGE_TEXT} characters of text in all"


_EVERYWHERE = {
    "actions",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "video",
}
SURFACES = {
    "message": set(BLOCKS) - {"alert"},
    "home": _EVERYWHERE | {"card", "carousel"},
    "modal": _EVERYWHERE | {"alert"},
}
"""Blocks of each surface, the smaller set where sources disagree.

Tables and charts are in messages only.

Source: https://docs.slack.dev/blocks.json
"""
_ONLY = {"file_input": "modal", "workflow_button": "message"}
"""Elements of one surface."""


def find_faults(value: object, surface: str) -> list[str]:
    """Find every breach of Slack's rules, each with its JSON path.

    Empty when Slack would show the blocks. `value` is the blocks of a `message`, or the whole view
    of a `modal` or a `home`.
    """
    if surface not in SURFACES:
        return [f"view.type: must be one of: modal, home, is {surface}"]
    check, path = (_message_blocks, "blocks") if surface == "message" else (_VIEWS[surface], "view")
    try:
        return [str(fault) for fault in check(value, (path,))]
    except RecursionError:
        return [f"{path}: is nested too deeply"]


def find_option_faults(value: object) -> list[str]:
    """Find every breach in the options an app offers in a menu."""
    if isinstance(value, dict) and set(value) == {"option_groups"}:
        check, given = array(GROUP, 0, OPTIONS), value["option_groups"]
    elif isinstance(value, dict) and set(value) == {"options"}:
        check, given = options(OPTION, 0, OPTIONS), value["options"]
    else:
        return ["must have either options or option_groups"]
    return [str(fault) for fault in check(given, ("options",))]


def _shown_on(surface: str) -> Check:
    kinds = by_type(BLOCKS)
    allowed = SURFACES[surface]

    def check(value: Any, path: Path) -> Iterator[Fault]:
        found = list(kinds(value, path))
        yield from found
        if not found and value["type"] not in allowed:
            yield Fault((*path, "type"), f"{value['type']} does not show on a {surface}")
        elif not found:
            yield from _find_strays(value, path, surface)

    return check


def _find_strays(block: dict[str, Any], path: Path, surface: str) -> Iterator[Fault]:
    """Find elements that the surface does not take, or that share a name."""
    for key in ("elements", "child_blocks"):
        if block["type"] in {"carousel", "container"} and key in block:
            for index, child in enumerate(block[key]):
                yield from _find_strays(child, (*path, key, index), surface)
            return
    seen: set[str] = set()
    for element in _elements(block):
        only = _ONLY.get(element["type"], surface)
        if only != surface:
            yield Fault(path, f"{element['type']} is for a {only} only")
        if "response_url_enabled" in element and surface != "modal":
            yield Fault(path, "response_url_enabled is for a modal only")
        name = element.get("action_id")
        if name is not None and name in seen:
            yield Fault(path, f"action_id {name} must be unique in its block")
        seen.add(name or "")


def _elements(value: Any) -> Iterator[dict[str, Any]]:
    """Every object with a type inside a block."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        if isinstance(each, dict) and "type" in each:
            yield each
        yield from _elements(each)


def _unique_blocks(value: list[dict[str, Any]], path: Path) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, block in enumerate(value):
        key = block.get("block_id")
        if key is not None and key in seen:
            yield Fault((*path, index, "block_id"), f"{key} must be unique")
        seen.add(key or "")


def _one_focus(value: list[dict[str, Any]], path: Path) -> Iterator[Fault]:
    focused = [each for each in _elements(value) if each.get("focus_on_load")]
    if len(focused) > 1:
        yield Fault(path, "only one element may have focus_on_load")


def _message_blocks(value: Any, path: Path) -> Iterator[Fault]:
    found = list(array(_shown_on("message"), 0, MESSAGE_BLOCKS)(value, path))
    yield from found
    if not found:
        yield from _unique_blocks(value, path)
        yield from _one_focus(value, path)
        yield from _check_totals(value, path)


def _check_totals(value: list[dict[str, Any]], path: Path) -> Iterator[Fault]:
    """Check the totals of a message."""
    kinds = [block["type"] for block in value]
    if kinds.count("table") > 1 or kinds.count("data_table") > 1:
        yield Fault(path, "only_one_table_allowed")
    if kinds.count("data_visualization") > CHARTS:
        yield Fault(path, f"must not have more than {CHARTS} charts")
    if count_characters(value) > MESSAGE_TEXT:
        yield Fault(path, TOO_LONG.partition(": ")[2])


def _blocks_of(surface: str) -> Check:
    each = array(_shown_on(surface), 1, VIEW_BLOCKS)

    def check(value: Any, path: Path) -> Iterator[Fault]:
        found = list(each(value, path))
        yield from found
        if not found:
            yield from _unique_blocks(value, path)
            yield from _one_focus(value, path)

    return check


def _inputs_are_sent(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if "submit" not in value and any(block["type"] == "input" for block in value["blocks"]):
        yield Fault((*path, "submit"), "must be specified when there is an input block")


_VIEW: dict[str, Check] = {
    "private_metadata": text(PRIVATE_METADATA, shortest=0),
    "callback_id": text(255, shortest=0),
    "external_id": text(255, shortest=0),
}
_VIEWS = {
    "home": record({**_VIEW, "type": one_of("home"), "blocks": _blocks_of("home")}, "type blocks"),
    "modal": record(
        {
            **_VIEW,
            "type": one_of("modal"),
            "blocks": _blocks_of("modal"),
            "title": plain(TITLE),
            "submit": plain(TITLE),
            "close": plain(TITLE),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
        "type title blocks",
        _inputs_are_sent,
    ),
}
