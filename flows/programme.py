"""Define one scheme of public support as a value for the conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

from flows.advice import Guide, Remark
from flows.assessment import Assessment, Rule
from flows.flow import Answers, Flow, Has, Question
from flows.follow_up import FollowUpPlan
from flows.papers import Paper
from flows.support import PathRule, SupportPath, Wish
from flows.urgency import Sign, Today, Urgency
from flows.vocabulary import Band


@dataclass(frozen=True, eq=False)
class Programme:
    """Hold the questionnaires, rules and paths of one scheme.

    `bot` names none of its questions. `main` is the flow that a story begins, `office_flow` the one
    that only asks where the business is. `place` is the question of the place, `emergency` the one
    nobody asks: it is answered by what an owner says unasked, or by `handled` when they go on.
    `commands` say which flow a command starts. `words` is the folder of the words by which answers
    are heard, `emergency_words` the file of those by which emergencies are. `guesses` are questions
    whose answer an owner may well see otherwise after a look. `essential` are the questions that
    decide most, the first of them asked where all would be too many. `by_telephone` are those that
    staff ask a caller first, in this order, each with its text there where that differs. A place
    named beside an answer to one of `place_beside` is where the business is. `cost_examples` are
    costs in yen to show the split by, for each path that has one. `implied` are figures that follow
    from an answer, `concluded` says which question a value computed from figures answers, with
    bands of its options, gravest first. `follow_up` are the dates that may be named, and the
    reminders. `expert_guide` is the guide whose numbered lines are the questions to an expert
    before paying them.

    `examples` is the folder of labelled lines: `answers.csv` has a question, a text and options a row.

    `split` names, by question, the option that once meant more than it does today.

    The tables (`rules` …) stand here for the checks; the functions beside them read them.
    """

    id: str
    flows: Mapping[str, Flow]
    main: str
    office_flow: str
    place: str
    emergency: str
    handled: str
    commands: Mapping[str, str]
    words: Traversable
    emergency_words: Traversable
    assess: Callable[[Answers], Assessment]
    urgency: Callable[[Answers], Urgency]
    today: Callable[[Answers], tuple[Today, ...]]
    wishes_met: Callable[[Answers], tuple[Wish, ...]]
    paths: Mapping[str, SupportPath]
    examples: Traversable | None = None
    rules: tuple[Rule, ...] = ()
    path_rules: tuple[PathRule, ...] = ()
    beside: tuple[PathRule, ...] = ()
    signs: tuple[Sign, ...] = ()
    emergencies: tuple[Today, ...] = ()
    wishes: tuple[Wish, ...] = ()
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    guides: Mapping[str, Guide] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)
    guesses: frozenset[str] = frozenset()
    essential: tuple[str, ...] = ()
    by_telephone: Mapping[str, str] = field(default_factory=dict)
    place_beside: frozenset[str] = frozenset()
    cost_examples: Mapping[str, int] = field(default_factory=dict)
    longest: Mapping[str, int] = field(default_factory=dict)
    split: Mapping[str, str] = field(default_factory=dict)
    implied: tuple[tuple[Has, str, int], ...] = ()
    concluded: Mapping[str, tuple[str, tuple[Band, ...]]] = field(default_factory=dict)
    follow_up: FollowUpPlan = field(default_factory=FollowUpPlan)
    expert_guide: str = ""
    questions: Mapping[str, Question] = field(init=False)

    def __post_init__(self) -> None:
        questions = {each.id: each for flow in self.flows.values() for each in flow.questions}
        object.__setattr__(self, "questions", questions)

    @property
    def taught(self) -> Mapping[str, Question]:
        """List the questions whose answers labelled lines teach.

        Places are looked up, and an emergency is heard as trouble.
        """
        untaught = {self.place, self.emergency}
        return {name: each for name, each in self.questions.items() if name not in untaught}

    def is_pressing(self, answers: Answers) -> bool:
        """Tell whether there is something to do today that the owner has not left aside."""
        return self.handled not in answers.get(self.emergency, ()) and bool(self.today(answers))

    def flow_with(self, question: str) -> str:
        """Name the first flow that has this question."""
        return next(flow.id for flow in self.flows.values() if question in flow)
