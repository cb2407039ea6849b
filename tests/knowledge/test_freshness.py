"""Staff look next at unconfirmed numbers, then at facts a year old."""

from datetime import date, timedelta

import pytest

from knowledge.amendments import NewAnswer, PhoneConfirmed, apply
from knowledge.directory.phone import Status
from knowledge.freshness import Kind, aged, stale
from tests.knowledge.amending import LIBRARY, TODAY, center

CHECKED = date(2026, 11, 23)
A_YEAR_LATER = date(2027, 11, 23)


def test_today_only_numbers_of_2015_wait_for_somebody_to_confirm_them() -> None:
    found = stale(LIBRARY, CHECKED)
    assert {each.kind for each in found} == {Kind.LEAFLET_PHONE}
    shown = [c.phone() for c in LIBRARY.directory.centers]
    assert len(found) == sum(p is not None and p.status is Status.LEAFLET_2015 for p in shown)
    assert found[0].target == "01"
    assert found[0].number == center(LIBRARY, "01").leaflet.phone
    assert aged(LIBRARY, CHECKED) == ()


def test_a_number_once_confirmed_is_asked_for_no_more_until_a_year_has_gone_by() -> None:
    number = center(LIBRARY, "01").leaflet.phone
    confirmed = PhoneConfirmed(by="佐藤", on=TODAY, code="01", number=number)
    library = apply(LIBRARY, (confirmed,)).library
    assert len(stale(library, CHECKED)) == len(stale(LIBRARY, CHECKED)) - 1
    assert ("01", number) not in {(e.target, e.number) for e in stale(library, A_YEAR_LATER)}
    later = stale(library, date(2027, 11, 28))
    assert [each.kind for each in later if each.number == number] == [Kind.PHONE]


def test_a_year_later_everything_is_old_and_the_numbers_of_2015_still_come_first() -> None:
    assert aged(LIBRARY, date(2027, 11, 22)) == ()
    found = stale(LIBRARY, A_YEAR_LATER)
    kinds = [each.kind for each in found]
    first_other = next(n for n, kind in enumerate(kinds) if kind is not Kind.LEAFLET_PHONE)
    assert Kind.LEAFLET_PHONE not in kinds[first_other:]
    days = [each.checked_on for each in found[first_other:]]
    assert days == sorted(days)
    assert all(each.name for each in found)


@pytest.mark.parametrize(
    ("target", "name", "number"),
    [
        ("38", "愛媛県中小企業活性化協議会", "089-970-5790"),
        ("reschedule-what", "リスケとは何ですか？", ""),
        ("yorozu.json", "北海道よろず支援拠点", ""),
        ("guarantee_associations.json", "東京信用保証協会", ""),
        ("centers.json", "中小機構東北本部: 企業支援部 企業支援課", "022-716-1751"),
        ("centers.json", "中小企業活性化全国本部: 経営改善支援センター(全国本部)", "03-5470-1840"),
    ],
)
def test_what_is_old_is_named_so_that_it_can_be_found(target: str, name: str, number: str) -> None:
    found = {(each.target, each.name, each.number) for each in aged(LIBRARY, A_YEAR_LATER)}
    assert (target, name, number) in found


def test_every_helpline_and_every_programme_grows_old() -> None:
    found = aged(LIBRARY, A_YEAR_LATER + timedelta(days=60))
    assert sum(each.target == "helplines.json" for each in found) == len(LIBRARY.helplines)
    assert any("経営改善計画策定支援事業(405事業)" in each.name for each in found)


def test_an_answer_corrected_is_fresh_again() -> None:
    library = apply(
        LIBRARY, (NewAnswer(by="佐藤", on=TODAY, entry="reschedule-what", answer="待つこと。"),)
    ).library
    assert "reschedule-what" not in {each.target for each in aged(library, A_YEAR_LATER)}


def test_months_are_counted_by_the_calendar() -> None:
    one_month = CHECKED.replace(month=12)
    assert aged(LIBRARY, one_month.replace(day=22), months=1) == ()
    assert aged(LIBRARY, one_month, months=1) == aged(LIBRARY, one_month.replace(day=24), months=1)
