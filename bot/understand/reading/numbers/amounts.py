"""Read answers given as a number.

As 「3割くらい落ちた」, 「あと2か月」, 「社員8人の工務店」. A question's vocabulary says what it counts and which band of
values means which option; the kinds of counting stand in the files beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.understand.reading.clause import Clause
from bot.understand.reading.numbers.capital import count_money
from bot.understand.reading.numbers.changes import count_change
from bot.understand.reading.numbers.counting import Counting, holds_any
from bot.understand.reading.numbers.lasting import count_months
from bot.understand.reading.numbers.people import count_people, count_people_of_a_trade
from bot.understand.reading.numbers.years import count_times, count_years, count_years_to_go
from flows.vocabulary import Numbers


def options_counted(
    clauses: Sequence[Clause], numbers: Numbers, named: frozenset[str]
) -> frozenset[str]:
    """Find the options a number means, several between two bands.

    `named` are options that words of the same question name in these clauses (a trade, for a number
    of people).
    """
    clauses = [clause for clause in clauses if not holds_any(numbers.never, clause.form)]
    clauses = [each for each in clauses if not _NOT_THIS_ONE.search(each.form)] or clauses
    said = "".join(clause.form for clause in clauses)
    texts = [clause.text for clause in clauses if _COUNTABLE.search(clause.text)]
    if not texts:
        return frozenset()
    return frozenset(_KINDS[numbers.kind](Counting(texts, said, numbers.bands, named)))


_NOT_THIS_ONE = re.compile(r"(?:じゃ|では|や)(?:ない|なく|なくて|のうて)$")
"""Words behind a number that another one replaces, as in 「20人じゃなくて12人」."""

_COUNTABLE = re.compile(
    r"[\d〇零一二三四五六七八九十百千半割分か月わ倍ひふみ]|さん|かい|ねん|にん|はん|まん|おく"
)
"""Without any of these there is no number to look for."""


_KINDS: Mapping[str, Callable[[Counting], set[str]]] = {
    "change": count_change,
    "months": count_months,
    "times": count_times,
    "years": count_years,
    "years to go": count_years_to_go,
    "money": count_money,
    "people": count_people,
    "people of a trade": count_people_of_a_trade,
}


def kinds() -> frozenset[str]:
    """Name the kinds of counting that a vocabulary may use."""
    return frozenset(_KINDS)
