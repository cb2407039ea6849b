"""Staff's amendments are kept as JSON and applied, or left out where they do not fit."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.presentation.cards.contact import phone_line
from knowledge.amendments import (
    Amendment,
    NewAnswer,
    NewEntry,
    NewPhrasing,
    PhoneConfirmed,
    PhoneCorrected,
    Unreadable,
    Withdrawn,
    apply,
    as_dict,
    cleaned,
    from_dict,
    mark,
    withdrawals,
)
from knowledge.directory.phone import Status
from knowledge.faq.answers import Answer
from tests.knowledge.amending import AMENDMENTS, LIBRARY, TODAY, center, new_entry, same

LISTS = st.lists(AMENDMENTS, max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
KINDS = st.sampled_from(
    ["entry", "phrasing", "answer", "phone_confirmed", "phone_corrected", "withdrawn", "?"]
)


# --- JSON ---------------------------------------------------------------------------------------


@given(AMENDMENTS)
def test_json_keeps_every_amendment(amendment: Amendment) -> None:
    assert from_dict(json.loads(json.dumps(as_dict(amendment)))) == amendment


@given(content=st.dictionaries(st.text(), JSON), kind=KINDS, complete=st.booleans())
def test_any_object_is_read_and_what_is_not_understood_is_kept(
    content: dict[str, object], kind: str, *, complete: bool
) -> None:
    named = ("question", "answer", "by", "on", "entry", "phrasing", "code", "number", "old", "new")
    given_ = {**(dict.fromkeys(named, "x") if complete else {}), **content, "kind": kind}
    amendment = from_dict(given_)
    if isinstance(amendment, Unreadable):
        assert as_dict(amendment) == given_
    else:
        assert amendment.kind == kind


def test_a_field_of_a_later_version_is_no_harm() -> None:
    content = {**as_dict(new_entry()), "mood": "good"}
    assert from_dict(content) == new_entry()


@pytest.mark.parametrize(
    "wrong", [{"question": 3}, {"phrasings": "一つ"}, {"phrasings": [1]}, {"confirm": "はい"}]
)
def test_a_value_of_another_type_makes_it_unreadable(wrong: dict[str, object]) -> None:
    assert isinstance(from_dict({**as_dict(new_entry()), **wrong}), Unreadable)


@given(AMENDMENTS)
def test_cleaning_twice_is_cleaning_once(amendment: Amendment) -> None:
    assert cleaned(cleaned(amendment)) == cleaned(amendment)


# --- applying -----------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(LISTS)
def test_whatever_is_applied_the_library_stays_sound(amendments: list[Amendment]) -> None:
    applied = apply(LIBRARY, amendments)
    after = applied.library
    assert all(each.why and each.field for each in applied.aside)
    assert len({entry.id for entry in after.faq.entries}) == len(after.faq.entries)
    for entry in after.faq.entries:
        assert entry.checked_on
        assert set(entry.sources) <= set(after.sources)
    for now, before in zip(after.directory.centers, LIBRARY.directory.centers, strict=True):
        printed = (now.leaflet.name, now.leaflet.host, now.leaflet.phone, now.leaflet.as_of)
        was = before.leaflet
        assert printed == (was.name, was.host, was.phone, was.as_of)
        for phone in now.phones:
            assert phone.grade == after.sources[phone.source].grade
            assert not (now.leaflet.status is Status.CHANGED and phone.number == was.phone)


@settings(max_examples=200, deadline=None)
@given(LISTS)
def test_applying_the_same_again_changes_nothing_more(amendments: list[Amendment]) -> None:
    applied = apply(LIBRARY, amendments)
    aside = [id(each.amendment) for each in applied.aside]
    kept = [each for each in amendments if id(each) not in aside]
    assert same(apply(applied.library, kept).library, applied.library)


def test_nothing_to_apply_leaves_the_very_faq_that_is_indexed() -> None:
    phone = PhoneConfirmed(by="佐藤", on=TODAY, code="28", number="078-303-5856")
    assert apply(LIBRARY, (phone,)).library.faq is LIBRARY.faq


def test_a_new_entry_is_found_answered_and_sourced() -> None:
    applied = apply(
        LIBRARY, (new_entry(source="中小企業庁の手引き https://www.meti.go.jp/a.html"),)
    )
    assert applied.aside == ()
    found = applied.library.faq.find("保護猫の店なんですけど使えますか")
    assert isinstance(found, Answer)
    entry = found.matches[0].entry
    assert (entry.id, entry.checked_on) == (new_entry().id, TODAY)
    source = applied.library.sources[entry.sources[0]]
    assert (source.url, source.what, source.date, source.grade) == (
        "https://www.meti.go.jp/a.html",
        "中小企業庁の手引き",
        "日付なし(2026-11-28に確認)",
        "primary",
    )


def test_without_a_source_staff_themselves_are_named_as_one() -> None:
    library = apply(LIBRARY, (new_entry(),)).library
    source = library.sources[library.faq[new_entry().id].sources[0]]
    assert (source.what, source.date, source.grade) == (
        "窓口のスタッフが確認",
        TODAY,
        "secondary",
    )
    assert "佐藤" not in source.what  # names of staff are shown to nobody


def test_one_source_serves_all_that_was_confirmed_in_the_same_way_on_one_day() -> None:
    calls = [
        PhoneConfirmed(by="佐藤", on=TODAY, code=code, number=center(LIBRARY, code).leaflet.phone)
        for code in ("01", "02")
    ]
    library = apply(LIBRARY, calls).library
    assert len(library.sources) == len(LIBRARY.sources) + 1


def test_a_page_that_is_known_already_is_cited_as_it_is() -> None:
    library = apply(LIBRARY, (new_entry(source=LIBRARY.sources["S06"].url),)).library
    assert library.faq[new_entry().id].sources == ("S06",)
    assert library.sources == LIBRARY.sources


def test_another_phrasing_leads_to_its_entry() -> None:
    text = "元金だけ待ってほしい時の呼び名"
    phrasing = NewPhrasing(by="佐藤", on=TODAY, entry="reschedule-what", phrasing=text)
    library = apply(LIBRARY, (phrasing,)).library
    found = library.faq.find(text)
    assert isinstance(found, Answer)
    assert found.matches[0].entry.id == "reschedule-what"
    assert library.faq["reschedule-what"].checked_on == LIBRARY.faq["reschedule-what"].checked_on


def test_a_corrected_answer_has_the_day_and_the_source_named_with_it() -> None:
    amendment = NewAnswer(
        by="佐藤", on=TODAY, entry="reschedule-what", answer="返済を待ってもらうことです。"
    )
    before = LIBRARY.faq["reschedule-what"]
    same_grounds = apply(LIBRARY, (amendment,)).library.faq["reschedule-what"]
    assert (same_grounds.answer, same_grounds.checked_on) == (amendment.answer, TODAY)
    assert same_grounds.sources[1:] == before.sources
    other = replace(amendment, source="https://example.go.jp/new")
    assert len(apply(LIBRARY, (other,)).library.faq["reschedule-what"].sources) == 1


def test_an_answer_looked_at_since_is_not_overwritten() -> None:
    old = NewAnswer(by="佐藤", on="2026-11-01", entry="reschedule-what", answer="古い答え。")
    assert same(apply(LIBRARY, (old,)).library, LIBRARY)


def test_order_matters_and_what_comes_later_may_build_on_what_came_before() -> None:
    phrasing = NewPhrasing(by="田中", on=TODAY, entry=new_entry().id, phrasing="うさぎカフェ")
    assert apply(LIBRARY, (new_entry(), phrasing)).aside == ()
    (aside,) = apply(LIBRARY, (phrasing, new_entry())).aside
    assert (aside.amendment, aside.field) == (phrasing, "entry")
    assert "もうありません" in aside.why


def test_words_that_lead_elsewhere_already_are_left_aside_with_the_reason() -> None:
    taken = LIBRARY.faq["reschedule-what"].phrasings[0]
    (aside,) = apply(LIBRARY, (new_entry(phrasings=(taken,)),)).aside
    assert aside.field == "phrasings"
    assert LIBRARY.faq["reschedule-what"].question in aside.why


def test_an_exported_entry_that_was_edited_since_keeps_the_edit() -> None:
    library = apply(LIBRARY, (new_entry(),)).library
    edited = apply(library, (NewAnswer(by="", on=TODAY, entry=new_entry().id, answer="直した。"),))
    again = apply(edited.library, (new_entry(),)).library
    assert again.faq[new_entry().id].answer == "直した。"


# --- telephone numbers --------------------------------------------------------------------------

CONFIRMED = PhoneConfirmed(by="佐藤", on=TODAY, code="28", number="０７８−３０３−５８５６")


def test_a_confirmed_number_of_2015_is_a_number_of_today_and_the_card_says_so() -> None:
    library = apply(LIBRARY, (CONFIRMED,)).library
    now = center(library, "28")
    phone = now.phone()
    assert phone is not None
    assert phone_line(phone) == "078-303-5856（スタッフが2026年11月28日に確かめた番号）"
    source = library.sources[phone.source]
    assert (source.what, source.date, source.grade) == (
        "窓口のスタッフが電話で確認",
        TODAY,
        "primary",
    )
    assert source.id in now.sources
    assert now.leaflet == center(LIBRARY, "28").leaflet


def test_a_corrected_number_of_2015_is_history_and_the_leaflet_stays_as_printed() -> None:
    amendment = PhoneCorrected(
        by="佐藤", on=TODAY, code="28", old="078-303-5856", new="078-000-0000"
    )
    now, was = center(apply(LIBRARY, (amendment,)).library, "28"), center(LIBRARY, "28")
    assert [phone.number for phone in now.phones] == ["078-000-0000"]
    assert now.leaflet == replace(was.leaflet, status=Status.CHANGED, checked_on=TODAY)


def test_a_correction_taken_back_makes_the_printed_number_right_again() -> None:
    there = PhoneCorrected(by="佐藤", on=TODAY, code="28", old="078-303-5856", new="078-000-0000")
    back = replace(there, old=there.new, new=there.old)
    now = center(apply(LIBRARY, (there, back)).library, "28")
    assert [phone.number for phone in now.phones] == ["078-303-5856"]
    assert now.leaflet.status is Status.LEAFLET_2015


def test_a_desk_of_its_own_keeps_its_desk() -> None:
    amendment = PhoneCorrected(
        by="佐藤",
        on=TODAY,
        code="38",
        old="089-970-5771",
        new="089-000-0000",
        where="https://ehime-kyogikai.go.jp/contact",
    )
    library = apply(LIBRARY, (amendment,)).library
    first, second = center(library, "38").phones
    assert first == center(LIBRARY, "38").phones[0]
    assert (second.number, second.for_405) == ("089-000-0000", True)
    assert "405事業" in second.desk
    assert library.sources[second.source].url == "https://ehime-kyogikai.go.jp/contact"


def test_a_council_without_a_number_gets_one() -> None:
    amendment = PhoneCorrected(by="佐藤", on=TODAY, code="47", old="", new="098-000-0000")
    now = center(apply(LIBRARY, (amendment,)).library, "47")
    assert [phone.number for phone in now.phones] == ["098-000-0000"]
    assert now.leaflet == center(LIBRARY, "47").leaflet


@pytest.mark.parametrize(
    ("amendment", "field", "why"),
    [
        (replace(CONFIRMED, number="03-1111-2222"), "number", "いまは載っていません"),
        (replace(CONFIRMED, code="47", number="098-867-6760"), "number", "変わったとわかっている"),
        (replace(CONFIRMED, code="48"), "code", "都道府県を選んで"),
        (
            PhoneCorrected(by="", on=TODAY, code="28", old="", new="078-000-0000"),
            "old",
            "いまは載っていません",
        ),
    ],
)
def test_a_number_that_is_not_shown_is_left_aside(
    amendment: Amendment, field: str, why: str
) -> None:
    (aside,) = apply(LIBRARY, (amendment,)).aside
    assert aside.field == field
    assert why in aside.why


def test_an_older_confirmation_does_not_undo_a_newer_one() -> None:
    newer = apply(LIBRARY, (replace(CONFIRMED, on="2026-12-24"),)).library
    assert same(apply(newer, (CONFIRMED,)).library, newer)


def test_the_branch_of_a_kind_unknown_here_waits_for_a_version_that_knows_it() -> None:
    later = Unreadable({"kind": "opening_hours", "by": "佐藤", "on": TODAY})
    applied = apply(LIBRARY, (later, new_entry()))
    assert [each.amendment for each in applied.aside] == [later]
    assert applied.library.faq.get(new_entry().id)


def test_the_id_of_an_entry_depends_on_its_question_alone() -> None:
    assert new_entry().id == new_entry(answer="別の答え。", by="田中", on="2027-01-01").id
    assert new_entry().id != new_entry(question="犬カフェでも使えますか？").id
    assert isinstance(new_entry(), NewEntry)


# --- taken back -----------------------------------------------------------------------------------


def withdrawn(amendment: Amendment) -> Withdrawn:
    return Withdrawn(by="花子", on=TODAY, of=mark(amendment))


def test_what_is_withdrawn_counts_no_more_and_may_come_again() -> None:
    entry = new_entry()
    taken_back = apply(LIBRARY, (entry, withdrawn(entry)))
    assert same(taken_back.library, LIBRARY)
    assert taken_back.aside == ()
    again = apply(LIBRARY, (entry, withdrawn(entry), entry))
    assert again.library.faq.get(entry.id)
    assert withdrawals((entry, entry, withdrawn(entry))) == {1: 2}


def test_a_number_that_was_corrected_by_mistake_is_the_old_one_again() -> None:
    old = center(LIBRARY, "38").phones[0].number
    wrong = PhoneCorrected(by="佐藤", on=TODAY, code="38", old=old, new="089-000-0000")
    assert center(apply(LIBRARY, (wrong,)).library, "38").phones[0].number == "089-000-0000"
    after = apply(LIBRARY, (wrong, withdrawn(wrong)))
    assert center(after.library, "38") == center(LIBRARY, "38")


def test_a_withdrawal_of_nothing_and_of_what_the_files_hold_is_told() -> None:
    entry = new_entry()
    twice = apply(LIBRARY, (entry, withdrawn(entry), withdrawn(entry)))
    assert [each.field for each in twice.aside] == ["of"]
    files = apply(LIBRARY, (entry,)).library
    exported = apply(files, (entry, withdrawn(entry)))
    assert "ファイル" in exported.aside[0].why
    assert same(exported.library, files)
