"""Refuse names by which an owner would take staff for somebody else.

Letters are taken from a few scripts only, so that none merely looks like another: LΙNE with a Greek
iota is refused for its letter. What is left that looks alike (l, 1, I) is read as one.
"""

from __future__ import annotations

import re
import unicodedata

from bot.channels.slack.home import wording

_MARKS = frozenset(" 　・ー-‐－～〜/／()（）、。.,'’&＆々〆〇ヶ\ufe0f")
_SCRIPTS = ("CJK UNIFIED", "CJK COMPATIBILITY", "HIRAGANA", "KATAKANA")

_LOOK_ALIKE = str.maketrans({"l": "i", "1": "i", "|": "i", "!": "i", "3": "e"})
_LINE = "iine"

_LINE_IN_KANA = re.compile(r"(?:^|[^ァ-ヶー])(?:ライン|LINE)(?:$|[^ァ-ヶー])")
"""LINE's name as a whole word, but not in オンライン."""

_OFFICIAL = (
    "公式|運営|事務局|政府|内閣|官公庁|役所|役場|県庁|府庁|道庁|都庁|区役|総合支所"
    "|(?:財務|経済産業|経産|厚生労働|厚労|総務|法務|国土交通|国交|農林水産|農水|環境)省"
    "|(?:金融|国税|中小企業|消費者|警察|検察)庁|税務|国税|警察|検察|裁判|労働局|労基|労働基準"
    "|年金|保健所|消防|ハローワーク|職業安定|公庫|保証協会|協議会|商工会|よろず"
    "|銀行|信金|信用金庫|信用組合|公証"
)
_ROLE = re.compile(_OFFICIAL)


def explain_refusal(name: str) -> str:
    """Explain why owners may not see this name, or return ""."""
    wide = unicodedata.normalize("NFKC", name)
    if not all(map(_is_plain, wide)):
        return wording.NAME_ODD_LETTERS
    if _LINE in _fold_look_alikes(wide) or _LINE_IN_KANA.search(wide):
        return wording.NAME_SAYS_LINE
    if found := _ROLE.search("".join(wide.split())):
        return wording.refuse_official_name(found[0])
    return ""


def _is_plain(letter: str) -> bool:
    """Tell whether a letter cannot be taken for another one.

    Digits, marks and emoji may stand in a name too.
    """
    if letter.isascii():
        return letter.isalnum() or letter in _MARKS
    if letter in _MARKS:
        return True
    if unicodedata.category(letter) == "So":
        # Letters in squares and circles are signs to Unicode, and letters to the eye.
        return not re.search(
            "LETTER|LATIN|SQUARED|CIRCLED|PARENTHESIZED", unicodedata.name(letter, "LETTER")
        )
    return unicodedata.name(letter, "").startswith(_SCRIPTS)


def _fold_look_alikes(name: str) -> str:
    """Write the Latin letters of a name, with look-alikes as one."""
    folded = name.casefold().translate(_LOOK_ALIKE)
    return "".join(each for each in folded if each.isascii() and each.isalnum())
