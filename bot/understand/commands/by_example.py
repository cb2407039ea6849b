"""Hear commands that no table holds, by labelled lines."""

from __future__ import annotations

import re

from bot.understand.commands.command import Command, Spoken
from bot.understand.commands.covering import cover
from bot.understand.commands.vocabulary import vocabulary
from bot.understand.learned import LinearModel
from bot.understand.reading.reading import Reading
from knowledge.place_names.places import locate

LONGEST = 60
"""Characters. A longer message tells something."""

LEAST_KNOWN = 0.5
"""Share of the text seen before. A model has an opinion of 「BU1」, too."""

NONE = "none"
"""The label of rows that are no command."""

LEAST_LIKELY, LEAST_TO_END, LEAST_TO_CHANGE = 0.5, 0.6, 0.7
"""Least probability of any command, where it only tells, ends the day, or takes answers back.

All commands together are weighed against none: 「もっと少なくできんの」 is surely one of two, and asks
for nothing else.
"""

LEAST_OF_ONE = 0.2
"""Least probability of the likeliest command. What is a little like many is none."""

LEAST_IN_PASSING = 0.02
"""Least probability of a command that words found in one clause among others.

「明日機械が来る！新品」 holds 「明日」 alone, and stops nothing. Of 38 such clauses 31 are spared by this, of 33
commands beside a reason one is lost.
"""

_LEAST = {
    Command.STOP: LEAST_TO_END,
    Command.NEVER_AGAIN: LEAST_TO_END,
    Command.BACK: LEAST_TO_CHANGE,
    Command.RESTART: LEAST_TO_CHANGE,
}

_HAS_OBJECT = {Command.STOP, Command.RESTART, Command.FORGET}

_OBJECT = re.compile(r"\w{1,8}(?=を)")

_COMMANDS = {each.value: each for each in Command}


def command_by_example(reading: Reading, model: LinearModel) -> Spoken | None:
    """Hear the likeliest command of a message, if likely enough.

    Deleting is always asked about.
    """
    if not reading.clauses or not 0 < len(reading.text) <= LONGEST:
        return None
    if model.familiarity(reading.text) < LEAST_KNOWN:
        return None
    shares = model.probabilities(reading.text)
    command = max(_COMMANDS.values(), key=lambda each: shares.get(each.value, 0.0))
    if 1 - shares[NONE] < _LEAST.get(command, LEAST_LIKELY):
        return None
    if shares.get(command.value, 0.0) < LEAST_OF_ONE:
        return None
    if command in _HAS_OBJECT and has_other_object(reading.clauses[-1].form):
        return None
    place = _place_in(reading.text) if command is Command.CENTER else ""
    return Spoken(command, bare=False, clauses=tuple(reading.clauses), place=place)


def has_other_object(form: str) -> bool:
    """Tell whether a clause asks for something not the bot's.

    「もう終わりにしたいリスケを」, 「借金を消して」: what stands before を is no word of any command.
    """
    words = vocabulary()
    return any(
        all(cover(named[0][start:], words) is None for start in range(len(named[0])))
        for named in _OBJECT.finditer(form)
    )


def is_in_passing(spoken: Spoken, reading: Reading, model: LinearModel) -> bool:
    """Tell whether words look like a command in a message that most likely is none."""
    if len(spoken.clauses) == len(reading.clauses) or spoken.command.value not in model.labels:
        return False
    return model.probabilities(reading.text)[spoken.command.value] < LEAST_IN_PASSING


def _place_in(text: str) -> str:
    place = locate(text)
    return place.prefectures[0] if place.decision == "one" and place.direct else ""
