"""Every compiled pattern of the product, found by walking its modules."""

from __future__ import annotations

import ast
import functools
import gc
import importlib
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import regex

from flows.keiei.catalog import QUESTIONS

PACKAGES = ("bot", "flows", "knowledge")
STARTED_BY_IMPORT = {"bot.__main__", "bot.simulator.line.__main__", "bot.simulator.slack.__main__"}
MODULES = sorted(
    ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    for top in PACKAGES
    for path in Path(top).rglob("*.py")
)
CONTAINERS = {"builtins", "functools", "types", "collections", "re", "_regex"}
APPLIED = {"search", "match", "fullmatch", "split", "sub", "subn", "findall", "finditer"}

Pattern = re.Pattern[str] | regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern with its module, its name, and the ways it is applied."""

    module: str
    name: str
    pattern: Pattern
    ways: frozenset[str]


@functools.cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the product."""
    return tuple(importlib.import_module(each) for each in MODULES if each not in STARTED_BY_IMPORT)


@functools.cache
def patterns() -> tuple[Found, ...]:
    """Every pattern of the product, each once."""
    for module in modules():
        _fill_caches(module)
    found: dict[tuple[Any, int, frozenset[str]], Found] = {}
    for module in modules():
        held = (
            Found(module.__name__, name, pattern, _ways(module, name))
            for name, pattern in held_by(module)
        )
        for each in (*held, *_written_in_line(module)):
            found.setdefault((each.pattern.pattern, each.pattern.flags, each.ways), each)
    return tuple(found.values())


def _fill_caches(module: ModuleType) -> None:
    """Call cached functions that make patterns from nothing or from a question."""
    for each in vars(module).values():
        if not hasattr(each, "cache_info") or each.__module__ != module.__name__:
            continue
        wanted = [str(every.annotation) for every in inspect.signature(each).parameters.values()]
        if not wanted:
            each()
        elif wanted == ["Question"]:
            for question in QUESTIONS.values():
                each(question)


def held_by(module: ModuleType) -> Iterator[tuple[str, Pattern]]:
    """Patterns among the values of a module, and in whatever these hold, however deep."""
    for name, value in list(vars(module).items()):
        waiting, seen = [value], {id(vars(module))}
        while waiting:
            each = waiting.pop()
            if id(each) in seen or _is_foreign(each):
                continue
            seen.add(id(each))
            if isinstance(each, re.Pattern | regex.Pattern):
                yield name, each
            else:
                waiting += gc.get_referents(each)


def _is_foreign(value: Any) -> bool:
    """Tell whether a value belongs to another library or module.

    Another module is walked by itself.
    """
    if isinstance(value, ModuleType | str | bytes | int | float | None):
        return True
    if type(value) is dict and "__spec__" in value:
        return True
    owner = value if isinstance(value, type | FunctionType) else type(value)
    is_container = owner is type(value) and owner.__module__ in CONTAINERS
    return not (is_container or str(owner.__module__).startswith(PACKAGES))


@functools.cache
def _ways(module: ModuleType, name: str) -> frozenset[str]:
    """Find how a pattern is applied, as by `_NAME.search(…)`.

    For a pattern without a name, all ways of its module count.
    """
    where = (module,) if name.startswith("_") else modules()
    calls = [call for each in where for call in _applications(each)]
    named = {way for owner, way in calls if owner == name}
    passed = {way for owner, way in _applications(module) if not owner.isupper()}
    return frozenset(named or passed or {"search", "fullmatch"})


@functools.cache
def _applications(module: ModuleType) -> tuple[tuple[str, str], ...]:
    """List the calls that may apply a pattern, with its name and the method."""
    calls = (
        node.func
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    )
    return tuple(
        (str(getattr(call.value, "id", getattr(call.value, "attr", ""))), call.attr)
        for call in calls
        if call.attr in APPLIED
    )


def _written_in_line(module: ModuleType) -> Iterator[Found]:
    """Yield patterns that stand where they are used, as in `re.sub("…", …)`.

    Patterns that only a call knows are left out.
    """
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(ast.Attribute(ast.Name("re" | "regex" as library), way), [written, *_]):
                pass
            case _:
                continue
        if way not in APPLIED:
            continue
        try:
            pattern = eval(compile(ast.Expression(written), "", "eval"), vars(module))  # noqa: S307
        except NameError:
            continue
        compiled = importlib.import_module(library).compile(pattern)
        yield Found(module.__name__, f"line {node.lineno}", compiled, frozenset({way}))
