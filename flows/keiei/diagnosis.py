"""Order the questions of the questionnaire on sales, costs and repayment."""

from __future__ import annotations

from flows.flow import ASSESSMENT, START, URGENT, Flow, Has, Question, edge, has, lacks
from flows.keiei import questions as q
from flows.keiei.edges import (
    AROUND_INDUSTRY,
    BANKS_DECIDE,
    CAPITAL_DECIDES,
    FROM_LENDERS,
    FROM_REPAYMENT,
    PUBLIC_ARREARS,
    SAID_URGENT,
    TRADE_DECIDES,
    unless_over,
)

NOT_HANDLED = lacks("emergency", "handled")
"""The owner has not been told what to do today."""

WAGES_OWED = (has("arrears", "wages"), NOT_HANDLED)
CASH_GONE = (has("cash", "this_month"), NOT_HANDLED)
SEIZURE_NEAR = (has("letters", "seizure"), NOT_HANDLED)


def _is_told(question: Question) -> Has:
    """Hold when the question was told unasked.

    It then stands on the way, and is never put as a question.
    """
    return has(question.id, *(option.id for option in question.options))


_FROM_ARREARS = (edge("letters", has("arrears", *PUBLIC_ARREARS)), edge("cash"))
_NO_OFFICE_FIRST = lacks("arrears", *PUBLIC_ARREARS)
_TO_EXPERT = unless_over(edge("banks", *BANKS_DECIDE, _NO_OFFICE_FIRST), edge("expert"))

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
        q.TAX_KIND,
        q.LETTERS,
        q.CASH,
        q.DEBT_YEARS,
        q.WISHES,
        q.LEGAL_FORM,
        q.INDUSTRY,
        q.CAPITAL,
        q.TRADE,
        q.MEDICAL_SIZE,
        q.BANKS,
        q.EXPERT,
        q.PREFECTURE,
        q.EMERGENCY,
    ),
    ways={
        START: (edge("emergency", SAID_URGENT), edge("sales")),
        "sales": (edge("cause", _is_told(q.CAUSE)), edge("costs")),
        "cause": (edge("costs"),),
        "costs": (edge("profit"),),
        "profit": (edge("lenders"),),
        "lenders": FROM_LENDERS,
        "repayment": FROM_REPAYMENT,
        "rescheduled": (edge("arrears"),),
        "bank_help": (edge("arrears"),),
        "arrears": (
            edge("prefecture", *WAGES_OWED),
            edge("tax_kind", has("arrears", "tax"), _is_told(q.TAX_KIND)),
            *_FROM_ARREARS,
        ),
        "tax_kind": _FROM_ARREARS,
        "letters": (edge("prefecture", *SEIZURE_NEAR), edge("cash")),
        "cash": (
            edge("prefecture", *CASH_GONE),
            edge("debt_years", _is_told(q.DEBT_YEARS)),
            edge("wishes"),
        ),
        "debt_years": (edge("wishes"),),
        "wishes": (edge("prefecture", has("wishes", "close")), edge("legal_form")),
        "legal_form": AROUND_INDUSTRY,
        "industry": (
            edge("capital", *CAPITAL_DECIDES, _NO_OFFICE_FIRST),
            *_TO_EXPERT,
        ),
        "capital": (edge("trade", TRADE_DECIDES), *_TO_EXPERT),
        "trade": _TO_EXPERT,
        "medical_size": _TO_EXPERT,
        "banks": (edge("expert"),),
        "expert": (edge("prefecture"),),
        "emergency": (edge("prefecture"),),
        "prefecture": (
            edge(URGENT, SAID_URGENT),
            edge(URGENT, *WAGES_OWED),
            edge(URGENT, *SEIZURE_NEAR),
            edge(URGENT, *CASH_GONE),
            edge(ASSESSMENT),
        ),
    },
    outcomes=(ASSESSMENT, URGENT),
    hidden=frozenset({"emergency", "debt_years"}),
    most=14,
)
