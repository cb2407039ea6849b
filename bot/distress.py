"""Words that come before everything else: despair, and money trouble that cannot wait a day.

Despair is recognised generously: to show a helpline once too often costs little. What looks like
it and is not (「死ぬほど忙しい」) is listed beside it. Urgent trouble is recognised only as something
that is happening, not as a question about what would happen.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.text import fold

_DESPAIR = re.compile(
    "|".join(
        (
            r"(死|し|4|タヒ|たひ)に(たい|たく|てえ|てぇ|そうなくらいつら)",
            r"死(んで|んだら|ねば|ぬしか|のうか|のうと|にます|にそうなほどつら|を考え|を選)",
            r"(死|し)んだ(ほう|方)が",
            r"死ぬ(こと|事)(を|ばかり|しか)",
            r"自殺|自死|自害|心中|首を?(吊|つ|くく|括)|飛び降り|飛び込み(たい|そう)|飛び込もう|身を投げ",
            r"(消|き)えて?(しまい|なくなり|いなくなり)?たい(?!.*(データ|履歴|記録))",
            r"いなくな(りたい|ったほうが|った方が|れば(いい|楽))",
            r"(生|い)き(て|る)(いる|い)?(のが|のは|のも)?(つらい|辛い|しんどい|いや|嫌|疲れ|意味|価値|ていけない|られない|たくない)",
            r"(生|い)きて(い)?(けない|られない|たくない|く自信)",
            r"生きる(意味|気力|希望|価値|のに疲れ)",
            r"(命|保険金|生命保険)で(借金|返|払|清算|つぐな|償)",
            r"命を?(絶|断)",
            r"(楽に|らくに)なりたい",
            r"もう(全部|ぜんぶ|何もかも|なにもかも)?(終わりにしたい|終わらせたい)",
            r"この世(から|を)",
            r"(もう|全部|すべて)(おしまい|お終い)にしたい",
            r"リストカット|りすとかっと|オーバードーズ|自分を(傷|きず)つけ",
        )
    )
)
_NOT_DESPAIR = re.compile(
    r"死ぬほど|しぬほど|死に(もの|物)狂い|必死|死活|死亡保険|死亡届|"
    r"死んで(も|る)?(払|返)いた(い|く)ない|(会社|店|事業|売上|商売)(が|は|も)(死|し)に|"
    r"(死|し)んだ(父|母|親|夫|妻|先代|じい|ばあ)|(父|母|親|夫|妻|先代)が(死|し)んで"
)
_FEELINGS = re.compile(
    r"つらい|辛い|ねむれない|眠れない|寝れない|眠れ(ず|ません)|夜も(眠|ね)|限界|怖い|こわい|不安(で|だ|です|しか)|"
    r"泣(き|い)|苦しくて|どうしたらいいか(わから|分から)|もう(だめ|駄目|無理)|疲れ(た|ました|きっ|はて)|情けない|申し訳な|"
    r"誰にも(言え|相談)|ひとりで抱え|追い(詰|つ)め"
)
_WHAT_TO_DO = re.compile(r"(どう|何を|なにを)(すれ|し|や)(ば|たら|れば)")
_WHAT_IF = re.compile(r"たら|れば|場合|とき(は|に)|時(は|に)|なら$|とは$|って(何|なに)")


def _folded(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern with its katakana as hiragana, to be searched in folded text."""
    return re.compile(
        "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in pattern.pattern)
    )


_DESPAIR, _NOT_DESPAIR, _FEELINGS = map(_folded, (_DESPAIR, _NOT_DESPAIR, _FEELINGS))


class Emergency(StrEnum):
    """Money trouble that cannot wait; the values are options of the `emergency` question."""

    WAGES = "wages"
    PAYMENT = "payment"
    SEIZURE = "seizure"
    ACCELERATION = "acceleration"
    LOAN_SHARK = "loan_shark"


_EMERGENCIES: tuple[tuple[Emergency, re.Pattern[str]], ...] = tuple(
    (emergency, _folded(re.compile(pattern)))
    for emergency, pattern in (
        (
            Emergency.SEIZURE,
            r"差し?押さ?え(の)?(予告|通知|書類|令状|通告)?(書)?(が|を|の)(来|き|届|とど|受け|始ま)|差し?押さ?え(られ|された|ると言|すると言)|"
            r"(口座|預金|売掛).{0,4}(差し?押さ?え|凍結)(られ|され|ました|だ$)|競売(の|にかけ|が)",
        ),
        (
            Emergency.ACCELERATION,
            r"一括(で)?(返済|返し|返せ|弁済|請求)(て|と|を|しろ|の)?.{0,8}(言わ|迫|求め|来|き|届|催告|され)|"
            r"期限の利益.{0,6}(喪失|失)|代位弁済(の|に|され|通知)",
        ),
        (
            Emergency.LOAN_SHARK,
            r"(ヤミ金|闇金|やみきん|街金|高利貸).{0,12}(借り|手を出|払|返|取り?立|電話|来|脅)|(取り?立て).{0,8}(怖|脅|毎日|しつこ)|"
            r"(十一|トイチ|10日で1割)|(ヤミ金|闇金)$",
        ),
        (
            Emergency.WAGES,
            r"(給料|給与|賃金|従業員の給).{0,10}(払えない|払えません|払えてい?ない|払えそうに?ない|払えなく|出せない|足りない|遅れて|遅配|未払)",
        ),
        (
            Emergency.PAYMENT,
            r"(今日|明日|あした|あさって|今週|週末|月末|今月|数日).{0,14}(払えない|払えません|返せない|返せません|できない|できません|足りない|足りません|落ちない|落とせない|ショート|間に合わない|乗り切れない)|"
            r"(手形|小切手).{0,8}(落ちない|落とせない|不渡)|不渡り?(を|に|が)?(出|なり|確実|だ)|(資金|お金|現金)(が|も)?(ショート|底をつ|尽き)(しま|する|し|いた|き)",
        ),
    )
)


def is_despair(text: str) -> bool:
    """Whether the words may mean that somebody thinks of dying. In doubt: yes."""
    folded = fold(text)
    return _DESPAIR.search(_NOT_DESPAIR.sub("", folded)) is not None


def is_heavy(text: str) -> bool:
    """Whether the words say how hard it is: to be heard before anything is explained."""
    return _FEELINGS.search(fold(text)) is not None


def emergency_in(text: str) -> Emergency | None:
    """The money trouble that is happening now, by what is said; None for questions about "if"."""
    folded = fold(text)
    if _WHAT_IF.search(_WHAT_TO_DO.sub("", folded)):
        return None
    return next((kind for kind, pattern in _EMERGENCIES if pattern.search(folded)), None)
