"""Cut the ending of a question, such as politeness, dialect and 「教えて」.

The parts of speech decide.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from knowledge.faq.wording import language, wordlists
from knowledge.faq.wording.normalise import opened, squeeze
from knowledge.made_once import made_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.faq.wording.language import Word

SHORTEST = 2
"""Letters of a core, under which the whole text counts."""

_GRAMMAR = frozenset({"助詞", "助動詞", "補助記号", "空白", "感動詞", "記号", "接頭辞"})
_NOT = frozenset({"ず", "ない", "へん", "まい", "無い"})
# 「知られる」 is not 「知る」, and 「使わせる」 not 「使う」.
_TURNED = frozenset({"れる", "られる", "せる", "させる"})
# 「いつまで」, 「何年から」: how far a question reaches is not how it ends.
_EXTENT = frozenset({"まで", "から", "くらい", "ほど", "だけ", "しか", "より"})
_FAVOUR = frozenset({"頂く", "貰う", "下さる", "願う", "呉れる", "欲しい"})


def core_words(plain_text: str) -> tuple[Word, ...]:
    """Return the words of a plain text without symbols, fillers and ending.

    Where that would leave nothing to compare, all its words stay.
    """
    words, end = _cut(plain_text)
    kept = words[:end]
    if sum(len(word.surface.strip()) for word in kept) < SHORTEST:
        return words or language.words(squeeze(plain_text))
    return kept


def core_of(plain_text: str) -> str:
    """Return a text without fillers and endings, perhaps nothing."""
    words, end = _cut(plain_text)
    return "".join(word.surface for word in words[:end]).strip()


def essence(plain_text: str) -> str:
    """Return a text without fillers and endings, or all of it if too short."""
    core = core_of(plain_text)
    return core if len(core) >= SHORTEST else squeeze(plain_text)


@made_once
def _cut(plain_text: str) -> tuple[tuple[Word, ...], int]:
    """Split a plain text without symbols and fillers into words, and find where its core ends."""
    words = language.words(opened(plain_text))
    return words, _end_of_core(words)


def _end_of_core(words: Sequence[Word]) -> int:
    end = len(words)
    while end and _is_ending(words, end - 1, end):
        end -= 1
    return end


def _is_ending(words: Sequence[Word], at: int, cut: int) -> bool:
    """Tell whether a word only ends the question.

    Words from `cut` on are cut already.
    """
    word = words[at]
    if word.kind[0] in ("助動詞", "形容詞") and word.normal in _NOT:
        return _is_polite_not(words, at)
    if word.normal in _TURNED and word.kind[0] == "助動詞":
        return any(later.normal in _FAVOUR for later in words[cut : cut + 2])
    is_grammar = word.kind[0] in _GRAMMAR and word.normal not in _EXTENT
    return is_grammar or word.normal in _asking() or _is_helper(words, at)


def _is_helper(words: Sequence[Word], at: int) -> bool:
    """Tell whether a verb only helps the one before.

    As in 「探して もらう」 and 「いくらに なる」.
    """
    can_help = words[at].kind[:2] == ("動詞", "非自立可能") and words[at].normal in _empty()
    before = words[at - 1] if at else None
    return can_help and before is not None and before.kind[0] in ("助詞", "助動詞", "接頭辞")


def _is_polite_not(words: Sequence[Word], at: int) -> bool:
    """Tell whether a "not" is polite.

    「もらえませんか」 and 「わからない」 ask; 「払えない」 tells.
    """
    before = [word for word in words[max(at - 2, 0) : at] if word.normal != "ます"]
    asks = words[at + 1 : at + 2]
    said_before = bool(before) and before[-1].normal in _asking()
    is_polite = at > 0 and words[at - 1].normal == "ます" and bool(asks) and asks[0].normal == "か"
    return said_before or is_polite


@cache
def _asking() -> frozenset[str]:
    return frozenset(wordlists.fillers()["asking"])


@cache
def _empty() -> frozenset[str]:
    return frozenset(wordlists.fillers()["words"])
