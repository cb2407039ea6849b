"""Load the word lists staff can edit.

They are synonyms, fillers, other topics, thresholds.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

KNOWLEDGE = Path(__file__).parents[2]


@cache
def synonyms() -> dict[str, list[str]]:
    """Map each standard word to its variants."""
    return _load("synonyms")


@cache
def dialects() -> list[tuple[str, str]]:
    """Return spoken forms as patterns with their standard forms, in order."""
    return [(spoken, standard) for spoken, standard in _load("dialects")["forms"]]


@cache
def fillers() -> dict[str, list[str]]:
    """Return words without meaning as `openers`, `anywhere` and `endings`."""
    return _load("fillers")


@cache
def question_kinds() -> dict[str, Any]:
    """Return the words that show the kind of a question.

    `words`, and `after_what` for those after 何.
    """
    return _load("question_kinds")


@cache
def other_topics() -> list[dict[str, Any]]:
    """Return the topics that are not ours, each with `name`, `words` and `reply`."""
    topics: list[dict[str, Any]] = _load("other_topics")["topic"]
    return topics


@cache
def elsewhere() -> list[str]:
    """Return questions that are not ours."""
    questions: list[str] = _load("elsewhere")["questions"]
    return questions


@cache
def thresholds() -> dict[str, dict[str, float]]:
    """Return the weights and chances of both builds, as tuned by `make tune`."""
    return _load("thresholds")


def _load(name: str) -> dict[str, Any]:
    with (KNOWLEDGE / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
