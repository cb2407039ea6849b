"""Hold all the bot's knowledge in one value.

The pure conversation is given it and reads no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge import absorbed, programmes, sources
from knowledge.directory import centers, helplines
from knowledge.directory.centers import Directory
from knowledge.directory.helplines import Helpline
from knowledge.faq import answers
from knowledge.faq.answers import Faq
from knowledge.programmes import Programmes
from knowledge.sources import Source


@dataclass(frozen=True)
class Library:
    """The questions and answers, the offices, the programmes, the helplines, and their sources.

    `absorbed` are the marks of the amendments that are in it already.
    """

    faq: Faq
    directory: Directory
    programmes: Programmes
    helplines: Mapping[str, Helpline]
    sources: Mapping[str, Source]
    absorbed: frozenset[str] = frozenset()


@cache
def load() -> Library:
    """Read the packaged library, once. Raises KnowledgeError or FaqError."""
    return Library(
        answers.load(),
        centers.load(),
        programmes.load(),
        helplines.load(),
        sources.load(),
        absorbed.load(),
    )
