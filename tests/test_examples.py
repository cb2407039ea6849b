"""The weights that ship were trained from the rows that ship."""

from bot.understand.learned import load
from bot.understand.learned.offers import NO_ANSWER
from flows.keiei.catalog import QUESTIONS
from flows.keiei.programme import KEIEI
from scripts.examples import by_model, hash_rows, read_rows


def test_weights_were_trained_from_the_rows_beside_them() -> None:
    models = load(KEIEI.words.joinpath("learned.weights"))
    groups = by_model(read_rows())
    assert models.keys() == groups.keys()
    for name, rows in groups.items():
        assert models[name].rows == hash_rows(rows), f"{name}: run `make train`"


def test_rows_are_labelled_with_options_that_exist() -> None:
    for row in read_rows():
        if row.model in QUESTIONS and row.label != NO_ANSWER:
            assert row.label in {each.id for each in QUESTIONS[row.model].options}, row
