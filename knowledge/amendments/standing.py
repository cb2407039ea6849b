"""Amendments that were withdrawn count no more; both they and who withdrew them stay on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge.amendments.kinds import Amendment, Withdrawn, mark


def withdrawals(amendments: Iterable[Amendment]) -> Mapping[int, int]:
    """The place of every amendment that was withdrawn → the place of its withdrawal.

    A withdrawal takes back the latest amendment before it that has its mark and still stands.
    """
    taken: dict[int, int] = {}
    standing: dict[str, list[int]] = {}
    for place, amendment in enumerate(amendments):
        if not isinstance(amendment, Withdrawn):
            standing.setdefault(mark(amendment), []).append(place)
        elif places := standing.get(amendment.of):
            taken[places.pop()] = place
    return taken
