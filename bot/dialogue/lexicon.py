"""Make a programme's vocabulary and models once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.understand.learned import LinearModel, load
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


def load_words(programme: Programme) -> None:
    """Load all words and models of a programme.

    The first needs most memory for a while, which the others then use.
    """
    learned_for(programme)
    lexicon_for(programme)
    emergency_words_for(programme)


TROUBLE, COMMAND = "trouble", "command"
"""The names of the models that labelled trouble and labelled commands taught."""

_LEARNED = "learned.weights"


@cache
def learned_for(programme: Programme) -> Mapping[str, LinearModel]:
    """Load the models learned from a programme's labelled lines, by name."""
    file = programme.words.joinpath(_LEARNED)
    return load(file) if file.is_file() else {}
