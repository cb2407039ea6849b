"""Read owners' words for options, one TOML file for each question.

`flows/keiei/words/README.md` says how such a file is written. This module reads the files and names
every fault with its line; `bot.understand.reading` knows the meaning of the words in a sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

Options = frozenset[str]


@dataclass(frozen=True, slots=True)
class OptionWords:
    """Hold the words of one option.

    `anywhere` is enough wherever it stands, `here` counts when the question is open or its subject
    is spoken of, `whole` is all of a clause, `degree` only decides between options that other words
    leave open. `implies` are answers to other questions that follow: question id → options.
    """

    anywhere: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    degree: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    implies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Band:
    """Values from `low` up to `high` (both included) mean `option`."""

    option: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Numbers:
    """Say how a number answers a question.

    `kind` is the thing counted, `bands` are those of its values. One of `needs` must stand in the
    message while the question is not open; `never` are words that forbid it; one of `alone` makes
    up for a missing subject (「3割落ちた」). `judged_by` are questions whose answers tell the band of a
    number that stands alone (people, of the trade told before).
    """

    kind: str
    bands: tuple[Band, ...]
    needs: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    judged_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything by which answers to one question are heard.

    `about` names the subject of the question, `others` other subjects that its words do not speak
    of. A question that matches `asked` tells all the same. The patterns `unrelated`, `denied` and `aside` are read in a clause, behind a word, in
    plain form. `otherwise` says what is left when options are denied, `feared` what they mean while they
    are only feared for later, `gravest` which of several
    counts, `yes` and `no` what a bare はい or いいえ means, `everything` what 全部 means.
    With `topic_only` the subject is not carried over to the next clause; with `also_of_others` it does
    not matter of whom a clause speaks (the cause of a fall may lie with a customer); with `named_alone` a
    clause that is nothing but weaker words counts (「建設」, 「家賃と人件費」); with `requests_only` weaker
    words count in a story only where something is asked for (「返済を待ってほしい」); with `of_past` what is
    over counts too (「以前リスケしました」).
    """

    options: Mapping[str, OptionWords] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    unrelated: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    denied_alone: bool = False
    topic_only: bool = False
    also_of_others: bool = False
    named_alone: bool = False
    requests_only: bool = False
    of_past: bool = False
    aside: tuple[str, ...] = ()
    aside_alone: bool = False
    otherwise: tuple[tuple[Options, Options], ...] = ()
    feared: tuple[tuple[Options, Options], ...] = ()
    gravest: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    everything: tuple[str, ...] = ()
    numbers: Numbers | None = None


class VocabularyError(ValueError):
    """Tell that a vocabulary file cannot be used.

    The message names the file, the line and the way to mend it.
    """


_LISTS = (
    "about", "others", "unrelated", "denied", "aside", "asked", "gravest", "yes", "no", "everything",
)  # fmt: skip
_FLAGS = (
    "denied_alone",
    "aside_alone",
    "topic_only",
    "also_of_others",
    "named_alone",
    "requests_only",
    "of_past",
)
_OF_AN_OPTION = ("anywhere", "here", "whole", "degree", "examples")


def load(folder: Traversable) -> dict[str, Vocabulary]:
    """Load every vocabulary of a folder, by question.

    Raises `VocabularyError` for a file that is not TOML.
    """
    return {name.removesuffix(".toml"): _loaded(name, text) for name, text in _files(folder)}


def faults(
    folder: Traversable, options: Mapping[str, tuple[str, ...]], kinds: Container[str]
) -> list[str]:
    """List every fault of a folder's files.

    `options` are the ids by question.
    """
    return [each for name, text in _files(folder) for each in problems(name, text, options, kinds)]


def _files(folder: Traversable) -> list[tuple[str, str]]:
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".toml"))
    return [(name, folder.joinpath(name).read_text("utf-8")) for name in names]


def _loaded(name: str, text: str) -> Vocabulary:
    try:
        return _vocabulary(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise VocabularyError(f"{name}: {error}; `python -m bot check` says more") from error


def problems(
    name: str, text: str, question_ids: Mapping[str, tuple[str, ...]], kinds: Container[str]
) -> Iterator[str]:
    """List every fault of a vocabulary file, each a sentence with its line.

    `kinds` are the kinds of counting `[numbers]` may name.
    """
    question = name.removesuffix(".toml")
    if question not in question_ids:
        yield f"{name}: there is no question {question!r}; name the file after a question"
        return
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield f"{name}: not readable as TOML: {error}"
        return
    yield from _of_the_question(name, text, table, question_ids[question])
    yield from _of_the_options(name, text, table, question_ids)
    yield from _of_the_numbers(name, text, table.get("numbers"), question_ids[question], kinds)


def _of_the_question(
    name: str, text: str, table: Mapping[str, Any], options: tuple[str, ...]
) -> Iterator[str]:
    known = {*_LISTS, *_FLAGS, "otherwise", "feared", "numbers", "options"}
    for key in table.keys() - known:
        yield _fault(name, text, key, f"there is no setting {key!r}")
    for option in table.get("options", {}).keys() - {*options}:
        yield _fault(name, text, f"[options.{option}]", f"the question has no option {option!r}")
    for key in ("gravest", "yes", "no", "everything"):
        for option in set(_words(table.get(key, ()))) - {*options}:
            yield _fault(name, text, option, f"{key} names {option!r}, which is no option")
    for key in ("unrelated", "denied", "aside", "asked"):
        for pattern in _words(table.get(key, ())):
            if reason := _unusable(pattern):
                yield _fault(name, text, pattern, f"{key}: {pattern!r} is no pattern: {reason}")


def _of_the_options(
    name: str, text: str, table: Mapping[str, Any], question_ids: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    for option, row in table.get("options", {}).items():
        for key in row.keys() - {*_OF_AN_OPTION, "implies"}:
            yield _fault(name, text, key, f"[{option}] has no setting {key!r}")
        for question, implied in row.get("implies", {}).items():
            if not {*_words(implied)} <= {*question_ids.get(question, ())}:
                yield _fault(name, text, implied, f"[{option}] implies an unknown {question!r}")


def _of_the_numbers(
    name: str,
    text: str,
    row: Mapping[str, Any] | None,
    options: tuple[str, ...],
    kinds: Container[str],
) -> Iterator[str]:
    if row is None:
        return
    if row.get("kind") not in kinds:
        yield _fault(name, text, "kind", f"there is no kind of numbers {row.get('kind')!r}")
    for band in row.get("bands", ()):
        if len(band) != 3 or band[0] not in options or band[1] > band[2]:  # noqa: PLR2004
            yield _fault(name, text, str(band[0]), f"a band is [option, from, up to], not {band}")


def _unusable(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""


def _fault(name: str, text: str, words: str, said: str) -> str:
    line = next((n for n, each in enumerate(text.splitlines(), 1) if words in each), 1)
    return f"{name}, line {line}: {said}"


def _words(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Split words written with blanks between them, or as a list."""
    return tuple(value.split()) if isinstance(value, str) else tuple(value)


def _vocabulary(table: Mapping[str, Any]) -> Vocabulary:
    settings: dict[str, Any] = {key: _words(table[key]) for key in _LISTS if key in table}
    settings |= {key: bool(table[key]) for key in _FLAGS if key in table}
    options = {id_: _option(row) for id_, row in table.get("options", {}).items()}
    return Vocabulary(
        options=MappingProxyType(options),
        otherwise=tuple(_read_turn(each) for each in table.get("otherwise", ())),
        feared=tuple(_read_turn(each) for each in table.get("feared", ())),
        numbers=_numbers(table["numbers"]) if "numbers" in table else None,
        **settings,
    )


def _option(row: Mapping[str, Any]) -> OptionWords:
    words = {
        key: tuple(row[key]) if key == "examples" else _words(row[key])
        for key in _OF_AN_OPTION
        if key in row
    }
    implied = {question: _words(options) for question, options in row.get("implies", {}).items()}
    return OptionWords(**words, implies=MappingProxyType(implied))


def _read_turn(line: str) -> tuple[Options, Options]:
    """Read 「up -> flat down_slight」, what `up` turns into when denied."""
    denied, _, left = line.partition("->")
    return frozenset(denied.split()), frozenset(left.split())


def _numbers(row: Mapping[str, Any]) -> Numbers:
    bands = tuple(Band(option, float(low), float(high)) for option, low, high in row["bands"])
    words = {
        key: _words(row[key]) for key in ("needs", "never", "alone", "judged_by") if key in row
    }
    return Numbers(str(row["kind"]), bands, **words)
