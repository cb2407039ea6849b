"""Amendments for tests, of which some fit the library and some are hostile."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import knowledge
from knowledge import library, sources
from knowledge.amendments import (
    FILES,
    Amendment,
    NewAnswer,
    NewEntry,
    NewExample,
    NewPhrasing,
    OfficeCorrected,
    PhoneConfirmed,
    PhoneCorrected,
    Unreadable,
    Withdrawn,
    mark,
)
from knowledge.directory import centers
from knowledge.directory.centers import Center
from knowledge.faq.answers import Faq
from knowledge.faq.format import parse
from knowledge.files import Reader, read_json
from knowledge.library import Library

LIBRARY = library.load()
TODAY = "2026-11-28"
TEXTS = {name: (Path(knowledge.__file__).parent / name).read_text("utf-8") for name in FILES}


def reader(texts: Mapping[str, str]) -> Reader:
    """What reads these texts, and the packaged files for the rest."""
    return lambda name: json.loads(texts[name]) if name in texts else read_json(name)


def loaded(texts: Mapping[str, str]) -> Library:
    """The library that these texts make."""
    return replace(
        LIBRARY,
        faq=Faq(parse(texts["faq.md"])),
        directory=centers.read(reader(texts)),
        sources=sources.read(reader(texts)),
    )


def same(one: Library, other: Library) -> bool:
    """Tell whether two libraries hold the same.

    A `Faq` cannot be compared as a value, its entries can.
    """
    return (
        one.faq.entries == other.faq.entries
        and one.directory == other.directory
        and one.sources == other.sources
    )


def center(of: Library, code: str) -> Center:
    return of.directory.for_prefecture(code).center


def new_entry(**changes: Any) -> NewEntry:
    entry = NewEntry(
        by="佐藤",
        on=TODAY,
        question="猫カフェでも使えますか？",
        answer="使えます。飲食店と同じように数えます。",
        phrasings=("ねこかふぇ 対象", "保護猫の店"),
    )
    return replace(entry, **changes)


_WEIRD = st.text(
    st.one_of(
        st.characters(), st.sampled_from("#-{}<!>:：・\n\r\t\u2028\x0b 出典確認日言い換え円0９－")
    )
)
_WORDS = st.sampled_from(
    ["猫カフェの支援", "屋台も対象ですか？", "200万円まで", "03-1234-5678へ", "## 見出し {#x}", "出典: S01",
     "言い換え:", "リスケとは何ですか？", "はい。\n\nいいえ。", "<!-- x", "行1\u2028行2", "- 点"]
)  # fmt: skip
_TEXT = st.one_of(_WORDS, _WEIRD)
_DAY = st.one_of(st.dates().map(str), st.sampled_from(["2026-11-01", TODAY, "2026-12-01", "", "x"]))
_SOURCE = st.one_of(
    st.sampled_from(["", "https://example.go.jp/a", "手引き https://example.com/b", "手引き", "http://[::1"]),
    _WEIRD,
)  # fmt: skip
_CODE = st.sampled_from(["28", "29", "33", "38", "47", "00", ""])
_NUMBER = st.one_of(
    st.sampled_from(
        [
            "",
            "03-1234-5678",
            "０３ー１２３４ー５６７９",
            *(p.number for c in ("28", "29", "33", "38") for p in center(LIBRARY, c).phones),
            *(center(LIBRARY, c).leaflet.phone for c in ("28", "29", "33", "38", "47")),
        ]
    ),
    _WEIRD,
)
_ENTRY = st.sampled_from(["reschedule-what", "despair", "gone", "", new_entry().id])


def _made(kind: Any, **parts: Any) -> Any:
    return st.builds(kind, by=_TEXT, on=_DAY, **parts)


AMENDMENTS: st.SearchStrategy[Amendment] = st.one_of(
    _made(NewEntry, question=_TEXT, answer=_TEXT, phrasings=st.lists(_TEXT, max_size=4).map(tuple),
          source=_SOURCE, confirm=st.booleans()),
    st.just(new_entry()),
    _made(NewPhrasing, entry=_ENTRY, phrasing=_TEXT),
    _made(NewAnswer, entry=_ENTRY, answer=_TEXT, source=_SOURCE),
    _made(PhoneConfirmed, code=_CODE, number=_NUMBER, where=_SOURCE),
    _made(PhoneCorrected, code=_CODE, old=_NUMBER, new=_NUMBER, where=_SOURCE),
    _made(OfficeCorrected, office=st.sampled_from(["yorozu", "guarantee", "smrj", "council", ""]),
          name=st.sampled_from(["愛媛県よろず支援拠点", "岐阜市信用保証協会", "中小機構北海道本部", "", "ない"]),
          old=_NUMBER, new=_NUMBER, where=_SOURCE),
    _made(NewExample, question=_WEIRD, option=_WEIRD, text=_TEXT),
    _made(Withdrawn, of=st.sampled_from([mark(new_entry()), "", "x"])),
    st.just(Unreadable({"kind": "opening_hours", "by": "佐藤", "hours": [9, 17]})),
)  # fmt: skip
