"""Read the JSON of a webhook once.

A broken character in one event does not lose the others.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

LONGEST_INTEGER = 20
"""Digits. LINE's longest number, a time in milliseconds, has 13."""


def read(body: bytes) -> list[object] | None:
    """Read the events of a webhook body, or None without a list of events."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        data = _read_leniently(body)
    found = data.get("events") if isinstance(data, dict) else None
    return found if isinstance(found, list) else None


def _read_leniently(body: bytes) -> Any:
    """Read a body that holds half a surrogate pair, which becomes "?".

    orjson refuses the whole body for one.
    """
    try:
        return json.loads(body, object_pairs_hook=_mend_pairs, parse_int=_read_integer)
    except (ValueError, RecursionError):
        return None


def _read_integer(digits: str) -> int | float:
    """Read a number, or infinity when it is too long for Python.

    Python refuses to read very long numbers, and one event would lose the whole body.
    """
    return int(digits) if len(digits) <= LONGEST_INTEGER else float(digits)


def _mend_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {_mend_surrogates(key): _mend_surrogates(value) for key, value in pairs}


def _mend_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return [_mend_surrogates(each) for each in value] if isinstance(value, list) else value
