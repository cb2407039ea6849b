"""Every kind of block, wherever it may show.

Source: https://docs.slack.dev/reference/block-kit/blocks
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
    boolean,
    by_type,
    one_of,
    record,
    text,
)
from bot.simulator.slack.blocks import elements
from bot.simulator.slack.blocks.charts import DATA_TABLE, DATA_VISUALIZATION, TABLE
from bot.simulator.slack.blocks.objects import ADDRESS, IDENTIFIER, either, plain
from bot.simulator.slack.blocks.rich_text import RICH_TEXT, RICH_TEXT_VALUE

SECTION_TEXT = 3000
FIELDS, FIELD_TEXT = 10, 2000
CONTEXT = 10
ACTIONS = 25
CONTEXT_ACTIONS = 5
HEADER = 150
LABEL = 2000
MARKDOWN = 12_000
CARD_TITLE, CARD_BODY, CARD_ACTIONS, CARDS, CHILDREN = 150, 200, 3, 10, 10
ALERT = 200


def _block(needed: str = "", *rules: Check, **fields: Check) -> Check:
    return record({"type": anything, "block_id": IDENTIFIER, **fields}, needed, *rules)


def _says_something(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if "text" not in value and "fields" not in value:
        yield Fault(path, "must have text or fields")


def _card_has_content(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if not value.keys() & {"hero_image", "title", "actions", "body"}:
        yield Fault(path, "must have a hero_image, a title, actions or a body")


def _container_is_titled(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if "title" not in value and "rich_text_title" not in value:
        yield Fault(path, "must have a title or a rich_text_title")
    if value.get("is_collapsible") and value.get("has_header_divider"):
        yield Fault(path, "has_header_divider cannot be set when is_collapsible is true")
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        yield Fault(path, "default_collapsed requires is_collapsible")


_CARD = _block(
    "",
    _card_has_content,
    hero_image=elements.IMAGE,
    icon=elements.IMAGE,
    title=either(CARD_TITLE),
    subtitle=either(CARD_TITLE),
    body=either(CARD_BODY),
    actions=array(by_type({"button": elements.BUTTON}), 1, CARD_ACTIONS),
)
_TASK = _block(
    "task_id title status",
    task_id=IDENTIFIER,
    title=text(SECTION_TEXT),
    details=RICH_TEXT_VALUE,
    output=RICH_TEXT_VALUE,
    sources=array(
        by_type({"url": record({"type": anything, "url": ADDRESS, "text": text(255)}, "url text")}),
        1,
    ),
    status=one_of("pending", "in_progress", "complete", "error"),
)

_PLAIN_BLOCKS: dict[str, Check] = {
    "actions": _block("elements", elements=array(by_type(elements.ACTIONS), 1, ACTIONS)),
    "alert": _block(
        "text",
        text=either(ALERT),
        level=one_of("default", "info", "warning", "error", "success"),
    ),
    "card": _CARD,
    "carousel": _block("elements", elements=array(by_type({"card": _CARD}), 1, CARDS)),
    "context": _block(
        "elements",
        elements=array(
            by_type(
                {
                    "image": elements.IMAGE,
                    "plain_text": plain(SECTION_TEXT),
                    "mrkdwn": either(SECTION_TEXT),
                }
            ),
            1,
            CONTEXT,
        ),
    ),
    "context_actions": _block(
        "elements", elements=array(by_type(elements.CONTEXT_ACTIONS), 1, CONTEXT_ACTIONS)
    ),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "divider": _block(),
    "header": _block("text", text=plain(HEADER)),
    "image": _block("alt_text", elements.one_picture, **elements.PICTURE, title=plain(LABEL)),
    "input": _block(
        "label element",
        label=plain(LABEL),
        element=by_type(elements.INPUT),
        hint=plain(LABEL),
        optional=boolean,
        dispatch_action=boolean,
    ),
    "markdown": _block("text", text=text(MARKDOWN)),
    "plan": _block(
        "title", title=text(SECTION_TEXT), tasks=array(by_type({"task_card": _TASK}), 1)
    ),
    "rich_text": RICH_TEXT,
    "section": _block(
        "",
        _says_something,
        text=either(SECTION_TEXT),
        fields=array(either(FIELD_TEXT), 1, FIELDS),
        accessory=by_type(elements.ACCESSORY),
        expand=boolean,
    ),
    "table": TABLE,
    "task_card": _TASK,
    "video": _block(
        "alt_text title video_url thumbnail_url",
        alt_text=text(LABEL),
        title=plain(199),
        video_url=ADDRESS,
        thumbnail_url=ADDRESS,
        author_name=text(49),
        title_url=ADDRESS,
        description=plain(199),
        provider_name=text(49),
        provider_icon_url=ADDRESS,
    ),
}
_INSIDE_CONTAINERS = ("actions", "context", "divider", "header", "image", "rich_text", "section")
_CONTAINER = _block(
    "child_blocks",
    _container_is_titled,
    title=plain(CARD_TITLE),
    rich_text_title=RICH_TEXT_VALUE,
    subtitle=either(CARD_TITLE),
    child_blocks=array(
        by_type({key: _PLAIN_BLOCKS[key] for key in _INSIDE_CONTAINERS}), 1, CHILDREN
    ),
    width=one_of("narrow", "standard", "wide", "full"),
    icon=elements.IMAGE,
    is_collapsible=boolean,
    default_collapsed=boolean,
    has_header_divider=boolean,
)
BLOCKS = {**_PLAIN_BLOCKS, "container": _CONTAINER}
