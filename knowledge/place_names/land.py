"""Which prefecture a point on the map lies in.

The land is kept the way a scanner sees it: rows of 1/400 degree (about 280 m) from south to north,
and in each row the runs of columns (1/2000 degree, about 45 m) that belong to one prefecture. A
point is found by one bisection, and "is a border near?" is the same question asked around it.

Facts: outlines of municipalities by the Japan Meteorological Agency, through reversejp
(scripts/build_places.py).
"""

import math
import sys
import zlib
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).resolve().parent.parent / "places.land.bin"

SOUTH, WEST = 20.0, 122.0
ROWS_PER_DEGREE, COLUMNS_PER_DEGREE = 400, 2000
ROWS = 26 * ROWS_PER_DEGREE
COLUMNS = 32 * COLUMNS_PER_DEGREE

ASK_METRES = 1000.0
"""Distance to another prefecture below which we ask. Outlines and phones are a little off."""

SHORES_METRES = (2000.0, 3500.0, 5000.0)
"""Distances to search for a shore, for quays, piers and small islands."""

METRES_PER_DEGREE = 111_195.0
"""Metres of one degree of latitude."""

DIRECTIONS = 16
"""Directions looked at around a location."""


def row_at_or_above(latitude: float) -> int:
    """Find the first row whose middle is at or north of a latitude."""
    return math.ceil((latitude - SOUTH) * ROWS_PER_DEGREE - 0.5)


def latitude_of(row: int) -> float:
    """Compute the latitude of a row's middle."""
    return SOUTH + (row + 0.5) / ROWS_PER_DEGREE


def column_of(longitude: float) -> int:
    """Find the column of a longitude, kept within the map."""
    return min(max(int((longitude - WEST) * COLUMNS_PER_DEGREE), 0), COLUMNS)


@dataclass(frozen=True, slots=True)
class Land:
    """Hold the runs of all rows in columns.

    `offsets[row]` is where a row's runs begin.
    """

    offsets: "array[int]"
    starts: "array[int]"
    ends: "array[int]"
    prefectures: bytes

    def at(self, latitude: float, longitude: float) -> str | None:
        """Find the code of the prefecture at a point, None off the land."""
        row = int((latitude - SOUTH) * ROWS_PER_DEGREE)
        if not (latitude >= SOUTH and row < ROWS and WEST <= longitude < WEST + 32):
            return None
        column = int((longitude - WEST) * COLUMNS_PER_DEGREE)
        first, last = self.offsets[row], self.offsets[row + 1]
        found = bisect_right(self.starts, column, first, last) - 1
        if found < first or column >= self.ends[found]:
            return None
        return f"{self.prefectures[found]:02}"


@cache
def load() -> Land:
    """Read the map once, in about 10 ms."""
    raw = zlib.decompress(PATH.read_bytes())
    offsets, starts, ends = array("I"), array("H"), array("H")
    offsets.frombytes(raw[: 4 * (ROWS + 1)])
    if sys.byteorder == "big":
        offsets.byteswap()
    begin, runs = 4 * (ROWS + 1), offsets[-1]
    starts.frombytes(raw[begin : begin + 2 * runs])
    ends.frombytes(raw[begin + 2 * runs : begin + 4 * runs])
    if sys.byteorder == "big":
        starts.byteswap()
        ends.byteswap()
    return Land(offsets, starts, ends, raw[begin + 4 * runs :])


def near(latitude: float, longitude: float, metres: float) -> tuple[str, ...]:
    """List the prefectures within a distance of a point, nearest first."""
    found: dict[str, None] = {}
    for distance in (0.0, *(metres * step / 4 for step in range(1, 5))):
        for turn in range(DIRECTIONS if distance else 1):
            angle = 2 * math.pi * turn / DIRECTIONS
            north = distance * math.cos(angle) / METRES_PER_DEGREE
            east = distance * math.sin(angle) / METRES_PER_DEGREE
            code = load().at(latitude + north, longitude + east / math.cos(math.radians(latitude)))
            if code is not None:
                found.setdefault(code)
    return tuple(found)


def nearest_shore(latitude: float, longitude: float) -> tuple[str, ...]:
    """Return the prefectures of the nearest shore, or () far out."""
    around = (near(latitude, longitude, metres) for metres in SHORES_METRES)
    return next(filter(None, around), ())
