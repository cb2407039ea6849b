"""The lexicon of a programme's questions, made once."""

from __future__ import annotations

from functools import cache

from bot.understand.reading import Lexicon, lexicon_of
from flows.programme import Programme


@cache
def lexicon_for(programme: Programme) -> Lexicon:
    """Compile the words by which a programme's answers are heard."""
    return lexicon_of(programme.questions)
