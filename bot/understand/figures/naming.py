"""Match typed amounts to figures.

「借入4800万、毎月62万返済」 names two, 「80万くらい」 answers the open question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.figures.figures import MAY_BE_NEGATIVE
from bot.understand.figures.payments import FoundPayment, payments_in
from bot.understand.figures.vocabulary import Whole, vocabulary, whole_answer
from bot.understand.reading.numbers import quantities
from bot.understand.reading.numbers.yen import Sum, Unit, sums_in
from bot.understand.text import clean

HEADS = "headcount"
PAYMENTS = "payments"
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class TypedFigures:
    """Hold the figures of a message.

    `sums` are amounts by figure, as they were written; those of another period are turned into the
    figure's own. `payments` are single payments, with a day or without. `whole` is an answer
    without a figure to the question that is open.
    """

    sums: Mapping[str, Sum] = field(default_factory=dict)
    payments: tuple[FoundPayment, ...] = ()
    whole: Whole | None = None

    def __bool__(self) -> bool:
        """Tell whether anything was said of figures."""
        return bool(self.sums or self.payments or self.whole)


def read_figures(text: str, asking: str, asked: Sequence[str], today: date) -> TypedFigures:
    """Read the figures of a message.

    `asking` is the open one of `asked`, "" for none.
    """
    if whole := whole_answer(text):
        return TypedFigures(whole=whole)
    if asking == HEADS and (heads := _heads(text)):
        return TypedFigures({HEADS: heads})
    sums = sums_in(clean(text))
    if asking == PAYMENTS:
        named, rest = _only_named(sums, asked)
        return TypedFigures(named, payments_in(rest, vocabulary().purpose, today))
    return TypedFigures(dict(_name_sums(sums, asking, asked)))


# --- amounts by name ------------------------------------------------------------------------------

_CLAUSE = re.compile(r"[、。,!！?？\n;；]")
"""Marks between clauses, at which an amount's surroundings end."""

_SPLIT_DAY = re.compile(r"(?:1日(?:に|あたり|平均)?|日商|日に|毎日|週(?:に|商)?|毎週)[ぁ-ん]{0,3}$")
"""An amount of a day or a week stands behind these words."""

_A_YEAR = re.compile(r"(?<![\d昨前去])年(?:間|商|収|に|で|額|の|$)|1年|/年|通期|年度|決算")
"""Words of a yearly amount, but no name of a year (去年, 2025年)."""

_A_MONTH = re.compile(
    r"(?<![\d今来先])月(?:商|に|々|額|で|の|$|間|あたり|平均)|毎月|ひと月|1か月|/月|ヶ月で|月(?=\s?$)"
)
"""Words of a monthly amount, but no name of a month (今月, 4月)."""

_OF_A_YEAR = frozenset(
    {
        "ordinary_profit",
        "operating_profit",
        "depreciation",
        "income_tax",
        "yearly_sales",
        "sales_before",
    }
)
_OF_A_MONTH = frozenset({"monthly_sales", "monthly_costs", "monthly_repayment"})
_SIGN = re.compile(r"(?:[−▲△▼]|マイナス|(?P<dash>-))\s?$")
"""A minus before an amount. A plain dash may also be a bullet."""


def _name_sums(sums: Sequence[Sum], asking: str, asked: Sequence[str]) -> Iterator[tuple[str, Sum]]:
    """Give each amount its figure, by its clause's words or the open question."""
    is_answered = False
    for number, each in enumerate(sums):
        figure = _figure_of(each, asked, is_first=number == 0)
        if figure is None and each.unit is Unit.NONE and not _stands_alone(each, sums):
            continue
        if figure is None and not is_answered and asking:
            figure, is_answered = asking, True
        if figure:
            yield figure, _in_period(_signed(each, figure), figure)


def _only_named(sums: Sequence[Sum], asked: Sequence[str]) -> tuple[dict[str, Sum], list[Sum]]:
    """Separate amounts that name their figure from single payments."""
    named: dict[str, Sum] = {}
    rest: list[Sum] = []
    for each in sums:
        before, after = _clause_of(each)
        figure = (
            None
            if vocabulary().purpose.search(before + after)
            else _figure_of(each, asked, is_first=False)
        )
        if figure:
            named[figure] = _in_period(_signed(each, figure), figure)
        else:
            rest.append(each)
    return named, rest


def _clause_of(found: Sum) -> tuple[str, str]:
    """Cut the text around an amount to its own clause."""
    return _CLAUSE.split(found.before)[-1], _CLAUSE.split(found.after)[0]


def _figure_of(found: Sum, asked: Sequence[str], *, is_first: bool) -> str | None:
    """Find the figure named beside an amount.

    The last word before the amount names it, else the first behind.
    """
    before, after = _clause_of(found)
    words = _names_in(before)[-1:] or _names_in(after)[:1]
    if not words and is_first:  # 「借入は全部で、4800万」
        words = _names_in(found.before)[-1:]
    if not words:
        return None
    may_be = vocabulary().names[words[0]]
    return next((each for each in may_be if each in asked), _by_period(may_be, before + after))


def _names_in(text: str) -> list[str]:
    return [each[0] for each in vocabulary().name.finditer(text)]


def _by_period(may_be: Sequence[str], around: str) -> str:
    yearly = [each for each in may_be if each in _OF_A_YEAR]
    return yearly[0] if yearly and _A_YEAR.search(around) else may_be[0]


def _stands_alone(found: Sum, sums: Sequence[Sum]) -> bool:
    """Tell whether a bare number is the whole answer, and no number in passing."""
    around = max(len(found.before.strip()), len(found.after.strip()))
    return len(sums) == 1 and around <= _LONGEST_BESIDE


_LONGEST_BESIDE = 6
"""Characters beside a bare number that is an answer, such as 「月」 and 「くらいです」."""


def _signed(found: Sum, figure: str) -> Sum:
    before, after = _clause_of(found)
    sign = _SIGN.search(before)
    is_dash = sign is not None and sign["dash"] is not None
    minus = vocabulary().minus.search(before + after) if figure in MAY_BE_NEGATIVE else None
    if is_dash and figure not in MAY_BE_NEGATIVE and before.strip() != "-":
        return found  # 「売上-300万」: a dash between name and amount
    if not (sign or minus):
        return found
    low = None if found.high is None else -found.high
    return replace(found, low=-found.low if low is None else low, high=-found.low)


def _in_period(found: Sum, figure: str) -> Sum:
    """Turn an amount into one per month or year, as its figure needs."""
    before, after = _clause_of(found)
    around = before + after
    if figure in _OF_A_MONTH and _A_YEAR.search(around) and not _A_MONTH.search(around):
        high = None if found.high is None else found.high // _MONTHS
        return replace(found, low=found.low // _MONTHS, high=high, about=True)
    if figure in _OF_A_YEAR and _A_MONTH.search(around) and not _A_YEAR.search(around):
        high = None if found.high is None else found.high * _MONTHS
        return replace(found, low=found.low * _MONTHS, high=high, about=True)
    return found


def _heads(text: str) -> Sum | None:
    counted = quantities.heads(text)
    if counted:
        total = round(sum(each.value for each in counted))
        return Sum(total, total, Unit.LARGE)
    bare = [each for each in sums_in(clean(text)) if each.unit is Unit.NONE]
    return replace(bare[0], unit=Unit.LARGE) if len(bare) == 1 else None


def is_of_day(found: Sum) -> bool:
    """Tell whether an amount is that of a day or a week.

    Nobody knows how many of them a month has.
    """
    return _SPLIT_DAY.search(_clause_of(found)[0]) is not None
