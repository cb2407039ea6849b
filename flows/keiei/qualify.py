"""The short "do I qualify?": seven questions at most, all of them shared with the diagnosis."""

from __future__ import annotations

from flows.flow import ASSESSMENT, START, URGENT, Flow, edge, has
from flows.keiei import questions as q

URGENT_WORDS = has("emergency", "wages", "payment", "seizure", "acceleration", "loan_shark")

QUALIFY = Flow(
    id="qualify",
    title="使えるか調べる",
    questions=(
        q.LEGAL_FORM,
        q.INDUSTRY,
        q.MEDICAL_SIZE,
        q.LENDERS,
        q.REPAYMENT,
        q.RESCHEDULED,
        q.BANK_HELP,
        q.EXPERT,
        q.PREFECTURE,
        q.EMERGENCY,
    ),
    ways={
        START: (edge("emergency", URGENT_WORDS), edge("legal_form")),
        "legal_form": (
            edge("medical_size", has("legal_form", "medical_corporation")),
            edge("prefecture", has("legal_form", "nonprofit", "welfare_or_school", "cooperative")),
            edge("industry"),
        ),
        "industry": (edge("lenders"),),
        "medical_size": (edge("lenders"),),
        "lenders": (edge("bank_help", has("lenders", "none")), edge("repayment")),
        "repayment": (
            edge("rescheduled", has("repayment", "changed", "late")),
            edge("bank_help"),
        ),
        "rescheduled": (edge("expert"),),
        "bank_help": (edge("expert"),),
        "expert": (edge("prefecture"),),
        "emergency": (edge("prefecture"),),
        "prefecture": (edge(URGENT, URGENT_WORDS), edge(ASSESSMENT)),
    },
    outcomes=(ASSESSMENT, URGENT),
    hidden=frozenset({"emergency"}),
)
