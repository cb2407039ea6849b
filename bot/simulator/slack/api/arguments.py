"""The arguments of a Web API method: from a query, a form or JSON to values of the right type.

Slack leaves arguments it does not know alone; the simulator refuses them, for they are mistakes.
Source: https://docs.slack.dev/apis/web-api/ (POST bodies)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.api.answers import invalid

Kind = Callable[[Any], Any]
"""Turns an argument as it came into the value it stands for; ValueError when it stands for none."""

EVERYWHERE = frozenset({"team_id"})
"""What every method takes: Bolt adds it to all of its calls."""


def text(value: Any) -> str:
    """A string."""
    if not isinstance(value, str):
        raise ValueError("must be a string")  # noqa: TRY004 (one way to refuse a value)
    return value


def flag(value: Any) -> bool:
    """True or false; a form writes them as words or digits."""
    known = {"true": True, "1": True, "false": False, "0": False}
    read = known.get(str(value).lower())
    if read is None:
        raise ValueError("must be true or false")
    return read


def number(value: Any) -> int:
    """A whole number from nought up."""
    if isinstance(value, bool) or not str(value).isdecimal():
        raise ValueError("must be a number")
    return int(value)


def listed(value: Any) -> list[Any]:
    """A list, as itself or written as JSON."""
    read = _parsed(value)
    if not isinstance(read, list):
        raise ValueError("must be an array")  # noqa: TRY004 (one way to refuse a value)
    return read


def mapped(value: Any) -> Json:
    """An object, as itself or written as JSON."""
    read = _parsed(value)
    if not isinstance(read, dict):
        raise ValueError("must be an object")  # noqa: TRY004 (one way to refuse a value)
    return read


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except RecursionError as error:
        raise ValueError("must be JSON") from error


def read(given: Mapping[str, Any], kinds: Mapping[str, Kind], needed: str = "") -> Json:
    """The arguments as values; those given as null are as good as left out."""
    present = {name: value for name, value in given.items() if value is not None}
    unknown = present.keys() - kinds.keys() - EVERYWHERE
    problems = [f"unknown argument: {name}" for name in sorted(unknown)]
    problems += [
        f"missing required field: {name}" for name in needed.split() if name not in present
    ]
    values: Json = {}
    for name in present.keys() & kinds.keys():
        try:
            values[name] = kinds[name](present[name])
        except ValueError as error:
            problems.append(f"{name}: {error}")
    if problems:
        raise invalid(*problems)
    return values
