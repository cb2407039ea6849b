"""The questionnaire on sales, costs and repayment: the order of its questions, nothing else."""

from __future__ import annotations

from flows.flow import ASSESSMENT, START, URGENT, Flow, edge, has, lacks
from flows.keiei import questions as q
from flows.keiei.edges import AROUND_INDUSTRY, FROM_LENDERS, FROM_REPAYMENT, SAID_URGENT

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
                SAID_URGENT,
            ),
            edge("sales"),
        ),
        "sales": (edge("cause", has("sales", "down_slight", "down_sharp")), edge("costs")),
        "cause": (edge("costs"),),
        "costs": (edge("profit"),),
        "profit": (edge("lenders"),),
        "lenders": FROM_LENDERS,
        "repayment": FROM_REPAYMENT,
        "rescheduled": (edge("arrears"),),
        "bank_help": (edge("arrears"),),
        "arrears": (edge("prefecture", has("arrears", "wages"), NOT_HANDLED), edge("cash")),
        "cash": (edge("prefecture", has("cash", "this_month"), NOT_HANDLED), edge("wishes")),
        "wishes": (edge("legal_form"),),
        "legal_form": AROUND_INDUSTRY,
        "industry": (edge("expert"),),
        "medical_size": (edge("expert"),),
        "expert": (edge("prefecture"),),
        "emergency": (edge("prefecture"),),
        "prefecture": (
            edge(
                URGENT,
                SAID_URGENT,
            ),
            edge(URGENT, has("arrears", "wages"), NOT_HANDLED),
            edge(URGENT, has("cash", "this_month"), NOT_HANDLED),
            edge(ASSESSMENT),
        ),
    },
    outcomes=(ASSESSMENT, URGENT),
    hidden=frozenset({"emergency"}),
)
