"""Combine several names of one message into one meaning."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.place_names.names import Codes, Mention, codes_of
from knowledge.place_names.normalise import KANJI
from knowledge.place_names.patterns import one_of

_DENIED = r"(?:の?(?:方|ほう))?(?:(?:では|じゃ|でも|で)(?:なく|ない|あり?ません|無)|以外)"
_LEFT = (
    r"(?:から|より)[^、。]{0,10}?"
    + one_of("移転 引っ越 引越 越して 移っ 移り 転居 転入 移住 通っ 通い")
    + r"|[のはもを]?"
    + one_of("撤退 閉店 閉め 廃業 出身 生まれ 育ち")
)
_SOMEBODY_ELSE = (
    r"(?:の|に(?:ある|いる|住む)?)(?:"
    + one_of("""取引先 得意先 元請 親会社 実家 お客 顧客 客先 仕入先 仕入れ先 友人 友達 知り合い 親戚 兄 弟 姉 妹 息子 娘
    両親 父 母 展示会 発注元 納品先 同業""")
    + "|"
    + one_of("銀行 問屋 メーカー 業者 大学")  # the business itself in 大阪のメーカーです
    + r"(?!$|です|で[す、]|だ|をし|をや|を営|[、。]))"
    r"|の[^、。はが]{1,8}(?:を|から)(?:仕入|取り寄せ)"
    r"|の(?:ユンボ|重機|建機|トラック)"  # 小松 and 日野 are makers too
)
_GOING = (
    r"(?:へ|に|まで)[^、。]{0,6}?"
    + one_of("""出張 出荷 納品 納め 配達 配送 卸し 卸して 販売して 販売し 売っ 送っ 旅行 行っ 行き 行く 遊び 観光 修行 転勤
    単身 通っ 嫁い 進学""")
    + "|で(?:修業|修行)|から(?:の)?"
    + one_of("仕入 観光客 お客 客 注文 受注")
)
_NOT_HERE = re.compile(f"{_DENIED}|{_LEFT}|{_SOMEBODY_ELSE}|{_GOING}")
"""Words after a place where the business is not."""

_OTHER_SUBJECT = re.compile(
    "(?:"
    + one_of("""取引先 得意先 仕入先 仕入れ先 親会社 元請 元請け 実家 本籍 出身 出身地 お客 お客さん お客様 顧客 客先
    納品先 納入先 発注元 自宅 住まい 住んでるの 住んでいるの 友人 友達 知人 両親 息子 主人 以前 元々 もともと かつて
    旧本社 ライバル 競合 同業者 銀行 問屋 メーカー""")
    + rf"|(?<![{KANJI}])"
    + one_of("家 兄 弟 姉 妹 親 娘 妻 夫 嫁 前 昔")
    + r")(?:の$|(?:の(?:会社|店|工場|本社))?(?:は|が|も|って|まで)、?(?P<gap>[^、。!?てるた]{0,8})$)"
)
"""Words before a place of somebody else, or of another time."""

_FORMERLY = re.compile(r"(?:以前|昔|かつて|もともと|元々)(?:は|に)?、?[^、。!?はが]{0,4}$")
"""Words before a place where the owner used to be."""

_OFFICE = re.compile(
    one_of("銀行 公庫 信金 信用金庫 信用組合 保証協会 税務署 労基署 年金事務所") + "の?$"
)
"""Offices before a place, which is then the office's own."""

_LOOK_BACK = 40
"""Characters before a place in which such words stand."""

_CLAUSES = re.compile(r"[。!?]|けれど|けど|ですが|でしたが|だが|ますが|ましたが")
"""Ends of clauses."""

_OWN_SUBJECT = re.compile(r"(?:店|会社|うち|本社|工場|事業所|弊社|当社|今|現在|いま)(?:は|が)")
"""Subjects of the owner's own business, or of today."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Hold the prefectures meant, best first, with the names that say so."""

    codes: tuple[str, ...]
    mentions: tuple[Mention, ...]


def about_business(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions without the places that are denied, left behind, or somebody else's."""
    known = list(mentions)
    chains = _chains(known)
    kept = [chain for chain in chains if not _is_denied(text, chain[0].start, chain[-1].end)]
    return [mention for chain in kept for mention in chain]


def _chains(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Group names that follow each other at once, as in 東京の府中."""
    chains: list[list[Mention]] = []
    for mention in mentions:
        if mention.linked and chains and mention.name.namesakes & chains[-1][-1].name.namesakes:
            chains[-1].append(mention)
        else:
            chains.append([mention])
    return chains


def _is_denied(text: str, start: int, end: int) -> bool:
    if _NOT_HERE.match(text, end):
        return True
    before = _CLAUSES.split(text[max(0, start - _LOOK_BACK) : start])[-1]
    other = _OTHER_SUBJECT.search(before)
    if other is not None and not _OWN_SUBJECT.search(other["gap"] or ""):
        return True
    return bool(_FORMERLY.search(before) or _OFFICE.search(before))


def combine(mentions: Sequence[Mention]) -> Meaning:
    """Let names that can mean the same prefecture do so.

    Those that stay apart are asked about.
    """
    groups: list[Codes] = []
    for chain in _chains(mentions):
        codes = codes_of(chain)
        for position, group in enumerate(groups):
            if group & codes:
                groups[position] = group & codes
                break
        else:
            groups.append(codes)
    order = {code: None for group in groups for code in sorted(group)}
    return Meaning(tuple(order), tuple(mentions))
