"""Walk every way through a flow, to check, draw or test it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from flows.flow import START, Flow


@dataclass(frozen=True, slots=True)
class Path:
    """Hold one way through a flow, with answers that lead along it."""

    answers: tuple[tuple[str, str], ...]
    outcome: str

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions asked, in order."""
        return tuple(question for question, _ in self.answers)


def find_paths(flow: Flow) -> tuple[Path, ...]:
    """List every way through the flow.

    There is one path per sequence of questions and edge taken. Options that no edge of the flow
    tells apart count as one, so the number stays readable and nothing that could lead elsewhere is
    left out.
    """
    found = list(_walk(flow, START, {}))
    for question in flow.hidden:
        for option in _told_apart(flow, question):
            said = (question, option)
            led = _walk(flow, START, {question: (option,)})
            found += [path for path in led if _differs_without(flow, path, said)]
    return tuple(found)


def _differs_without(flow: Flow, path: Path, said: tuple[str, str]) -> bool:
    """Tell whether an answer told unasked changed the way."""
    rest = {question: (option,) for question, option in path.answers if question != said[0]}
    standing = flow.replay(rest)
    return standing.state != path.outcome or standing.passed != tuple(rest)


def _walk(flow: Flow, state: str, given: dict[str, tuple[str, ...]]) -> Iterator[Path]:
    to = next(way.to for way in flow.ways[state] if way.is_open(given))
    if to in flow.outcomes:
        yield Path(tuple((question, chosen[0]) for question, chosen in given.items()), to)
    elif to in given:
        yield from _walk(flow, to, given)
    else:
        for option in _told_apart(flow, to):
            yield from _walk(flow, to, {**given, to: (option,)})


def _told_apart(flow: Flow, question_id: str) -> tuple[str, ...]:
    """Choose one option of each group that the flow's edges treat alike."""
    groups: dict[frozenset[frozenset[str]], str] = {}
    for option in flow[question_id].options:
        groups.setdefault(
            frozenset(
                condition.options
                for _, way in flow.edges()
                for condition in way.when
                if condition.question == question_id and option.id in condition.options
            ),
            option.id,
        )
    return tuple(groups.values())


@cache
def longest_path(flow: Flow) -> int:
    """Count the questions asked on the longest way through `flow`."""
    return max(len(set(path.questions) - flow.hidden) for path in find_paths(flow))
