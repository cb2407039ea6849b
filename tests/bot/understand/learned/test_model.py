"""The trained model gives shares that add up for any text, and fits its rows."""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.learned import load, offer_options
from bot.understand.learned.grams import grams
from bot.understand.learned.model import SCALE, make_ready
from bot.understand.learned.offers import NO_ANSWER
from bot.understand.learned.trained import dump, make, read

MODELS = load(files("flows.keiei.words").joinpath("learned.weights"))
TRAINED = make(
    labels=("bank", NO_ANSWER),
    bias=(0, 0),
    weights={"銀行": (SCALE, 3 * SCALE, -3 * SCALE), "いい": (SCALE, -5 * SCALE, 5 * SCALE)},
    rows="",
)
TINY = make_ready({"tiny": TRAINED})["tiny"]


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
    file.write_bytes(dump({"tiny": TRAINED}))
    assert read(file) == {"tiny": TRAINED}


def test_models_that_share_their_runs_weigh_only_their_own() -> None:
    other = make(("yes", "no"), (0, 0), {"いい": (SCALE, 2 * SCALE, 0)}, "")
    shared = make_ready({"tiny": TRAINED, "other": other})
    for text in ("銀行", "いいえ", "銀行でいい", "", "ぽぽ"):
        assert shared["tiny"].probabilities(text) == TINY.probabilities(text)
        assert shared["tiny"].familiarity(text) == TINY.familiarity(text)
    assert shared["other"].probabilities("銀行")["yes"] == pytest.approx(0.5)


@given(st.text("銀行いえ。、 A", max_size=30))
def test_familiarity_is_the_share_of_known_pairs(text: str) -> None:
    pairs = {gram for gram in grams(text) if len(gram) == 2}
    known = pairs.intersection(TRAINED.runs)
    assert TINY.familiarity(text) == (len(known) / len(pairs) if pairs else 0)


def test_offers_are_at_most_two_and_never_no_answer() -> None:
    assert offer_options("銀行", TINY) == ("bank",)
    assert offer_options("いいえいい", TINY) == ()
    assert offer_options("銀行" * 100, TINY) == ()


def test_offers_of_what_was_never_seen_are_none() -> None:
    assert offer_options("ぽぽぽぽーん", TINY) == ()


def test_marks_count_beside_the_letters_and_unknown_ones_do_not() -> None:
    trained = make(("no", "yes"), (0, 0), {"has time past": (SCALE, 3 * SCALE, -3 * SCALE)}, "")
    model = make_ready({"m": trained})["m"]
    assert model.probabilities("銀行", ["has time past"])["no"] > 0.9
    assert model.probabilities("銀行", ["has a hat"])["no"] == pytest.approx(0.5)
    assert model.probabilities("has time past")["no"] == pytest.approx(0.5)
