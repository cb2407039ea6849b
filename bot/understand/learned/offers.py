"""What an answer nobody understood may mean: at most two options to ask about, none to record."""

from __future__ import annotations

from bot.understand.learned.model import LinearModel

MOST_OFFERED = 2
"""Options; more would be the question over again."""

LONGEST_OFFERED = 80
"""Characters: a longer message is a story, and no answer to one question."""

NO_ANSWER = "none-of-them"
"""The label of rows that answer nothing."""

LEAST_FAMILIAR = 0.16
"""How much of the text must have been seen: a model has an opinion of 「ぽぽぽぽーん」, too."""

LEAST_SURE = 0.35
"""How likely an option must be to be asked about before anything else is looked for."""

LEAST_LIKELY, LEAST_BESIDE_NONE = 0.02, 0.04
"""How likely it must be once nothing else was found; the more where no answer at all is likelier."""


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
