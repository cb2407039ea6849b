"""Compute the shares of a cost, in whole yen, by a programme's terms."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from knowledge.programme_ids import CURRENT
from knowledge.programmes import Cap, Edition, SizeClass, load

_MAN = 10_000


@dataclass(frozen=True, slots=True)
class CostShare:
    """Hold the shares of one cost, in yen.

    Above `all_own_above` every further yen is the owner's.
    """

    cost: int
    public: int
    own: int
    cap: int
    all_own_above: int
    rate: Fraction
    kind: str
    edition: str
    as_of: str
    sources: tuple[str, ...]
    confirm: bool


@dataclass(frozen=True, slots=True)
class CostBand:
    """Hold the owner's share as a band, in yen, up to the cap.

    `own_from` is 0 when no source speaks of a smallest cost; then only "at most" is honest. `size`
    is the class that narrowed the band, None when none did.
    """

    own_from: int
    own_to: int
    public_from: int
    public_to: int
    all_own_above: int
    rate: Fraction
    kind: str
    size: str | None
    edition: str
    as_of: str
    sources: tuple[str, ...]
    confirm: bool

    def in_words(self) -> str:
        """Return the own share in Japanese, such as 約15万円から約33万円."""
        if self.own_from == 0:
            return f"最大で{yen_in_words(self.own_to)}"
        return f"{yen_in_words(self.own_from)}から{yen_in_words(self.own_to)}"


def cost_share(
    programme_id: str, cost_yen: int, edition: str = CURRENT, kind: str | None = None
) -> CostShare:
    """Compute the shares of a cost of `cost_yen`.

    The public part is rounded down and capped. `kind` is one of the edition's kinds of cost;
    without it the main one, the making of the plan. Raises KeyError for unknown names and
    ValueError where costs are not shared by a rate.
    """
    if cost_yen < 0:
        raise ValueError(f"A cost of {cost_yen} yen is below zero.")
    terms = load().edition(programme_id, edition)
    cap, rate = _cap(programme_id, terms, kind)
    public = min(int(cost_yen * rate), cap.cap_yen)
    return CostShare(
        cost=cost_yen,
        public=public,
        own=cost_yen - public,
        cap=cap.cap_yen,
        all_own_above=_cost_at_cap(cap, rate),
        rate=rate,
        kind=cap.kind,
        edition=edition,
        as_of=cap.as_of,
        sources=cap.sources,
        confirm=cap.confirm,
    )


def cost_band(
    programme_id: str,
    *,
    size: str | None = None,
    edition: str = CURRENT,
    kind: str | None = None,
) -> CostBand:
    """Return the band the owner's share lies in while the cap is not exceeded.

    `size` (``small``, ``medium``, ``upper-medium``) narrows it where the edition has size classes
    and `kind` is the main one. Raises as `cost_share` does.
    """
    terms = load().edition(programme_id, edition)
    cap, rate = _cap(programme_id, terms, kind)
    highest, bounded = _cost_at_cap(cap, rate), None
    if size is not None and terms.size_classes and cap is terms.caps[0]:
        bounded = _size_class(terms, size)
        highest = min(highest, bounded.cost_max_yen)
    low = cost_share(programme_id, cap.cost_from_yen or 0, edition, cap.kind)
    high = cost_share(programme_id, highest, edition, cap.kind)
    return CostBand(
        own_from=low.own,
        own_to=high.own,
        public_from=low.public,
        public_to=high.public,
        all_own_above=high.all_own_above,
        rate=rate,
        kind=cap.kind,
        size=bounded.id if bounded else None,
        edition=edition,
        as_of=bounded.as_of if bounded else cap.as_of,
        sources=tuple(dict.fromkeys(cap.sources + (bounded.sources if bounded else ()))),
        confirm=cap.confirm or (bounded is not None and bounded.confirm),
    )


def yen_in_words(amount: int) -> str:
    """Write an amount in 万円, as 75000 → 7万5千円, 333334 → 約33万円."""
    if amount < _MAN:
        return f"{amount:,}円"
    thousands, rest = divmod(amount, 1000)
    if rest:
        return f"約{round(amount / _MAN)}万円"
    ten_thousands, odd = divmod(thousands, 10)
    return f"{ten_thousands}万{f'{odd}千' if odd else ''}円"


def _cap(programme_id: str, terms: Edition, kind: str | None) -> tuple[Cap, Fraction]:
    if terms.rate is None or not terms.caps:
        raise ValueError(f"{programme_id} does not share costs by a rate.")
    for cap in terms.caps:
        if kind in {None, cap.kind}:
            return cap, terms.rate
    known = ", ".join(cap.kind for cap in terms.caps)
    raise KeyError(f"{programme_id} has no cost of kind {kind!r}; expected one of {known}.")


def _cost_at_cap(cap: Cap, rate: Fraction) -> int:
    """Return the smallest cost whose public part is the whole cap."""
    return ceil(cap.cap_yen / rate)


def _size_class(terms: Edition, size: str) -> SizeClass:
    for found in terms.size_classes:
        if found.id == size:
            return found
    known = ", ".join(found.id for found in terms.size_classes)
    raise KeyError(f"{size!r} is not a size class; expected one of {known}.")
