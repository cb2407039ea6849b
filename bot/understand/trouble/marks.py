"""How a message is built, as marks beside its letters: a model learns from them what counts.

「去年は差押えを受けた」 and 「差押えを受けた」 differ by a time, 「隣の店が」 by whose trouble it is, 「もし」
by not having happened. Letters alone say too little of that; grammar has read it already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.understand.reading.clause import Clause
from bot.understand.text import one_of
from bot.understand.trouble.matching import Telling
from bot.understand.trouble.trouble import Trouble
from knowledge.made_once import made_once

_MOST_CLAUSES = 5
"""Clauses that are counted; more are a story."""

_TURNS: dict[str, re.Pattern[str]] = {
    name: re.compile(one_of(words))
    for name, words in {
        "settled": (
            "済み(?!ま?せん) 済んだ 済んど 済んで 済みま(?:し|す) ずみ 払い終 払いました 払えました 払えた(?!ら) 払えてい?(?:る|ます) 払えとる 払った(?!ら) "
            "納め(?:た(?!ら)|まし|てい?ます|てい?る(?!と)|とる) 渡し(?:た(?!ら|い)|まし|てい?ます|てい?る) 入れ(?:た(?!ら|い)|まし) 返し(?:た(?!ら|い)|まし|終) 完納 完済 解決 片付 "
            "取り下げ 解除 落とせます 落ちます 落ちました 引き落とされました 足りてい?(?:る|ます) 足ります 間に合(?:った|いまし) 確保 用意してあ 用意した(?!い) 置いてあ 問題(?:は|も)?(?:ない|なし|ありません) "
            "大丈夫(?!でしょ|かな|です?か|な?の) 順調 無傷 無借金 遅れ(?:は|も|なんて)?(?:ない|なし|ゼロ|ありません|たこと) 滞納(?:は|も)?(?:ない|なし|ゼロ|ありません|した) 落ち着(?:き|い)ま 心配(?:は|も)?(?:ない|いりま|いらん) 立ち直 乗り越え 戻り?りまし ほっとし 助かりまし 助けても"
        ),
        "long ago": "^昔 むかし 以前 かつて 前職 前の会社 去年 一昨年 おととし 昨年 年前 年まえ 当時 あの頃 あのころ 若い頃 先代 震災 コロナの 一時(?:は|期) 先月 ことが(?:ある|あり|あった)",
        "by now": "今日 明日 あした あさって 明後日 今週 来週 今月(?!分) 月末 いま 今す まで ずっと 今度",
        "of another": "(?:取引先|得意先|仕入先|お?客|隣|近所|知人|知り合い|友[人達だ]|同業|同級生|仲間|後輩|先輩|常連|親戚|社員|従業員|職人|パート|バイト|娘|息子|兄|弟|姉|妹|奥さん|勤め先|下請け?)(?:さん|様|さま|ら|たち)?(?:の[^がはもをでにのと]{1,8})?(?:が|は|も|に)",
        "heard say": "(?:[たるいだ]|ん)(?:そう(?:です|だ|や|な|で|$)|らしい|みたい) (?:って|と)(?:聞|きい|話し|言っとった|言ってた|言うて|噂) 噂 にゅーす 新聞 てれび 記事 どらま 映画 小説",
        "asks what": "とは 違い 意味 条件 仕組み どうな どないな 何です なんです 見分け 何[かヶケカ]月 何回 どんな どういう すぐ.{0,8}(?:か|の)$ 違法 されるん られるもの 後学",
        "supposed": "もし(?!かし|もし) 仮に 万一 万が一 (?:たら|れば|なら|場合|とき|時)(?:は|に|の)?(?:$|どう|何|どない|罰) 念のため 前に(?:何|知|でき|準備)",
        "trade": "(?:屋|業|店|所|室|会社|工場|販売|卸|製造|農家|漁師|師|士|館|寺|院|園|代行|専門|教室|講座)(?:です|だ|や(?!め|り)|を(?:し|や|営|経営)|で(?:す|働|、|$)|の(?:管理|経営)) を(?:経営|営ん|集めて|扱|売って|作って|製造|販売) 本業 主力 趣味",
        "likened": "(?:みたい|よう)(?:な|に|や|だ|です) ほど(?!け) くらい ぐらい 気持ちで 思いで つもりで 覚悟で 気で 並みに っていう名前 という名前",
        "joking": "冗談 うそうそ 嘘です 笑った 笑い 口ぐせ 口癖 じゃなくて やのうて 打ち間違 誤変換 変換みす なんちゃって と思ったら かと思",
        "denies it": "(?:て|で)(?:い)?(?:ない|ません|へん|ねえ|おりません)(?:です|よ|わ|で|し)?$ たことは?(?:ない|ありません) ゼロ 無縁 一度も 来てない なんか(?:来|して|思)",
    }.items()
}
"""Turns of speech in a clause, by words that are of no topic: over, another's, heard say, likened."""

_OF_WHOM = ("others", "person", "self", "things")
"""Groups of words that say of whom or what a clause speaks."""


def marks_of(
    clauses: Sequence[Clause], found: Iterable[Trouble], tellings: Iterable[Telling]
) -> frozenset[str]:
    """Mark the clauses, what words found in them, and what grammar did not believe of it.

    A mark holds a blank, so that it is never taken for a run of letters.
    """
    found = [*found]
    built = [_built(clause) for clause in clauses]
    believed = {_name(trouble) for trouble in found}
    return frozenset(
        (
            f"clauses {min(len(clauses), _MOST_CLAUSES)}",
            *(f"has {each}" for some in built for each in some),
            *(f"last {each}" for some in built[-1:] for each in some),
            *(f"found {each}" for each in believed),
            *(f"found {_name(each)} {turn}" for each in found for turn in _turns(each.clause.form)),
            *(f"{each}" for telling in tellings for each in _of_words(telling, believed)),
        )
    )


def _built(clause: Clause) -> tuple[str, ...]:
    return (
        clause.kind.value,
        f"of {clause.subject.value}",
        f"time {clause.when.value}",
        "denied" if clause.denied else "not denied",
        *_turns(clause.form),
    )


@made_once
def _turns(form: str) -> tuple[str, ...]:
    return tuple(name for name, words in _TURNS.items() if words.search(form))


def _name(trouble: Trouble) -> str:
    return trouble.option or trouble.kind.value


def _of_words(telling: Telling, believed: set[str]) -> Iterator[str]:
    for told in telling.told:
        name = told.family.option or told.family.kind
        if name not in believed:
            yield f"doubted {name}"
    for words in telling.words:
        yield from (f"names {group}" for group in _OF_WHOM if group in words.found)
