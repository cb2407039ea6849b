"""Find urgent money trouble stated of the owner's business."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understand.reading.clause import Clause, Kind
from bot.understand.text import one_of
from bot.understand.trouble.matching import Telling, Told
from bot.understand.trouble.trouble import Trouble, TroubleKind

_WHAT_TO_DO = re.compile(
    one_of(
        "(?:いったい|一体|もう|私は|これ)?(?:どう|どない|どげん|どが[いん]|なじょ|なんじょ|何を|なにを|何から|まず何を)(?:に)?(?:したら|すれば|すりゃ|せば|せえば|しよう|しょう|せえ|しょ|やったら|やれば|すっと|すべき|する).{0,20}$",
        "(?:どこ|だれ|誰|どなた|どっか|どちら)(?:か)?(?:に|へ|が|で|を)?.{0,4}(?:電話|相談|行け|行っ|連絡|聞|頼|話|助け|駆け込|言え).{0,16}$",
        "(?:助けて|たすけて|間に合い|まにあい|まだ間に|何とか|なんとか|急い|すぐ|今日|相談|方法).{0,20}$",
    )
)
"""A call for help at the end, which leaves the trouble a current one."""

_SUPPOSED = re.compile(
    one_of(
        "^.{0,8}?(?:たら(?!い)|れば|けりゃ|なら(?!ない|ん)|場合|時(?:は|に|って|どう|の)|とき(?:は|に|って|どう|の|$))",
        "^.{0,6}?と(?:どう|何が|なにが|どない|どげん|まず[いく]|だめ|駄目|やば|怖|こわ|いけない)",
        "^.{0,4}?(?:の|こと)(?:が|は)?(?:怖|こわ|心配|不安)",
        "^.{0,8}?(?:ないか|か|ないかと|やしないか|へんか|んか)(?:と)?(?:怖|こわ|心配|不安|びくびく|ヒヤヒヤ)",
        "^.{0,4}?(?:会社|人|方|店|場合|業者|状態|事業者|企業|経営者)(?:で|に)?(?:でも|も(?!来|き)|は|って|向け)",
        "^.{0,6}?(?:た|る|ない|ん)(?:会社|企業|業者|相手|取引先|お?客|得意先|友人|知人|同業者?)(?:の|から|が|と|に|を|は|で|も)",
        "^.{0,6}?(?:ように|よう(?:に)?し|前に(?:でき|何|知|相談|準備)|ことも?(?:ある|あり(?:ます|得|え|う)))",
    )
)
"""Words behind trouble that is only supposed, feared, or another's."""

_IF = re.compile(
    one_of(
        "^もし(?!かし|もし) もしも 仮に 万一 万が一 例えば たとえば 将来 いつか 来年 そのうち [かヶケカ]月(?:も|ほど|くらい)?(?:すれば|したら|後|先|で)"
    )
)
"""Words anywhere in the clause that make it a supposition."""

_CONDITION = re.compile(one_of("すると したら ければ すれば たら ないと えないと"))
"""A condition inside the matched words themselves."""

_ASKS = re.compile(
    one_of(
        "何 なに なん(?:です|や|の|ね) いくら いつ 誰 どんな どういう どうな どうい 意味 違法 とは って$ 使え 対象 ある(?:の)? あり か$ の$ ん$ る$ かな$ け$ かね$ やろ$ でしょう$"
    )
)
"""Words by which a clause asks for information."""

_DENIED = re.compile(
    one_of(
        "^.{0,3}?(?:わけ|訳|ほど|こと|心配|恐れ|おそれ|段階|予定|状況|つもり|覚え)(?:で|では|じゃ|に)?(?:は|が|も|まで)?(?:な[いかくし]|ありません|あらへん|ありまへん)",
        "^.{0,3}?(?:のでは|んでは|のじゃ|んじゃ|ではなく|じゃなく|ではありません|じゃありません|やのうて|やなくて|じゃない(?!か))",
    )
)
"""Denials behind trouble, as わけではない."""

_NOT_THIS = re.compile(one_of("(?:では|じゃ|で)なく(?!な|て?も) やのうて やなくて 以外"))
"""Denials inside the matched words themselves."""

_NOT_DONE = re.compile(
    one_of(
        "^(?:て|で)?(?:も|は)?(?:い|お)?(?:ら)?(?:ない|ません|へん|なかった|なく|ん$|ず) ^.{0,4}(?:ゼロ|なし$|無し|ありません|ないです|はない)"
    )
)
"""Negated verbs behind trouble that did not happen."""

_OVER = re.compile(
    one_of(
        "^(?:昔|以前|むかし|前に|前は|若い頃|かつて|一昨年|おととし|去年|昨年|[0-9一二三四五六七八九十]+年(?:ほど|くらい|も)?前|先代の(?:頃|時|とき)|あの頃|当時|コロナの(?:頃|時|とき)|コロナ禍で|一時|一度|バブル|先月は)",
        "ことが(?:ある|あり|あった) 経験(?:が|は)?(?:ある|あり) (?:済|すみ)(?:みました|んだ|みです) 解決し 解除され 解除にな 取り下げ 完済 今は(?:大丈夫|払え|落ち着|順調|問題|元) もう(?:大丈夫|払い終|終わり) なんとか(?:払え(?:た|ま)|払いま|払った|なった|なりました|乗り) どうにか(?:払えた|払った|なった|乗り) 払い終 切り抜けた 切り抜けまし 乗り切った 乗り切りまし 回避でき 回避し 免れ",
    )
)
"""Words of trouble that is over."""

_STILL = re.compile(
    one_of(
        "今も いまも まだ からずっと から(?!の) 今回 今度 今月 今週 明日 今日 また ずっと 今年 まま"
    )
)
"""Words by which past trouble goes on."""

_HEARSAY = re.compile(
    one_of(
        "(?:と|って)(?:聞い|きい|聞き)た にゅーす てれび 新聞 ねっと(?:の記事|で読|で見た記事) 本で読 どらま 映画 小説 せみなー 講習 勉強 記事 まんが"
    )
)
"""Words of news, stories and lectures."""

_SHORTEST_NEWS = 2
"""Letters that must follow a mere name of trouble for news of it."""

_NEWS = re.compile(
    one_of(
        "来 き[たて] 届 とど 行っ 通知 予告 書 手紙 紙 言 いわ 受け され られ れた れて なっ なり そう かけ 入 電話 連絡 始 追 借 返 払",
        "使 頼 手を はま 抜け 移 渡 売 実行 回 求 迫 困 どうし 助け 貼 置 待 明日 今日 今週 来週 請求 した しま して とる ている てます てる",
    )
)
"""Words behind a name of trouble by which it is happening."""

_NO_NEWS = re.compile(
    one_of(
        "たくな たくあ 避け 防 対策 前に ように ようし 違い 仕組み 意味 とは 制度 流れ 方法 手続 可能性 恐れ おそれ 心配 不安 なる前 の前",
        "経験 手数料 メリット したい(?!のに) しよう ずに なんて とか 考え 検討 予定 例えば 一般 普通 法律 わから 知り 聞いたこと 教え 調べ",
        "頼みた 回収した 頼む 任せ 優先 代わり より ないよう ならな 出したい 申し立て(?:る|たい|よう) 物件 新聞 広告 ちらし 看板 勧誘 迷惑めーる 詐欺",
    )
)
"""Words that make a topic, a wish or a worry of it."""

_BELONGS = re.compile(
    one_of(
        "(?:さん|様|さま|たち|達|の子)*+(?:の[^がはもをでにのと]{1,8})?(?:が|は|も|の|って|から)"
    )
)
"""A particle by which another person or firm is the subject: 「隣が」, 「お客さんの会社の」."""

_JOINS = re.compile("[てで](?!も|い|る|し|な|の)|けど|ので|から.|のに|ため|おかげで|せいで|入金")
"""Joints between two events, of which the second may be the owner's own."""


def troubles_of_money(telling: Telling) -> Iterator[Trouble]:
    """Find the emergencies that the clauses state, each once."""
    heard = telling.words
    after = dict(zip(map(id, heard), [*heard[1:], None], strict=True)) if heard else {}
    seen: set[str] = set()
    for told in telling.told:
        option = told.family.option
        following = after[id(told.words)]
        if option in seen or not _is_stated(told, following.form if following else ""):
            continue
        seen.add(option)
        yield Trouble(TroubleKind.URGENT, told.words.clause, option)


def _is_stated(told: Told, following: str) -> bool:
    """Tell whether the trouble is a present fact of the owner's business."""
    clause, form = told.words.clause, told.words.form
    if clause.cancelled:
        return False
    rest = form[told.end :]
    return not (
        _is_supposed(form, rest)
        or _is_asked(clause, form[: told.end], rest)
        or _is_denied(told, rest)
        or _is_over(form, following)
        or _HEARSAY.search(form)
        or (not told.family.others and _is_of_others(told))
        or (told.family.bare and _only_names(clause, form, rest))
    )


def _only_names(clause: Clause, form: str, rest: str) -> bool:
    """Tell whether a clause only names, wishes, fears or asks about trouble."""
    asks = clause.kind in {Kind.QUESTION, Kind.SUPPOSED}
    nothing = clause.denied or len(rest) < _SHORTEST_NEWS or _NO_NEWS.search(form) is not None
    return asks or nothing or _NEWS.search(rest) is None


def _is_supposed(form: str, rest: str) -> bool:
    bare = _WHAT_TO_DO.sub("", rest)
    return _SUPPOSED.search(bare) is not None or _IF.search(form) is not None


def _is_asked(clause: Clause, said: str, rest: str) -> bool:
    """Tell whether a clause asks about such trouble in general.

    A clause that asks what to do states the trouble.
    """
    if clause.kind is not Kind.QUESTION:
        return False
    bare = _WHAT_TO_DO.sub("", rest)
    return _ASKS.search(bare) is not None or _CONDITION.search(said) is not None


def _is_denied(told: Told, rest: str) -> bool:
    said = told.words.form[told.start : told.end]
    if _DENIED.search(rest) or _NOT_THIS.search(said):
        return True
    return not told.denies and _NOT_DONE.search(rest) is not None


def _is_over(form: str, following: str) -> bool:
    over = _OVER.search(form) or _OVER.search(following)
    return over is not None and _STILL.search(form) is None


def _is_of_others(told: Told) -> bool:
    """Tell whether the trouble is that of a customer, a neighbour, an employee."""
    form, found = told.words.form, told.words.found
    for hit in found.get("others", ()):
        marked = _BELONGS.match(form, hit.end)
        if hit.end <= told.end and marked and marked.end() <= told.end:
            between = form[marked.end() : max(told.start, marked.end())]
            own = any(hit.end <= each.start < told.start for each in found.get("self", ()))
            if not own and not _JOINS.search(between):
                return True
    return False
