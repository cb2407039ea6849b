"""A message is cut into clauses, and a length of time stays with what lasts."""

from __future__ import annotations

import pytest

from bot.understand.reading.cutting import pieces


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("マイナス続き、もう4年", [("マイナス続き", "もう4年")]),
        ("赤字。これで3期目です", [("赤字", "これで3期目です")]),
        ("遅れてます、半年。社保もです", [("遅れてます", "半年"), ("社保もです", "")]),
    ],
)
def test_pieces_with_a_length_of_time_alone_joins_it(
    text: str, told: list[tuple[str, str]]
) -> None:
    assert [(piece.text, piece.how_long) for piece in pieces(text)] == told


@pytest.mark.parametrize(
    "text", ["飲食店です。10年", "3か月、半年", "いや、半年", "赤字?3年", "赤字だけど、3年"]
)
def test_pieces_with_a_length_of_something_else_keeps_it_apart(text: str) -> None:
    assert [piece.how_long for piece in pieces(text)] == ["", ""]
