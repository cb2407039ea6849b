"""Tell an owner the costs of a plan.

They are a band with its edition and date, never a promise.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.presentation.wording import say
from knowledge import sources
from knowledge.cost_sharing import cost_band, cost_share, yen_in_words
from knowledge.programme_ids import CURRENT
from knowledge.programmes import Programmes


def cost_lines(
    programme_id: str, programmes: Programmes, examples: Mapping[str, int]
) -> tuple[str, ...]:
    """Tell the split of the costs in two to four lines, if any.

    It is empty where there is nothing to share. `examples` are costs in yen to show the split by,
    for each programme that has one.
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
    """Write the band of the smallest businesses, from the one office that prints it."""
    classes = programmes.programmes[programme_id].editions[CURRENT].size_classes
    if not classes:
        return ()
    small = classes[0]
    whose = sources.load()[small.sources[0]].what.split()[0]
    own = yen_in_words(cost_band(programme_id, size=small.id).own_to)
    cost, as_of = yen_in_words(small.cost_max_yen), small.as_of
    # Its age in words would be longer than what it says; the sources show it in full.
    dated = say("costs.undated") if sources.is_undated(as_of) else sources.in_words(as_of)
    return (say("costs.smallest", whose=whose, cost=cost, own=own, dated=dated),)
