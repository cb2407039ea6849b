"""One spelling for the many ways of typing the same thing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import neologdn

from knowledge.faq.wording import wordlists
from knowledge.faq.wording.dialects import in_standard
from knowledge.faq.wording.numbers import in_digits
from knowledge.invisible import visible
from knowledge.made_once import made_once

if TYPE_CHECKING:
    from collections.abc import Iterable

# Longer than any text we fold.
LONGEST = 600
OPENING = 200
"""Characters kept from the beginning of a long text, beside its end."""

LONGEST_QUESTION = 90
"""Characters looked up at once. Of a story they are its beginning and its end, where a question stands."""

OPENING_OF_A_QUESTION = 30
"""Characters of them from the beginning."""

# Fillers before a question, one after the other; who says more of them says nothing.
MOST_CUTS = 20

_SYMBOL = re.compile(r"[^\w\s&+]|_")
"""Symbols and emoji. & and + belong to names."""

_KATAKANA = re.compile(r"[ァ-ヶー ]+")
"""A text of katakana alone."""

_BLANK = re.compile(r"\s+")
# Punctuation, or the 「が」 and 「けど」 after which the question comes.
_CLAUSE_END = re.compile(
    r"(?<=\?)|[!。.、,;\n]+|(?<=です|ます|した|んだ|てる|いる|ない|たい|から)(?:が|けど|けれども?|けども|ねんけど)"
)
_NEVER = re.compile(r"(?!)")
"""Matches nothing, for an empty list of words."""


@made_once
def fold(text: str) -> str:
    """Fold widths, cases, elongation and repetition, keeping punctuation.

    Takes any text at all.
    """
    short = _without_middle(visible(text), LONGEST, OPENING)
    whole = short.encode("utf-8", "replace").decode("utf-8")
    flat = unicodedata.normalize("NFKC", whole).lower().replace("\r", "\n")
    return "\n".join(str(neologdn.normalize(line, repeat=3)) for line in flat[:LONGEST].split("\n"))


def shorten(text: str) -> str:
    """Return the part of a text that may hold a question, nearly always all of it."""
    return _without_middle(text, LONGEST_QUESTION, OPENING_OF_A_QUESTION)


def _without_middle(text: str, longest: int, opening: int) -> str:
    return text if len(text) <= longest else f"{text[:opening]}\n{text[opening - longest :]}"


def is_in_katakana(text: str) -> bool:
    """Tell whether a folded text is only katakana, as from old telephones."""
    return _KATAKANA.fullmatch(squeeze(text)) is not None


@made_once
def plain(text: str) -> str:
    """Return the folded text in the words staff declared standard (タダ becomes 無料)."""
    standard = _standard_words()
    said = in_standard(in_digits(fold(text)))
    return _variants().sub(lambda variant: standard[variant.group()], said)


def opened(plain_text: str) -> str:
    """Return a plain text without symbols and fillers."""
    return squeeze(_fillers("anywhere").sub(" ", _without_openers(squeeze(plain_text))))


def squeeze(text: str) -> str:
    """Drop symbols and emoji, and squeeze blanks."""
    return _BLANK.sub(" ", _SYMBOL.sub(" ", text)).strip()


def clauses(text: str) -> tuple[str, ...]:
    """Return the parts of a plain text between punctuation and conjunctions, without the empty.

    A question mark stays with its clause.
    """
    return tuple(part.strip() for part in _CLAUSE_END.split(text) if part.strip())


def _without_openers(text: str) -> str:
    # One cut uncovers the next: 「すみません」 then 「ちょっと質問」. Each reads the whole text, so they are few.
    for _ in range(MOST_CUTS):
        shorter = _fillers("openers").sub("", text, count=1).strip()
        if shorter == text:
            return text
        text = shorter
    return text


@cache
def _standard_words() -> dict[str, str]:
    # A standard word stands for itself, so that no shorter variant is found inside it.
    groups = wordlists.synonyms().items()
    return {fold(word): fold(standard) for standard, many in groups for word in (standard, *many)}


@cache
def _variants() -> re.Pattern[str]:
    # 「0円」 is free; the end of 「300円」 is not.
    return re.compile(rf"(?!(?<=\d)\d)(?:{any_of(_standard_words()).pattern})")


@cache
def _fillers(group: str) -> re.Pattern[str]:
    place = {"openers": r"\A{}", "anywhere": "{}"}[group]
    words = [squeeze(fold(word)) for word in wordlists.fillers()[group]]
    return re.compile(place.format(f"(?:{any_of(words).pattern})"))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Compile a pattern that finds any of the words, the longest first."""
    longest_first = sorted({word for word in words if word}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else _NEVER
