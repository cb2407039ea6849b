"""Read the arguments of a Web API method as values of the right type.

Slack leaves arguments it does not know alone; the simulator refuses them, for they are mistakes.
Source: https://docs.slack.dev/apis/web-api/ (POST bodies)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.simulator.common.answers import Json
from bot.simulator.slack.api.answers import refuse_arguments

Kind = Callable[[Any], Any]
"""Turns an argument into its value, or raises ValueError."""

EVERYWHERE = frozenset({"team_id"})
"""Arguments that every method takes, since Bolt adds them to all its calls."""


def read_text(value: Any) -> str:
    """Read a string."""
    if not isinstance(value, str):
        raise ValueError("must be a string")  # noqa: TRY004 (one way to refuse a value)
    return value


def read_flag(value: Any) -> bool:
    """Read true or false, which a form writes as words or digits."""
    known = {"true": True, "1": True, "false": False, "0": False}
    read = known.get(str(value).lower())
    if read is None:
        raise ValueError("must be true or false")
    return read


def read_number(value: Any) -> int:
    """Read a whole number from nought up."""
    if isinstance(value, bool) or not str(value).isdecimal():
        raise ValueError("must be a number")
    return int(value)


def read_list(value: Any) -> list[Any]:
    """Read a list, as itself or written as JSON."""
    read = _parse_json(value)
    if not isinstance(read, list):
        raise ValueError("must be an array")  # noqa: TRY004 (one way to refuse a value)
    return read


def read_object(value: Any) -> Json:
    """Read an object, as itself or written as JSON."""
    read = _parse_json(value)
    if not isinstance(read, dict):
        raise ValueError("must be an object")  # noqa: TRY004 (one way to refuse a value)
    return read


def _parse_json(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except RecursionError as error:
        raise ValueError("must be JSON") from error


def read_arguments(given: Mapping[str, Any], kinds: Mapping[str, Kind], needed: str = "") -> Json:
    """Read the arguments as values.

    Those given as null are as good as left out.
    """
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
        raise refuse_arguments(*problems)
    return values
