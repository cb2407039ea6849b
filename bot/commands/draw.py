"""Draw the flows and the machine of modes as Mermaid diagrams."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

from bot.model.conversation import MODE_CHANGES, Mode
from flows.drawing import draw_flow
from flows.keiei.programme import KEIEI

MODES = "modes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `draw`."""
    parser.add_argument(
        "what", nargs="*", help=f"which to draw: {', '.join((*KEIEI.flows, MODES))} (default: all)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the diagrams as Markdown, and return 2 for an unknown name."""
    drawings: dict[str, Callable[[], str]] = {
        **{id_: partial(draw_flow, flow) for id_, flow in KEIEI.flows.items()},
        MODES: modes_as_mermaid,
    }
    wanted = arguments.what or list(drawings)
    if unknown := [name for name in wanted if name not in drawings]:
        print(f"draw: there is no {', '.join(unknown)}; choose from {', '.join(drawings)}.")
        return 2
    for name in wanted:
        print(f"## {name}\n\n```mermaid\n{drawings[name]()}\n```\n")
    return 0


def modes_as_mermaid() -> str:
    """Draw the machine of modes as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {Mode.ASKING}"]
    lines += [
        f"    {source} --> {target} : {event}"
        for event, sources, target in MODE_CHANGES
        for source in sources
    ]
    return "\n".join(lines)
