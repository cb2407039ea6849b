"""Numbers of other offices are corrected and kept, and never replace a newer one."""

import json
from dataclasses import replace
from typing import Any

import pytest

from knowledge.amendments import (
    Approved,
    NewAnswer,
    OfficeCorrected,
    apply,
    as_dict,
    export,
    faults,
    from_dict,
    mark,
    needs_second,
)
from knowledge.amendments.other_offices import find_office, numbers_of
from knowledge.directory.phone import Status
from tests.knowledge.amending import LIBRARY, TEXTS, TODAY, loaded, same

YOROZU = OfficeCorrected(
    by="佐藤", on=TODAY, office="yorozu", name="愛媛県よろず支援拠点", old="", new="089-000-0001"
)
GUARANTEE = replace(YOROZU, office="guarantee", name="岐阜市信用保証協会", new="058-000-0001")
BRANCH = replace(YOROZU, office="smrj", name=LIBRARY.directory.branches[0].name, new="011-000-0001")
ALL = (YOROZU, GUARANTEE, BRANCH)


def numbers(library: object, amendment: OfficeCorrected) -> list[str]:
    office = find_office(library.directory, amendment.office, amendment.name)  # type: ignore[attr-defined]  # a Library
    assert office is not None
    return [each.number for each in numbers_of(office)]


@pytest.mark.parametrize("amendment", ALL, ids=lambda each: each.office)
def test_apply_the_number_is_shown_with_its_day_and_as_made_sure_of_by_staff(
    amendment: OfficeCorrected,
) -> None:
    applied = apply(LIBRARY, (amendment,))
    assert applied.aside == ()
    office = find_office(applied.library.directory, amendment.office, amendment.name)
    assert office is not None
    first = numbers_of(office)[0]
    assert (first.number, first.status, first.as_of) == (amendment.new, Status.BY_STAFF, TODAY)
    assert first.source in applied.library.sources


@pytest.mark.parametrize("amendment", ALL, ids=lambda each: each.office)
def test_export_the_files_then_hold_it_and_applying_again_changes_nothing(
    amendment: OfficeCorrected,
) -> None:
    applied = apply(LIBRARY, (amendment,)).library
    texts = export(TEXTS, LIBRARY, applied)
    assert same(loaded(texts), applied)
    changed = [name for name in TEXTS if texts[name] != TEXTS[name]]
    assert set(changed) <= {
        "centers.json",
        "yorozu.json",
        "guarantee_associations.json",
        "sources.json",
        "absorbed.json",
    }
    assert amendment.new in "".join(texts[name] for name in changed)


def test_apply_an_older_correction_leaves_the_newer_number() -> None:
    newer = replace(YOROZU, on="2026-11-29", new="089-000-0002")
    for order in ((newer, YOROZU), (YOROZU, replace(newer, old=YOROZU.new))):
        assert numbers(apply(LIBRARY, order).library, YOROZU)[0] == newer.new


def test_apply_a_number_that_is_shown_no_more_is_told() -> None:
    aside = apply(LIBRARY, (replace(YOROZU, old="03-1111-2222"),)).aside
    assert [each.field for each in aside] == ["old"]


@pytest.mark.parametrize(
    ("broken", "field"),
    [({"name": "ない"}, "name"), ({"office": "council"}, "name"), ({"new": "12"}, "new")],
)
def test_faults_name_the_field(broken: dict[str, Any], field: str) -> None:
    assert field in faults(replace(YOROZU, **broken), LIBRARY)


def test_needs_second_what_takes_the_place_of_what_owners_read() -> None:
    assert needs_second(YOROZU)
    assert needs_second(
        NewAnswer(by="佐藤", on=TODAY, entry="sole-proprietor", answer="使えます。")
    )


def test_apply_it_waits_for_the_yes_of_another_person() -> None:
    waits = replace(YOROZU, staff="U1", needs_second=True)
    own = Approved(by="佐藤", on=TODAY, staff="U1", of=mark(waits))
    other = replace(own, staff="U2")
    assert numbers(apply(LIBRARY, (waits, own)).library, YOROZU) == []
    assert numbers(apply(LIBRARY, (waits, other)).library, YOROZU) == [YOROZU.new]


def test_from_dict_reads_what_as_dict_wrote() -> None:
    assert from_dict(json.loads(json.dumps(as_dict(YOROZU)))) == YOROZU
