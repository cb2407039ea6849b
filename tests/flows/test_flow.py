"""The table and its replay keep their promises for any questions."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.drawing import draw_flow
from flows.flow import START, UNKNOWN, Flow, Option, Question, edge, has, lacks
from flows.flow_faults import find_faults
from flows.keiei.catalog import FLOWS
from flows.keiei.support import BESIDE, MAIN
from flows.paths import find_paths, longest_path

ALL = tuple(FLOWS.values())


def colour_flow(**changes: object) -> Flow:
    """Make a small flow that asks a colour, and a shade for blue only."""
    blue, red = Option("blue", "青"), Option("red", "赤")
    content: dict[str, object] = {
        "id": "colours",
        "title": "色",
        "questions": (
            Question("colour", "色", "何色ですか？", (blue, red, UNKNOWN)),
            Question("shade", "濃さ", "濃いですか？", (Option("dark", "濃い"), UNKNOWN)),
        ),
        "ways": {
            START: (edge("colour"),),
            "colour": (edge("shade", has("colour", "blue")), edge("end")),
            "shade": (edge("end"),),
        },
        "outcomes": ("end",),
    }
    return Flow(**{**content, **changes})  # type: ignore[arg-type]  # a table of named parts


def test_replay_stands_at_the_first_question_without_an_answer() -> None:
    standing = colour_flow().replay({"colour": ("blue",)})
    assert (standing.passed, standing.state, standing.remaining) == (("colour",), "shade", 1)


def test_replay_skips_questions_the_answers_make_needless() -> None:
    assert colour_flow().replay({"colour": ("red",)}).state == "end"


def test_answers_off_the_way_are_kept_and_left_aside() -> None:
    assert colour_flow().replay({"shade": ("dark",), "colour": ("red",)}).passed == ("colour",)


def test_every_path_is_found_and_options_that_lead_alike_count_once() -> None:
    paths = find_paths(colour_flow())
    assert [path.questions for path in paths] == [("colour", "shade"), ("colour",)]
    assert longest_path(colour_flow()) == 2


def test_a_negated_condition_holds_without_an_answer() -> None:
    assert lacks("colour", "blue").holds({})
    assert not lacks("colour", "blue").holds({"colour": ("blue",)})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"ways": {START: (edge("colour"),), "colour": (edge("nowhere"),)}},
            "neither a question nor an outcome",
        ),
        ({"ways": {START: (edge("colour"),), "colour": (edge("shade"),)}}, "could be stuck"),
        (
            {
                "ways": {
                    START: (edge("colour", has("colour", "green")), edge("colour")),
                    "colour": (edge("shade"),),
                    "shade": (edge("end"),),
                }
            },
            "colour=green, which no question offers",
        ),
        (
            {"ways": {START: (edge("colour"),), "colour": (edge("end"),), "shade": (edge("end"),)}},
            "shade can never be reached",
        ),
        (
            {"questions": (Question("colour", "色", "何色？", (Option("blue", "青"),)),)},
            "does not offer わからない",
        ),
    ],
)
def test_every_fault_of_a_table_is_a_sentence(changes: dict[str, object], expected: str) -> None:
    flow = _unbuilt(changes)
    assert any(expected in problem for problem in find_faults(flow)), find_faults(flow)


def _unbuilt(changes: dict[str, object]) -> Flow:
    """Make a flow with faults, whose machine is not built.

    A machine needs names it can find.
    """
    return colour_flow(**changes)


@pytest.mark.parametrize("flow", ALL, ids=lambda flow: flow.id)
def test_the_shipped_flows_have_no_faults(flow: Flow) -> None:
    assert find_faults(flow) == []


def test_nobody_is_asked_more_than_fourteen_questions_or_seven_for_the_short_one() -> None:
    assert longest_path(FLOWS["diagnosis"]) <= 14
    assert longest_path(FLOWS["qualify"]) <= 7


def test_every_question_is_asked_on_some_path() -> None:
    for flow in ALL:
        asked = {question for path in find_paths(flow) for question in path.questions}
        assert asked | flow.never_asked == {question.id for question in flow.questions}
        assert flow.hidden <= flow.never_asked


def test_every_outcome_is_the_end_of_some_path() -> None:
    for flow in ALL:
        assert {path.outcome for path in find_paths(flow)} == set(flow.outcomes)


@pytest.mark.parametrize("flow", ALL, ids=lambda flow: flow.id)
def test_replaying_a_path_walks_it(flow: Flow) -> None:
    for path in find_paths(flow):
        standing = flow.replay({question: (option,) for question, option in path.answers})
        assert standing.state == path.outcome
        assert set(path.questions) - set(standing.passed) <= flow.hidden
        assert standing.remaining == 0


@pytest.mark.parametrize("flow", ALL, ids=lambda flow: flow.id)
def test_the_order_of_answers_does_not_matter(flow: Flow) -> None:
    shuffle = random.Random(20150205).sample
    for path in find_paths(flow):
        answers = {question: (option,) for question, option in path.answers}
        mixed = dict(shuffle(list(answers.items()), len(answers)))
        assert flow.replay(mixed) == flow.replay(answers)


@pytest.mark.parametrize("flow", ALL, ids=lambda flow: flow.id)
def test_taking_the_last_answer_back_stands_where_it_was_asked(flow: Flow) -> None:
    for path in find_paths(flow):
        answers = {question: (option,) for question, option in path.answers}
        last = flow.replay(answers).passed[-1]
        before = {question: value for question, value in answers.items() if question != last}
        standing = flow.replay(before)
        assert last in flow.hidden or standing.state == last


@pytest.mark.parametrize("flow", ALL, ids=lambda flow: flow.id)
def test_what_remains_never_grows_by_more_than_was_said(flow: Flow) -> None:
    for path in find_paths(flow):
        given_so_far: dict[str, tuple[str, ...]] = {}
        promised = flow.replay({}).remaining
        for question, option in path.answers:
            given_so_far[question] = (option,)
            standing = flow.replay(given_so_far)
            asked = len(set(standing.passed) - flow.hidden)
            assert asked + standing.remaining <= promised or question in flow.hidden
            promised = asked + standing.remaining


@given(data=st.data())
def test_any_answers_at_all_lead_to_a_question_or_an_outcome(data: st.DataObject) -> None:
    flow = data.draw(st.sampled_from(ALL))
    answers = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                question.id: st.lists(
                    st.sampled_from([option.id for option in question.options]),
                    min_size=1,
                    max_size=3,
                    unique=True,
                ).map(tuple)
                for question in flow.questions
            },
        )
    )
    standing = flow.replay(answers)
    assert (standing.question is None) == (standing.state in flow.outcomes)


def test_the_diagram_names_every_state() -> None:
    for flow in ALL:
        drawing = draw_flow(flow)
        assert drawing.startswith("stateDiagram-v2")
        assert all(question.id in drawing for question in flow.questions)


def test_questions_the_flows_share_are_the_same_questions() -> None:
    diagnosis = FLOWS["diagnosis"]
    assert all(question is diagnosis[question.id] for question in FLOWS["qualify"].questions)


def test_the_path_tables_end_in_a_rule_that_always_holds() -> None:
    assert MAIN[-1].when == ()
    assert all(rule.when for rule in (*MAIN[:-1], *BESIDE))


def test_statement_of_a_label_that_says_as_much_is_the_label_without_its_brackets() -> None:
    assert Option("retail", "小売・飲食（50人）").statement == "小売・飲食"
    assert Option("tax", "税金", told="税金が遅れている").statement == "税金が遅れている"
