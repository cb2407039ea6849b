"""Draw a flow for people to read."""

from __future__ import annotations

from flows.flow import START, Edge, Flow


def draw_flow(flow: Flow) -> str:
    """Draw a Mermaid state diagram, edges labelled with the opening answers."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {question.id} : {question.title}" for question in flow.questions]
    lines += [_mermaid_edge(source, way) for source, way in flow.edges()]
    lines += [f"    {outcome} --> [*]" for outcome in flow.outcomes]
    return "\n".join(lines)


def _mermaid_edge(source: str, way: Edge) -> str:
    origin = "[*]" if source == START else source
    label = " & ".join(
        f"{condition.question}{'≠' if condition.negated else '='}{'/'.join(sorted(condition.options))}"
        for condition in way.when
    )
    return f"    {origin} --> {way.to}" + (f" : {label}" if label else "")
