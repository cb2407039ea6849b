"""A whole question in katakana is understood as well as one in hiragana."""

import unicodedata

import pytest

from knowledge.faq.answers import Answer, Suggestions, load
from knowledge.faq.wording.language import reading
from knowledge.faq.wording.normalise import fold, is_in_katakana
from scripts.faq_cases import cases

FAQ = load()
KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
SPOKEN = [
    (case, spoken)
    for case in cases()[::4]
    if (spoken := reading(fold(case.text)).translate(KATAKANA)) and is_in_katakana(spoken)
]


def named(text: str) -> list[str]:
    found = FAQ.find(text)
    return (
        [each.entry.id for each in found.matches] if isinstance(found, Answer | Suggestions) else []
    )


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("ヒヨウハイクラデスカ", "own-share"),
        ("ﾋﾖｳﾊ ｲｸﾗﾃﾞｽｶ?", "own-share"),
        ("シンセイニヒツヨウナショルイハ", "application-documents"),
        ("リスケ", "reschedule-what"),
        ("ミラサポ", "mirasapo-plus"),
    ],
)
def test_question_in_katakana_finds_its_entry(text: str, entry: str) -> None:
    assert entry in named(text)


def test_questions_in_katakana_are_found_as_those_in_hiragana() -> None:
    """Of the labelled questions, said aloud and written down in either kana."""
    inside = [(case, spoken) for case, spoken in SPOKEN if case.expected]
    assert len(inside) > 50
    hits = sum(bool(set(named(spoken)) & set(case.expected)) for case, spoken in inside)
    hiragana = [
        (case, spoken.translate({b: a for a, b in KATAKANA.items()})) for case, spoken in inside
    ]
    as_hiragana = sum(bool(set(named(spoken)) & set(case.expected)) for case, spoken in hiragana)
    assert hits >= as_hiragana > len(inside) / 2


@pytest.mark.parametrize("text", ["費用ハイクラ", "リスケとは", "ABC", "123", "", "！？", "ｱaｱ"])
def test_text_with_other_letters_is_not_in_katakana(text: str) -> None:
    assert not is_in_katakana(unicodedata.normalize("NFKC", text))
