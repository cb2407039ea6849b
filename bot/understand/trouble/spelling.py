"""Give words of trouble one spelling.

They are typed in kana, misconverted, or in full.
"""

from __future__ import annotations

import re

from bot.understand.text import hiragana

_SPELLINGS: dict[str, str] = {
    "差押": "差し押さえ 差し押え 差押え 差押さえ さしおさえ さし押さえ 差し抑え 刺し押さえ 指し押さえ 差し押",
    "引落": "引き落とし 引き落し 引落し 引落とし ひきおとし 引きおとし",
    "引揚": "引き揚げ 引き上げ 引揚げ 引上げ ひきあげ 引きあげ",
    "振込": "振り込み 振込み ふりこみ",
    "支払": "支払い しはらい 支はらい",
    "取立": "取り立て 取立て とりたて 取りたて",
    "仕入": "仕入れ しいれ",
    "不渡": "不渡り ふわたり",
    "立退": "立ち退き 立退き たちのき",
    "明渡": "明け渡し 明渡し あけわたし",
    "呼出": "呼び出し 呼出し よびだし",
    "裁判所": "さいばんしょ 裁判書",
    "税務署": "ぜいむしょ 税務所",
    "年金事務所": "ねんきんじむしょ 年金事務署",
    "市役所": "しやくしょ",
    "口座": "こうざ",
    "通帳": "つうちょう",
    "預金": "よきん",
    "銀行": "ぎんこう",
    "給料": "きゅうりょう きゅうりょー 給与 休料 給量 給りょう",
    "家賃": "やちん",
    "電気": "でんき",
    "水道": "すいどう",
    "手形": "てがた",
    "小切手": "こぎって",
    "返済": "へんさい",
    "一括": "いっかつ 一喝 一活",
    "全額": "ぜんがく",
    "借金": "しゃっきん",
    "闇金": "やみ金 やみきん 闇きん 病み金 やみ金融 闇金融 闇金業者",
    "会社": "かいしゃ",
    "お金": "おかね",
    "従業員": "じゅうぎょういん",
    "社員": "しゃいん",
    "明日": "あした",
    "今日": "きょう(?=は|の|も|中|じゅう|まで|が|払|お金|来|$)",
    "今月": "こんげつ",
    "来月": "らいげつ",
    "月末": "げつまつ",
    "今週": "こんしゅう",
    "来週": "らいしゅう",
    "払え": "はらえ",
    "払わ": "はらわ",
    "払う": "はらう",
    "払い": "はらい",
    "返せ": "かえせ",
    "足りな": "たりな",
    "家族": "かぞく",
    "保険金": "ほけんきん",
    "生命保険": "せいめいほけん",
    "人生": "じんせい",
    "命": "いのち",
    "自殺": "じさつ 自さつ じ殺",
    "疲れ": "つかれ",
    "眠れ": "ねむれ",
    "助けて": "たすけて",
    "不安": "ふあん",
    "涙": "なみだ",
    "つら": "辛(?=い|く|す|か|み)",
    "無理": "むり",
    "でき": "出来",
    "ない": "無い",
    "なく": "無く",
    "なか": "無か",
    "なけ": "無け",
    "いな": "居な",
    "おら": "居ら",
    "ほう": "方(?=が|は|ま|ええ|いい|よ)",
    "こと": "事(?=が|は|も|ば|を|し|な|に)",
    "ほし": "欲し",
    "くださ": "下さ",
    "わから": "分から 判ら 解ら",
    "自分": "じぶん",
    "傷つけ": "きずつけ 傷付け",
    "死ぬ": "しぬ(?=ばしょ|場所|ほうほう|方法|しか|こと|つもり|ゆうき|勇気|よてい|予定|わ$|き$)",
    "この世": "此の世 このよから このよに",
    "もら": "貰",
}
"""One spelling, and patterns of the others. Words sought and typed words both become it."""

_OTHERS = {
    hiragana(variant): spelling
    for spelling, variants in _SPELLINGS.items()
    for variant in variants.split()
}
_SPELT = {variant.partition("(")[0]: spelling for variant, spelling in _OTHERS.items()}
_FIRST = "".join(sorted({variant[0] for variant in _OTHERS}))
_ANY = re.compile(f"(?=[{_FIRST}])(?:{'|'.join(sorted(_OTHERS, key=len, reverse=True))})")
"""Any spelling variant. Without groups of its own a variant costs the search one comparison."""


def spelt(folded: str) -> str:
    """Bring folded text into one spelling."""
    return _ANY.sub(lambda found: _SPELT[found[0]], folded)
