"""What is only feared is told apart from what has begun."""

from __future__ import annotations

import pytest

from bot.understand.reading import clauses_of
from bot.understand.reading.facts.fearing import is_feared


@pytest.mark.parametrize(
    "text",
    [
        "来月から遅れそうです",
        "このままだと滞納する",
        "そのうち払えなくなる",
        "来月は払えんかもしれん",
        "返済に遅れが出る恐れがあります",
    ],
)
def test_is_feared_of_what_may_come_is_true(text: str) -> None:
    assert is_feared(clauses_of(text)[-1])


@pytest.mark.parametrize(
    "text",
    [
        "先月から遅れています",
        "来月も払えていないまま",
        "払えなくなった",
        "今月も来月も払えません",
        "返済が遅れてます",
    ],
)
def test_is_feared_of_what_has_begun_is_false(text: str) -> None:
    assert not is_feared(clauses_of(text)[-1])
