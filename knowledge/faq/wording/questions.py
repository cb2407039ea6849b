"""Tell whether a text reads like a question."""

from __future__ import annotations

import re

from knowledge.faq.wording.normalise import fold

_MARK = re.compile(r"[?]")
_WORD = re.compile(
    r"いくら|なんぼ|いつ(?!も)|どこ|だれ|誰|なに(?!も|か)|何(?!も|度も|か|とか|回も)|なぜ|なんで|どう(?!も|にも|にか|しても|せ)"
    r"|なん(?:じゃ|や|だ|なん|です|すか)|どの|どれ(?!も)|どんな|どっち|どちら|どない|どげん|とは$|って$"
    r"|教えて|おしえて|教示|伺いた|お伺い|うかがいた|知りたい|聞きたい|ききたい|わからない|分からない|わからん|分からん|方法|やり方"
)
"""Interrogatives and requests to be told, but not いつも, 何か and the like."""

_ENDING = re.compile(
    r"(か|かな|かね|かい|かの|かのう|るけ|るんけ|かしら|っけ|のかな|やろ|やろか|やろう|だろう|でしょう|でしょ|とや|べか|の|のん|とね|もん|(?<!にち)(?<!ばん)は)[ねぇえなぁあ!。.、…ー〜~\s笑w]*$"
)
"""Endings of a question, also in dialect, but not こんにちは or こんばんは."""


def is_question(text: str) -> bool:
    """Tell a question from an answer.

    By a question mark, a question word or a questioning ending.
    """
    folded = fold(text).strip()
    return any(pattern.search(folded) for pattern in (_MARK, _WORD, _ENDING))
