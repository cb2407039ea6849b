"""Despair, danger to somebody else, and a heavy heart. In doubt despair is heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from bot.understand.reading.clause import When
from bot.understand.text import one_of
from bot.understand.trouble.matching import Telling, Told
from bot.understand.trouble.subject import Subject, is_about_person, subject_of
from bot.understand.trouble.trouble import Trouble, TroubleKind
from bot.understand.trouble.vocabulary import Vocabulary, read

WORDS = files("bot.understand.trouble") / "words" / "mind.toml"

_NOT_MEANT = re.compile(
    one_of(
        "(?:と|とか|なんて|なんか)?(?:まで|さえ)?は?(?:思っ|考え|おもっ)て(?:い)?(?:ない|ません|へん|おりません|ねえ)",
        "(?:にたい)?(?:という|っていう|って)?(?:気持ち|思い)(?:は|が|も)?(?:もう|すっかり)?(?:なくな(?!ら|り?ま?せ)|ない$|(?:消え|薄れ|収まり|収まっ|おさまり|おさまっ)(?!な|ま?せ|てい?な|そう))",
        "(?:にたい)?(?:人|方|若者)(?:の気持ち|の相談|の話|向け|を支え|を救)",
        "(?:という|って)?(?:わけ|訳|つもり|気|話)(?:で|じゃ)?(?:は|も|なんか)?(?:な[いかくんし]|ありません|ありまへん|あらへん|さらさら|毛頭)",
    )
)
"""Words behind despair that deny it or turn it to other people."""

_INTENDED = re.compile("(?:つもり|気)$")
"""The end of an intention, as つもり."""

_NOT_INTENDED = re.compile(
    one_of("(?:は|も|なんか|なんて)?(?:さらさら|毛頭)?(?:な[いかくし]|ありません|あらへん)")
)
"""A denial behind an intention."""

_NOT_SO = re.compile(
    one_of(
        "(?:では|じゃ|は|こと|わけ|とは|も|が|くは)?(?:ない|ありません|なくな|なし|思わない|あらへん|ありまへん|なかった)"
    )
)
"""A denial behind an expression of heaviness."""

_OVER = re.compile(
    one_of(
        "^(?:以前|昔|前は|前に|当時|あの頃|あのころ|一時|かつて|若い頃).*(?:た|だった|でした|ました)(?:が|けど)?$"
    )
)
"""A whole clause about a time that is over."""

_NEWS = re.compile(
    one_of(
        "にゅーす どらま 映画 小説 漫画 まんが げーむ 歌詞 統計 せみなー 研修 講演 てれびで 新聞で 対策"
    )
)
"""Words of news, stories and studies, which are not about the owner."""

_QUOTES = re.compile(
    one_of(
        "(?:と|って)?(?:か|いう)?(?:言|い[うっ]|ゆ[うっ]|書|line|らいん|めーる|電話|泣|つぶ|叫|口|ほのめ)"
    )
)
"""Words that quote the clause before them."""

_GUESSED = re.compile("(?:みたい|らしい|らしく|ようだ|ようで|様子)")
"""Words of a guess about somebody else."""

_AS_SUBJECT = re.compile("(?:さん|くん|ちゃん|様)?[がはも]")
"""What stands behind the person a clause is about."""

_LIKENED = re.compile(
    "(?:(?:転げ|ころげ|転がり)?(?:落ち|おち)た|突き落とされた|(?<=落ち)た|(?<=落ちた)|(?<=おちた))"
    "(?:みたい|かのよう|よう(?:な|に(?!な)|だ|で|$)|気分|感じ|心地)"
)
"""Words behind a fall that only something is likened to: 「崖から落ちたみたいに客が減った」."""

_MASKS = "○◯〇●×✕✖*＊"
_MASKED = re.compile(
    f"[{_MASKS}]にた[いく]|自[{_MASKS}](?:し|す|を|未)|[{_MASKS}]んだ(?:方|ほう)|タ[{_MASKS}]にた"
)
"""Words of despair with a letter hidden by a circle or the like."""

_MASKED_ALONE = re.compile("自(?:はい|いいえ)(?:した|する|しま)|^(?:はい|いいえ)にた[いく]")
"""The same with single letters. The normal form reads a lone circle as a yes."""

_NEITHER_WORD_NOR_MASK = re.compile(rf"[^\w{_MASKS}]")
"""Marks that are dropped before masked words are looked for."""


@cache
def vocabulary() -> Vocabulary:
    """Read the words of mind.toml, once."""
    return read(WORDS.read_text("utf-8"))


def troubles_of_mind(telling: Telling, text: str) -> Iterator[Trouble]:
    """Despair, danger and heaviness, clause by clause."""
    bare = _NEITHER_WORD_NOR_MASK.sub("", text)
    if telling.words and (_MASKED.search(bare) or _MASKED_ALONE.search(bare)):
        yield Trouble(TroubleKind.DESPAIR, telling.words[0].clause)
    for told in telling.told:
        judge = _JUDGES[TroubleKind(told.family.kind)]
        if kind := judge(told):
            yield Trouble(kind, told.words.clause, imminent=_is_imminent(told))


def _despair(told: Told) -> TroubleKind | None:
    form, found = told.words.form, told.words.found
    if _is_not_meant(told):
        return None
    if _NEWS.search(form) and "self" not in found:
        return None
    others = _is_quoted(told) or _is_hearsay(told)
    subject = Subject.PERSON if others else subject_of(form, told.start, told.end, found)
    if subject is Subject.PERSON:
        return None if told.family.own else TroubleKind.DANGER
    if subject is Subject.THING and told.family.own:
        return None
    if _LIKENED.match(form, told.end):
        return None
    return TroubleKind(told.family.kind)


def _is_not_meant(told: Told) -> bool:
    """Tell whether the despair is denied, gone, or said of people in general."""
    form, end = told.words.form, told.end
    intended = _INTENDED.search(form, told.start, end) is not None
    return bool(
        _NOT_MEANT.match(form, end)
        or _NOT_MEANT.match(form, min(end + 1, len(form)))
        or (intended and _NOT_INTENDED.match(form, end))
    )


def _is_quoted(told: Told) -> bool:
    """Tell whether another person said it, as in 「社長から「もう死にます」とLINEが来た」."""
    if told.previous is None or told.following is None:
        return False
    quoted = _QUOTES.match(told.following.form) is not None
    return quoted and is_about_person(told.previous.form, told.previous.found)


def _is_hearsay(told: Told) -> bool:
    """Tell whether it is guessed of a person named just before.

    「社長が倉庫にこもって、練炭を買ってたみたいで」: nobody guesses about themselves.
    """
    if told.previous is None or not _GUESSED.search(told.words.clause.text):
        return False
    form = told.previous.form
    people = told.previous.found.get("person", ())
    return any(_AS_SUBJECT.match(form, person.end) for person in people)


def _danger(told: Told) -> TroubleKind | None:
    words = [each for each in (told.before, told.words) if each]
    about = any(is_about_person(each.form, each.found) for each in words)
    return TroubleKind.DANGER if about and not _NEWS.search(told.words.form) else None


def _heavy(told: Told) -> TroubleKind | None:
    form, clause = told.words.form, told.words.clause
    denied = _NOT_SO.match(form, told.end) is not None
    over = clause.when is When.PAST and _OVER.search(form) is not None
    return None if denied or over else TroubleKind.HEAVY


_JUDGES = {
    TroubleKind.DESPAIR: _despair,
    TroubleKind.SELF_HARM: _despair,
    TroubleKind.DANGER: _danger,
    TroubleKind.HEAVY: _heavy,
}


def _is_imminent(told: Told) -> bool:
    """Tell whether somebody has begun to act, so that there is no time."""
    return told.family.imminent or "act_now" in told.words.found
