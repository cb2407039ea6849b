"""Find the faults of programmes.json, as sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.files import (
    AS_OF,
    DAY,
    FLAG,
    NOTE,
    OBJECT,
    TEXT,
    WHOLE,
    FieldKind,
    Reader,
    Shape,
    faults,
    list_of,
    matching,
    one_of,
    part,
    read_json,
    rows,
    some,
    source_in,
)
from knowledge.programme_ids import CURRENT, DOCUMENT_LISTS, FILE, IDS, LEAFLET_2015


def problems(read: Reader = read_json) -> list[str]:
    """Return a sentence for every fault of programmes.json, naming row and field."""
    content, source = read(FILE), source_in(read)
    return [
        *faults(
            FILE, content, {"documents": OBJECT, **dict.fromkeys(("programmes", *_LISTS), _MANY)}
        ),
        *_faults_of_programmes(content, source),
        *_faults_of_documents(content, source),
        *(
            sentence
            for key, shape in _LISTS.items()
            for sentence in _faults_of_rows(f"{FILE}: {key}", rows(content, key), shape, source)
        ),
    ]


_ID = matching(r"[a-z0-9]+(-[a-z0-9]+)*", "words in small letters joined by hyphens")

_MANY = list_of(OBJECT)

_FACT: Shape = {"id": _ID, "text": TEXT}

_STEP: Shape = {"id": _ID, "text": TEXT, "note": NOTE, "paid": FLAG.or_null()}

_DOCUMENT: Shape = {"name": TEXT, "note": NOTE}

_FORM: Shape = {"name": TEXT, "note": NOTE, "max_employees": WHOLE.or_null()}

_CAP: Shape = {
    "kind": _ID,
    "label": TEXT,
    "cap_yen": WHOLE,
    "cost_from_yen": WHOLE.or_null(),
    "optional": FLAG,
}

_SIZE: Shape = {
    "id": one_of("small", "medium", "upper-medium"),
    "name": TEXT,
    "sales_below_yen": WHOLE.or_null(),
    "debt_below_yen": WHOLE.or_null(),
    "cost_max_yen": WHOLE,
}

_EDITION: Shape = {
    "id": one_of(LEAFLET_2015, CURRENT),
    "title": TEXT,
    "rate": matching(r"[1-9]/[1-9]", "a rate such as 2/3").or_null(),
    "caps": _MANY,
    "total_cap_yen": WHOLE.or_null(),
    "size_classes": _MANY,
    "notes": _MANY,
}

_PROGRAMME: Shape = {
    "id": one_of(*IDS),
    "name": TEXT,
    "what": TEXT,
    "desk": one_of("council", "guarantee-association", "yorozu", "support-organisation"),
    "bank_help": one_of("needed", "not-needed", "either"),
    "formerly": TEXT,
    "aliases": some(TEXT),
    "for_whom": some(OBJECT),
    "rules": some(OBJECT),
    "editions": some(OBJECT),
    "steps": some(OBJECT),
}

_LISTS: Mapping[str, Shape] = {
    "renamed": {"was": TEXT, "now": TEXT, "since": AS_OF.or_null()},
    "sme_thresholds": {"id": _ID, "industry": TEXT, "capital_yen": WHOLE, "employees": WHOLE},
    "small_enterprise_thresholds": {"id": _ID, "industry": TEXT, "employees": WHOLE},
    "sme_rules": _FACT,
    "included_legal_forms": _FORM,
    "excluded_legal_forms": _FORM,
}


def _require_date(shape: Shape, source: FieldKind) -> Shape:
    return {
        **shape,
        "sources": some(source),
        "as_of": AS_OF,
        "checked_on": DAY,
        "confirm": FLAG,
    }


def _faults_of_rows(
    where: str, listed: list[dict[str, Any]], shape: Shape, source: FieldKind
) -> Iterator[str]:
    """Yield the faults of each row, and of a key that stands twice."""
    key = next(iter(shape))
    seen = [row.get(key) for row in listed]
    for index, row in enumerate(listed):
        place = f"{where}: {row.get(key, f'[{index}]')}"
        yield from faults(place, row, _require_date(shape, source))
        if row.get(key) in seen[:index]:
            yield f"{place}: {key} stands more than once; expected once."


def _faults_of_programmes(content: Any, source: FieldKind) -> Iterator[str]:
    listed = rows(content, "programmes")
    yield from _faults_of_rows(FILE, listed, _PROGRAMME, source)
    for missing in sorted(set(IDS) - {str(row.get("id")) for row in listed}):
        yield f"{FILE}: programmes have no {missing}; expected each of {', '.join(IDS)}."
    for row in listed:
        where = f"{FILE}: {row.get('id')}"
        for key, shape in {"for_whom": _FACT, "rules": _FACT, "steps": _STEP}.items():
            yield from _faults_of_rows(f"{where}: {key}", rows(row, key), shape, source)
        yield from _faults_of_editions(where, rows(row, "editions"), source)


def _faults_of_editions(
    where: str, listed: list[dict[str, Any]], source: FieldKind
) -> Iterator[str]:
    yield from _faults_of_rows(where, listed, _EDITION, source)
    if CURRENT not in [edition.get("id") for edition in listed]:
        yield f"{where}: editions have no {CURRENT}; expected one."
    for edition in listed:
        place = f"{where}: {edition.get('id')}"
        for key, shape in {"caps": _CAP, "size_classes": _SIZE, "notes": _FACT}.items():
            yield from _faults_of_rows(f"{place}: {key}", rows(edition, key), shape, source)
        if bool(edition.get("rate")) != bool(edition.get("caps")):
            yield f"{place}: rate and caps belong together; expected both or neither."


def _faults_of_documents(content: Any, source: FieldKind) -> Iterator[str]:
    documents = part(content, "documents")
    shape = dict.fromkeys(DOCUMENT_LISTS, some(OBJECT))
    yield from faults(f"{FILE}: documents", documents, shape)
    for name in DOCUMENT_LISTS:
        where = f"{FILE}: documents: {name}"
        yield from _faults_of_rows(where, rows(documents, name), _DOCUMENT, source)
