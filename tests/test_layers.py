"""Imports go one way, inner parts do no I/O, and the core needs no channel's SDK."""

import ast
import graphlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.keiei.programme import KEIEI

ORDER = (
    ("knowledge",),
    ("flows",),
    ("bot", "bot.clock", "bot.proxies", "bot.settings", "bot.logs", "bot.metrics"),
    ("bot.figures",),
    ("bot.model",),
    ("bot.understand", "bot.presentation"),
    ("bot.interview",),
    ("bot.sheet",),
    ("bot.handoff", "bot.analytics", "bot.follow_up"),
    ("bot.dialogue",),
    ("bot.store",),
    ("bot.runtime", "bot.checks", "bot.simulator", "bot.door"),
    ("bot.channels",),
    # They send through whatever channels there are.
    (
        "bot.runtime.delivery.retry",
        "bot.runtime.delivery.merged_deliveries",
        "bot.runtime.delivery.waiting_signs",
        "bot.runtime.delivery.late_looks",
    ),
    ("bot.runtime.delivery.delivery_ledger",),
    ("bot.runtime.delivery.outbox",),
    ("bot.app",),
    ("bot.demo",),
    ("bot.commands",),
    ("bot.__main__",),
)
"""Layers from the inside out.

A module belongs to the one with the longest matching name.
"""

PURE = (
    "knowledge.amendments",
    "knowledge.freshness",
    "knowledge.faq.unanswered",
    "flows",
    "bot.figures",
    "bot.model",
    "bot.understand",
    "bot.dialogue",
    "bot.interview",
    "bot.sheet",
    "bot.handoff",
    "bot.follow_up",
    "bot.analytics.counters",
)
IO = {"os", "sqlite3", "socket", "asyncio", "subprocess", "logging", "time", "aiohttp"}

MODULES = {
    ".".join(path.with_suffix("").parts).removesuffix(".__init__"): path
    for top in ("knowledge", "flows", "bot")
    for path in Path(top).rglob("*.py")
}


def layer(module: str) -> int:
    matching = [
        (len(prefix), level)
        for level, prefixes in enumerate(ORDER)
        for prefix in prefixes
        if module == prefix or module.startswith(f"{prefix}.")
    ]
    return max(matching)[1]


def imports(module: str) -> set[str]:
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in whole}
    return found


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_go_inwards(module: str) -> None:
    ours = {name for name in imports(module) if name.split(".")[0] in {"knowledge", "flows", "bot"}}
    outward = {name for name in ours if name != "bot" and layer(name) > layer(module)}
    assert not outward


def test_imports_go_in_no_circle() -> None:
    """Imports inside functions and under TYPE_CHECKING count as well."""
    known = {module: imports(module) & MODULES.keys() - {module} for module in MODULES}
    try:
        graphlib.TopologicalSorter(known).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


# --- the leaflet is a value -----------------------------------------------------------------------

MAY_NAME_THE_LEAFLET = ("bot.app", "bot.commands", "bot.demo")
"""Modules that choose a programme, which is handed to all others."""


@pytest.mark.parametrize("module", [name for name in sorted(MODULES) if name.startswith("bot")])
def test_bot_is_handed_its_programme(module: str) -> None:
    ours = {name for name in imports(module) if name.startswith("flows.keiei")}
    assert not ours or module.startswith(MAY_NAME_THE_LEAFLET)


UNMISTAKABLE = 6
"""Fewest letters of an id that is no everyday word of code ("no", "cash", "late")."""

ALLOWED = {
    "unknown": "the option that every question of every programme offers",
    "center": "a command, a key of `locate`, and an alignment of LINE's boxes",
    "qualify": "a command",
    "follow_up": "a room, and a field of the conversation",
}
"""Ids that may stand in `bot`, each with what else it is."""

IDS = {
    *KEIEI.flows,
    *KEIEI.questions,
    *(option.id for each in KEIEI.questions.values() for option in each.options),
}
UNMISTAKABLE_IDS = {each for each in IDS if len(each) >= UNMISTAKABLE} - ALLOWED.keys()


def literals(module: str) -> Iterator[tuple[int, str]]:
    """Every string of a module that is no prose, with its line."""
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if not re.search(r"\s", node.value):
            yield node.lineno, node.value


@pytest.mark.parametrize("module", [name for name in sorted(MODULES) if name.startswith("bot")])
def test_bot_names_no_question_option_or_flow(module: str) -> None:
    named = [
        f"{MODULES[module]}:{line} names {word!r}"
        for line, text in literals(module)
        for word in re.findall(r"\w+", text)
        if word in UNMISTAKABLE_IDS
    ]
    assert named == []


def test_what_is_allowed_is_an_id_of_the_leaflet() -> None:
    assert ALLOWED.keys() <= IDS


def test_channels_never_import_each_other() -> None:
    def channel(name: str) -> str:
        return name.removeprefix("bot.channels.").split(".")[0]

    for module in MODULES:
        if module.startswith("bot.channels."):
            others = {name for name in imports(module) if name.startswith("bot.channels.")}
            assert {channel(name) for name in others} <= {channel(module)}


@pytest.mark.parametrize("module", [name for name in sorted(MODULES) if name.startswith(PURE)])
def test_the_inner_parts_do_no_input_or_output(module: str) -> None:
    assert not {name.split(".")[0] for name in imports(module)} & IO


def test_the_core_loads_no_channel_sdk() -> None:
    code = (
        "import bot.dialogue.respond, bot.checks.content, sys;"
        "print([m for m in ('linebot', 'slack_bolt', 'slack_sdk', 'aiohttp') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
