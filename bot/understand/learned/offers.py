"""Find the options that an unknown answer may mean."""

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

LEAST_LIKELY, LEAST_BESIDE_NONE = 0.02, 0.01
"""Least probability of an option once nothing else was found.

Less where no answer at all is likelier: so many rows teach that, that it often is.
"""

LEAST_RECORDED, LEAST_KNOWN = 0.8, 0.5
"""Least probability of an option to be recorded, and share of the text seen before.

That share is asked for as well where no answer is likeliest (「へのへのもへじ」).

Of 306 plain answers without known words in rows no model had seen, 289 were right, 4 wrong, and 13
answered nothing; without it an owner taps for each of them.
"""


def find_sure_option(text: str, model: LinearModel) -> str | None:
    """Find the one option an answer means beyond doubt."""
    if not 0 < len(text) <= LONGEST_OFFERED:
        return None
    shares = model.probabilities(text)
    likeliest = max(shares, key=lambda label: shares[label])
    is_sure = likeliest != NO_ANSWER and shares[likeliest] >= LEAST_RECORDED
    return likeliest if is_sure and model.familiarity(text) >= LEAST_KNOWN else None


def offer_options(text: str, model: LinearModel, *, sure: bool = False) -> tuple[str, ...]:
    """Name at most two options that the text may mean, the likelier first.

    They are asked about, not recorded. With `sure` only where one of them is likely by itself.
    """
    if not 0 < len(text) <= LONGEST_OFFERED:
        return ()
    shares = model.probabilities(text)
    ranked = sorted(shares, key=lambda label: -shares[label])
    least_known = LEAST_KNOWN if ranked[0] == NO_ANSWER else LEAST_FAMILIAR
    if model.familiarity(text) < least_known:
        return ()
    if sure and (ranked[0] == NO_ANSWER or shares[ranked[0]] < LEAST_SURE):
        return ()
    least = LEAST_BESIDE_NONE if ranked[0] == NO_ANSWER else LEAST_LIKELY
    options = [label for label in ranked if label != NO_ANSWER][:MOST_OFFERED]
    return tuple(each for each in options if shares[each] >= least)
