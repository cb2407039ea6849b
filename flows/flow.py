"""A questionnaire as a table, replayed through one shared `transitions` machine.

A flow is data: questions, the options of each, and the edges that say which question comes
next. Nothing is stored but the answers; where a conversation stands is found by replaying them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from transitions import Machine

from flows.vocabulary import Vocabulary

Answers = Mapping[str, tuple[str, ...]]
"""Question id → ids of the options chosen, in order. Most have one."""

START = "start"
"""State in which every replay begins. It has edges and no question."""

ASSESSMENT = "assessment"
"""The outcome with a verdict, its reasons, the path and the office."""

URGENT = "urgent"
"""Outcome that leaves everything else aside and says what to do today."""

OFFICE = "desk"
"""The outcome that shows the office and nothing else."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer.

    `alone` marks an option that excludes the others of a question with several answers ("none of
    these"). `told` repeats the option without its question (税金 → 税金が遅れている); empty where the
    label, without what it adds in brackets, says as much.
    """

    id: str
    label: str
    alone: bool = False
    told: str = ""

    @property
    def statement(self) -> str:
        """Say the option as a fact that stands without its question."""
        return self.told or re.sub("（[^（）]*）", "", self.label)


UNKNOWN = Option("unknown", "わからない", alone=True)
"""Option of every question. No rule ever counts it against the owner."""


@dataclass(frozen=True, slots=True)
class Has:
    """Hold when one of `options` was chosen for `question`.

    `negated` turns the condition round.
    """

    question: str
    options: frozenset[str]
    negated: bool = False

    def holds(self, answers: Answers) -> bool:
        """Tell whether `answers` meet the condition.

        An unanswered question has no option chosen.
        """
        return self.options.isdisjoint(answers.get(self.question, ())) is self.negated


def has(question: str, *options: str) -> Has:
    """`question` was answered with one of `options`."""
    return Has(question, frozenset(options))


def lacks(question: str, *options: str) -> Has:
    """`question` was not answered with any of `options` (or not answered at all)."""
    return Has(question, frozenset(options), negated=True)


@dataclass(frozen=True, slots=True)
class Edge:
    """The way to the next state, open when all of `when` hold."""

    to: str
    when: tuple[Has, ...] = ()

    def is_open(self, answers: Answers) -> bool:
        """Tell whether these answers go along this edge, if no earlier one is open."""
        return all(condition.holds(answers) for condition in self.when)


def edge(to: str, *when: Has) -> Edge:
    """Make an edge to `to`, open when all of `when` hold."""
    return Edge(to, when)


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    `title` names it in a list ("売上"), `names` are other words an owner may call it by,
    `text` is what is asked, `hint` explains a hard word, `several` allows more than one option.
    `words` are what owners say instead of the labels. Unasked, they are heard only while all of
    `heard_when` hold: what is said of a question that decides nothing is not written down.
    """

    id: str
    title: str
    text: str
    options: tuple[Option, ...]
    several: bool = False
    hint: str = ""
    names: tuple[str, ...] = ()
    words: Vocabulary = field(default_factory=Vocabulary, compare=False, repr=False)
    heard_when: tuple[Has, ...] = ()

    def __hash__(self) -> int:
        # What is made of a question is looked up at every step; to hash all it says takes longer.
        return hash(self.id)

    def option(self, option_id: str) -> Option | None:
        """Find the option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)

    def labels(self, chosen: Sequence[str]) -> str:
        """Join the labels of the chosen options, in the question's order."""
        return "、".join(option.label for option in self.options if option.id in chosen)

    def statements(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """List the chosen options as facts that stand alone, in the question's order."""
        return tuple(option.statement for option in self.options if option.id in chosen)


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold the questions answered on the way, and the state reached.

    `question` is None when the flow has reached an outcome. `remaining` is the longest number of
    questions still to come, the present one included. `ahead` are questions that may still come,
    answered already or not.
    """

    passed: tuple[str, ...]
    state: str
    question: Question | None
    remaining: int
    ahead: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Cursor:
    """Hold the state that `transitions` moves in one replay."""

    state: str = START


@dataclass(frozen=True, eq=False)
class Flow:
    """Hold a questionnaire with its questions, ways and outcomes.

    `ways` holds, for `START` and every question, the edges tried in order; the last has no
    condition. `hidden` names questions never asked, only answered by what an owner says unasked.
    `most` is how many questions its longest way asks; a check walks them all.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    ways: Mapping[str, tuple[Edge, ...]]
    outcomes: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    most: int | None = None
    _by_id: Mapping[str, Question] = field(init=False, repr=False, compare=False)
    _machine: Machine = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {question.id: question for question in self.questions})
        object.__setattr__(self, "_machine", self._build())

    def __getitem__(self, question_id: str) -> Question:
        """Return the question with this id, or raise KeyError."""
        return self._by_id[question_id]

    def question(self, question_id: str) -> Question | None:
        """Find the question with this id, or None."""
        return self._by_id.get(question_id)

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._by_id

    @property
    def never_asked(self) -> frozenset[str]:
        """The questions that are only ever told unasked.

        Every way to them needs their answer.
        """
        asked = {
            way.to
            for _, way in self.edges()
            if way.to not in {condition.question for condition in way.when}
        }
        return frozenset(self._by_id) - asked

    def edges(self) -> Iterator[tuple[str, Edge]]:
        """List every edge with the state it leaves, in the order of trying."""
        yield from ((source, way) for source, ways in self.ways.items() for way in ways)

    def replay(self, answers: Answers) -> Standing:
        """Walk the answers to the first open question or an outcome.

        A conversation asks this several times per message, so the last few thousand walks are
        remembered; they hold ids of questions and options only.
        """
        return _replay(self, tuple(answers.items()))

    def _walk_along(self, answers: Answers) -> Standing:
        cursor = _Cursor()
        step = self._machine.events["answer"].trigger
        passed: list[str] = []
        step(cursor, answers)
        while cursor.state in answers and cursor.state in self._by_id:
            passed.append(cursor.state)
            step(cursor, answers)
        question = self._by_id.get(cursor.state)
        return Standing(
            tuple(passed),
            cursor.state,
            question,
            self._remaining(cursor.state, answers, len({*passed} - self.hidden)),
            frozenset(self._ahead(cursor.state, answers)),
        )

    def _build(self) -> Machine:
        """Build one machine for the flow, of guards only.

        It has no model: a replay brings its own cursor.
        """
        machine = Machine(
            model=None,
            states=[START, *self._by_id, *self.outcomes],
            initial=None,
            auto_transitions=False,
        )
        for source, way in self.edges():
            machine.add_transition("answer", source, way.to, conditions=[way.is_open])
        return machine

    def _remaining(self, state: str, answers: Answers, asked: int) -> int:
        """Count the most questions still to be asked from `state`.

        What a later answer excludes is not known yet, so that `most` bounds the ways ahead.
        """
        longest = dict.fromkeys(self.outcomes, 0)

        def measure(at: str) -> int:
            if at not in longest:
                ways = {way.to for way in self.ways[at] if _possible(way, at, answers)}
                longest[at] = (at not in answers) + max(map(measure, ways))
            return longest[at]

        return measure(state) if self.most is None else min(measure(state), self.most - asked)

    def _ahead(self, state: str, answers: Answers) -> set[str]:
        """Collect the questions that may still come, from `state` on."""
        found: set[str] = set()
        waiting = [state]
        while waiting:
            at = waiting.pop()
            if at in self._by_id and at not in found:
                found.add(at)
                waiting += [way.to for way in self.ways[at] if _possible(way, at, answers)]
        return found


def _possible(way: Edge, state: str, answers: Answers) -> bool:
    """Tell whether an edge is or could still be open, with `state` unanswered."""
    return all(
        condition.holds(answers) or (condition.question == state and state not in answers)
        for condition in way.when
    )


@lru_cache(maxsize=4096)
def _replay(flow: Flow, answers: tuple[tuple[str, tuple[str, ...]], ...]) -> Standing:
    return flow._walk_along(dict(answers))  # noqa: SLF001 - the other half of Flow.replay
