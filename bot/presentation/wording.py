"""Say the bot's sentences to owners by key.

The words stand in `sentences/<language>/`. A key is `<file>.<name>`: "trouble.despair" is `despair`
in `trouble.toml`. Words in braces are parameters. Questions, reasons and paths carry their own
words (`flows/`); answers live in `knowledge/faq.md`; sentences for staff are in `staff_wording`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from string import Formatter

LANGUAGE = "ja"
"""Language of the sentences for owners, a folder of `sentences`."""

SENTENCES = resources.files("bot.presentation").joinpath("sentences")


def say(key: str, **parameters: object) -> str:
    """Say the sentence with this key.

    Raises KeyError for a key or parameter that the catalogue does not have.
    """
    sentence = catalogue(LANGUAGE)[key]
    return sentence.format_map(parameters)


def say_of_kind(table: str, kind: str) -> str:
    """Say a table's sentence for this kind, or its "other"."""
    sentences = catalogue(LANGUAGE)
    return sentences.get(f"{table}.{kind}") or sentences[f"{table}.other"]


def join_words(words: Iterable[str]) -> str:
    """Enumerate words as one sentence does."""
    return say("signs.comma").join(words)


def quote_each(words: Iterable[str]) -> str:
    """Put each of the words into quotation marks, one after the other."""
    return "".join(say("signs.quoted", words=each) for each in words)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Read every sentence of a language, by key."""
    return read_sentences(SENTENCES.joinpath(language))


def read_sentences(folder: Traversable) -> dict[str, str]:
    """Read every sentence of a folder of TOML files, by key. Raises TOMLDecodeError."""
    files = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".toml")),
        key=lambda each: each.name,
    )
    return {
        f"{file.name.removesuffix('.toml')}.{name}": sentence
        for file in files
        for name, sentence in tomllib.loads(file.read_text("utf-8")).items()
    }


def parameters_of(sentence: str) -> frozenset[str]:
    """Name the parameters of a sentence.

    Raises ValueError for a brace that is not closed.
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)
