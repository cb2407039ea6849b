"""Numbers, addresses and accounts need a second person, and some are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.amendments import (
    Amendment,
    Approved,
    NewPhrasing,
    PhoneConfirmed,
    PhoneCorrected,
    apply,
    faults,
    mark,
    needs_second,
    telephone,
    waiting,
)
from tests.knowledge.amending import LIBRARY, TODAY, new_entry, same

CORRECTED = PhoneCorrected(by="佐藤", on=TODAY, code="28", old="078-303-5856", new="078-303-5999")
CONFIRMED = PhoneConfirmed(by="佐藤", on=TODAY, code="28", number="078-303-5856")


@pytest.mark.parametrize(
    "words",
    [
        "03-1234-5678へ。",
        "０３（１２３４）５６７８",
        "0 3 1 2 3 4 5 6 7 8",
        "〇三の一二三四の五六七八",
        "03\u200b12\u200b34\u200b5678",
        "+81 3 1234 5678",
        "#9110 に相談",
        "https://example.go.jp/a",
        "example.com を見て",
        "ｅｘａｍｐｌｅ．ｊｐ",
        "info@example.jp",
        "LINEは @kaizen まで",
        "振込先は 普通 1234567",
        "口座番号は12345です",
        "ゆうちょ 記号1234",
        "4111 1111 1111 1111",
    ],
)
@pytest.mark.parametrize("field", ["answer", "question", "source", "phrasings"])
def test_needs_second_with_a_way_to_reach_or_pay_somebody(words: str, field: str) -> None:
    value = (words,) if field == "phrasings" else words
    assert needs_second(new_entry(**{field: value}))


@pytest.mark.parametrize(
    "words",
    [
        "使えます。",
        "上限は1,500,000円、2026年11月30日までです。",
        "2026-11-30に見直します。",
        "1.書類を用意 2.窓口へ。売上が30%減",
        "9:00-17:00に受け付けます。",
        "三つの方法があります。第一に銀行へ。",
        "口座をお持ちの銀行へ。",
        "手数料は200万円の2/3です。",
    ],
)
def test_needs_second_with_ordinary_words_is_false(words: str) -> None:
    assert not needs_second(new_entry(answer=words))


@given(st.text(max_size=40), st.text(max_size=40))
def test_needs_second_finds_a_number_whatever_stands_around_it(before: str, after: str) -> None:
    assert needs_second(new_entry(answer=f"{before} 0120-123-456 {after}"))


def test_needs_second_of_numbers_of_offices() -> None:
    assert needs_second(CORRECTED)
    assert not needs_second(CONFIRMED)
    assert needs_second(replace(CONFIRMED, where="https://example.go.jp"))
    assert needs_second(NewPhrasing(by="a", on=TODAY, entry="x", phrasing="0312345678にかける"))


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("0990-123-456", "情報料"),
        ("090-1234-5678", "携帯電話"),
        ("080-1234-5678", "携帯電話"),
        ("070-1234-5678", "携帯電話"),
        ("060-1234-5678", "携帯電話"),
        ("020-1234-5678", "窓口に使われません"),
        ("0000-00-0000", "使われていない"),
        ("0100-12-3456", "使われていない"),
        ("0910-12-3456", "使われていない"),
        ("0180-99-1234", "使われていない"),
    ],
)
def test_why_not_refuses_with_the_reason_wherever_it_stands(number: str, why: str) -> None:
    assert why in telephone.why_not(number)
    assert why in faults(replace(CORRECTED, new=number), LIBRARY)["new"]
    in_words = new_entry(answer=f"{number}へどうぞ。", source="手引き")
    assert why in faults(in_words, LIBRARY)["answer"]
    wide = number.translate(str.maketrans("0123456789-", "０１２３４５６７８９ー"))
    assert why in faults(new_entry(answer=f"{wide}へ。", source="手引き"), LIBRARY)["answer"]


@pytest.mark.parametrize(
    "number",
    [
        "078-303-5999",
        "0570-064-350",
        "050-1234-5678",
        "0120-123-456",
        "0800-123-4567",
    ],
)
def test_why_not_lets_offices_through(number: str) -> None:
    assert telephone.why_not(number) == ""
    assert faults(replace(CORRECTED, new=number), LIBRARY) == {}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("http://example.go.jp", "https://"),
        ("ftp://example.go.jp", "https://"),
        ("xhttps://example.go.jp", "https://"),
        ("https://www.meti.go.jp@example.com/", "つながる先"),
        ("+44 20 7946 0000", "海外"),
    ],
)
def test_faults_of_addresses_that_mislead(words: str, why: str) -> None:
    assert why in faults(new_entry(source=words), LIBRARY)["source"]
    assert why in faults(replace(CORRECTED, where=words), LIBRARY)["where"]


# --- the second person ----------------------------------------------------------------------------

PENDING = replace(CORRECTED, staff="U1", needs_second=True)


def approved(amendment: Amendment, staff: str) -> Approved:
    return Approved(by="田中", on=TODAY, staff=staff, of=mark(amendment))


def test_apply_passes_over_what_waits_for_a_second_person() -> None:
    assert same(apply(LIBRARY, (PENDING,)).library, LIBRARY)
    assert apply(LIBRARY, (PENDING,)).aside == ()


def test_apply_takes_up_what_another_person_approved() -> None:
    after = apply(LIBRARY, (PENDING, approved(PENDING, "U2")))
    assert same(after.library, apply(LIBRARY, (CORRECTED,)).library)


@pytest.mark.parametrize("staff", ["U1", ""])
def test_apply_does_not_count_the_author_s_own_yes(staff: str) -> None:
    assert same(apply(LIBRARY, (PENDING, approved(PENDING, staff))).library, LIBRARY)


def test_waiting_counts_no_yes_that_came_before() -> None:
    assert waiting((approved(PENDING, "U2"), PENDING)) == {1}
    assert waiting((PENDING, PENDING, approved(PENDING, "U2"), PENDING)) == {3}


def test_mark_is_the_same_whoever_made_it_and_as_it_was_before_there_were_ids() -> None:
    assert mark(PENDING) == mark(CORRECTED)
