"""Tell whether a text reads like a question."""

from __future__ import annotations

import re

from knowledge.faq.wording.normalise import fold

_MARK = re.compile(r"[?]")
_WORD = re.compile(
    r"いくら|なんぼ|いつ(?!も)|どこ|だれ|誰|なに(?!も|か)|何(?!も|度も|か|とか|回も)|なぜ|なんで|どう(?!も|にも|にか|しても|せ)"
    r"|なん(?:じゃ|や|だ|なん|です|すか)|どの|どれ(?!も)|どんな|どっち|どちら|どない|どげん|とは$|って$"
    r"|教えて|おしえて|お教え|教示|説明して|ご説明|伺いた|お伺い|うかがいた|知りた|聞きた|ききた|方法|やり方"
    r"|(?:わか|分か|解)(?:ら|りませ|んね|んない)|区別が|違いが|違いを|相違|の意味$"
    r"|(?:と|って)(?:聞(?:い|き)|きい)[^。]{0,6}(?:が|けど|けれど|けんど)[。…]*$"
)
"""Interrogatives, requests to be told and hearsay left open, but not いつも, 何か and the like."""

_ENDING = re.compile(
    r"(か|かな|かね|かい|かの|かのう|るけ|るんけ|かしら|っけ|のかな|やろ|やろか|やろう|だろう|でしょう|でしょ|とや|べか|だべ|だっぺ|ずら|じゃろ|の|のん|とね|もん|(?<!にち)(?<!ばん)は)[ねぇえなぁあ!。.、…ー〜~\s笑w]*$"
)
"""Endings of a question, also in dialect, but not こんにちは or こんばんは."""


_NOT_KNOWN = re.compile(
    r"(?:よく|ちょっと|まだ|全然|ぜんぜん)?(?:わか|分か|解)(?:らない|りません|らん|らへん|んない|らねえ)(?:です|な|なあ|わ|ね)?[。!…]*"
)
"""That one does not know, which names nothing to look up."""


def is_question(text: str) -> bool:
    """Tell a question from an answer.

    By a question mark, a question word or a questioning ending.
    """
    folded = fold(text).strip()
    if _NOT_KNOWN.fullmatch(folded):
        return False
    return any(pattern.search(folded) for pattern in (_MARK, _WORD, _ENDING))
