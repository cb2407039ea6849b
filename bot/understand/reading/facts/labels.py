"""Options named by their own label, retyped or nearly so."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from bot.understand.text import fold, stem
from flows.flow import Option, Question

NEAR = 84
"""rapidfuzz ratio from which a misspelt label counts as the label (0–100)."""

_SHORTEST_NEAR = 4
"""Letters from which a misspelt label is still recognised."""

_OPPOSITES = re.compile(r"[増減上下有無多少高安以未]|な[いくし]|ません|へん|んわ|\d")
"""Parts that a misspelt label must keep. A change of one means something else."""

_JOINED = re.compile(r"[、,，・\s]+")
"""Marks between labels that are typed in one message."""

_JOINED_TOO = re.compile(r"[、,，・\s]+(?:と[、,\s]+)?|と(?=\S)")
"""The second also splits at 「と」, which may be part of a label (「計画のあとも」)."""
_BRACKETS = re.compile(r"（[^（）]*）")
"""A remark in a label, which nobody types."""


def labelled(text: str, question: Question) -> tuple[str, ...]:
    """Find options named by their labels.

    Several may be joined by 、 と ・ or a space.
    """
    labels = _labels(question)
    whole = labels.get(fold(text)) or labels.get(stem(text))
    if whole or not question.several:
        return (whole,) if whole else ()
    return _all_labels(_JOINED.split(text), labels) or _all_labels(_JOINED_TOO.split(text), labels)


def _all_labels(parts: list[str], labels: dict[str, str]) -> tuple[str, ...]:
    """Find the options of parts that all are labels, in their order."""
    found = [labels.get(fold(part)) or labels.get(stem(part)) for part in parts if part]
    return tuple(dict.fromkeys(id_ for id_ in found if id_)) if all(found) else ()


@cache
def _labels(question: Question) -> dict[str, str]:
    """Map every form of every label to its option's id.

    A whole label wins over a part of another.
    """
    whole = {fold(option.label): option.id for option in question.options}
    parts = {form: option.id for option in question.options for form in _parts(option)}
    return parts | whole


def _parts(option: Option) -> set[str]:
    """Divide a label into its parts around ・, its brackets left out."""
    bare = _BRACKETS.sub("", option.label)
    parts = bare.split("・") if "・" in bare else []
    return {fold(bare), *(fold(part) for part in parts if len(part) > 1)}


def nearly(text: str, question: Question) -> tuple[str, ...]:
    """Find the one option whose label is spelt nearly like the text."""
    typed, labels = stem(text), _labels(question)
    # So much longer than every label, it cannot be near one: the ratio is out of both lengths.
    if not _SHORTEST_NEAR <= len(typed) <= 2 * max(map(len, labels)):
        return ()
    score, best, label = max(
        (fuzz.ratio(typed, label), option, label) for label, option in labels.items()
    )
    alike = _OPPOSITES.findall(typed) == _OPPOSITES.findall(label)
    return (best,) if score >= NEAR and alike else ()
