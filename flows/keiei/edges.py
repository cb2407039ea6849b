"""The edges that both questionnaires have: what an answer leads to is decided once."""

from __future__ import annotations

from flows.flow import edge, has

SAID_URGENT = has("emergency", "wages", "payment", "seizure", "acceleration", "loan_shark")
"""The owner has told of money trouble that cannot wait, and has not gone on since."""

FROM_LENDERS = (edge("bank_help", has("lenders", "none")), edge("repayment"))

FROM_REPAYMENT = (edge("rescheduled", has("repayment", "changed", "late")), edge("bank_help"))

AROUND_INDUSTRY = (
    edge("medical_size", has("legal_form", "medical_corporation")),
    edge("prefecture", has("legal_form", "nonprofit", "welfare_or_school", "cooperative")),
    edge("industry"),
)
"""From the legal form: to the size in a way of its own, or past it where it decides nothing."""
