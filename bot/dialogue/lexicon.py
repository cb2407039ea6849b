"""The lexicon of a programme's questions, made once."""

from __future__ import annotations

from functools import cache

from bot.understand.reading import Lexicon, lexicon_of
from bot.understand.trouble import Vocabulary, read
from flows.programme import Programme


@cache
def lexicon_for(programme: Programme) -> Lexicon:
    """Compile the words by which a programme's answers are heard."""
    return lexicon_of(programme.questions)


@cache
def emergency_words_for(programme: Programme) -> Vocabulary:
    """Compile the words by which a programme's emergencies are heard."""
    return read(programme.emergency_words.read_text("utf-8"))
