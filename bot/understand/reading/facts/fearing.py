"""Tell what is only feared, and not so yet, as 「来月から遅れそう」."""

from __future__ import annotations

import re

from bot.understand.reading.clause import Clause

_FEARED = re.compile(
    r"(?<=[れえりしきちびみけせてめべいさ])そう(?:$|だ|で(?!は?ない)|な|や|に|も|っ|と(?!い))"
    r"|(?:恐れ|おそれ|可能性|危険|心配|不安|気)[がはも]?(?:ある|あり|する|して)|(?:ないか|へんか)(?:と)?(?:心配|不安|怖|こわ)"
    r"|なくなる(?:$|と|ん|の|か|から|日)"
)
"""Words of what is feared, as 「遅れそう」 and 「払えなくなる」."""

_AHEAD = re.compile(
    r"(?<![先今])来月|再来月|らいげつ|来年|来期|来週|今後|これから(?!も)|将来|いずれ|そのうち|近いうち|近々|遠からず"
    r"|このまま(?:だと|では|じゃ|や|いく|行く|いけ|行け|なら|続)|もうすぐ|まもなく|年明け|年が明け|春から|夏から|秋から|冬から|ゆくゆく|下手すると|へたすると"
)
"""Words of a time to come."""

_ALREADY = re.compile(
    r"ている|ていない|ていて|た(?:$|[のんがけし])|今[月週日年]|先月|すでに|既に|っぱなし|続き"
)
"""Words by which it has begun all the same, as in 「来月も払えていない」."""

_PERHAPS = re.compile("かも(?:しれ|知れ|わから|な|ね|です|と思|$)")
"""A guess about what may come. The plain form leaves it out."""


def is_feared(clause: Clause) -> bool:
    """Tell whether a clause says what may come, and has not begun."""
    form = clause.form
    if _FEARED.search(form):
        return True
    is_ahead = _AHEAD.search(form) is not None or _PERHAPS.search(clause.text) is not None
    return is_ahead and not _ALREADY.search(form)
