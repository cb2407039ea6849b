"""What the scorers look at, made once per text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.matching import language
from knowledge.matching.normalise import essence, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.matching.language import Word

LONGEST_GRAM = 3

_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞", "接尾辞", "接頭辞"})
# Said in every question, so they tell no two of them apart.
_EMPTY = frozenset(
    (
        "為る",
        "有る",
        "居る",
        "成る",
        "呉れる",
        "下さい",
        "下さる",
        "貰う",
        "頂く",
        "仕舞う",
        "良い",
        "無い",
        "思う",
        "言う",
        "教える",
        "知る",
        "聞く",
        "質問",
        "事",
        "物",
        "様",
        "方",
        "訳",
        "筈",
        "積もり",
        "御",
        "さん",
        "等",
        "的",
        "達",
        "自分",
        "内",
        "私",
        "僕",
        "俺",
        "うち",
        "此れ",
        "其れ",
        "此の",
        "其の",
        "何",
        "どう",
        "如何",
        "そう",
        "こう",
    )  # fmt: skip
)


@dataclass(frozen=True, slots=True)
class View:
    """A text from two sides: `reading` in hiragana with its `grams`, and its content `words`.

    `aside` holds place names, numbers and people: they are part of the story, not of the question.
    """

    reading: str
    grams: frozenset[str]
    words: tuple[Word, ...]
    aside: frozenset[str]


def view(text: str) -> View:
    """Look at a text as typed."""
    return view_of_plain(plain(text))


def view_of_plain(text: str) -> View:
    """Look at a text that has been through `plain`."""
    tokens = language.words(essence(text))
    reading = "".join(token.reading for token in tokens)
    content = tuple(token for token in tokens if is_content(token))
    aside = frozenset(token.normal for token in content if is_aside(token))
    return View(reading, frozenset(grams(reading)), content, aside)


def content_words(text: str) -> list[str]:
    """Normalised content words of a long text such as an answer, repeats kept."""
    lines = (plain(line) for line in text.splitlines())
    tokens = (token for line in lines for token in language.words(line))
    return [token.normal for token in tokens if is_content(token)]


def is_content(word: Word) -> bool:
    """Tell whether a word says what a question is about."""
    return word.kind[0] in _CONTENT and word.normal not in _EMPTY


def is_aside(word: Word) -> bool:
    """Tell whether a word names a place, a person or a number."""
    return word.kind[1] == "数詞" or word.kind[2] in ("地名", "人名")


def grams(reading: str) -> Iterator[str]:
    """Yield all substrings of one to three characters."""
    for size in range(1, LONGEST_GRAM + 1):
        for start in range(len(reading) - size + 1):
            yield reading[start : start + size]
