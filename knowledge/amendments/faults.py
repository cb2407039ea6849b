"""Find the faults of an amendment before it is kept.

One sentence per field, for a form.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from knowledge.amendments.applying import apply, stands_already
from knowledge.amendments.contacts import refused
from knowledge.amendments.form import Fault, form
from knowledge.amendments.kinds import (
    Amendment,
    NewAnswer,
    NewEntry,
    NewExample,
    NewPhrasing,
    OfficeCorrected,
    PhoneConfirmed,
    PhoneCorrected,
    Unreadable,
    cleaned,
    mark,
)
from knowledge.faq.answers import Answer, Faq, Found
from knowledge.library import Library

SURE = 0.55
"""Score from which an entry is surely meant.

Of 254 labelled questions that are answered, three are answered wrongly that surely. Below it,
another entry may take its place.
"""


Option = tuple[str, str]
"""A question of the interview and one of its options, by id."""


def faults(
    amendment: Amendment, library: Library, options: Container[Option] = ()
) -> dict[str, str]:
    """Map each faulty field to a Japanese sentence for staff.

    Empty when the amendment may be kept. The fields are those of the amendment's class. Texts that
    ask something are tried on the FAQ as it would be, which is indexed for it: half a second, so
    call it in a thread. `options` are those of the interview, which examples may be given for.
    """
    given = cleaned(amendment)
    if isinstance(given, NewExample) and (given.question, given.option) not in options:
        return {"option": NO_OPTION}
    if found := form(given) or dict(reversed([*refused(given)])):
        return found
    applied = apply(replace(library, absorbed=frozenset()), (_approved(given),))
    if applied.aside:
        return {aside.field: aside.why for aside in applied.aside}
    if _is_same(library, applied.library):
        return dict(_nothing_new(given, library))
    if mark(given) in library.absorbed:
        return {_first_field(given): REMOVED}
    return dict(_confusions(given, library, applied.library))


def _approved(amendment: Amendment) -> Amendment:
    """Mark an amendment as agreed to by a second person."""
    if isinstance(amendment, Unreadable):
        return amendment
    return replace(amendment, needs_second=False)


NO_OPTION = "質問と答えを、一覧から選んでください。"
REMOVED = "これは、見直しのときに消されたものです。中身か言い方を変えてください。"


def _first_field(amendment: Amendment) -> str:
    match amendment:
        case NewEntry():
            return "question"
        case NewPhrasing():
            return "phrasing"
        case NewAnswer():
            return "answer"
    return "number" if isinstance(amendment, PhoneConfirmed) else "new"


def _is_same(before: Library, after: Library) -> bool:
    return before.faq is after.faq and before.directory == after.directory


def _nothing_new(amendment: Amendment, library: Library) -> Iterator[Fault]:
    """Say that the content stands already, or that a newer one does."""
    match amendment:
        case NewEntry(id=entry_id, question=question):
            yield "question", stands_already(question, library.faq[entry_id])
        case NewPhrasing(entry=entry_id, phrasing=phrasing):
            yield "phrasing", stands_already(phrasing, library.faq[entry_id])
        case NewAnswer():
            yield "answer", "もっと新しい答えがあります。開き直して確かめてください。"
        case PhoneCorrected() | OfficeCorrected():
            yield "new", "この番号は、もう登録されています。"
        case NewExample() if mark(amendment) in library.absorbed:
            yield "text", REMOVED
        case PhoneConfirmed():
            # Confirmed twice on one day, by two people: nothing to complain of.
            return


def _confusions(amendment: Amendment, before: Library, after: Library) -> Iterator[Fault]:
    match amendment:
        case NewEntry(id=entry_id, question=question, phrasings=phrasings):
            asked = [("question", question), *(("phrasings", each) for each in phrasings)]
        case NewPhrasing(entry=entry_id, phrasing=phrasing):
            asked = [("phrasing", phrasing)]
        case _:
            return
    for name, text in asked:
        if sentence := _confusion(text, entry_id, before.faq, after.faq):
            yield name, sentence


def _confusion(text: str, entry_id: str, before: Faq, after: Faq) -> str:
    """Say why `text` would not lead to the entry alone, or return ""."""
    ranked = before.rank(text)
    rival = next((each for each in ranked if each.entry.id != entry_id), None)
    is_answered = entry_id in _answered(after.find(text))
    is_meant = bool(rival) and rival is ranked[0] and rival.score >= SURE
    if rival and is_meant and rival.entry.id in _answered(before.find(text)):
        return f"「{text}」と聞くと、いまは「{rival.entry.question}」が答えます。そちらに結ぶか、もっと具体的な言い方にしてください。"
    if rival and (is_meant or not is_answered):
        return f"「{text}」は「{rival.entry.question}」とまぎれます。もっと具体的な言い方にしてください。"
    if not is_answered:
        return f"「{text}」では、この答えにたどり着けません。もっと具体的な言い方にしてください。"
    return ""


def _answered(found: Found) -> set[str]:
    return {each.entry.id for each in found.matches} if isinstance(found, Answer) else set()
