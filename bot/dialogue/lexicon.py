"""The lexicon of a programme's questions and its labelled examples, made once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable

from bot.understand.learned import LinearModel, load
from bot.understand.reading import Lexicon, encoder, lexicon_of
from bot.understand.reading.nearest import BySpelling, Likeness, Nearest, nearest_of
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


TROUBLE, COMMAND = "trouble", "command"
"""The names of the models that labelled trouble and labelled commands taught."""

_LEARNED = "learned.weights"


@cache
def learned_for(programme: Programme) -> Mapping[str, LinearModel]:
    """Load what labelled lines taught of a programme, by name; empty when nobody labelled any."""
    file = programme.words.joinpath(_LEARNED)
    return load(file) if file.is_file() else {}


_VECTORS = "vectors.npz"


def vectors_of(programme: Programme) -> Traversable:
    """Locate the file with the vectors of a programme's examples."""
    return programme.words.joinpath(_VECTORS)


@cache
def nearest_for(programme: Programme) -> Nearest:
    """Find the examples most like a message: by meaning where the encoder is installed."""
    likeness: Likeness = BySpelling()
    if encoder.is_installed():
        likeness = encoder.ByMeaning(vectors_of(programme))
    return nearest_of(programme.questions.values(), likeness)
