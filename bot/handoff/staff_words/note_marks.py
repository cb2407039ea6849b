"""Recognise a staff member's note by the marks in front of it.

Two slash-likes before the first word make a note, whatever else stands before that word. Marks that
are less clear (`//` further on, a heading such as メモ, somebody called by `@`) are a reason to ask.
Every test looks at each character once.
"""

from __future__ import annotations

import unicodedata

_SLASHES = frozenset("/／∕⁄⧸⧶⟋╱⹊⌿🙼⼃丿〳\u0337\u0338")
_OTHERS = frozenset("\\＼∖﹨⧵⧷⧹⟍╲⍀🙽¥￥\u20e5")
_DOTS = frozenset("・･·‧∙⋅⸱")
"""Marks that the slash key types while Japanese input is on, and similar ones."""
_SINGLE = _SLASHES | _OTHERS | _DOTS
_DOUBLE = frozenset("⫽⫻⑊\u20eb")
_UNSEEN = frozenset("*_~`\u115f\u1160\u2800\u3164\uffa0")
"""Marks of formatting, which Slack hides, and blanks that Unicode calls letters."""

_HEADINGS = (
    "メモ",
    "めも",
    "memo",
    "note",
    "ノート",
    "社内",
    "内部",
    "覚え書",
    "覚書",
    "備忘",
    "下書き",
)

_AS_SLASH = {ord(char): "/" for char in _SLASHES}
_AT = frozenset("@＠")


def is_note(text: str) -> bool:
    """Tell whether two slash-likes stand before the first word."""
    slashes, called = 0, False
    for char in text:
        if count := _count_slashes(char):
            slashes, called = slashes + count, False
            if slashes > 1:
                return True
        elif char in _AT:
            slashes, called = 0, True
        elif is_unseen(char):
            called = called and not char.isspace()
        elif char.isalpha() and not called:
            return False
        elif not called:
            slashes = 0
    return False


def is_unseen(char: str) -> bool:
    """Tell whether a character is invisible.

    Blanks, controls, and marks upon other characters.
    """
    return char in _UNSEEN or unicodedata.category(char)[0] in "ZCM"


def has_slashes_further_on(text: str) -> bool:
    """Tell whether a line begins as a note, or holds `//` outside an address."""
    return any(is_note(line) or _holds_slashes(line) for line in text.splitlines())


def is_headed_as_note(text: str) -> bool:
    """Tell whether the first word means "for colleagues" (メモ, 社内)."""
    letters = (at for at, char in enumerate(text) if char.isalpha() and not is_unseen(char))
    first = next(letters, len(text))
    beginning = "".join(char for char in text[first : first + 20] if not is_unseen(char))
    return unicodedata.normalize("NFKC", beginning).casefold().startswith(_HEADINGS)


def calls_by_at(text: str) -> bool:
    """Tell whether a name follows an `@` outside an address."""
    around = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    return any(
        char in _AT and not before.isalnum() and after.isalpha() for before, char, after in around
    )


def _count_slashes(char: str) -> int:
    if char in _DOUBLE:
        return 2
    return int(char in _SINGLE)


def _holds_slashes(line: str) -> bool:
    seen = "".join(char for char in line.translate(_AS_SLASH) if not is_unseen(char))
    return "//" in seen.replace("://", "") or not _DOUBLE.isdisjoint(seen)
