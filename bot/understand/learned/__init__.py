"""What labelled lines teach: how likely a message means something, by the letters in it.

A linear model over short runs of letters, trained by `make train` from rows that people labelled
(`examples/` of a programme). It hears words no list holds. What it may do with that is decided
where it is used: it shows help and offers answers, and records none.
"""

from bot.understand.learned.model import LinearModel, load
from bot.understand.learned.offers import offer_options

__all__ = ["LinearModel", "load", "offer_options"]
