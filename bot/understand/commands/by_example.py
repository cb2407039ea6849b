"""Hear commands that no table holds, by labelled lines."""

from __future__ import annotations

from bot.understand.commands.command import Command, Spoken
from bot.understand.learned import LinearModel
from bot.understand.reading.reading import Reading
from knowledge.place_names.places import locate

LONGEST = 60
"""Characters. A longer message tells something."""

LEAST_LIKELY, LEAST_TO_CHANGE = 0.35, 0.75
"""Least probability of a command, and of one that changes something at once."""

_CHANGES = {Command.STOP, Command.NEVER_AGAIN, Command.BACK, Command.RESTART}

_COMMANDS = {each.value: each for each in Command}


def command_by_example(reading: Reading, model: LinearModel) -> Spoken | None:
    """Hear the likeliest command of a message, if likely enough.

    Deleting is always asked about.
    """
    if not reading.clauses or not 0 < len(reading.text) <= LONGEST:
        return None
    shares = model.probabilities(reading.text)
    likeliest = max(shares, key=lambda label: shares[label])
    command = _COMMANDS.get(likeliest)
    least = LEAST_TO_CHANGE if command in _CHANGES else LEAST_LIKELY
    if command is None or shares[likeliest] < least:
        return None
    place = _place_in(reading.text) if command is Command.CENTER else ""
    return Spoken(command, bare=False, clauses=tuple(reading.clauses), place=place)


def _place_in(text: str) -> str:
    place = locate(text)
    return place.prefectures[0] if place.decision == "one" and place.direct else ""
