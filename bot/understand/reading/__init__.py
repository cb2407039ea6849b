"""Read a message once, for all who decide.

A reading has clauses, facts, and unread words. Nothing here names a question or an option; they
come with their words in a `Lexicon`.
"""

from bot.understand.reading.clause import Clause, Kind, When, Whose
from bot.understand.reading.kinds import clauses_of
from bot.understand.reading.lexicon import Lexicon, lexicon_of
from bot.understand.reading.normal import normalise
from bot.understand.reading.reading import Certainty, Fact, Reading, read

__all__ = [
    "Certainty",
    "Clause",
    "Fact",
    "Kind",
    "Lexicon",
    "Reading",
    "When",
    "Whose",
    "clauses_of",
    "lexicon_of",
    "normalise",
    "read",
]
