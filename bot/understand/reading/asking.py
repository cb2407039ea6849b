"""Tell whether a clause asks something.

It then tells nothing, whatever words of options it holds.
"""

from __future__ import annotations

import re

from bot.understand.text import one_of

FOUND = "＿"
"""Stands for words of an option. They make no question (「原因を知りたい」)."""


_NO_QUESTION_WORD = re.compile(
    one_of(
        "どうにか どうにも どうしても どうせ どうも どうやら どころか どう(?:だろう|かな|でしょう|やろ) どうこう どうぞ かどうか",
        "なんとか なんとも なんとなく なんも なにも 何も なにか 何か(?!ら) 何とか 何とも 何となく 何でも",
        "何.{0,4}も(?![つたら]) なん[^でだ]?も 何せ なんせ どこ.{0,2}も どこか だれ.?も 誰.?も 誰か だれか",
        "とどこお どれも どちらも どっちも そんなに こんなに あんなに みんなに どちらかと いつも いつか いつの間 いくらか いくらでも どのみち",
    )
)
"""Words that only look like question words."""

_ASKED_FOR = re.compile(
    one_of(
        "いくら なんぼ いつ(?!く) どこ だれ 誰 なに 何 なぜ (?:^|[、はがもを])なんで (?:^|[、はがもをてど])なん(?:です|の|や|だ)",
        "どう どの どれ どんな どっち どちら どない どげん とは$",
        "教えて おしえて 知りたい しりたい 聞きたい ききたい 説明 もう(?:一|1)[度回]",
        "方法 やり方 やりかた 使い方 つかいかた 探し方 払い方 意味 (?<!間)違い$",
    )
)
"""Question words and requests."""

_NO_QUESTION_ENDS = "".join(
    f"(?<!{word})"
    for word in ["わず", "し", "たし", "確", "静", "豊", "ほ", "と", "なか", "無", "お", "さ", "っ"]
)
"""Words that end in か, such as 「わずか」 and 「しずおか」."""

_ENDS_ASKING = re.compile(
    one_of(
        rf"{_NO_QUESTION_ENDS}か(?:い|いな|ね|ねえ|しら|あ)?",
        "[るいたなえんうくむ]の(?:ん|か|かな|け)? [るいた]と(?:ね|や) とるん?と [やだ]ろうか やろか っけ",
        "(?:使え|もらえ|貰え|受けら|借りら|でき|出来|だめ|大丈夫|対象|必要|間に合).{0,8}(?:かな|やろ|だろう?|でしょう?|とや|のん|かの)",
    )
    + "$"
)
"""Endings of questions, without the mark."""

_TOPIC = re.compile(
    "(?<![がはをもにで])"
    + one_of(
        "使える つかえる 対象(?:外)? 申請 申込み? 申し込み 適用 利用 可能 資格",
        "費用 料金 金額 [補負限減]..?額 上限 限度 補助 補助率 助成 補助金 給付金 手数料 予算",
        "電話番号 連絡先 住所 一覧 ホームページ hp サイト 検索 名簿 場所 探し さがし",
        "比較 (?<!ま)ちがい (?<!間)違い 区分 基準 条件 要件 定義 期間 期限 回数 名前 名称 総数 登録数 かず 数 由来 例 事例",
        "書類 様式 内容 流れ 手順 手続き? 必要書類 もちもの 持ち物",
        "デメリット メリット 影響 秘密 心配 相談 依頼 制度 支援 支援策 枠 審査",
        "[もけ]いける でも?できる [もを]られる 借りられない もらえる [がを]払う",
    )
    + "$"
)
"""Endings of a search that names a topic (「保証協会 電話番号」)."""

_UNSURE = re.compile(
    one_of(
        r"(?:くらい|ぐらい|ほど|程度|ところ|感じ|前後)(?:です|でしょう|や|だ)?(?:か|かね|かな|やろ|ろか)?",
        r"^(?:あと|約|だいたい|たぶん|もう)?[\d一二三四五六七八九十百]+(?:[かヶヵゖ]月|年|割|人|名|回|%|日|週間)(?:です|でしょう)?(?:か|かね)?",
        r"もつか.{0,8}か",
        r"(?:くらい|ぐらい|ほど|程度)(?:と?ちゃうか|(?:じゃ|や)ないか)(?:な|ね)?",
        rf"{FOUND}(?:です|でしょう)かね|{FOUND}(?:でしょう|やろ|だろう)か",
    )
    + "$"
)
"""Endings of an answer that is not quite sure of itself."""

_DOES_NOT_KNOW = re.compile(
    one_of(
        r"(?:か|やら|かも|やらも).{0,8}(?:わから|分から|しら|知ら|決め|きめ|迷っ|悩ん)(?:ない|ん|へん|ません|ねえ|ず|なく|いて|て|と|で)",
        r"なんで(?:か(?:ねえ|なあ?|ね)?|やろ|だろ)$ (?:こっちが|私が|俺が)聞きたい (?:まかせ|任せ)(?:きり|っぱなし)",
    )
)
"""Answers that ask nothing, such as 「何が重いのかわからない」."""

_QUOTED = re.compile(r"(?:[ァ-ヶーA-Za-z0-9]|[一-龠](?<![待持打立切減戻払返買使行思頼困]))って\s*$")
"""A sentence that breaks off after its topic, such as 「リスケって」 and 「保証協会って」."""


def is_asking(clause: str, *, marked: bool, last: bool) -> bool:
    """Tell whether one folded clause asks.

    `marked` by a question mark, `last` of its sentence.
    """
    if last and _QUOTED.search(clause):
        return True
    if _DOES_NOT_KNOW.search(clause):
        return False
    if _ASKED_FOR.search(_NO_QUESTION_WORD.sub("", clause)) or (last and _TOPIC.search(clause)):
        return True
    return (marked or _ENDS_ASKING.search(clause) is not None) and not _UNSURE.search(clause)
