"""Weigh messages by models learned from labelled lines.

They are linear models over short runs of letters, trained by `make train` from rows that people
labelled (`examples/` of a programme). They hear words no list holds. The place of use decides what
follows: they show help, offer answers, record the surest, and doubt what words tell.
"""

from bot.understand.learned.model import LinearModel, load
from bot.understand.learned.offers import find_sure_option, offer_options

__all__ = ["LinearModel", "find_sure_option", "load", "offer_options"]
