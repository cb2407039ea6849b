"""Find the prefecture and office of a place.

`locate [TEXT …] [--json]`. Each TEXT is one query; with none, each line of standard input is. A
query may also be a location as LINE sends it: `{"latitude": 34.73, "longitude": 135.41, "address":
"…"}` (address optional). A query that makes no sense is answered with a reason like any other; the
exit code is 0.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from typing import Any

from bot.commands.terminal.streams import speak_utf8
from knowledge.place_names import places
from knowledge.place_names.places import Place

NAME = "locate"
HELP = "the prefecture a text, a postal code or a location means, and its center"

LOCATION_NEEDED = (
    '位置情報は {"latitude": 34.73, "longitude": 135.41} の形で、緯度と経度を数で書いてください。'
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("text", nargs="*", metavar="TEXT", help="default: lines of standard input")
    parser.add_argument("--json", action="store_true", help="one JSON object per query")


def run(arguments: argparse.Namespace) -> int:
    """Answer every query on a line of its own, at once. Returns the exit code."""
    speak_utf8()
    queries: Iterable[str] = arguments.text or (line.rstrip("\r\n") for line in sys.stdin)
    try:
        for query in queries:
            place = understand(query)
            print(_as_json(query, place) if arguments.json else _as_text(query, place), flush=True)
    except BrokenPipeError:  # the reader has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def understand(query: str) -> Place:
    """Find the place that a query means, a text or a location."""
    if not query.lstrip("\ufeff \t").startswith("{"):
        return places.locate(query)
    try:
        location = json.loads(query.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return _nowhere("JSONとして読み取れませんでした。" + LOCATION_NEEDED)
    return _at(location)


def _at(location: dict[str, Any]) -> Place:
    """Find the place that a parsed location means."""
    address = location.get("address")
    if address is not None and not isinstance(address, str):
        return _nowhere("addressは文字で書いてください。" + LOCATION_NEEDED)
    latitude = _degrees(location.get("latitude"))
    longitude = _degrees(location.get("longitude"))
    if latitude is None or longitude is None:
        return _nowhere(LOCATION_NEEDED)
    return places.locate_point(latitude, longitude, address)


def _degrees(value: object) -> float | None:
    """Read a JSON number as degrees, or None for true, "35" and the like."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:  # JSON numbers have no limit, floats do
        return None


def _nowhere(reason: str) -> Place:
    return Place("none", (), "", "", direct=False, reason=reason)


def _center(place: Place) -> dict[str, object] | None:
    """Return the center of the prefecture, when there is exactly one."""
    if place.decision != "one":
        return None
    from knowledge.directory import centers  # noqa: PLC0415 - a query without an answer needs no directory

    return centers.load().for_prefecture(place.prefectures[0]).center.as_dict()


def _as_json(query: str, place: Place) -> str:
    answer = {
        "query": query,
        "decision": place.decision,
        "prefectures": place.prefectures,
        "center": _center(place),
        "reason": place.reason,
    }
    return json.dumps(answer, ensure_ascii=False)


def _as_text(query: str, place: Place) -> str:
    center = _center(place)
    if center is None:
        return f"{query}: {place.reason}"
    return f"{query}: {place.name} → {center['name']}"
