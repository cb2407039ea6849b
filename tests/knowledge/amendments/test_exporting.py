"""Amendments written into the files change little, and the files then say the same."""

import difflib
import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import sources
from knowledge.amendments import (
    FILES,
    Amendment,
    NewAnswer,
    NewPhrasing,
    PhoneConfirmed,
    PhoneCorrected,
    apply,
    export,
)
from knowledge.directory import center_faults
from knowledge.faq import answers
from knowledge.faq.entry import Entry
from knowledge.faq.format import parse
from knowledge.faq.writing import rewritten, written
from tests.knowledge.amending import (
    AMENDMENTS,
    LIBRARY,
    TEXTS,
    TODAY,
    loaded,
    new_entry,
    reader,
    same,
)

NEXT_SOURCE = f"S{1 + max(int(each[1:]) for each in sources.load() if each[1:].isdigit())}"
"""The number that a new source gets."""

PHRASING = NewPhrasing(by="佐藤", on=TODAY, entry="reschedule-what", phrasing="元金だけ待つやつ")
ANSWER = NewAnswer(by="佐藤", on=TODAY, entry="sole-proprietor", answer="使えます。\n\n対象です。")
CONFIRMED = PhoneConfirmed(by="佐藤", on=TODAY, code="28", number="078-303-5856")
CORRECTED = PhoneCorrected(by="佐藤", on=TODAY, code="01", old="011-232-0217", new="011-000-0000")


def exported(*amendments: Amendment) -> dict[str, str]:
    return export(TEXTS, LIBRARY, apply(LIBRARY, amendments).library)


def difference(name: str, after: str) -> list[str]:
    """The lines that went (-) and came (+), in order."""
    lines = difflib.unified_diff(TEXTS[name].split("\n"), after.split("\n"), n=0, lineterm="")
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


@settings(max_examples=60, deadline=None)
@given(st.lists(AMENDMENTS, max_size=6))
def test_the_files_then_make_the_amended_library_and_have_no_faults(
    amendments: list[Amendment],
) -> None:
    applied = apply(LIBRARY, amendments)
    texts = export(TEXTS, LIBRARY, applied.library)
    assert same(loaded(texts), applied.library)
    assert center_faults.problems(reader(texts)) == []
    assert sources.problems(reader(texts)) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(AMENDMENTS, max_size=5), st.lists(AMENDMENTS, max_size=5))
def test_exporting_twice_is_exporting_once(first: list[Amendment], then: list[Amendment]) -> None:
    halfway = apply(LIBRARY, first).library
    whole = apply(halfway, then).library
    texts = export(TEXTS, LIBRARY, halfway)
    assert export(texts, loaded(texts), whole) == export(TEXTS, LIBRARY, whole)


def test_without_amendments_every_byte_stays() -> None:
    assert exported() == TEXTS


def test_the_packaged_faq_is_in_the_form_entries_are_written_in() -> None:
    # Else an amended entry would change lines that nobody amended.
    for entry in LIBRARY.faq.entries:
        assert f"{written(entry)}\n" in TEXTS["faq.md"], entry.id


@pytest.mark.parametrize("name", FILES[1:])
def test_the_packaged_json_is_in_the_form_it_is_written_in(name: str) -> None:
    text = TEXTS[name]
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n" == text


def test_a_new_entry_stands_at_the_end_and_nothing_else_moves() -> None:
    texts = exported(new_entry(), new_entry(question="二つめの質問ですか？", phrasings=()))
    assert texts["faq.md"] == TEXTS["faq.md"] + (
        "\n# 窓口で加えた答え\n"
        "\n## 猫カフェでも使えますか？ {#staff-7871e6bf}\n"
        "\n使えます。飲食店と同じように数えます。\n"
        f"\n言い換え:\n- ねこかふぇ 対象\n- 保護猫の店\n出典: {NEXT_SOURCE}\n確認日: 2026-11-28\n"
        f"\n## 二つめの質問ですか？ {{#{new_entry(question='二つめの質問ですか？').id}}}\n"
        "\n使えます。飲食店と同じように数えます。\n"
        f"\n出典: {NEXT_SOURCE}\n確認日: 2026-11-28\n"
    )
    assert texts["centers.json"] == TEXTS["centers.json"]


def test_a_further_entry_joins_those_before_it_wherever_they_stand() -> None:
    # Somebody added a topic after an export.
    first = exported(new_entry())
    texts = {**first, "faq.md": first["faq.md"] + "\n# 末尾\n\n## 最後？ {#last}\n\nはい。\n"}
    after = apply(loaded(texts), (new_entry(question="犬カフェでも使えますか？", phrasings=()),))
    assert [entry.topic for entry in after.library.faq.entries[-3:]] == [
        "窓口で加えた答え",
        "窓口で加えた答え",
        "末尾",
    ]
    assert same(loaded(export(texts, loaded(texts), after.library)), after.library)


def test_another_phrasing_is_one_line_more() -> None:
    assert difference("faq.md", exported(PHRASING)["faq.md"]) == ["+- 元金だけ待つやつ"]


def test_a_corrected_answer_changes_its_own_lines() -> None:
    before = LIBRARY.faq["sole-proprietor"]
    assert difference("faq.md", exported(ANSWER)["faq.md"]) == [
        f"-{before.answer}",
        "+使えます。",
        "+",
        "+対象です。",
        f"-出典: {', '.join(before.sources)}",
        "-確認日: 2026-11-23",
        f"+出典: {NEXT_SOURCE}, {', '.join(before.sources)}",
        "+確認日: 2026-11-28",
    ]


def test_a_number_changes_its_council_alone_and_brings_its_source() -> None:
    texts = exported(CORRECTED)
    changed = difference("centers.json", texts["centers.json"])
    assert '-        "status": "leaflet_2015",' in changed
    assert '+        "status": "changed",' in changed
    assert [line for line in changed if "phone" in line or "number" in line] == [
        '-      "phones": [],',
        '+      "phones": [',
        '+          "number": "011-000-0000",',
    ]
    assert difference("sources.json", texts["sources.json"]) == [
        "+  },",
        f'+  "{NEXT_SOURCE}": {{',
        '+    "url": "",',
        '+    "date": "2026-11-28",',
        '+    "what": "窓口のスタッフが電話で確認",',
        '+    "grade": "primary"',
    ]
    assert texts["faq.md"] == TEXTS["faq.md"]


def test_after_the_export_the_same_amendments_have_nothing_to_do() -> None:
    amendments: Sequence[Amendment] = (new_entry(), PHRASING, ANSWER, CONFIRMED, CORRECTED)
    library = loaded(exported(*amendments))
    again = apply(library, amendments)
    assert again.aside == ()
    assert same(again.library, library)


def test_what_a_reviewer_still_has_to_do_is_told_by_the_check() -> None:
    (problem,) = answers.problems(loaded(exported(new_entry())).faq)
    assert "言い換えが2個です" in problem


SMALL = """<!-- ## 見出しではない {#no} -->
# 甲

## あ？ {#a}

はい。

言い換え:
- ああ

<!-- ここに
## 注 {#b} -->

# 乙

## い？ {#i}

いいえ。
"""


def test_comments_headings_and_odd_places_stay_where_they_are() -> None:
    before = parse(SMALL)
    a, i = before
    new = Entry("n", "う？", "さあ。", topic="甲")
    after = (Entry("a", "あ？", "いや。", ("ああ", "あー"), "甲"), new, i)
    text = rewritten(SMALL, before, after)
    assert parse(text) == after
    assert text == SMALL.replace("はい。", "いや。").replace(
        "- ああ\n", "- ああ\n- あー\n\n## う？ {#n}\n\nさあ。\n"
    )
    assert rewritten(SMALL, before, (a, i)) == SMALL
