"""Cut a message into its sentences and clauses, without judging them.

Punctuation cuts, and so do the words that join clauses: けど, が, ので, から, し, and て before a new
subject, since people write without punctuation. No clause is longer than `LONGEST_CLAUSE`, so that
looking through one costs the same whatever is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

LONGEST_CLAUSE = 120
"""Characters. Nobody says one thing at greater length."""

_SENTENCES = re.compile(r"((?:[。!！?？\n…]|(?<!\d)[．.]|[．.](?!\d))++)")
"""Ends of sentences. A dot between digits is a decimal point."""

_COMMAS = re.compile(
    r"(?:[;；:：「」『』（）()【】]|(?<![\d一二三四五六七八九十])[、，,]|[、，,](?![\d一二三四五六七八九十]))++"
)
"""Commas and brackets. A comma between digits belongs to a number, as in 2、3か月."""

_NOUN = r"[一-龠ァ-ヶー]{1,8}"
_JOINTS = re.compile(
    r"(?:けれども|けれど|けども|けんども|けんど|けど|ばってん|もんで|もんだから|ものの|(?<=[たるいなんす])のに|一方で?)"
    r"|(?:(?<=[だるたいす])|(?<=[せへら]ん))(?<![払違願扱商伝使買]い)(?<!あなた)(?<!かた)(?<!んきだい)(?<!りだい)(?<!んだい)(?<!んさい)が(?=[^っらりるれろわいえあ])"
    r"|(?<=[だるたいんや])(?:けん|さかい)(?=[\s一-龠])"
    r"|(?:(?<=[たるいなんす])んで(?!す|しょ|した|っしょ)|ので|よって(?=[一-龠]))"
    r"|(?<=[たるいだすん])から(?![はもの借])"
    rf"|(?<=て)(?={_NOUN}[がはも]|今[はのもが、]|いま[はのも]|現在|今年)"
    r"|(?<=[いるただすん])し(?=[\s一-龠ァ-ヶ])"
    r"|(?<=た)ら(?=[一-龠ァ-ヶど、\s])|(?<=れば)(?=[一-龠ァ-ヶど\s])|(?<=[るいただ]なら)(?=[一-龠ァ-ヶど\s])"
    rf"|(?<=\S)\s(?={_NOUN}[がはもの]|どう|どない|どげん|どこ|どの|何|なに|いくら|いつ)"
    r"|(?<=場合)(?:には|は|に)?"
    r"|(?<=なくて)|(?<=じゃなく)(?!て)|(?<=ではなく)(?!て)"
)
"""Places between two clauses, such as けど, ので, から and が behind a predicate.

The letters looked at before and behind keep apart the particle が, nouns and inflected words.
"""

_TAKEN_BACK = re.compile(
    r"^(?:あっ?|いや|えっと|あれ|すみません|すいません|ごめん(?:なさい)?|失礼)?\s*"
    r"(?:違う|ちがう|違った|ちがった|違いました|ちがいました|間違えた|まちがえた|間違えました|まちがえました|間違い|訂正)"
    r"(?:です|わ|や|した|します)?(?!いま)"
    r"|^(?:いや|いえ|じゃない|じゃなくて?|ではなくて?|とかじゃなくて?|もとい"
    r"|と(?:言|い)いたい(?:とこ|ところ)(?:や|だ|です)?(?:が|けど)?)(?=[\s0-9０-９一-龠ァ-ヶA-Za-z])"
)
"""Beginnings that take back the words before, as 「いや違う」 or 「じゃなくて」."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one clause as typed.

    `asked` when a question mark follows, `last` when the sentence ends.
    """

    text: str
    sentence: int
    asked: bool
    last: bool
    first: bool = False
    """Tell whether this piece begins the message."""
    joint: str = ""
    """The word that joins the piece to the next, if any."""
    how_long: str = ""
    """A length of time behind it, as in 「マイナス続き、もう4年」."""


_HOW_LONG = re.compile(
    r"(?:もう|これで|今で|かれこれ|ここ|すでに|既に|約|だいたい|たぶん|[、\s])*+"
    r"(?:半年|(?:[\d一二三四五六七八九十数何]{1,3}(?:[、~〜][\d一二三四五六七八九十])?|丸[\d一二三])"
    r"(?:年|期|[かヶヵケカゖ]月|回))(?:半|分)?"
    r"(?:くらい|ぐらい|ほど|目|間|連続|続けて|続き|前から|ずっと|になる|になります|なる|たつ|たちます|経つ|経ちます)*+"
    r"(?:です|だ|や|でした|ですわ|やわ|だよ|ですね|ですかね)?"
)
"""A piece that is only a length of time, as 「もう4年」 or 「これで3期目です」."""


_LASTS_NOT = re.compile(
    r"^(?:いや|いえ|いいえ|はい|うん|ええ|えっと|あの)$"
    r"|(?:[屋店業所院館園]|農家|会社|工場)(?:です|だ|や|でして|を(?:して|やって)(?:い?ます|る))?$"
)
"""A yes or no, and a trade, whose length of time is its age."""


def pieces(text: str) -> Iterator[Piece]:
    """List every clause of a normalised text, in order.

    A length of time alone belongs to the clause it tells of: 「マイナス続き、もう4年」.
    """
    before: Piece | None = None
    for piece in _pieces(text):
        if before and _tells_how_long(piece, before):
            before = replace(
                before, how_long=piece.text, asked=piece.asked, last=True, joint=piece.joint
            )
            continue
        if before:
            yield before
        before = piece
    if before:
        yield before


def _tells_how_long(piece: Piece, before: Piece) -> bool:
    """Tell whether a piece says only how long lasts what stands before it."""
    if before.asked or before.joint or before.how_long or not _HOW_LONG.fullmatch(piece.text):
        return False
    lasts_not = (_LASTS_NOT.search, _TAKEN_BACK.match, _HOW_LONG.fullmatch)
    is_short = len(before.text) + len(piece.text) < LONGEST_CLAUSE
    return is_short and not any(find(before.text) for find in lasts_not)


def _pieces(text: str) -> Iterator[Piece]:
    first = True
    parts = [*_SENTENCES.split(text), ""]
    for number in range(0, len(parts) - 1, 2):
        asked = "?" in parts[number + 1] or "？" in parts[number + 1]
        cut = [each for each in _cut(parts[number]) if each[0].strip()]
        for place, (words, joint) in enumerate(cut, 1):
            last = place == len(cut)
            yield Piece(words.strip(), number // 2, asked and last, last, first, joint)
            first = False


def _cut(sentence: str) -> Iterator[tuple[str, str]]:
    for part in _COMMAS.split(sentence):
        rest = part.strip()
        if back := _TAKEN_BACK.match(rest):
            yield back[0], ""
            rest = rest[back.end() :]
        yield from _at_joints(rest)


def _at_joints(part: str) -> Iterator[tuple[str, str]]:
    start = 0
    for joint in _JOINTS.finditer(part):
        if joint.end() > start:
            kept = joint.end() if joint[0] == "ら" else joint.start()
            yield from _short(part[start:kept], joint[0])
            start = joint.end()
    yield from _short(part[start:], "")


def _short(words: str, joint: str) -> Iterator[tuple[str, str]]:
    for start in range(0, len(words), LONGEST_CLAUSE):
        yield words[start : start + LONGEST_CLAUSE], joint
