"""List every fault of the catalogue of sentences.

A key or parameter may be missing, or a sentence never said.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

from bot.presentation import limits
from bot.presentation.wording import LANGUAGE, SENTENCES, parameters_of, read_sentences

BUTTONS = "buttons."
"""Start of the keys of sentences on a button."""


@dataclass(frozen=True, slots=True)
class Call:
    """Hold a place in the code that says a sentence.

    `parameters` are None where they are not known there. `key` ends with a dot where the code picks
    one of a table; it is empty where it is computed.
    """

    where: str
    key: str
    parameters: frozenset[str] | None


def faults(folder: Traversable = SENTENCES, calls: Iterable[Call] | None = None) -> Iterator[str]:
    """Find every fault of a folder's catalogues against the code.

    There is one for each language.
    """
    languages: dict[str, dict[str, str]] = {}
    for language in sorted(each.name for each in folder.iterdir() if each.is_dir()):
        try:
            languages[language] = read_sentences(folder.joinpath(language))
        except tomllib.TOMLDecodeError as error:
            yield f"sentences/{language}: not TOML: {error}"
    ours = languages.get(LANGUAGE, {})
    if not ours:
        yield f"sentences/{LANGUAGE}: there are no sentences in the language owners are spoken to in"
        return
    known = tuple(calls if calls is not None else calls_in_code())
    for language, sentences in languages.items():
        yield from _sentence_faults(f"sentences/{language}", sentences)
        yield from _differences(f"sentences/{language}", sentences, ours)
    yield from _call_faults(known, ours)
    yield from _unsaid(known, ours)


def _sentence_faults(where: str, sentences: Mapping[str, object]) -> Iterator[str]:
    for key, sentence in sentences.items():
        if not isinstance(sentence, str) or not sentence.strip():
            yield f"{where}: {key} is {sentence!r}; expected a sentence in quotation marks"
            continue
        try:
            parameters = parameters_of(sentence)
        except ValueError as error:
            yield f"{where}: {key}: {error}; a parameter stands in braces: {{name}}"
            continue
        for name in sorted(parameters):
            if not re.fullmatch(r"[a-z_]+", name):
                yield f"{where}: {key}: {{{name}}} is no name of a parameter; use a to z and _"
        yield from _too_long(where, key, re.sub(r"\{[a-z_]+\}", "", sentence))


def _too_long(where: str, key: str, sentence: str) -> Iterator[str]:
    """Measure a sentence without its parameters against every channel."""
    for channel in limits.CHANNELS:
        on_button = key.startswith(BUTTONS)
        count = channel.count_label if on_button else channel.count_text
        most = channel.label if on_button else channel.text
        if (length := count(sentence)) > most:
            yield f"{where}: {key} has {length} characters; {channel.channel} takes {most}"


def _differences(
    where: str, sentences: Mapping[str, str], ours: Mapping[str, str]
) -> Iterator[str]:
    """Compare a language with the one owners are spoken to in."""
    for key in sorted(ours.keys() - sentences.keys()):
        yield f"{where}: {key} is missing"
    for key in sorted(sentences.keys() - ours.keys()):
        yield f"{where}: {key} is not in sentences/{LANGUAGE}"
    for key in sorted(ours.keys() & sentences.keys()):
        if _names(sentences[key]) != _names(ours[key]):
            yield f"{where}: {key} has other parameters than in sentences/{LANGUAGE}"


def _names(sentence: str) -> frozenset[str]:
    """Name the parameters of a sentence, none if it is faulty.

    The fault is listed elsewhere.
    """
    try:
        return parameters_of(sentence)
    except (TypeError, ValueError):
        return frozenset()


def _call_faults(calls: Iterable[Call], sentences: Mapping[str, str]) -> Iterator[str]:
    for call in calls:
        if not call.key:
            yield f"{call.where}: the key is computed; write it out, so that it can be checked"
        elif call.key.endswith("."):
            if f"{call.key}other" not in sentences:
                yield f"{call.where}: the table {call.key[:-1]} has no sentence named other"
        elif call.key not in sentences:
            yield f"{call.where}: no sentence {call.key} in sentences/{LANGUAGE}"
        elif call.parameters is not None and call.parameters != _names(sentences[call.key]):
            given, wanted = sorted(call.parameters), sorted(_names(sentences[call.key]))
            yield f"{call.where}: {call.key} is given {given}; it has {wanted}"


def _unsaid(calls: Iterable[Call], sentences: Mapping[str, str]) -> Iterator[str]:
    said = {call.key for call in calls}
    tables = tuple(key for key in said if key.endswith("."))
    for key in sentences:
        if key not in said and not key.startswith(tables):
            yield f"sentences/{LANGUAGE}: {key} is said nowhere; delete it"


# --- what the code says -----------------------------------------------------------------------------


def calls_in_code() -> Iterator[Call]:
    """Find every place in the packaged code that says a sentence."""
    yield from _calls_below(resources.files("bot"), "bot")


def _calls_below(folder: Traversable, name: str) -> Iterator[Call]:
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        where = f"{name}/{each.name}"
        if each.is_dir():
            yield from _calls_below(each, where)
        elif each.name.endswith(".py"):
            yield from calls_in(each.read_text("utf-8"), where)


def calls_in(source: str, where: str) -> Iterator[Call]:
    """Find every call of `say` and `say_of_kind` in a module.

    `where` names the module.
    """
    if not ("presentation.wording" in source or "def say(key" in source):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            at = f"{where}:{node.lineno}"
            if node.func.id == "say":
                yield from (Call(at, key, _name_arguments(node)) for key in _literals(node.args[0]))
            elif node.func.id == "say_of_kind":
                yield from (Call(at, f"{key}.", None) for key in _literals(node.args[0]))


def _literals(key: ast.expr) -> Iterator[str]:
    """Read the literal keys of a call.

    Both of a choice between two, and "" for one that is computed.
    """
    if isinstance(key, ast.IfExp):
        yield from _literals(key.body)
        yield from _literals(key.orelse)
    else:
        is_text = isinstance(key, ast.Constant) and isinstance(key.value, str)
        yield key.value if is_text else ""  # type: ignore[attr-defined] # `is_text` has looked at it


def _name_arguments(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name is not None)
