"""What a plan costs its owner: a band with its edition and date, never a promise."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge import sources
from knowledge.cost_sharing import cost_band, cost_share, yen_in_words
from knowledge.programme_ids import CURRENT
from knowledge.programmes import Programmes

LEAFLET = "leaflet-2015"


def cost_lines(
    programme_id: str, programmes: Programmes, examples: Mapping[str, int]
) -> tuple[str, ...]:
    """Tell the split of the costs in two to four lines; empty where there is nothing to share.

    `examples` are costs in yen to show the split by, for each programme that has one.
    """
    programme = programmes.programmes.get(programme_id)
    if programme is None or programme.editions[CURRENT].rate is None:
        return ()
    band = cost_band(programme_id)
    dated = f"{sources.in_words(band.as_of)}時点の情報"
    lines = [
        "専門家に払う費用の3分の2を国が負担し、ご自分の負担は3分の1です。",
        f"計画づくりの補助は{yen_in_words(band.public_to)}まで（{dated}）。",
        f"その範囲なら、ご自分の負担は{band.in_words()}です。",
    ]
    if cost := examples.get(programme_id):
        share = cost_share(programme_id, cost)
        lines.append(
            f"例：費用{yen_in_words(cost)}なら、補助{yen_in_words(share.public)}・ご自分{yen_in_words(share.own)}。"
        )
    return (
        *lines,
        *_small_business(programme_id, programmes),
        "今年度の上限は、申請の前に窓口で確かめてください。",
    )


def _small_business(programme_id: str, programmes: Programmes) -> tuple[str, ...]:
    """Write the leaflet's band for the smallest businesses, if it has one."""
    editions = programmes.programmes[programme_id].editions
    if LEAFLET not in editions or not editions[LEAFLET].size_classes:
        return ()
    band = cost_band(programme_id, size="small", edition=LEAFLET)
    return (
        f"2015年の目安では、売上も借入も1億円未満なら、ご自分の負担は{yen_in_words(band.own_to)}まででした。",
    )
