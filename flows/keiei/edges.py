"""Define the edges that both questionnaires share.

A question is asked only where its answer decides something for this owner, so that the ways stay as
long as they are: where one is added, another that no longer decides is left out.
"""

from __future__ import annotations

from flows.flow import Edge, edge, has, lacks

SAID_URGENT = has("emergency", "wages", "payment", "seizure", "acceleration", "loan_shark")
"""The owner told of urgent money trouble, and has not gone on since."""

FROM_LENDERS = (edge("bank_help", has("lenders", "none")), edge("repayment"))

FROM_REPAYMENT = (
    edge("rescheduled", has("repayment", "changed", "late", "beyond")),
    edge("bank_help"),
)

AROUND_INDUSTRY = (
    edge("medical_size", has("legal_form", "medical_corporation")),
    edge("prefecture", has("legal_form", "nonprofit", "welfare_or_school", "cooperative")),
    edge("industry"),
)
"""From the legal form to the size, or past it where it decides nothing."""

OVER_SIZE = has("industry", "over")
CAPITAL_DECIDES = (OVER_SIZE, lacks("legal_form", "sole_proprietor"))
"""Either limit is enough. A sole proprietor has no capital."""

TRADE_DECIDES = has("capital", "within_100m", "within_300m", "over_300m")
"""Up to 50 million yen are within the bounds of every trade."""

PUBLIC_ARREARS = ("tax", "social_insurance")
"""Debts to offices that can seize without going to court."""

BANKS_DECIDE = (
    has("lenders", "bank"),
    lacks("lenders", "guaranteed", "jfc"),
    lacks("bank_help", "no"),
)
"""One bank without a guarantee, with its plan in question, is a special case."""


def unless_over(*ways: Edge) -> tuple[Edge, ...]:
    """Leave out the rest for owners over the size.

    They have been asked for their capital.
    """
    return (edge("prefecture", OVER_SIZE), *ways)
