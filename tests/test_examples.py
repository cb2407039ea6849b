"""The weights that ship were trained from the rows that ship."""

from bot.understand.learned import load
from flows.keiei.programme import KEIEI
from scripts.examples import by_model, hash_rows, read_rows


def test_weights_were_trained_from_the_rows_beside_them() -> None:
    models = load(KEIEI.words.joinpath("learned.weights"))
    groups = by_model(read_rows())
    assert models.keys() == groups.keys()
    for name, rows in groups.items():
        assert models[name].rows == hash_rows(rows), f"{name}: run `make train`"
