"""What a plan costs its owner: a band with its edition and date, never a promise."""

from __future__ import annotations

from collections.abc import Mapping

from bot.presentation.wording import say
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
    dated = say("costs.dated", date=sources.in_words(band.as_of))
    lines = [
        say("costs.split"),
        say("costs.cap", most=yen_in_words(band.public_to), dated=dated),
        say("costs.own", own=band.in_words()),
    ]
    if cost := examples.get(programme_id):
        share = cost_share(programme_id, cost)
        lines.append(
            say(
                "costs.example",
                cost=yen_in_words(cost),
                public=yen_in_words(share.public),
                own=yen_in_words(share.own),
            )
        )
    return (
        *lines,
        *_small_business(programme_id, programmes),
        say("costs.ask_first"),
    )


def _small_business(programme_id: str, programmes: Programmes) -> tuple[str, ...]:
    """Write the leaflet's band for the smallest businesses, if it has one."""
    editions = programmes.programmes[programme_id].editions
    if LEAFLET not in editions or not editions[LEAFLET].size_classes:
        return ()
    band = cost_band(programme_id, size="small", edition=LEAFLET)
    return (say("costs.smallest_in_2015", most=yen_in_words(band.own_to)),)
