"""Find the faults of an amendment by itself, without a library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from knowledge.amendments import telephone
from knowledge.amendments.kinds import (
    Amendment,
    Approved,
    NewAnswer,
    NewEntry,
    NewExample,
    NewPhrasing,
    OfficeCorrected,
    PhoneConfirmed,
    PhoneCorrected,
    Unreadable,
    Withdrawn,
)
from knowledge.faq.entry import Entry
from knowledge.faq.format import FaqError, parse
from knowledge.faq.writing import written
from knowledge.files import PREFECTURE_CODES

ANSWER = 500
"""Characters of an answer.

LINE takes 5,000 and a Slack section 3,000, sources included; a tired person on a phone reads far
less.
"""
QUESTION = 60
"""Characters of a question. Three of them stand in one list of suggestions."""
PHRASING = 100
"""Most characters of a phrasing."""

PHRASINGS = 20
"""Most phrasings of an entry."""

SOURCE = 200
"""Most characters of a source."""

EXAMPLE = 200
"""Characters of an example, a message of one or two sentences."""

Fault = tuple[str, str]
"""A field, and the sentence that says how to mend it."""

_YEN = re.compile(r"[\d一二三四五六七八九十百千万億]\s*円")
"""An amount, which needs a source."""

_COMMENT = re.compile(r"<!--|-->")
"""HTML comments, which would hide text in the FAQ's file."""


def form(amendment: Amendment) -> dict[str, str]:
    """Find the first fault of each field of a cleaned amendment."""
    found: dict[str, str] = {}
    for name, sentence in _faults(amendment):
        found.setdefault(name, sentence)
    return found


def _faults(amendment: Amendment) -> Iterator[Fault]:
    match amendment:
        case Unreadable():
            yield "kind", "この版では読めない種類の訂正です。"
            return
        case NewEntry():
            yield from _text("question", amendment.question, QUESTION)
            yield from _answer(amendment.answer, amendment.source)
            yield from _phrasings("phrasings", amendment.phrasings)
            yield from _writable("question", Entry("a", amendment.question, "。"))
        case NewPhrasing():
            yield from _text("phrasing", amendment.phrasing, PHRASING)
            yield from _phrasings("phrasing", (amendment.phrasing,))
        case NewAnswer():
            yield from _answer(amendment.answer, amendment.source)
        case PhoneConfirmed():
            yield from _desk(amendment.code, amendment.where)
        case PhoneCorrected():
            yield from _desk(amendment.code, amendment.where)
            yield from _new_number(amendment)
        case OfficeCorrected():
            yield from _check_where(amendment.where)
            yield from _new_number(amendment)
        case NewExample():
            yield from _text("text", amendment.text, EXAMPLE)
        case Withdrawn() | Approved():
            pass
    yield from _day(amendment.on)


def _text(name: str, text: str, most: int) -> Iterator[Fault]:
    if not any(map(str.isalnum, text)):
        yield name, "ここに文を書いてください。"
    elif len(text) > most:
        yield name, f"{most}文字までで書いてください（いまは{len(text)}文字です）。"


def _answer(answer: str, source: str) -> Iterator[Fault]:
    yield from _text("answer", answer, ANSWER)
    yield from _writable("answer", Entry("a", "a", answer))
    if len(source) > SOURCE:
        yield "source", f"{SOURCE}文字までで書いてください（いまは{len(source)}文字です）。"
    if not source and telephone.is_in(answer):
        yield (
            "source",
            "答えに電話番号があります。どこで確かめたか（URLか、相手の名前）を書いてください。",
        )
    if not source and _YEN.search(unicodedata.normalize("NFKC", answer)):
        yield (
            "source",
            "答えに金額があります。どこで確かめたか（URLか、資料の名前）を書いてください。",
        )


def _phrasings(name: str, phrasings: tuple[str, ...]) -> Iterator[Fault]:
    if len(phrasings) > PHRASINGS:
        yield name, f"言い換えは{PHRASINGS}個までです（いまは{len(phrasings)}個です）。"
    for each in phrasings:
        for _, sentence in _text(name, each, PHRASING):
            yield name, f"言い換え「{each[:20]}」: {sentence}"
    yield from _writable(name, Entry("a", "a", "。", phrasings))


def _writable(name: str, entry: Entry) -> Iterator[Fault]:
    """Say when the FAQ's file could not hold a text as it is.

    Read back, the text must be the same.
    """
    texts: Iterable[str] = (entry.question, entry.answer, *entry.phrasings)
    if any(map(_COMMENT.search, texts)) or not _reads_back(entry):
        yield (
            name,
            "行のはじめの「#」、「出典:」のような項目名、「<!--」は使えません。言い方を変えてください。",
        )


def _reads_back(entry: Entry) -> bool:
    if not all((entry.question, entry.answer, *entry.phrasings)):
        return True  # what is empty is told elsewhere
    try:
        return parse(f"{written(entry)}\n") == (entry,)
    except FaqError:
        return False


def _desk(code: str, where: str) -> Iterator[Fault]:
    if code not in PREFECTURE_CODES:
        yield "code", "都道府県を選んでください。"
    yield from _check_where(where)


def _check_where(where: str) -> Iterator[Fault]:
    if len(where) > SOURCE:
        yield "where", f"{SOURCE}文字までで書いてください（いまは{len(where)}文字です）。"


def _new_number(amendment: PhoneCorrected | OfficeCorrected) -> Iterator[Fault]:
    if not telephone.is_number(amendment.new):
        yield (
            "new",
            "電話番号を、ハイフンを入れて10桁か11桁で書いてください（例：03-1234-5678）。",
        )
    elif telephone.digits(amendment.new) == telephone.digits(amendment.old):
        yield "new", "いまの番号と同じです。変わっていなければ「確認」を選んでください。"


def _day(day: str) -> Iterator[Fault]:
    try:
        is_day = date.fromisoformat(day).isoformat() == day
    except ValueError:
        is_day = False
    if not is_day:
        yield "on", "2026-11-28 のような日付にしてください。"
