"""Trouble, which comes before everything else: despair, danger to others, money that cannot wait.

Families of words are data (`words/`, and a programme's own for its emergencies); whose trouble it
is, whether it is denied, past or only supposed is grammar, and code.
"""

from bot.understand.trouble.troubles import is_dark, troubles
from bot.understand.trouble.trouble import Trouble, TroubleKind

__all__ = ["Trouble", "TroubleKind", "is_dark", "troubles"]
