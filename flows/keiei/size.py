"""Is the business small or medium-sized? The rows of `programmes.json`, told apart by answers.

Meeting either limit is enough: the headcount is asked first, the capital only of those who are
over it, and the trade only where the band of the capital leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.assessment import Effect, Rule
from flows.flow import Has, has, lacks
from knowledge import programmes
from knowledge.programmes import SmeThreshold

BANDS = {
    "within_50m": 50_000_000,
    "within_100m": 100_000_000,
    "within_300m": 300_000_000,
    "over_300m": 300_000_001,
}
"""Most yen of each option of `capital`. The last is one over the highest."""

THRESHOLDS = {each.id: each for each in programmes.load().sme_thresholds}
COMPANIES = lacks("legal_form", "sole_proprietor")
OVER = has("industry", "over")
ALWAYS_WITHIN = "within_50m"
"""Within the limit of every trade."""


def too_large() -> tuple[tuple[Has, ...], ...]:
    """List the rows of answers where headcount and capital are both over."""
    return tuple(
        (OVER, has("trade", trade), has("capital", *_bands(THRESHOLDS[trade], within=False)))
        for trade in THRESHOLDS
        if trade != "rubber"
    )


def rules(programme_ids: frozenset[str]) -> Iterator[Rule]:
    """Yield the rules on size for these plans."""
    for trade, limit in THRESHOLDS.items():
        if trade != "rubber":
            yield from _of_headcount(programme_ids, trade, limit)
            yield from _of_capital(programme_ids, trade, limit)
    yield from _of_those_over(programme_ids)


def _of_headcount(plans: frozenset[str], trade: str, limit: SmeThreshold) -> Iterator[Rule]:
    capital = capital_in_words(limit.capital_yen)
    sources = ("S201", *limit.sources)
    yield Rule(
        f"size-{trade}", plans, "industry", (trade,), Effect.FOR,
        f"{limit.industry}は、働く人{limit.employees}人以下か資本金{capital}以下の、どちらかで中小企業です。",
        sources, (COMPANIES,),
    )  # fmt: skip
    yield Rule(
        f"size-{trade}-sole-proprietor", plans, "industry", (trade,), Effect.FOR,
        f"働く人が{limit.employees}人以下なので、中小企業の範囲に入ります。",
        sources, (has("legal_form", "sole_proprietor"),),
    )  # fmt: skip


def _of_capital(plans: frozenset[str], trade: str, limit: SmeThreshold) -> Iterator[Rule]:
    capital = capital_in_words(limit.capital_yen)
    inside, outside = _bands(limit, within=True), _bands(limit, within=False)
    sources = ("S201", *limit.sources)
    yield Rule(
        f"capital-{trade}", plans, "capital", inside, Effect.FOR,
        f"人数はこえても、資本金が{capital}以下なので中小企業です（どちらか一方で足ります）。",
        sources, (OVER, has("trade", trade)),
    )  # fmt: skip
    yield Rule(
        f"capital-{trade}-over", plans, "capital", outside, Effect.AGAINST,
        f"人数（{limit.employees}人）も資本金（{capital}）もこえるので、405事業も早期計画も対象に入っていません。",
        sources, (OVER, has("trade", trade)),
    )  # fmt: skip


def _of_those_over(plans: frozenset[str]) -> Iterator[Rule]:
    rubber = THRESHOLDS["rubber"]
    yield Rule(
        "size-rubber", plans, "trade", ("rubber",), Effect.FOR,
        f"ゴム製品の製造は、働く人{rubber.employees}人以下なら中小企業です（タイヤや工業用ベルトなどは別です）。",
        ("S201", *rubber.sources),
    )  # fmt: skip
    yield Rule(
        "capital-within-all", plans, "capital", (ALWAYS_WITHIN,), Effect.FOR,
        "人数はこえても、資本金が5,000万円以下なので中小企業です（どちらか一方で足ります）。",
        ("S201", "S90", "S92"), (OVER, lacks("trade", *THRESHOLDS)),
    )  # fmt: skip
    yield Rule(
        "capital-without-trade", plans, "capital", tuple(BANDS)[1:], Effect.CHECK,
        "人数をこえるときは、資本金で範囲に入ることがあります。資本金の範囲は業種で変わります。",
        ("S201", "S90", "S92"), (OVER, lacks("trade", *THRESHOLDS)),
    )  # fmt: skip
    yield Rule(
        "over-size", plans, "industry", ("over",), Effect.CHECK,
        "人数では範囲をこえますが、会社なら資本金で範囲に入ることがあります（どちらか一方で足ります）。",
        ("S90", "S92"), (COMPANIES, lacks("capital", *BANDS), lacks("trade", "rubber")),
    )  # fmt: skip
    yield Rule(
        "over-size-sole-proprietor", plans, "industry", ("over",), Effect.CHECK,
        "個人事業主は、働く人の数だけで見ます。パートや家族の数え方を、窓口で確かめてください。",
        ("S90", "S92"), (has("legal_form", "sole_proprietor"),),
    )  # fmt: skip
    yield Rule(
        "size-unknown", plans, "industry", ("unknown",), Effect.CHECK,
        "業種と人数（または資本金）で、中小企業に入るかが決まります。", ("S90", "S92"),
    )  # fmt: skip


def capital_in_words(yen: int) -> str:
    """Say a limit as people do, as 3億円 or 5,000万円."""
    return f"{yen // 100_000_000}億円" if yen >= 100_000_000 else f"{yen // 10_000:,}万円"  # noqa: PLR2004


def _bands(limit: SmeThreshold, *, within: bool) -> tuple[str, ...]:
    """List the bands of capital within the limit, or those over it.

    The business is over the headcount.
    """
    over = limit.employees + 1
    return tuple(
        band
        for band, yen in BANDS.items()
        if limit.includes(capital_yen=yen, employees=over) is within
    )
