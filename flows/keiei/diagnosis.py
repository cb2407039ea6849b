"""The questionnaire on sales, costs and repayment: the order of its questions, nothing else."""

from __future__ import annotations

from flows.flow import ASSESSMENT, START, URGENT, Flow, edge, has, lacks
from flows.keiei import questions as q

NOT_HANDLED = lacks("emergency", "handled")
"""The owner has not yet been told what to do today and asked to go on."""

DIAGNOSIS = Flow(
    id="diagnosis",
    title="くわしい診断",
    questions=(
        q.SALES,
        q.CAUSE,
        q.COSTS,
        q.PROFIT,
        q.LENDERS,
        q.REPAYMENT,
        q.RESCHEDULED,
        q.BANK_HELP,
        q.ARREARS,
        q.CASH,
        q.WISHES,
        q.LEGAL_FORM,
        q.INDUSTRY,
        q.MEDICAL_SIZE,
        q.EXPERT,
        q.PREFECTURE,
        q.EMERGENCY,
    ),
    ways={
        START: (
            edge(
                "emergency",
                has("emergency", "wages", "payment", "seizure", "acceleration", "loan_shark"),
            ),
            edge("sales"),
        ),
        "sales": (edge("cause", has("sales", "down_slight", "down_sharp")), edge("costs")),
        "cause": (edge("costs"),),
        "costs": (edge("profit"),),
        "profit": (edge("lenders"),),
        "lenders": (edge("bank_help", has("lenders", "none")), edge("repayment")),
        "repayment": (
            edge("rescheduled", has("repayment", "changed", "late")),
            edge("bank_help"),
        ),
        "rescheduled": (edge("arrears"),),
        "bank_help": (edge("arrears"),),
        "arrears": (edge("prefecture", has("arrears", "wages"), NOT_HANDLED), edge("cash")),
        "cash": (edge("prefecture", has("cash", "this_month"), NOT_HANDLED), edge("wishes")),
        "wishes": (edge("legal_form"),),
        "legal_form": (
            edge("medical_size", has("legal_form", "medical_corporation")),
            edge("prefecture", has("legal_form", "nonprofit", "welfare_or_school", "cooperative")),
            edge("industry"),
        ),
        "industry": (edge("expert"),),
        "medical_size": (edge("expert"),),
        "expert": (edge("prefecture"),),
        "emergency": (edge("prefecture"),),
        "prefecture": (
            edge(
                URGENT,
                has("emergency", "wages", "payment", "seizure", "acceleration", "loan_shark"),
            ),
            edge(URGENT, has("arrears", "wages"), NOT_HANDLED),
            edge(URGENT, has("cash", "this_month"), NOT_HANDLED),
            edge(ASSESSMENT),
        ),
    },
    outcomes=(ASSESSMENT, URGENT),
    hidden=frozenset({"emergency"}),
)
