"""Whether a text that names an answer is a question all the same (「黒字でも使えますか」)."""

from __future__ import annotations

import re

from bot.text import fold

_MARK = re.compile(r"[?？]\s*$")
_ENDING = re.compile(
    r"(です|ます|でしょう|だろう|れる|える|きる|いい|の|ん)か(な|ね)?$|って(何|なに)$|とは$"
)
_NOT_ENDING = re.compile(r"(かどうか|ものか|んか)$")
_WORDS = re.compile(
    r"いくら(?!い)|なんぼ|いつ(?!も)|どこ(?!も)|(?:誰|だれ)(?!も)|何(?!も|度|か|とか|回|年|人|と)|なに(?!も|か)|"
    r"なぜ|なんで|どう(?!も|にも|にか|しても|せ|なる)|どんな|どっち|どちら|"
    r"教えて|意味|とは|違い|ちがい|方法|やり方|条件は|対象|使え|つかえ|補助|もらえ"
)
_SHORTEST = 2
"""Characters of the rest below which it cannot ask anything by itself (「の」「です」)."""


def asks(text: str, rest: str) -> bool:
    """Whether `text` asks something, `rest` being what remains without the words of an answer.

    The ending is read in the whole text, the asking words only in the rest: in 「銀行のプロパー」 the
    rest is a の, and in 「保証協会って何」 it is 「って何」.
    """
    if _MARK.search(text):
        return True
    folded = fold(text)
    if _ENDING.search(folded) and not _NOT_ENDING.search(folded):
        return True
    return len(rest) >= _SHORTEST and _WORDS.search(fold(rest)) is not None
