"""Define the shortest flow, the place and then its office."""

from __future__ import annotations

from flows.flow import OFFICE, START, Flow, edge
from flows.keiei import questions as q

CENTER = Flow(
    id="center",
    title="窓口を探す",
    questions=(q.PREFECTURE,),
    ways={START: (edge("prefecture"),), "prefecture": (edge(OFFICE),)},
    outcomes=(OFFICE,),
)
