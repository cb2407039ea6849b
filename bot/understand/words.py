"""The words of options, compiled once for each question, and where they stand in a clause.

A word of `flows.keiei.questions` may carry a mark: 「=ある」 counts as the whole message only, 「~少し」 only
decides between options that other words leave open, 「人…足り」 allows a few characters between,
「黒。」 stands at the end of a clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.understand.spoken import spelled
from bot.understand.text import fold
from flows.flow import UNKNOWN, Question

WHOLE, NARROWING, GAP, END = "=", "~", "…", "。"

_GAP = "(.{0,9}?)"
_END = "(?:です|でした|だ|や|で|よ|ね|な|かな|わ)*$"
_LATIN = "[a-z0-9]"


@dataclass(frozen=True, slots=True)
class Span:
    """Words found in a clause: where they start and end, and the options they may mean."""

    start: int
    end: int
    options: frozenset[str]
    gap: tuple[int, int] = (-1, -1)

    def hides(self, other: Span) -> bool:
        """Whether this longer find contains the other, which then counts for nothing.

        What stands in the gap of this find is not part of it, and counts.
        """
        longer = self.end - self.start > other.end - other.start
        contains = self.start <= other.start and other.end <= self.end
        return longer and contains and not self.gap[0] <= other.start < self.gap[1]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a question, ready for searching; each with the options it may mean."""

    anywhere: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    whole: dict[str, frozenset[str]]
    narrowing: tuple[tuple[re.Pattern[str], frozenset[str]], ...]


@cache
def vocabulary(question: Question) -> Vocabulary:
    """The vocabulary of a question; a word listed under several options means any of them.

    わからない is not in it: it is read last, when nothing else was understood.
    """
    marked: dict[str, set[str]] = {}
    for option in question.options:
        for word in option.words if option.id != UNKNOWN.id else ():
            marked.setdefault(word, set()).add(option.id)
    # Longest first: 「根本を知りたい」 must be set aside before 「根本」 breaks it.
    longest_first = sorted(marked, key=len, reverse=True)
    meanings = {word: frozenset(marked[word]) for word in longest_first}
    return Vocabulary(
        tuple(
            (_pattern(word), options)
            for word, options in meanings.items()
            if word[0] not in WHOLE + NARROWING
        ),
        {fold(word): options for word, options in meanings.items() if word[0] == WHOLE},
        tuple(
            (_pattern(word[1:]), options)
            for word, options in meanings.items()
            if word[0] == NARROWING
        ),
    )


def _pattern(word: str) -> re.Pattern[str]:
    """A word as a pattern for plain text; Latin letters and digits only where they stand alone."""
    bare = word.removesuffix(END)
    pattern = _GAP.join(re.escape(spelled(part)) for part in bare.split(GAP))
    if re.match(_LATIN, pattern):
        pattern = rf"(?<!{_LATIN}){pattern}"
    if re.match(_LATIN, pattern[-1]):
        pattern = rf"{pattern}(?!{_LATIN})"
    return re.compile(pattern + _END if word.endswith(END) else pattern)


def spans(clause: str, question: Question) -> tuple[Span, ...]:
    """Where words of the options stand in a clause in plain form, the longest at each place."""
    found: dict[tuple[int, int], Span] = {}
    for pattern, options in vocabulary(question).anywhere:
        for match in pattern.finditer(clause):
            gap = match.span(1) if pattern.groups else (-1, -1)
            known = found.get(match.span())
            meant = options | known.options if known else options
            found[match.span()] = Span(*match.span(), meant, gap)
    all_spans = [span for _, span in sorted(found.items())]
    return tuple(span for span in all_spans if not any(other.hides(span) for other in all_spans))


def narrowed(text: str, options: frozenset[str], question: Question) -> frozenset[str]:
    """The options that words of degree (少し, かなり) leave of several."""
    for pattern, kept in vocabulary(question).narrowing:
        if kept & options and pattern.search(text):
            return kept & options
    return options
