"""Sheets for tests, one of each outcome and one of each questionnaire path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from bot.figures.figures import Figures, Given, How
from bot.model.conversation import Conversation
from bot.model.follow_up import CheckIn, FollowUp
from bot.model.turn import Context
from bot.sheet.making import make_sheet
from bot.sheet.sheet import Sheet
from flows.keiei.programme import KEIEI
from flows.paths import find_paths
from knowledge.library import load

NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
"""A Monday, eleven in the morning in Japan."""


@cache
def context() -> Context:
    """What the bot knows on that Monday."""
    return Context(NOW, load(), KEIEI)


def finished(answers: str, flow: str = "diagnosis") -> Conversation:
    """A conversation with these answers, written `sales=up costs=rent|labor`."""
    pairs = (each.partition("=") for each in answers.split())
    given = {question: tuple(options.split("|")) for question, _, options in pairs}
    return Conversation("test:owner", flow=flow, answers=given)


def sheet_of(conversation: Conversation) -> Sheet:
    """The sheet of a conversation that has answers."""
    sheet = make_sheet(conversation, context())
    assert sheet
    return sheet


@cache
def sheets() -> tuple[tuple[str, Sheet], ...]:
    """Return a named sheet for every path of every questionnaire."""
    return tuple(_every_sheet())


def _every_sheet() -> Iterator[tuple[str, Sheet]]:
    for flow in KEIEI.flows.values():
        for number, path in enumerate(find_paths(flow)):
            answers = {question: (option,) for question, option in path.answers}
            conversation = Conversation("test:owner", flow=flow.id, answers=answers)
            yield f"{flow.id} {number} {path.outcome}", sheet_of(conversation)


def checked() -> FollowUp:
    """A follow-up with six check-ins, every mark among them."""
    check_ins = tuple(
        CheckIn(
            date(2027 + number // 2, 6 + 6 * (number % 2), 2),
            {
                each.id: each.options[(number + place) % len(each.options)].id
                for place, each in enumerate(KEIEI.follow_up.checks)
            },
        )
        for number in range(6)
    )
    return FollowUp("ab", agreed_at=NOW, check_ins=check_ins)


TODAY = date(2026, 11, 30)
_GIVEN = {
    "cash": 3_000_000,
    "monthly_sales": 4_000_000,
    "monthly_costs": 3_600_000,
    "monthly_repayment": 620_000,
    "debt": 48_000_000,
    "ordinary_profit": 2_000_000,
    "depreciation": 1_500_000,
    "income_tax": 70_000,
    "receivables": 5_000_000,
    "stock": 2_000_000,
    "payables": 3_000_000,
    "yearly_sales": 48_000_000,
    "sales_before": 52_000_000,
    "operating_profit": 2_500_000,
    "headcount": 6,
    "net_worth": -3_000_000,
    "total_assets": 40_000_000,
}


def figures(*names: str) -> Figures:
    """These figures of an owner, or all there are."""
    given: dict[str, Any] = {name: _GIVEN[name] for name in names or _GIVEN}
    origins = {name: Given(How.TYPED, TODAY) for name in given}
    return replace(Figures(given=origins), **given)


def squeeze(text: str) -> str:
    """Return the letters of a text, to compare with one read back from a PDF.

    A PDF may spell marks and spaces in another way.
    """
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


PLAN = (
    "sales=down_sharp cause=lost_client costs=labor profit=loss lenders=bank|guaranteed "
    "repayment=late rescheduled=once bank_help=yes arrears=none cash=within_3_months wishes=turn_profitable|cut_costs "
    "legal_form=company industry=manufacturing expert=none prefecture=13"
)
"""Answers that lead to a plan with an expert."""
