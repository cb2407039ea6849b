"""Find the amendments that count.

Those withdrawn do not, and those that wait for a second person do not. All of them stay on record,
with the person who withdrew or approved them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge.amendments.kinds import Amendment, Approved, Unreadable, Withdrawn, mark


def withdrawals(amendments: Iterable[Amendment]) -> Mapping[int, int]:
    """Map the place of each withdrawn amendment to that of its withdrawal.

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


def waiting(amendments: Iterable[Amendment]) -> frozenset[int]:
    """Find the places of amendments that still need a second person's yes.

    The yes counts only after the amendment, and only from somebody else than its author.
    """
    open_: dict[str, dict[int, str]] = {}
    for place, amendment in enumerate(amendments):
        if isinstance(amendment, Approved):
            authors = open_.get(amendment.of, {})
            open_[amendment.of] = {
                p: who for p, who in authors.items() if not _is_other(who, amendment)
            }
        elif not isinstance(amendment, Unreadable) and amendment.needs_second:
            open_.setdefault(mark(amendment), {})[place] = amendment.staff
    return frozenset(place for places in open_.values() for place in places)


def _is_other(author: str, approval: Approved) -> bool:
    return bool(author and approval.staff) and author != approval.staff
