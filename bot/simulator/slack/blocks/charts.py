"""Tables and charts of Block Kit.

Sources: https://docs.slack.dev/reference/block-kit/blocks/table-block, …/data-table-block,
…/data-visualization-block
"""

from __future__ import annotations

import itertools
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
    integer,
    number,
    one_of,
    record,
    text,
)
from bot.simulator.slack.blocks.objects import IDENTIFIER
from bot.simulator.slack.blocks.rich_text import RICH_TEXT

ROWS, COLUMNS = 100, 20
DATA_ROWS = 101
"""Rows with the header. Slack's page says 101, some libraries 201."""
DATA_CHARACTERS = 20_000
TITLE, LABEL = 50, 20
SERIES, POINTS = 6, 20
"""Slack's page says 6, some libraries 12."""
_MOST = 10**15
_CELL = 10_000

_RAW: dict[str, Check] = {
    "raw_text": record({"type": anything, "text": text(_CELL)}, "text"),
    "raw_number": record(
        {"type": anything, "value": number(-_MOST, _MOST), "text": text(_CELL)}, "value"
    ),
}
_CELLS = by_type(_RAW | {"rich_text": RICH_TEXT})
_HEADER = by_type(_RAW)


def _even(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    """Every row as long as the first."""
    for index, row in enumerate(value["rows"]):
        if len(row) != len(value["rows"][0]):
            yield Fault((*path, "rows", index), "must have as many cells as the first row")


def _plain_header(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    for index, cell in enumerate(value["rows"][0]):
        yield from _HEADER(cell, (*path, "rows", 0, index))


def _short(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    if (total := count_characters(value["rows"])) > DATA_CHARACTERS:
        yield Fault((*path, "rows"), f"must not hold more than {DATA_CHARACTERS}, holds {total}")


_SETTINGS = record({"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _setting(value: Any, path: Path) -> Iterator[Fault]:
    if value is not None:
        yield from _SETTINGS(value, path)


TABLE = record(
    {
        "type": anything,
        "block_id": IDENTIFIER,
        "rows": array(array(_CELLS, 1, COLUMNS), 1, ROWS),
        "column_settings": array(_setting, 0, COLUMNS),
    },
    "rows",
)
DATA_TABLE = record(
    {
        "type": anything,
        "block_id": IDENTIFIER,
        "rows": array(array(_CELLS, 1, COLUMNS), 2, DATA_ROWS),
        "caption": text(_CELL),
        "page_size": integer(1, 100),
        "row_header_column_index": integer(0, COLUMNS - 1),
    },
    "rows caption",
    _even,
    _plain_header,
    _short,
)

_LABEL = text(LABEL)
_POINT = record({"label": _LABEL, "value": number(-_MOST, _MOST)}, "label value")
_SEGMENT = record({"label": _LABEL, "value": number(1e-9, _MOST)}, "label value")
_SERIES = record({"name": _LABEL, "data": array(_POINT, 1, POINTS)}, "name data")
_AXES = record(
    {"categories": array(_LABEL, 1, POINTS), "x_label": text(TITLE), "y_label": text(TITLE)},
    "categories",
)


def _labels_match(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    wanted = value["axis_config"]["categories"]
    for index, series in enumerate(value["series"]):
        if [point["label"] for point in series["data"]] != wanted:
            yield Fault((*path, "series", index, "data"), "must match the categories")


def _names_differ(value: dict[str, Any], path: Path) -> Iterator[Fault]:
    names = [series["name"] for series in value["series"]]
    if len(set(names)) < len(names):
        yield Fault((*path, "series"), "must have names of their own")


_PLOT = record(
    {"type": anything, "series": array(_SERIES, 1, SERIES), "axis_config": _AXES},
    "series axis_config",
    _labels_match,
    _names_differ,
)
_PIE = record({"type": anything, "segments": array(_SEGMENT, 1, SERIES)}, "segments")

DATA_VISUALIZATION = record(
    {
        "type": anything,
        "block_id": IDENTIFIER,
        "title": text(TITLE),
        "chart": by_type({"pie": _PIE, "bar": _PLOT, "area": _PLOT, "line": _PLOT}),
    },
    "title chart",
)


def count_characters(value: Any) -> int:
    """Count the characters of blocks, texts and cells in all."""
    if isinstance(value, list):
        return sum(map(count_characters, value))
    if not isinstance(value, dict):
        return 0
    own = len(value["text"]) if isinstance(value.get("text"), str) else 0
    inner = (each for each in value.values() if isinstance(each, list | dict))
    return own + sum(map(count_characters, itertools.chain(inner)))
