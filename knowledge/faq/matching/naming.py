"""Tell whether a question names an entry's subject.

Only then does offering a sensitive entry hurt nobody.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.faq.matching.views import is_number, view

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.faq.entry import Entry
    from knowledge.faq.matching.views import View
    from knowledge.faq.wording.language import Word

# A word that more entries ask with (会社, 銀行, 相談) names none of them.
MOST_ENTRIES = 2
# But one that so many sensitive entries ask with, and no other, is their own (廃業, 畳む).
OWN_FROM = 4
SHORTEST_READING = 3
"""Letters of a reading, since shorter ones have too many homophones."""


@dataclass(frozen=True, slots=True)
class Naming:
    """The words that name each sensitive entry, by their normal form and their reading."""

    words: Mapping[int, frozenset[str]]

    @classmethod
    def of(cls, entries: Sequence[Entry], views: Sequence[Sequence[View]]) -> Naming:
        """Find the words by which sensitive entries are asked for, and hardly another.

        `views` are those of every way to ask for each entry (`view_entries`).
        """
        asked = [_words(many) for many in views]
        sensitive = [number for number, entry in enumerate(entries) if entry.sensitive]
        counts = Counter(word for words in asked for word in words)
        own = Counter(word for number in sensitive for word in asked[number])
        naming = {
            word
            for word, count in counts.items()
            if count <= MOST_ENTRIES or count == own[word] >= OWN_FROM
        }
        return cls({number: asked[number] & naming for number in sensitive})

    def may_offer(self, number: int, text: str) -> bool:
        """Tell whether an entry may be offered for a text."""
        if number not in self.words:
            return True
        asked = view(text)
        names = self.words[number]
        said = any(not names.isdisjoint(_forms(word)) for word in asked.words)
        return said or any(name in asked.reading for name in names if _is_spoken(name))


def _words(views: Iterable[View]) -> frozenset[str]:
    return frozenset(form for view in views for word in view.words for form in _forms(word))


def _forms(word: Word) -> Iterable[str]:
    """Return a word's normal form, and its reading if long enough."""
    if is_number(word) or word.kind[1] == "非自立可能":
        return ()
    return (word.normal, word.reading) if len(word.reading) >= SHORTEST_READING else (word.normal,)


def _is_spoken(name: str) -> bool:
    return len(name) >= SHORTEST_READING and all("ぁ" <= letter <= "ゖ" for letter in name)
