"""Trouble, which comes before everything else: despair, danger to others, money that cannot wait.

Families of words are data (`words/`, and a programme's own for its emergencies); whose trouble it
is, whether it is denied, past or only supposed is grammar, and code.
"""

from bot.understand.trouble.trouble import DARK, Trouble, TroubleKind
from bot.understand.trouble.troubles import is_dark, troubles, troubles_in
from bot.understand.trouble.vocabulary import Vocabulary, read

__all__ = [
    "DARK",
    "Trouble",
    "TroubleKind",
    "Vocabulary",
    "is_dark",
    "read",
    "troubles",
    "troubles_in",
]
