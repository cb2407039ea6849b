"""Hear trouble, which comes before everything else.

It is despair, danger to others, or money that cannot wait. Families of words are data (`words/`,
and a programme's own for its emergencies). Grammar is code: whose trouble it is, and whether it is
denied, past or only supposed.
"""

from bot.understand.trouble.trouble import DARK, Trouble, TroubleKind
from bot.understand.trouble.troubles import is_dark, marks_in, troubles, troubles_in
from bot.understand.trouble.vocabulary import Vocabulary, read

__all__ = [
    "DARK",
    "Trouble",
    "TroubleKind",
    "Vocabulary",
    "is_dark",
    "marks_in",
    "read",
    "troubles",
    "troubles_in",
]
