"""What labelled lines teach: shares that add up, whatever is typed, in a file that fits its rows."""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.learned import load, offer_options
from bot.understand.learned.grams import grams
from bot.understand.learned.model import SCALE, dump, make
from bot.understand.learned.offers import NO_ANSWER

MODELS = load(files("flows.keiei.words").joinpath("learned.weights"))
TINY = make(
    labels=("bank", NO_ANSWER),
    bias=(0, 0),
    weights={"銀行": (SCALE, 3 * SCALE, -3 * SCALE), "いい": (SCALE, -5 * SCALE, 5 * SCALE)},
    rows="",
)


@given(st.text(max_size=300))
def test_probabilities_of_any_text_add_up_to_one(text: str) -> None:
    for model in (TINY, MODELS["trouble"]):
        shares = model.probabilities(text)
        assert set(shares) == set(model.labels)
        assert sum(shares.values()) == pytest.approx(1)


def test_probabilities_follow_the_weights() -> None:
    assert TINY.probabilities("銀行")["bank"] > 0.9
    assert TINY.probabilities("いいえ")[NO_ANSWER] > 0.8
    assert TINY.probabilities("")["bank"] == pytest.approx(0.5)


def test_grams_are_the_same_in_any_width_and_kana() -> None:
    assert grams("ギンコウ！") == grams("ぎんこう") == grams("ｷﾞﾝｺｳ")


def test_a_model_written_and_read_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "m.weights"
    file.write_bytes(dump({"tiny": TINY}))
    assert load(file) == {"tiny": TINY}


def test_offers_are_at_most_two_and_never_no_answer() -> None:
    assert offer_options("銀行", TINY) == ("bank",)
    assert offer_options("いいえいい", TINY) == ()
    assert offer_options("銀行" * 100, TINY) == ()


def test_offers_of_what_was_never_seen_are_none() -> None:
    assert offer_options("ぽぽぽぽーん", TINY) == ()
