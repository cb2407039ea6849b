"""Apply amendments to a library, and list those that no longer fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from knowledge.amendments import citing, other_offices, phones
from knowledge.amendments.form import Fault, form
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
    cleaned,
    mark,
)
from knowledge.amendments.standing import waiting, withdrawals
from knowledge.directory.centers import Center, Directory
from knowledge.faq.entry import Entry
from knowledge.library import Library
from knowledge.sources import Source

TOPIC = "窓口で加えた答え"
"""The heading in the FAQ under which entries by staff stand."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Hold an amendment that does not fit, with the field and a sentence."""

    amendment: Amendment
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Applied:
    """Hold the amended library, and the amendments left aside."""

    library: Library
    aside: tuple[Aside, ...]


@dataclass(frozen=True, slots=True)
class _Shelves:
    """The parts of a library that can be amended."""

    entries: tuple[Entry, ...]
    directory: Directory
    sources: Mapping[str, Source]

    def citing(self, source: Source) -> _Shelves:
        return replace(self, sources=MappingProxyType({**self.sources, source.id: source}))

    def with_entry(self, entry: Entry) -> _Shelves:
        """Replace the entry of the same id."""
        entries = tuple(entry if each.id == entry.id else each for each in self.entries)
        return replace(self, entries=entries)

    def with_center(self, center: Center) -> _Shelves:
        centers = tuple(
            center if each.code == center.code else each for each in self.directory.centers
        )
        return replace(self, directory=replace(self.directory, centers=centers))


def apply(library: Library, amendments: Iterable[Amendment]) -> Applied:
    """Apply the amendments in order, leaving aside those that do not fit.

    Raises nothing. An amendment is passed over if it was withdrawn, waits for a second person or
    was absorbed into the files. Facts that the library holds already, or has from a later day, stay
    as they are. The FAQ is the same object when no entry changed; a new one indexes itself at its
    first question, or when it is warmed with ``rank("")``: a quarter of a second for some hundred
    entries.
    """
    packaged = _Shelves(library.faq.entries, library.directory, library.sources)
    given = tuple(amendments)
    withdrawn = withdrawals(given)
    passed_over = {*withdrawn, *waiting(given)}
    shelves, aside, used = packaged, list[Aside](), set(library.absorbed)
    for place, amendment in enumerate(given):
        if place in passed_over or isinstance(amendment, Withdrawn | Approved):
            continue
        if (known := mark(amendment)) in library.absorbed:
            continue
        after = _amended(shelves, cleaned(amendment))
        if isinstance(after, _Shelves):
            shelves = after
            used.add(known)
        else:
            aside.append(Aside(amendment, *after))
    useless = _useless_withdrawals(library, packaged, given, withdrawn)
    return Applied(_library(library, shelves, frozenset(used)), (*aside, *useless))


NOTHING_TO_WITHDRAW = "取り消すものがありません（もう取り消されています）。"
IN_THE_FILES = "もうファイルに書き出されています。ファイルのほうで直してください。"


def _useless_withdrawals(
    library: Library,
    packaged: _Shelves,
    given: tuple[Amendment, ...],
    withdrawn: Mapping[int, int],
) -> Iterator[Aside]:
    """Find the withdrawals that change nothing, with the reason."""
    withdrawn_by = {how: given[place] for place, how in withdrawn.items()}
    for place, amendment in enumerate(given):
        if not isinstance(amendment, Withdrawn):
            continue
        taken_back = withdrawn_by.get(place)
        if taken_back is None:
            yield Aside(amendment, "of", NOTHING_TO_WITHDRAW)
        elif mark(taken_back) in library.absorbed or _stands_in(packaged, taken_back):
            yield Aside(amendment, "of", IN_THE_FILES)


def _stands_in(packaged: _Shelves, amendment: Amendment) -> bool:
    """Tell whether the files hold an amendment's content already.

    Examples stand on no shelf.
    """
    if isinstance(amendment, NewExample):
        return False
    return _amended(packaged, cleaned(amendment)) == packaged


def _library(library: Library, shelves: _Shelves, used: frozenset[str]) -> Library:
    same = shelves.entries == library.faq.entries
    return replace(
        library,
        faq=library.faq if same else library.faq.with_entries(shelves.entries),
        directory=shelves.directory,
        sources=shelves.sources,
        absorbed=used,
    )


def _amended(shelves: _Shelves, amendment: Amendment) -> _Shelves | Fault:
    for fault in form(amendment).items():
        return fault
    match amendment:
        case NewEntry():
            return _with_new_entry(shelves, amendment)
        case NewPhrasing():
            return _with_phrasing(shelves, amendment)
        case NewAnswer():
            return _with_answer(shelves, amendment)
        case PhoneConfirmed() | PhoneCorrected() | OfficeCorrected():
            return _with_number(shelves, amendment)
        case NewExample() | Withdrawn() | Approved() | Unreadable():
            # An example changes no answer: training reads it from the files.
            is_example = isinstance(amendment, NewExample)
            return shelves if is_example else ("kind", "この版では読めない種類の訂正です。")


# --- questions and answers ----------------------------------------------------------------------


def _with_new_entry(shelves: _Shelves, amendment: NewEntry) -> _Shelves | Fault:
    if _entry(shelves, amendment.id):
        return shelves  # exported before, and perhaps edited since
    asked = {text: entry for entry in shelves.entries for text in _list_ways_to_ask(entry)}
    texts = [("question", amendment.question), *(("phrasings", t) for t in amendment.phrasings)]
    for name, text in texts:
        if text in asked:
            return name, stands_already(text, asked[text])
    source = citing.cite(shelves.sources, amendment.source, amendment.on, unsaid=citing.KNOWN)
    entry = Entry(
        id=amendment.id,
        question=amendment.question,
        answer=amendment.answer,
        phrasings=amendment.phrasings,
        topic=TOPIC,
        sources=(source.id,),
        checked_on=amendment.on,
        confirm=amendment.confirm,
    )
    return replace(shelves, entries=_among_its_topic(shelves.entries, entry)).citing(source)


def _among_its_topic(entries: tuple[Entry, ...], new: Entry) -> tuple[Entry, ...]:
    places = [n for n, each in enumerate(entries, start=1) if each.topic == new.topic]
    place = max(places, default=len(entries))
    return (*entries[:place], new, *entries[place:])


def _with_phrasing(shelves: _Shelves, amendment: NewPhrasing) -> _Shelves | Fault:
    entry = _entry(shelves, amendment.entry)
    if not entry:
        return "entry", NO_ENTRY
    for each in shelves.entries:
        if amendment.phrasing in _list_ways_to_ask(each):
            return (
                shelves if each is entry else ("phrasing", stands_already(amendment.phrasing, each))
            )
    return shelves.with_entry(replace(entry, phrasings=(*entry.phrasings, amendment.phrasing)))


def _with_answer(shelves: _Shelves, amendment: NewAnswer) -> _Shelves | Fault:
    entry = _entry(shelves, amendment.entry)
    if not entry:
        return "entry", NO_ENTRY
    if entry.checked_on > amendment.on:
        return shelves
    source = citing.cite(shelves.sources, amendment.source, amendment.on, unsaid=citing.KNOWN)
    # Words alone are corrected on the old grounds; a source that was named takes their place.
    kept = () if amendment.source else (each for each in entry.sources if each != source.id)
    changed = replace(
        entry,
        answer=amendment.answer,
        sources=(source.id, *kept),
        checked_on=amendment.on,
    )
    return shelves.with_entry(changed).citing(source)


NO_ENTRY = "この答えは、もうありません。"


def stands_already(text: str, entry: Entry) -> str:
    """Say that exactly this is asked of another entry."""
    return f"「{text}」は、もう「{entry.question}」の聞き方にあります。"


def _entry(shelves: _Shelves, entry_id: str) -> Entry | None:
    return next((each for each in shelves.entries if each.id == entry_id), None)


def _list_ways_to_ask(entry: Entry) -> tuple[str, ...]:
    return (entry.question, *entry.phrasings)


# --- telephone numbers --------------------------------------------------------------------------


def _with_number(
    shelves: _Shelves, amendment: PhoneConfirmed | PhoneCorrected | OfficeCorrected
) -> _Shelves | Fault:
    if isinstance(amendment, OfficeCorrected):
        return _with_office_phone(shelves, amendment)
    return _with_phone(shelves, amendment)


def _with_phone(shelves: _Shelves, amendment: PhoneConfirmed | PhoneCorrected) -> _Shelves | Fault:
    center = next((each for each in shelves.directory.centers if each.code == amendment.code), None)
    if not center:
        return "code", "都道府県を選んでください。"
    source = citing.cite(
        shelves.sources,
        amendment.where,
        amendment.on,
        unsaid=citing.CALLED,
        own_site=center.website,
    )
    after = phones.amended(center, amendment, source)
    if isinstance(after, Center):
        return shelves if after is center else shelves.with_center(after).citing(source)
    return after


def _with_office_phone(shelves: _Shelves, amendment: OfficeCorrected) -> _Shelves | Fault:
    source = citing.cite(shelves.sources, amendment.where, amendment.on, unsaid=citing.CALLED)
    after = other_offices.corrected(shelves.directory, amendment, source)
    if isinstance(after, Directory):
        unchanged = after is shelves.directory
        return shelves if unchanged else replace(shelves, directory=after).citing(source)
    return after
