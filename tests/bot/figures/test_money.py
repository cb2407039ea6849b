"""Yen as people say amounts."""

import pytest

from bot.figures.pictures import bands_of
from bot.presentation.money import say_about, say_band, say_yen


@pytest.mark.parametrize(
    ("yen", "said"),
    [
        (0, "0円"),
        (500, "500円"),
        (10_000, "1万円"),
        (125_000, "12万5,000円"),
        (48_000_000, "4,800万円"),
        (150_000_000, "1億5,000万円"),
        (100_000_001, "1億1円"),
        (-3_000_000, "マイナス300万円"),
    ],
)
def test_yen_are_said_in_oku_and_man(yen: int, said: str) -> None:
    assert say_yen(yen) == said


def test_about_rounds_to_whole_man() -> None:
    assert [say_about(each) for each in (1_234_567, -14_999, 4_999)] == [
        "123万円", "マイナス1万円", "4,999円",
    ]  # fmt: skip


def test_bands_are_said_shortly() -> None:
    assert [say_band(*each) for each in bands_of("ordinary_profit")] == [
        "マイナス1,000万円より下",
        "マイナス300万〜1,000万円",
        "マイナス300万円まで",
        "300万円まで",
        "300万〜1,000万円",
        "1,000万円以上",
    ]
