"""Write an amended library into the texts of the files, for review.

Only changes are written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge import absorbed, sources
from knowledge.directory import center_faults
from knowledge.directory.centers import Branch, Center, GuaranteeAssociation, Yorozu
from knowledge.directory.phone import Phone, Status
from knowledge.faq.writing import rewritten
from knowledge.library import Library
from knowledge.sources import Source

FAQ = "faq.md"
FILES = (
    FAQ,
    center_faults.CENTERS,
    center_faults.ASSOCIATIONS,
    center_faults.YOROZU,
    sources.FILE,
    absorbed.FILE,
)
"""The files that amendments are written into."""


def export(texts: Mapping[str, str], before: Library, after: Library) -> dict[str, str]:
    """Rewrite the texts of `FILES` from `before` to its amended `after`.

    A text without a change is returned as it is. JSON is written with two spaces, as it is kept.
    """
    faq, directory = texts[FAQ], texts[center_faults.CENTERS]
    if after.faq.entries != before.faq.entries:
        faq = rewritten(faq, before.faq.entries, after.faq.entries)
    changed = set(after.directory.centers) - set(before.directory.centers)
    if changed:
        directory = _with_centers(directory, {each.code: each for each in changed})
    if after.directory.branches != before.directory.branches:
        directory = _with_branches(directory, after.directory.branches)
    new = {key: each for key, each in after.sources.items() if key not in before.sources}
    listed = _with_sources(texts[sources.FILE], new) if new else texts[sources.FILE]
    marks = texts[absorbed.FILE]
    if after.absorbed != before.absorbed:
        marks = _write_json({**json.loads(marks), "amendments": sorted(after.absorbed)})
    was, now = before.directory, after.directory
    associations = set(now.guarantee_associations) - set(was.guarantee_associations)
    guarantee, yorozu = texts[center_faults.ASSOCIATIONS], texts[center_faults.YOROZU]
    return {
        FAQ: faq,
        center_faults.CENTERS: directory,
        center_faults.ASSOCIATIONS: _with_phones(guarantee, "associations", associations),
        center_faults.YOROZU: _with_phones(yorozu, "offices", set(now.yorozu) - set(was.yorozu)),
        sources.FILE: listed,
        absorbed.FILE: marks,
    }


def _with_centers(text: str, changed: Mapping[str, Center]) -> str:
    content = json.loads(text)
    for row in content["centers"]:
        if center := changed.get(row["code"]):
            # Staff have made sure of one at least, so none is shown from the leaflet any more.
            row["phones"] = [_phone(each) for each in center.phones]
            row["leaflet"]["status"] = str(center.leaflet.status)
            row["leaflet"]["checked_on"] = center.leaflet.checked_on
            row["sources"] = list(center.sources)
    return _write_json(content)


def _with_branches(text: str, branches: Iterable[Branch]) -> str:
    content = json.loads(text)
    named = {each.name: each for each in branches}
    for row in content["branches"]:
        branch = named[row["name"]]
        if branch.phone and branch.phone.status is Status.BY_STAFF:
            row["phones"] = [_phone(branch.phone)]
            row["sources"], row["checked_on"] = list(branch.sources), branch.checked_on
    return _write_json(content)


def _with_phones(text: str, key: str, offices: Iterable[GuaranteeAssociation | Yorozu]) -> str:
    """Write the numbers of the changed offices into a file's text.

    Without changes the text stays as it is.
    """
    changed = {each.name: each for each in offices}
    if not changed:
        return text
    content = json.loads(text)
    for row in content[key]:
        if office := changed.get(row["name"]):
            row["phones"] = [_phone(each) for each in office.phones]
    return _write_json(content)


def _phone(phone: Phone) -> dict[str, Any]:
    return {
        "number": phone.number,
        "desk": phone.desk,
        "for_405": phone.for_405,
        "status": str(phone.status),
        "source": phone.source,
        "as_of": phone.as_of,
        "checked_on": phone.checked_on,
        "grade": phone.grade,
    }


def _with_sources(text: str, new: Mapping[str, Source]) -> str:
    rows = {
        key: {"url": each.url, "date": each.date, "what": each.what, "grade": each.grade}
        for key, each in new.items()
    }
    return _write_json({**json.loads(text), **rows})


def _write_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
