"""The house: imports go one way, the inner parts do no I/O, the core needs no channel's SDK."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ORDER = (
    ("knowledge",),
    ("flows",),
    ("bot.understand.text", "bot.model.messages", "bot.proxies", "bot.settings", "bot.clock"),
    ("bot",),
    ("bot.store", "bot.runtime.library_cache", "bot.metrics", "bot.logs"),
    ("bot.runtime", "bot.checks", "bot.simulator", "bot.door"),
    ("bot.channels",),
    ("bot.runtime.outbox",),
    ("bot.app",),
    ("bot.demo",),
    ("bot.commands",),
    ("bot.__main__",),
)
"""Layers from the inside out; a module belongs to the one with the longest matching name."""

PURE = (
    "knowledge.amendments",
    "knowledge.freshness",
    "knowledge.faq.unanswered",
    "flows",
    "bot.model",
    "bot.understand",
    "bot.dialogue",
    "bot.interview",
    "bot.handoff",
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
