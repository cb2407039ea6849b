"""Find the faults of a flow's table before anybody walks it."""

from __future__ import annotations

from flows.flow import START, UNKNOWN, Flow


def find_faults(flow: Flow) -> list[str]:
    """List every fault of the table as sentences.

    An empty list means that the table can be walked.
    """
    return [
        *_unknown_targets(flow),
        *_unknown_conditions(flow),
        *_closed_ends(flow),
        *_bad_options(flow),
        *_unreached(flow),
    ]


def _unknown_targets(flow: Flow) -> list[str]:
    known = {*_ids(flow), *flow.outcomes}
    return [
        f"flow {flow.id}: {source} leads to {way.to!r}, which is neither a question nor an outcome"
        for source, way in flow.edges()
        if way.to not in known
    ]


def _unknown_conditions(flow: Flow) -> list[str]:
    found = []
    for source, way in flow.edges():
        for condition in way.when:
            question = flow.question(condition.question)
            known = {option.id for option in question.options} if question else set()
            found += [
                f"flow {flow.id}: an edge from {source} asks for "
                f"{condition.question}={option}, which no question offers"
                for option in sorted(condition.options - known)
            ]
    return found


def _closed_ends(flow: Flow) -> list[str]:
    return [
        f"flow {flow.id}: {state} has no last edge without a condition; an owner could be stuck"
        for state in (START, *_ids(flow))
        if not flow.ways.get(state) or flow.ways[state][-1].when
    ]


def _bad_options(flow: Flow) -> list[str]:
    found = []
    for question in flow.questions:
        ids = [option.id for option in question.options]
        if len(ids) != len(set(ids)):
            found.append(f"flow {flow.id}: {question.id} has two options with one id")
        if UNKNOWN not in question.options and question.id not in flow.hidden:
            found.append(f"flow {flow.id}: {question.id} does not offer わからない")
    return found


def _unreached(flow: Flow) -> list[str]:
    reached = {way.to for _, way in flow.edges()}
    return [
        f"flow {flow.id}: {state} can never be reached"
        for state in (*_ids(flow), *flow.outcomes)
        if state not in reached
    ]


def _ids(flow: Flow) -> tuple[str, ...]:
    return tuple(question.id for question in flow.questions)
