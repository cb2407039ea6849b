"""Read a filled-in list of offices from CSV, with every fault by line.

The columns, all text, one office or number a line:

    kind         council, guarantee, yorozu or smrj
    name         as it stands in the files; `--template` lists every one
    phone        03-1234-5678; empty where only the website is corrected
    for_405      yes where the number is the council's own for 405, else empty
    website      https://…, empty to leave it as it is; SMRJ's branches have none here
    hours        as the source prints them, for councils only
    source_name  what was read: 中小企業庁 認定支援機関一覧
    source_url   its address; empty for paper
    source_date  the date the source bears: 2026-11-01, 2026-11, 2026
    checked_on   the day you looked: 2026-11-30

A line without phone, source and dates was not filled in, and changes nothing.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.amendments.telephone import normal, why_not
from knowledge.directory.centers import Directory
from knowledge.files import AS_OF, DAY, WEBSITE

COLUMNS = (
    "kind",
    "name",
    "phone",
    "for_405",
    "website",
    "hours",
    "source_name",
    "source_url",
    "source_date",
    "checked_on",
)
KINDS = ("council", "guarantee", "yorozu", "smrj")
_FILLED_IN = ("phone", "source_name", "source_url", "source_date", "checked_on")

Names = Mapping[str, frozenset[str]]
"""Kind → the names of all its offices."""


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """Hold one line of the list, with empty text for empty cells."""

    line: int
    kind: str
    name: str
    phone: str
    for_405: str
    website: str
    hours: str
    source_name: str
    source_url: str
    source_date: str
    checked_on: str


def names_of(directory: Directory) -> Names:
    """Name every office there is, by kind."""
    return {
        "council": frozenset(each.name for each in directory.centers),
        "guarantee": frozenset(each.name for each in directory.guarantee_associations),
        "yorozu": frozenset(each.name for each in directory.yorozu),
        "smrj": frozenset(each.name for each in directory.branches),
    }


def write_template(directory: Directory) -> str:
    """Write a list of every office to be filled in.

    A council stands twice, once more for 405.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for center in directory.centers:
        writer.writerow({"kind": "council", "name": center.name})
        writer.writerow({"kind": "council", "name": center.name, "for_405": "yes"})
    for kind, names in names_of(directory).items():
        if kind != "council":
            writer.writerows({"kind": kind, "name": name} for name in sorted(names))
    return out.getvalue()


def decode(content: bytes) -> str:
    """Read a spreadsheet's bytes in UTF-8, or in Excel's Japanese encoding.

    Raises ValueError.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp932")


def read_rows(text: str) -> list[OfficeRow]:
    """Read the lines that were filled in. Raises ValueError for a heading that is not ours."""
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise ValueError(f"line 1: the columns are {', '.join(COLUMNS)}, in this order")
    rows = []
    for row in reader:
        cells = {name: (row[name] or "").strip() for name in COLUMNS}
        if any(cells[name] for name in _FILLED_IN) or None in row:
            rows.append(OfficeRow(reader.line_num, **{**cells, "phone": normal(cells["phone"])}))
    return rows


def faults_of(rows: Iterable[OfficeRow], names: Names, today: date) -> Iterator[str]:
    """Find every fault of the rows, each a sentence with its line."""
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        yield from (f"line {row.line}: {fault}" for fault in _row_faults(row, names, today))
        key = (row.kind, row.name, row.for_405)
        if key in seen:
            yield f"line {row.line}: {row.name} stands in line {seen[key]} already"
        seen.setdefault(key, row.line)


def _row_faults(row: OfficeRow, names: Names, today: date) -> Iterator[str]:
    if row.kind not in KINDS:
        yield f"kind is {row.kind!r}; expected one of {', '.join(KINDS)}"
    elif row.name not in names[row.kind]:
        yield f"no {row.kind} is named {row.name!r}; --template lists every name"
    if row.phone and (why := why_not(row.phone)):
        yield f"phone {row.phone}: {why}"
    if not (row.phone or row.website):
        yield "neither phone nor website"
    if row.website and not WEBSITE.holds(row.website):
        yield f"website is {row.website!r}; expected {WEBSITE.expected}"
    if row.for_405 not in ("", "yes") or (row.for_405 and row.kind != "council"):
        yield f"for_405 is {row.for_405!r}; expected yes, for a council only, or nothing"
    yield from _find_misplaced(row)
    yield from _source_faults(row, today)


def _find_misplaced(row: OfficeRow) -> Iterator[str]:
    if row.hours and row.kind != "council":
        yield "hours are kept for councils only"
    if row.website and row.kind == "smrj":
        yield "no website is kept for branches of SMRJ"


def _source_faults(row: OfficeRow, today: date) -> Iterator[str]:
    if not row.source_name:
        yield "source_name is missing: what was read?"
    if row.source_url and not WEBSITE.holds(row.source_url):
        yield f"source_url is {row.source_url!r}; expected {WEBSITE.expected}"
    if not AS_OF.holds(row.source_date):
        yield f"source_date is {row.source_date!r}; expected {AS_OF.expected}"
    if not DAY.holds(row.checked_on):
        yield f"checked_on is {row.checked_on!r}; expected {DAY.expected}"
    elif date.fromisoformat(row.checked_on) > today:
        yield f"checked_on is {row.checked_on}, which is still to come"
