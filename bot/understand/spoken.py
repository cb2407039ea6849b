"""Spoken and differently spelt Japanese → one spelling, and a message cut into its clauses.

Not a grammar of Japanese: a table of what owners type. 「減っとる」「減ってます」「へってる」 all become
「減っている」, 「足りん」「足りへん」「足りません」 all become 「足りない」, so that the words of an option need
one spelling only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understand.text import fold, squeeze

_SPELLINGS: dict[str, str] = {
    "売上": "売り上げ 売上げ うりあげ",
    "仕入": "仕入れ しいれ",
    "材料": "ざいりょう",
    "人件費": "じんけんひ",
    "給料": "きゅうりょう 給与 お給金 お給料 賃金",
    "家賃": "やちん",
    "電気代": "でんきだい でんき代 電気料金",
    "光熱費": "こうねつひ 水道光熱費",
    "外注": "がいちゅう",
    "金利": "きんり",
    "利息": "りそく 利子",
    "税金": "ぜいきん",
    "社会保険": "しゃかいほけん",
    "黒字": "くろじ",
    "赤字": "あかじ",
    "銀行": "ぎんこう",
    "信金": "しんきん",
    "借入": "借り入れ 借入れ かりいれ",
    "借り換": "借換 借りかえ 借替 借り替え かりかえ",
    "保証協会": "ほしょうきょうかい",
    "返済": "へんさい",
    "返せ": "かえせ",
    "返し": "かえし",
    "払え": "はらえ 支払え",
    "払って": "はらって 支払って",
    "遅れ": "おくれ",
    "滞納": "たいのう",
    "据置": "据え置 すえおき",
    "買叩": "買い叩 買いたた かいたた",
    "取引": "取り引き とりひき",
    "元請": "元受け もとうけ",
    "競争": "きょうそう",
    "会社": "かいしゃ がいしゃ",
    "客足": "きゃくあし 客あし",
    "客": "きゃく お客さま お客様 お客さん おきゃくさん お客 客さん",
    "仕事": "しごと",
    "従業員": "じゅうぎょういん",
    "個人": "こじん",
    "法人": "ほうじん",
    "株式": "かぶしき",
    "有限": "ゆうげん",
    "医療": "いりょう",
    "税理士": "ぜいりし 税理師",
    "診断士": "しんだんし",
    "商工会": "しょうこうかい",
    "支援機関": "しえんきかん",
    "増え": "ふえ",
    "増や": "ふや",
    "増加": "ぞうか",
    "減っ": "へっ",
    "減ら": "へら",
    "減り": "へり",
    "落ち": "おち",
    "下が": "さが",
    "上が": "あが",
    "変わら": "かわら",
    "変わり": "かわり",
    "変わっ": "かわっ",
    "変え": "かえ",
    "半分": "はんぶん",
    "半年": "はんとし",
    "得意先": "お得意さん お得意様 お得意さま お得意先",
    "儲け": "もうけ",
    "儲か": "もうか",
    "今月": "こんげつ",
    "来月": "らいげつ",
    "再来月": "さらいげつ",
    "来週": "らいしゅう",
    "今年": "ことし",
    "去年": "きょねん 昨年",
    "横ばい": "よこばい 横這い",
    "苦し": "くるし",
    "つら": "辛",
    "わから": "分から 判ら 解ら",
    "わかり": "分かり 判り 解り",
    "でき": "出来",
    "ない": "無い",
    "なく": "無く",
    "なし": "無し",
    "ほし": "欲し",
    "もら": "貰",
    "いな": "居な",
    "全部": "ぜんぶ 全て すべて なにもかも 何もかも",
    "人手": "ひとで",
    "人が足り": "ひとがたり",
    "廃業": "はいぎょう",
    "たたみ": "畳み",
    "たたん": "畳ん",
    "たたむ": "畳む",
    "たたも": "畳も",
}
"""One spelling, and the others that mean the same, folded or not."""

_WRITTEN = {
    fold(variant): spelling
    for spelling, variants in _SPELLINGS.items()
    for variant in variants.split()
}
_FIRST = "".join(sorted({variant[0] for variant in _WRITTEN}))
_VARIANT = re.compile(
    f"(?=[{_FIRST}])(?:{'|'.join(sorted(map(re.escape, _WRITTEN), key=len, reverse=True))})"
)

_AFTER_NOT = (
    r"(?=$|[わなねよきけばとしで]|の(?:や|じゃ|です|で)|や|かった|から|くなっ|らしい|ちゃう|じゃろ)"
)
"""What may follow a spoken 「ん」 that means ない."""

_ENDINGS: tuple[tuple[str, str], ...] = (
    # hedges that turn 「ない」 round: not denials
    (r"(?:じゃ|では|や|ん)ないか(?:な|と|ね)?", ""),
    (r"かも(?:しれ|わから)(?:ない|ません|ん|へん)?(?:が|けど)?", ""),
    (r"(?:しか|ほか|より|に違い|にちがい|に決まって)(?:ない|ありません|あらへん|ないん)", ""),
    (r"(?:ざるを得|ざるをえ|やむを得|やむをえ)(?:ない|ません|なく|ず)", ""),
    (r"(?:仕方|しかた|しょう|しゃあ|仕様)が?(?:ない|ありません|なく)", ""),
    (
        r"なければ(?:なら|いけ)(?:ない|ません)|なきゃ|な(?:い|あ)と(?:いけ|だめ|あか)(?:ない|ん|ません)?",
        "",
    ),
    (r"と(?:思い|思っとり|思ってい|思ってい?|おもい)ます|と思(?:う|っている|ってる|っとる)", ""),
    # dialect and polite forms of ない
    (r"ございません|ありません|あり(?:へん|まへん)|あらへん|あれへん", "ない"),
    (r"ませんでした|へんかった|んかった", "なかった"),
    (r"わか(?:んない|んねえ|んね|んなく)", "わからない"),
    (r"わかり(?:ません|まへん)", "わからない"),
    (rf"お(?:らん|らへん|れへん|りません){_AFTER_NOT}", "いない"),
    (r"変わり(?:ません|まへん)", "変わらない"),
    (r"いり(?:ません|まへん)", "いらない"),
    (r"もち(?:ません|まへん|そうにありません)", "もたない"),
    (r"払い(?:ません|まへん)", "払わない"),
    (r"ません|まへん", "ない"),
    (r"(?<=[客人がはもさ])(?:こ|来)[ーえぇうや]?(?:へん|ひん)", "来ない"),
    (r"とら(?:ん(?=$|[わなねよきけばとしで])|へん|れへん)", "ていない"),
    (r"(?<=[らかたなまわがばえけせてねべめれり])へん", "ない"),
    (r"(?<=[きでし])ひん", "ない"),
    (r"(?<=[らかたわえけせれめりて])ね[えぇー](?!ん)", "ない"),
    (r"もたん", "もたない"),
    (rf"(?<!らか)(?<=[らかわえせりれ来])ん{_AFTER_NOT}", "ない"),
    (rf"とらん{_AFTER_NOT}", "ていない"),
    (rf"てらん{_AFTER_NOT}", "ていない"),
    (r"なか(?=です|ばい|とよ|と$|$)", "ない"),
    # spoken forms of ている
    (r"(?<=[っいしきれけえりびみせでん])と(?=らない)", "てい"),
    (r"(?<=[っいしきれけえりみせちび])と(?:る|ります|りまして)", "ている"),
    (r"(?<=[ん])どる", "でいる"),
    (r"ちょる|ちょります|よります", "ている"),
    (r"て(?:おり|い)?ます|てはる|てる|ております|てございます", "ている"),
    (r"て(?=ない|なく|た)", "てい"),
    (r"てまして|ていまして|ておりまして", "ていて"),
)
"""Spoken ending → plain ending, tried in this order; katakana (「ガソリン」) has no endings."""

_PLAIN = tuple((re.compile(spoken), plain) for spoken, plain in _ENDINGS)


def spelled(text: str) -> str:
    """The folded text in one spelling; what the words of options are brought into, too."""
    return _VARIANT.sub(lambda found: _WRITTEN[found[0]], fold(text))


def plain(text: str) -> str:
    """The folded text in one spelling, its spoken endings in plain form."""
    said = squeeze(text)
    for pattern, ending in _PLAIN:
        said = pattern.sub(ending, said)
    return spelled(said)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message that says one thing, in plain form; `past` when it is over."""

    text: str
    past: bool = False


_SENTENCES = re.compile(r"[。、,，.．・;；:!！?？…\n「」『』（）()【】]+")
_TURNS = re.compile(
    r"(?:けれども|けれど|けども|けど|ものの|のに|一方で?"
    r"|(?<=[だるたい])が(?=[^っらりるれろわいえ])|んですが|(?<=[たるい])んで|ので"
    r"|(?<=[たるいだ])から(?![はもの])|(?<=て)(?=今|いま|現在|今年))"
    r"|(?<=なくて)|(?<=じゃなく)(?!て)|(?<=ではなく)(?!て)"
)
_PAST = re.compile(
    r"^(?:前は|以前|昔|かつて|もともと|元々|当初|先代|3年前|コロナ前|ころな前|少し前|一時は|一時期)|"
    r"(?:だった|でした|ていた)$|ころな前よりは|以前よりは|昔よりは"
)


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a message, cut at punctuation and at words like けど, が, ので."""
    parts = (part for sentence in _SENTENCES.split(text) for part in _turns(sentence))
    return tuple(Clause(part, past=_PAST.search(part) is not None) for part in parts if part)


def _turns(sentence: str) -> list[str]:
    return _TURNS.split(plain(sentence))
