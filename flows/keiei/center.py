"""The shortest flow: one question, the place, and then the desk that serves it."""

from __future__ import annotations

from flows.flow import START, Flow, edge
from flows.keiei import questions as q

DESK = "desk"
"""The outcome that shows the desk and nothing else."""

CENTER = Flow(
    id="center",
    title="窓口を探す",
    questions=(q.PREFECTURE,),
    ways={START: (edge("prefecture"),), "prefecture": (edge(DESK),)},
    outcomes=(DESK,),
)
