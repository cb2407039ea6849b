"""A typed answer → options of the open question. Not to understand is better than to be wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understand.asking import asks
from bot.understand.labels import labelled, nearly
from bot.understand.meant import meant
from bot.understand.numbers import counted
from bot.understand.readings import READINGS, Reading
from bot.understand.spoken import Clause, clauses, plain, spelled
from bot.understand.steering import yes_or_no
from bot.understand.words import spans
from flows.flow import UNKNOWN, Question

LONGEST_ANSWER = 120
"""Characters: a longer message is a story; words in it are not taken for an answer."""

_NOTHING = re.compile(
    r"(?:いや|いえ|うん|ええ|うーん|んー|うちは|いま|今|今は|今の(?:ところ)?|いまの(?:ところ)?|現在|別に|べつに|特に|とくに|とりあえず|"
    r"まだ|もう|全然|ぜんぜん|全く|まったく|さすがに|今回は|"
    r"(?:一つ|1つ|ひとつ|何|なに|なん|どれ|どちら|それ|一度|一人|誰|だれ|どこに)も|そういうのは|は|も|に|で)*"
    r"(?:(?:ない)+|なし|無|当てはまらない|該当なし|該当しない)(?:です|よ|ね|なあ?|なぁ|なー|わあ?|かなあ?|ばい|と思う|んです|けど|んだ|っす)*"
    r"|(?:今は|いまは|今のところ|いまのところ)?(?:いえ|いや|そういうのは)?(?:特に|とくに|何も|なにも)(?:は)?"
    r"|(?:今は|いまは)?(?:(?:一人|誰|だれ)も)?いない(?:です|よ|ね|な)*"
)
"""「特にないです」: nothing of what was asked."""

_DOES_NOT_KNOW = re.compile(
    r"わから(?:ない|ず)(?!ので教)|知らない$|不明|見当[もが]?つかない|覚えていない|おぼえていない|決め(?:ていない|かねて|られない)|"
    r"決まっていない|把握していない|なんとも(?:$|い|言)|ぴんとこない|さあ$|どうだろう$|さっぱり$"
)
_FREELY = re.compile(
    r"(?:さっぱり|ぜんぜん|全然|全く|まったく|よく|よう|正直|正直言って|自分でも?|自分では|私|私も|私には|うち|うちも|ちょっと|まだ|今は|今のところ|"
    r"いまいち|いまは|はっきり|何とも|なんとも|何も|なにも|さあ|どれも?か?|どれだか|もう|ほんと|本当|本当に|実は|たぶん|うーん|え|はは?|も|に|、)*"
)
"""What may stand before わからない without saying what it is that one does not know."""

_WILL_NOT_SAY = re.compile(
    r"(?:すいません|ごめん|ちょっと|あまり|できれば|それは|これは|そこは|ここは|今は|理由は|何も|なにも|誰にも)*"
    r"(?:(?:いい|答え|こたえ|話し|はなし|教え|おしえ|明かし|言い)た(?:くない|ない|くはない|うない)|"
    r"(?:言|い)えない|答えられない|(?:のーこめんと|ノーコメント|黙秘|秘密|内緒|ないしょ)(?:で)?)(?:です|ます|んです|よ|ね|わ|な|けど)*"
)
"""The whole of a message that will not answer."""

_FOR_A_REASON = re.compile(
    r"(?:て|で|から|けん|し|さかい|ないと|んと|ないことには|とは|み[なん]と)$"
)
_SOMETHING_ELSE_UNKNOWN = re.compile(
    r"意味|使い方|やり方|方法|質問|聞い|言って|言葉|操作|進め方|窓口"
)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a typed answer means.

    `options` are the ids chosen; more than one for a question with one answer means that we must
    ask which. `exact` is True for a label, False for ordinary words.
    """

    options: tuple[str, ...]
    exact: bool


def answer_in(text: str, question: Question) -> Understood | None:
    """The options of `question` that the typed text means, or None when it means none of them.

    A question is never an answer (「黒字でも使えますか」), however many words of the options it holds.
    """
    if exact := labelled(text, question):
        return Understood(exact, exact=True)
    if len(text) > LONGEST_ANSWER or asks(text, question):
        return None
    options = _withheld(text, question) or _said(text, question)
    return Understood(options, exact=False) if options else None


def _withheld(text: str, question: Question) -> tuple[str, ...]:
    """「言いたくない」: not to be pressed, whatever the question; it goes on as with わからない."""
    withheld = UNKNOWN in question.options and _WILL_NOT_SAY.fullmatch(plain(text))
    return (UNKNOWN.id,) if withheld else ()


def _said(text: str, question: Question) -> tuple[str, ...]:
    parts = clauses(text)
    return (
        _agreed(text, question)
        or counted(text, question)
        or meant(parts, question)
        or _nothing(parts, question)
        or _unknown(parts, question)
        or _agreed_first(text, question)
        or nearly(text, question)
    )


def _agreed(text: str, question: Question) -> tuple[str, ...]:
    """What a bare はい, いいえ or ない means here."""
    reading = READINGS.get(question.id, Reading())
    if not (reading.yes or reading.no):
        return ()
    if _NOTHING.fullmatch(plain(text)):
        return reading.no
    agreed = yes_or_no(text)
    return () if agreed is None else reading.yes if agreed else reading.no


def _nothing(parts: tuple[Clause, ...], question: Question) -> tuple[str, ...]:
    """What a clause that is no more than ない means: 「前は借りていたけど、今はない」."""
    said = any(_NOTHING.fullmatch(clause.text) for clause in parts)
    return READINGS.get(question.id, Reading()).no if said else ()


def _agreed_first(text: str, question: Question) -> tuple[str, ...]:
    """What はい or いいえ at the beginning means: 「ええ、そうです」."""
    first, *more = re.split(r"[、,。\s]+", text.strip(), maxsplit=1)
    return _agreed(first, question) if more else ()


def _unknown(parts: tuple[Clause, ...], question: Question) -> tuple[str, ...]:
    if UNKNOWN not in question.options:
        return ()
    unsure = any(_is_unsure(clause.text, question) for clause in parts)
    return (UNKNOWN.id,) if unsure else ()


def _is_unsure(clause: str, question: Question) -> bool:
    """Whether a clause says that one does not know, and not what else one does not know."""
    found = _DOES_NOT_KNOW.search(clause)
    if found is None or _SOMETHING_ELSE_UNKNOWN.search(clause):
        return False
    before = clause[: found.start()]
    return (
        _FREELY.fullmatch(before) is not None
        or _FOR_A_REASON.search(before) is not None
        or _is_about(before, question)
    )


def _is_about(clause: str, question: Question) -> bool:
    """Whether a clause speaks of what the question asks."""
    reading = READINGS.get(question.id, Reading())
    names = (spelled(name) for name in (question.title, *question.names, *reading.about))
    return bool(spans(clause, question)) or any(name in clause for name in names)


def is_label(text: str, question: Question) -> bool:
    """Whether the text is the label of an option of `question`, which nothing else may take."""
    understood = answer_in(text, question)
    return understood is not None and understood.exact
