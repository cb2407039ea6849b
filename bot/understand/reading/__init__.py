"""Read a message once, for all who decide.

A reading has clauses, facts, and unread words. Nothing here names a question or an option; they
come with their words in a `Lexicon`.
"""

from bot.understand.reading.clause import Clause, Kind, When, Whose
from bot.understand.reading.facts.fact import NOTHING_GIVEN, Certainty, Fact, Given
from bot.understand.reading.facts.lexicon import Lexicon, lexicon_of
from bot.understand.reading.kinds import clauses_of
from bot.understand.reading.normal import normalise
from bot.understand.reading.reading import Reading, read

__all__ = [
    "NOTHING_GIVEN",
    "Certainty",
    "Clause",
    "Fact",
    "Given",
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
