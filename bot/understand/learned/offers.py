"""Find at most two options that an unknown answer may mean.

They are asked about, not recorded.
"""

from __future__ import annotations

from bot.understand.learned.model import LinearModel

MOST_OFFERED = 2
"""Options. More would be the question over again."""

LONGEST_OFFERED = 80
"""Characters. A longer message is a story, and no answer to one question."""

NO_ANSWER = "none-of-them"
"""The label of rows that answer nothing."""

LEAST_FAMILIAR = 0.16
"""Share of the text seen before. A model has an opinion of 「ぽぽぽぽーん」, too."""

LEAST_SURE = 0.35
"""Least probability of an option to be asked about before the FAQ is searched."""

LEAST_LIKELY, LEAST_BESIDE_NONE = 0.02, 0.04
"""Least probability of an option once nothing else was found.

More where no answer at all is likelier.
"""


def offer_options(text: str, model: LinearModel, *, sure: bool = False) -> tuple[str, ...]:
    """Name at most two options that the text may mean, the likelier first.

    With `sure` only where one of them is likely by itself.
    """
    if not 0 < len(text) <= LONGEST_OFFERED or model.familiarity(text) < LEAST_FAMILIAR:
        return ()
    shares = model.probabilities(text)
    ranked = sorted(shares, key=lambda label: -shares[label])
    if sure and (ranked[0] == NO_ANSWER or shares[ranked[0]] < LEAST_SURE):
        return ()
    least = LEAST_BESIDE_NONE if ranked[0] == NO_ANSWER else LEAST_LIKELY
    options = [label for label in ranked if label != NO_ANSWER][:MOST_OFFERED]
    return tuple(each for each in options if shares[each] >= least)
