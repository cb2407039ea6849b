"""Order the short "do I qualify?" of at most seven questions.

The diagnosis has all of them, too.
"""

from __future__ import annotations

from flows.flow import ASSESSMENT, START, URGENT, Flow, edge
from flows.keiei import questions as q
from flows.keiei.edges import (
    AROUND_INDUSTRY,
    BANKS_DECIDE,
    CAPITAL_DECIDES,
    FROM_LENDERS,
    FROM_REPAYMENT,
    SAID_URGENT,
    unless_over,
)

_FROM_HELP = unless_over(edge("banks", *BANKS_DECIDE), edge("expert"))

QUALIFY = Flow(
    id="qualify",
    title="使えるか調べる",
    questions=(
        q.LEGAL_FORM,
        q.INDUSTRY,
        q.CAPITAL,
        q.MEDICAL_SIZE,
        q.LENDERS,
        q.REPAYMENT,
        q.RESCHEDULED,
        q.BANK_HELP,
        q.BANKS,
        q.EXPERT,
        q.PREFECTURE,
        q.EMERGENCY,
    ),
    ways={
        START: (edge("emergency", SAID_URGENT), edge("legal_form")),
        "legal_form": AROUND_INDUSTRY,
        "industry": (edge("capital", *CAPITAL_DECIDES), edge("lenders")),
        "capital": (edge("lenders"),),
        "medical_size": (edge("lenders"),),
        "lenders": FROM_LENDERS,
        "repayment": FROM_REPAYMENT,
        "rescheduled": _FROM_HELP,
        "bank_help": _FROM_HELP,
        "banks": (edge("prefecture"),),
        "expert": (edge("prefecture"),),
        "emergency": (edge("prefecture"),),
        "prefecture": (edge(URGENT, SAID_URGENT), edge(ASSESSMENT)),
    },
    outcomes=(ASSESSMENT, URGENT),
    hidden=frozenset({"emergency"}),
    most=7,
)
