"""What a denial means for each question, and which of several answers weighs most. Data only.

Patterns are for the rest of a clause, in plain form, after words of an option.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.understand.text import one_of

_NOT = "^でも.{1,6}でもない ^[ぁ-ん]{0,4}(?:言え|いえ|思え)ない ^(?:る|た)?どころか ^[ぁ-ん]{0,8}?(?:ない|なく(?!な)|なかっ|(?<=[らかさたわえけせれべ])ず(?![っつれ]))"
_ASIDE = "(?<![重冷眠])た(?:い(?=$|[でのんとがけかなわよねしも])|く) 目指 断ら ことわら 拒否 心配 嘘 したら すると(?!ころ)"
"""「黒字にしたい」 says what is wanted, 「リスケしたら」 what might be: no answers."""


def _finds(*patterns: str) -> re.Pattern[str]:
    return re.compile(one_of(*patterns))


def _either(*options: str) -> frozenset[str]:
    return frozenset(options)


_DENIED, _SET_ASIDE, _NEVER = _finds(_NOT), _finds(_ASIDE), re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the words of one question's options are read.

    `denied` finds, behind words of an option, that it does not apply; `aside` that they are a wish
    or a supposition and no answer; `unrelated` finds clauses about something else. `otherwise`
    says what is left when an option is denied. `gravest` orders the options of a question with
    one answer: of several, the first counts. `yes` and `no` are what a bare はい or いいえ means,
    `everything` what 「全部」 means. `about` are words that belong to the question: not to know
    「何が重いのか」 is an answer to it.
    """

    denied: re.Pattern[str] = _DENIED
    aside: re.Pattern[str] = _SET_ASIDE
    unrelated: re.Pattern[str] = _NEVER
    otherwise: Mapping[frozenset[str], frozenset[str]] = field(default_factory=dict)
    gravest: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    everything: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


READINGS: Mapping[str, Reading] = {
    "sales": Reading(
        unrelated=_finds(
            "残高 審査 手形 引き落とし だうんろーど だうんする 補助",
            "ころなの?(?:頃|ころ|時|とき|禍|中|最中)より",
        ),
        otherwise={
            _either("up"): _either("flat", "down_slight", "down_sharp"),
            _either("down_slight", "down_sharp"): _either("up", "flat"),
            _either("down_slight"): _either("up", "flat"),
            _either("down_sharp"): _either("up", "flat", "down_slight"),
            _either("flat"): _either("up", "down_slight", "down_sharp"),
        },
    ),
    "cause": Reading(
        aside=_finds(_ASIDE, "知られ 伝わ 迷惑"), unrelated=_finds("ぽすところな ぽすころ")
    ),
    "costs": Reading(
        about=("重い", "高い"),
        denied=_finds(
            _NOT,
            "安い 安く 上がっていない 増えていない 大丈夫 平気 問題ない かからない 重くない 高くない きつくない 気にならない でもない ではない じゃない",
            "払っていない",
        ),
        no=("none",),
        everything=("materials", "labor", "rent", "energy", "outsourcing", "interest"),
    ),
    "profit": Reading(
        unrelated=_finds("累積 資産 資本 期限の利益 黒字倒産"),
        otherwise={
            _either("black"): _either("even", "loss", "loss_long"),
            _either("loss"): _either("black", "even"),
        },
        yes=("black",),
        no=("even", "loss", "loss_long"),
    ),
    "lenders": Reading(
        denied=_finds("ない なく(?!な) 完済 返し終 返済し終 払い終 終わった 断ら 嫌 きらい やめ"),
        aside=_finds(
            _ASIDE,
            "担当 計画 頼 依頼 反対 手伝 書類 一筆 通知 証明 電話 交渉 承諾 知られ 門前 保証して 保証人 相談 紹介され",
        ),
        no=("none",),
    ),
    "repayment": Reading(
        aside=_finds(_ASIDE, "^の(?!最中|途中|まま|状態|電話|手紙|連絡|通知|督促) 後に"),
        unrelated=_finds(
            "税 社保 社会保険 年金(?:が|の|も|は|保険) 給料 人件費 家賃 仕入 買掛 分の1 金利が高"
        ),
        otherwise={
            _either("late"): _either("easy", "tight"),
            _either("tight"): _either("easy"),
            _either("easy", "tight"): _either("late"),
            _either("easy"): _either("tight", "late"),
        },
        gravest=("late", "changed", "tight", "easy"),
    ),
    "rescheduled": Reading(yes=("once", "repeatedly"), no=("never",)),
    "bank_help": Reading(
        about=("どうした", "どうすれ", "頼"),
        unrelated=_finds("先生 専門家 協議会 税理士 診断士 仲間 計画 商品 人に 誰か 経費 費用"),
        denied=_finds(_NOT, "たくない"),
        aside=_NEVER,
        otherwise={_either("yes"): _either("no")},
        yes=("yes",),
        no=("no",),
    ),
    "arrears": Reading(
        unrelated=_finds(
            "^(?:自分|私|俺|僕|社長|代表|役員|経営者|店主)(?:自身)?の(?:給料|報酬|取り分)(?!も.*(?:給料|従業員|社員)) 役員(?:報酬|給料)"
        ),
        aside=_finds(_ASIDE, "高い 高く 高騰 上が 重い 重く 下げ 減ら"),
        denied=_finds(
            "遅れ[ぁ-ん]{0,6}ない 滞納[ぁ-ん]{0,6}ない 未払い?[ぁ-ん]{0,6}ない 払って(?!いない)",
            "払えて(?!いない) 払えるよう 納め(?!ていない|られない) 大丈夫 完納 済ん 済み ^[はも]?い?ない 問題ない",
            "取っていない もらっていない 出して(?!いない)",
        ),
        no=("none",),
        everything=("wages", "tax", "social_insurance", "suppliers"),
    ),
    "cash": Reading(
        denied=_finds(_NOT, "大丈夫 乗り切 なんとか 何とか いける 払え(?!ない|そう)"),
        gravest=("this_month", "within_3_months", "within_6_months", "longer"),
    ),
    "wishes": Reading(
        about=("どうした", "どうすれ"),
        denied=_finds("たくない ほしくない つもりはない 必要はない いらない たくは"),
        aside=_NEVER,
        everything=(
            "increase_sales",
            "cut_costs",
            "turn_profitable",
            "root_cause",
            "shared_vision",
            "follow_up",
        ),
    ),
    "legal_form": Reading(
        aside=_finds(
            _ASIDE,
            "^(?:情報|保証|再生|税|側|同士|間|仲間|ふたつ|2つ|も一緒|いくつ)",
            "^の(?:破産|規模|借|金|保証|分|社長|人|経営|名前|決算)",
            "^[がを](?!.{0,6}(?:経営|やって|やら|持|基本))",
        ),
        unrelated=_finds(
            "ぐるーぷ会社 子会社 親会社 関連会社 大企業 会社員(?!.*(?:副業|個人|自営))"
        ),
        otherwise={
            _either(
                "company", "medical_corporation", "nonprofit", "welfare_or_school", "cooperative"
            ): _either("sole_proprietor"),
        },
    ),
    "industry": Reading(about=("分類", "何業", "何屋")),
    "medical_size": Reading(yes=("within_300",), no=("over_300",)),
    "expert": Reading(
        denied=_finds(
            "ない なく(?!な) なし(?:です|だ|や|よ|ね)*$ やめた 切れ 切った 切り 解約 辞めてもら まず|わず|らず"
        ),
        aside=_finds(
            _ASIDE,
            "^の(?!先生|方|人|資格|指導|職員|担当|事務所) 経験が",
            "見捨て 見放 見限 逃げられ 騙さ だまさ ぼったく 裏切",
        ),
        unrelated=_finds(
            "^(?:前|まえ|昔|以前|元)の?(?:税理士|会計士|顧問|診断士|こんさる)(?!.*(?:今|いま|新し))"
        ),
        otherwise={_either("tax_accountant"): _either("none")},
        no=("none",),
    ),
}
"""By question id; a question without a row is read as `Reading()`."""
