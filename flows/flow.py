"""A questionnaire as a table, replayed through one shared `transitions` machine.

A flow is data: questions, the options of each, and the edges that say which question comes
next. Nothing is stored but the answers; where a conversation stands is found by replaying them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from transitions import Machine

from flows.vocabulary import Vocabulary

Answers = Mapping[str, tuple[str, ...]]
"""Question id → the ids of the options chosen, in the order they were given. One for most."""

START = "start"
"""The state every replay begins in; it has edges and no question."""

ASSESSMENT = "assessment"
"""The outcome with a verdict, its reasons, the path and the office."""

URGENT = "urgent"
"""The outcome that leaves everything else aside and says what to do today."""

OFFICE = "desk"
"""The outcome that shows the office and nothing else."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer.

    `alone` marks an option that excludes the others of a question with several answers ("none of
    these").
    """

    id: str
    label: str
    alone: bool = False


UNKNOWN = Option("unknown", "わからない", alone=True)
"""Every question offers it; no rule ever counts it against the owner."""


@dataclass(frozen=True, slots=True)
class Has:
    """Holds when one of `options` was chosen for `question`; `negated` turns it round."""

    question: str
    options: frozenset[str]
    negated: bool = False

    def holds(self, answers: Answers) -> bool:
        """Whether `answers` meet it; an unanswered question has no option chosen."""
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
        """Whether an owner with these answers goes this way, if no edge before it is open."""
        return all(condition.holds(answers) for condition in self.when)


def edge(to: str, *when: Has) -> Edge:
    """Make an edge to `to`, open when all of `when` hold."""
    return Edge(to, when)


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    `title` names it in a list ("売上"), `names` are other words an owner may call it by,
    `text` is what is asked, `hint` explains a hard word, `several` allows more than one option.
    `words` are what owners say instead of the labels.
    """

    id: str
    title: str
    text: str
    options: tuple[Option, ...]
    several: bool = False
    hint: str = ""
    names: tuple[str, ...] = ()
    words: Vocabulary = field(default_factory=Vocabulary, compare=False, repr=False)

    def option(self, option_id: str) -> Option | None:
        """Find the option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)

    def labels(self, chosen: Sequence[str]) -> str:
        """Join the labels of the chosen options, in the question's order."""
        return "、".join(option.label for option in self.options if option.id in chosen)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands: the questions answered on the way, and the state reached.

    `question` is None when the flow has reached an outcome. `remaining` is the longest number of
    questions still to come, the present one included. `ahead` are questions that may still come,
    answered already or not.
    """

    passed: tuple[str, ...]
    state: str
    question: Question | None
    remaining: int
    ahead: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Path:
    """One way through a flow: the questions in order, with answers that lead along it."""

    answers: tuple[tuple[str, str], ...]
    outcome: str

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions asked, in order."""
        return tuple(question for question, _ in self.answers)


@dataclass(slots=True)
class _Cursor:
    """What `transitions` moves along: a model of one attribute, made for one replay."""

    state: str = START


@dataclass(frozen=True, eq=False)
class Flow:
    """A questionnaire: its questions, the ways between them, and the outcomes it can end in.

    `ways` holds, for `START` and every question, the edges tried in order; the last has no
    condition. `hidden` names questions never asked, only answered by what an owner says unasked.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    ways: Mapping[str, tuple[Edge, ...]]
    outcomes: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    _by_id: Mapping[str, Question] = field(init=False, repr=False, compare=False)
    _machine: Machine = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {question.id: question for question in self.questions})
        object.__setattr__(self, "_machine", self._build())

    def __getitem__(self, question_id: str) -> Question:
        """Return the question with this id; KeyError when there is none."""
        return self._by_id[question_id]

    def question(self, question_id: str) -> Question | None:
        """Find the question with this id, or None."""
        return self._by_id.get(question_id)

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._by_id

    def edges(self) -> Iterator[tuple[str, Edge]]:
        """Every edge with the state it leaves, in the order they are tried."""
        yield from ((source, way) for source, ways in self.ways.items() for way in ways)

    def replay(self, answers: Answers) -> Standing:
        """Walk the answers from the start to the first open question or to an outcome.

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
            self._remaining(cursor.state, answers),
            frozenset(self._ahead(cursor.state, answers)),
        )

    def _build(self) -> Machine:
        """One machine for the flow; guards only, and no model: a replay brings its own cursor."""
        machine = Machine(
            model=None,
            states=[START, *self._by_id, *self.outcomes],
            initial=None,
            auto_transitions=False,
        )
        for source, way in self.edges():
            machine.add_transition("answer", source, way.to, conditions=[way.is_open])
        return machine

    def _remaining(self, state: str, answers: Answers) -> int:
        """Count the most questions still to be asked from `state`."""
        longest = dict.fromkeys(self.outcomes, 0)

        def measure(at: str) -> int:
            if at not in longest:
                ways = {way.to for way in self.ways[at] if _possible(way, at, answers)}
                longest[at] = (at not in answers) + max(map(measure, ways))
            return longest[at]

        return measure(state)

    def _ahead(self, state: str, answers: Answers) -> set[str]:
        """Collect the questions that may still come from `state` on, it included."""
        found: set[str] = set()
        waiting = [state]
        while waiting:
            at = waiting.pop()
            if at in self._by_id and at not in found:
                found.add(at)
                waiting += [way.to for way in self.ways[at] if _possible(way, at, answers)]
        return found

    def paths(self) -> tuple[Path, ...]:
        """Every way through the flow: one path per sequence of questions and edge taken.

        Options that no edge of the flow tells apart count as one, so the number stays readable
        and nothing that could lead elsewhere is left out.
        """
        found = list(self._walk(START, {}))
        for question in self.hidden:
            for option in self._told_apart(question):
                said = (question, option)
                led = self._walk(START, {question: (option,)})
                found += [path for path in led if self._differs_without(path, said)]
        return tuple(found)

    def _differs_without(self, path: Path, said: tuple[str, str]) -> bool:
        """Whether what was said unasked changed the way, or only stands beside it."""
        rest = {question: (option,) for question, option in path.answers if question != said[0]}
        standing = self.replay(rest)
        return standing.state != path.outcome or standing.passed != tuple(rest)

    def _walk(self, state: str, given: dict[str, tuple[str, ...]]) -> Iterator[Path]:
        to = next(way.to for way in self.ways[state] if way.is_open(given))
        if to in self.outcomes:
            yield Path(tuple((question, chosen[0]) for question, chosen in given.items()), to)
        elif to in given:
            yield from self._walk(to, given)
        else:
            for option in self._told_apart(to):
                yield from self._walk(to, {**given, to: (option,)})

    def _told_apart(self, question_id: str) -> tuple[str, ...]:
        """One option for each group of options that the edges of the flow treat alike."""
        groups: dict[frozenset[frozenset[str]], str] = {}
        for option in self._by_id[question_id].options:
            groups.setdefault(
                frozenset(
                    condition.options
                    for _, way in self.edges()
                    for condition in way.when
                    if condition.question == question_id and option.id in condition.options
                ),
                option.id,
            )
        return tuple(groups.values())

    def problems(self) -> list[str]:
        """Every fault of the table, each a sentence; an empty list means it can be walked."""
        return [
            *self._unknown_targets(),
            *self._unknown_conditions(),
            *self._closed_ends(),
            *self._bad_options(),
            *self._unreached(),
        ]

    def _unknown_targets(self) -> list[str]:
        known = {*self._by_id, *self.outcomes}
        return [
            f"flow {self.id}: {source} leads to {way.to!r}, which is neither a question nor an outcome"
            for source, way in self.edges()
            if way.to not in known
        ]

    def _unknown_conditions(self) -> list[str]:
        found = []
        for source, way in self.edges():
            for condition in way.when:
                question = self._by_id.get(condition.question)
                known = {option.id for option in question.options} if question else set()
                found += [
                    f"flow {self.id}: an edge from {source} asks for "
                    f"{condition.question}={option}, which no question offers"
                    for option in sorted(condition.options - known)
                ]
        return found

    def _closed_ends(self) -> list[str]:
        return [
            f"flow {self.id}: {state} has no last edge without a condition; an owner could be stuck"
            for state in (START, *self._by_id)
            if not self.ways.get(state) or self.ways[state][-1].when
        ]

    def _bad_options(self) -> list[str]:
        found = []
        for question in self.questions:
            ids = [option.id for option in question.options]
            if len(ids) != len(set(ids)):
                found.append(f"flow {self.id}: {question.id} has two options with one id")
            if UNKNOWN not in question.options and question.id not in self.hidden:
                found.append(f"flow {self.id}: {question.id} does not offer わからない")
        return found

    def _unreached(self) -> list[str]:
        reached = {way.to for _, way in self.edges()}
        return [
            f"flow {self.id}: {state} can never be reached"
            for state in (*self._by_id, *self.outcomes)
            if state not in reached
        ]

    def as_mermaid(self) -> str:
        """Draw a Mermaid state diagram, edges labelled with the opening answers."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {question.id} : {question.title}" for question in self.questions]
        lines += [_mermaid_edge(source, way) for source, way in self.edges()]
        lines += [f"    {outcome} --> [*]" for outcome in self.outcomes]
        return "\n".join(lines)


def _possible(way: Edge, state: str, answers: Answers) -> bool:
    """Whether an edge is open or could still open, `state` not being answered yet."""
    return all(
        condition.holds(answers) or (condition.question == state and state not in answers)
        for condition in way.when
    )


def _mermaid_edge(source: str, way: Edge) -> str:
    origin = "[*]" if source == START else source
    label = " & ".join(
        f"{condition.question}{'≠' if condition.negated else '='}{'/'.join(sorted(condition.options))}"
        for condition in way.when
    )
    return f"    {origin} --> {way.to}" + (f" : {label}" if label else "")


@lru_cache(maxsize=4096)
def _replay(flow: Flow, answers: tuple[tuple[str, tuple[str, ...]], ...]) -> Standing:
    return flow._walk_along(dict(answers))  # noqa: SLF001 - the other half of Flow.replay


@cache
def longest_path(flow: Flow) -> int:
    """Count the questions asked on the longest way through `flow`."""
    return max(len(set(path.questions) - flow.hidden) for path in flow.paths())
