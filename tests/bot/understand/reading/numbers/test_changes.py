"""A change of sales is read from two sums, of before and of now."""

import pytest

from bot.understand import answer_in
from flows.keiei.catalog import QUESTIONS

SALES = QUESTIONS["sales"]


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("300万→180万", "down_sharp"),
        ("月300あったのがいま260", "down_slight"),
        ("20万から28万に", "up"),
    ],
)
def test_change_between_two_sums_is_its_band(text: str, option: str) -> None:
    answer = answer_in(text, SALES)
    assert answer is not None
    assert answer.options == (option,)


@pytest.mark.parametrize("text", ["00万から20万になった", "000円だったのが0円", "00→0"])
def test_change_from_nothing_is_no_share(text: str) -> None:
    answer = answer_in(text, SALES)
    assert answer is None or answer.options
