"""Facts that the models find most unlikely are put to the owner; the rest stay as they were said."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.lexicon import learned_for, lexicon_for
from bot.understand.learned import LinearModel
from bot.understand.learned.model import make_ready
from bot.understand.learned.offers import NO_ANSWER
from bot.understand.learned.telling import ABOUT
from bot.understand.learned.trained import make
from bot.understand.learned.weighing import weigh_facts
from bot.understand.reading import Certainty, Fact, read
from flows.keiei.programme import KEIEI

LEARNED, LEXICON = learned_for(KEIEI), lexicon_for(KEIEI)
NOBODY_DRINKS = "夕方に踊る人がいなくなりました"


def models(**shares: Mapping[str, int]) -> dict[str, LinearModel]:
    """Models that weigh every text alike: label → weight in thousandths."""
    return make_ready(
        {name: make([*each], [*each.values()], {}, "") for name, each in shares.items()}
    )


SURE_OF_CUSTOMERS = models(cause={"fewer_customers": 9000, "short_handed": 0, NO_ANSWER: 0})
UNDECIDED = models(cause={"fewer_customers": 0, "short_handed": 0, NO_ANSWER: 0})


def weigh(
    text: str,
    learned: Mapping[str, LinearModel],
    question: str,
    *,
    asked: bool = False,
    before: Mapping[str, tuple[str, ...]] | None = None,
) -> Fact | None:
    expecting = question if asked else None
    reading = read(text, LEXICON, expecting)
    assert reading.fact(question) is not None
    return weigh_facts(reading, learned, expecting, before or {}).fact(question)


def test_option_the_model_contradicts_is_put_behind_the_other() -> None:
    for asked in (False, True):
        fact = weigh(NOBODY_DRINKS, SURE_OF_CUSTOMERS, "cause", asked=asked)
        assert fact is not None
        assert fact.certainty is Certainty.LIKELY
        assert fact.options == ("fewer_customers", "short_handed")


def test_option_the_model_does_not_contradict_stays_said() -> None:
    fact = weigh(NOBODY_DRINKS, UNDECIDED, "cause")
    assert fact == read(NOBODY_DRINKS, LEXICON).fact("cause")


def test_short_text_is_not_doubted() -> None:
    fact = weigh("人がいません", SURE_OF_CUSTOMERS, "cause")
    assert fact is not None
    assert fact.certainty is Certainty.SAID


def test_number_is_not_doubted() -> None:
    learned = models(sales={"up": 9000, "down_sharp": 0, NO_ANSWER: 0})
    fact = weigh("去年にくらべて売上が4割落ちました", learned, "sales")
    assert fact is not None
    assert fact.certainty is Certainty.SAID


def test_answer_given_before_is_put_right_without_doubt() -> None:
    fact = weigh(NOBODY_DRINKS, SURE_OF_CUSTOMERS, "cause", before={"cause": ("competition",)})
    assert fact is not None
    assert fact.certainty is Certainty.SAID


def test_fact_of_a_clause_about_another_question_is_put_without_what_it_implies() -> None:
    learned = models(
        lenders={NO_ANSWER: 9000, "none": 0}, **{ABOUT: {"wishes": 9000, "lenders": 0}}
    )
    said = read("うちは借金がないのが自慢です", LEXICON)
    implied = replace(said.facts[0], question="repayment", options=("easy",), implied=True)
    after = weigh_facts(replace(said, facts=(*said.facts, implied)), learned)
    assert [(fact.question, fact.certainty) for fact in after.facts] == [
        ("lenders", Certainty.LIKELY)
    ]


def test_likelier_of_two_readings_comes_first_and_answers_the_open_question() -> None:
    learned = models(sales={"down_sharp": 9000, "down_slight": 0, NO_ANSWER: 0})
    text = "坂を転げるように落ちました"
    put, answered = (
        weigh(f"売上が{text}", learned, "sales"),
        weigh(text, learned, "sales", asked=True),
    )
    assert put is not None
    assert put.certainty is Certainty.LIKELY
    assert put.options == ("down_sharp", "down_slight")
    assert answered is not None
    assert answered.certainty is Certainty.SAID
    assert answered.options == ("down_sharp",)


def test_readings_the_owner_leaves_open_stay_open() -> None:
    learned = models(profit={"black": 9000, "even": 0, NO_ANSWER: 0})
    fact = weigh("ほぼトントンか黒字", learned, "profit", asked=True)
    assert fact == read("ほぼトントンか黒字", LEXICON, "profit").fact("profit")


@given(st.text(max_size=120), st.sampled_from([None, "sales", "costs"]))
def test_weighing_adds_no_question_and_at_most_one_option(text: str, expecting: str | None) -> None:
    before = read(text, LEXICON, expecting)
    after = weigh_facts(before, LEARNED, expecting)
    for fact in after.facts:
        said = before.fact(fact.question)
        assert said is not None
        assert len({*fact.options} - {*said.options}) <= 1


def test_without_models_every_fact_stays() -> None:
    reading = read(NOBODY_DRINKS, LEXICON)
    assert weigh_facts(reading, {}) is reading
