"""Find the faults of the files of public offices, as sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.directory.phone import Status
from knowledge.files import (
    AS_OF,
    DAY,
    FLAG,
    GRADE,
    NOTE,
    OBJECT,
    PHONE,
    PREFECTURE,
    PREFECTURE_CODES,
    TEXT,
    WEBSITE,
    FieldKind,
    Reader,
    Shape,
    faults,
    list_of,
    one_of,
    part,
    read_json,
    rows,
    some,
    source_in,
)

CENTERS = "centers.json"
ASSOCIATIONS = "guarantee_associations.json"
YOROZU = "yorozu.json"
FILES = (CENTERS, ASSOCIATIONS, YOROZU)
CITIES_WITH_AN_ASSOCIATION = frozenset({"横浜市", "川崎市", "名古屋市", "岐阜市"})


def problems(read: Reader = read_json) -> list[str]:
    """List every fault of the three files as sentences.

    Each names file, row and field.
    """
    source = source_in(read)
    content, associations, yorozu = (read(name) for name in FILES)
    return [
        *_faults_of_centers(content, source),
        *_faults_of_branches(content, source),
        *_faults_of_list(ASSOCIATIONS, associations, "associations", _association(source)),
        *_faults_of_optional_phones(ASSOCIATIONS, rows(associations, "associations"), source),
        *_faults_of_cities(associations),
        *_faults_of_list(YOROZU, yorozu, "offices", _yorozu(source)),
        *_faults_of_optional_phones(YOROZU, rows(yorozu, "offices"), source),
    ]


_LIST = list_of(OBJECT)


def _phone(source: FieldKind) -> Shape:
    return {
        "number": PHONE,
        "desk": TEXT,
        "for_405": FLAG,
        # A number of the leaflet stands under "leaflet", and nowhere else.
        "status": one_of(Status.CONFIRMED, Status.BY_STAFF),
        "source": source,
        "as_of": AS_OF,
        "checked_on": DAY,
        "grade": GRADE,
    }


_LEAFLET: Shape = {
    "name": TEXT,
    "host": TEXT,
    "phone": PHONE,
    "status": one_of(Status.LEAFLET_2015, Status.CHANGED),
    "source": one_of("leaflet"),
    "as_of": one_of("2015"),
    "checked_on": DAY,
}


def _common(source: FieldKind) -> Shape:
    """Return the fields that a council, a branch and the head office share."""
    return {
        "name": TEXT,
        "leaflet": OBJECT,
        "note": NOTE,
        "sources": some(source),
        "checked_on": DAY,
    }


def _council(source: FieldKind) -> Shape:
    return {
        "code": PREFECTURE,
        "prefecture": TEXT,
        "name_is_found": FLAG,
        "host": TEXT.or_null(),
        "website": WEBSITE.or_null(),
        "address": TEXT.or_null(),
        "hours": TEXT.or_null(),
        "phones": _LIST,
        **_common(source),
    }


def _association(source: FieldKind) -> Shape:
    return {
        "code": PREFECTURE,
        "prefecture": TEXT,
        "city": one_of(*sorted(CITIES_WITH_AN_ASSOCIATION)).or_null(),
        "name": TEXT,
        "website": WEBSITE,
        "source": source,
        "as_of": AS_OF,
        "checked_on": DAY,
    }


def _yorozu(source: FieldKind) -> Shape:
    shape = {**_association(source), "note": NOTE}
    del shape["city"]
    return shape


def _faults_of_centers(content: Any, source: FieldKind) -> Iterator[str]:
    top = {"directory": WEBSITE, "national": OBJECT, "centers": _LIST, "branches": _LIST}
    yield from faults(CENTERS, content, top)
    centers = rows(content, "centers")
    yield from _faults_of_codes(CENTERS, "centers", [row.get("code") for row in centers])
    for row in centers:
        where = f"{CENTERS}: {row.get('prefecture')}"
        yield from faults(where, row, _council(source))
        yield from _faults_of_numbers(where, row, source)
    where, national = f"{CENTERS}: national", part(content, "national")
    yield from faults(where, national, {"host": TEXT, "website": WEBSITE, **_common(source)})
    yield from faults(f"{where}: leaflet", national.get("leaflet"), _LEAFLET)


def _faults_of_branches(content: Any, source: FieldKind) -> Iterator[str]:
    shape = {"address": TEXT.or_null(), "phones": _LIST, "serves": _LIST, **_common(source)}
    branches = rows(content, "branches")
    for row in branches:
        where = f"{CENTERS}: {row.get('name')}"
        yield from faults(where, row, shape)
        yield from _faults_of_numbers(where, row, source)
        for served in rows(row, "serves"):
            yield from _faults_of_coverage(f"{where}: serves {served.get('code')}", served, source)
    codes = [served.get("code") for row in branches for served in rows(row, "serves")]
    yield from _faults_of_codes(CENTERS, "branches", codes)


def _faults_of_coverage(where: str, served: Mapping[str, Any], source: FieldKind) -> Iterator[str]:
    shape = {
        "code": PREFECTURE,
        "basis": one_of("found", "unverified"),
        "source": source.or_null(),
        "as_of": AS_OF.or_null(),
    }
    yield from faults(where, served, shape)
    is_sourced = bool(served.get("source") and served.get("as_of"))
    if is_sourced != (served.get("basis") == "found"):
        yield f"{where}: basis found needs source and as_of; basis unverified has neither."


def _faults_of_numbers(where: str, row: Mapping[str, Any], source: FieldKind) -> Iterator[str]:
    leaflet = part(row, "leaflet")
    yield from faults(f"{where}: leaflet", leaflet, _LEAFLET)
    for index, phone in enumerate(rows(row, "phones")):
        yield from faults(f"{where}: phones[{index}]", phone, _phone(source))
        if leaflet.get("status") == Status.CHANGED and phone.get("number") == leaflet.get("phone"):
            yield f"{where}: phones[{index}] is the leaflet's number, which is marked changed."


def _faults_of_list(name: str, content: Any, key: str, shape: Shape) -> Iterator[str]:
    yield from faults(name, content, {"directory": WEBSITE, key: _LIST})
    listed = rows(content, key)
    yield from _faults_of_codes(name, key, [row["code"] for row in listed if _serves_all(row)])
    for row in listed:
        optional = {"phones": _LIST} if "phones" in row else {}
        yield from faults(f"{name}: {row.get('name')}", row, {**shape, **optional})


def _faults_of_optional_phones(
    name: str, listed: list[dict[str, Any]], source: FieldKind
) -> Iterator[str]:
    for row in listed:
        for index, phone in enumerate(rows(row, "phones")):
            yield from faults(f"{name}: {row.get('name')}: phones[{index}]", phone, _phone(source))


def _faults_of_cities(content: Any) -> Iterator[str]:
    cities = [row["city"] for row in rows(content, "associations") if row.get("city")]
    if sorted(map(str, cities)) != sorted(CITIES_WITH_AN_ASSOCIATION):
        expected = ", ".join(sorted(CITIES_WITH_AN_ASSOCIATION))
        yield f"{ASSOCIATIONS}: associations of a city are {cities}; expected once each {expected}."


def _faults_of_codes(name: str, key: str, codes: list[Any]) -> Iterator[str]:
    """Yield a sentence for each prefecture that is not there exactly once."""
    for code in PREFECTURE_CODES:
        count = codes.count(code)
        if count != 1:
            yield f"{name}: {key} have prefecture {code} {count} times; expected once."


def _serves_all(row: Mapping[str, Any]) -> bool:
    return "code" in row and not row.get("city")
