"""Judge the kind, person and time of a clause.

The rules are on its words, not on its topic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.understand.reading.asking import is_asking
from bot.understand.reading.clause import Clause, Kind, When, Whose
from bot.understand.reading.cutting import Piece, pieces
from bot.understand.reading.plain import plain, spelled

_WRONG = (
    r"(?:あっ?|(?:いや){1,2}|えっと|あれ|すみません|すいません|ごめん|ごめんなさい|失礼)?"
    r"(?:(?:違う|ちがう|違った|ちがった|違いました|ちがいました|間違えた|まちがえた|間違えました|まちがえました|間違い|訂正)"
    r"(?:です|わ|や|した|します)?){1,3}+"
)
_TAKES_BACK = re.compile(
    r"(?:あっ?|あー|いや|えっと|ごめん(?:なさい)?|すまん|すみません|すいません|やっぱり?|待って|あかん|うそ)?(?:今|いま|さっき|先ほど|さきほど)の(?:[はがも]|答え|回答|やつ|分)*+"
    r"(?:なし|ナシ|無し|取り?消し|とりけし|キャンセル|間違い|まちがい|ミス|撤回|違う|ちがう|違った|ちがった|なかったこと"
    r"|忘れて|無視して|取り?消して|消して)++"
    r"(?:で(?:す|お願い(?:します)?|頼む|頼みます|いい)?|に(?:して|します|する)|ください|下さい|くれ|ほしい|[やだわねよ])*+"
)
"""A clause that takes the last words back, as 「今のナシ」."""

_CORRECTS = re.compile(rf"{_WRONG}|{_TAKES_BACK.pattern}")
"""A clause that says only that the words before were wrong."""

_CORRECTS_THE_LAST = re.compile(
    r"いや|いえ|じゃない|じゃなくて?|ではなくて?|とかじゃなくて?|もとい"
    r"|と(?:言|い)いたい(?:とこ|ところ)(?:や|だ|です)?(?:が|けど)?"
)
"""Words that correct only behind another clause, since they also begin a message."""

_EXCLAIMS = re.compile(
    r"(?:あ|え|わ|お|う|げ|は)(?:ー|っ)*|いや(?:いや)?|待って|まって|ちょっと(?:待って|まって)?|あかん|しまった|ごめん(?:なさい)?|すまん"
    r"|すみません|すいません|(?:押し|打ち|書き)?(?:まちがえ|間違え)(?:た|ました|てもうた)|やっぱり?|(?:なし|ナシ)+|えー?っと|うーん|うそ(?:うそ)?|嘘(?:です)?|冗談(?:です)?|お願い(?:します)?"
)
"""Words of surprise and excuse around words that take something back."""

_SUPPOSED = re.compile(
    r"(?:(?<!思っ)(?<!おもっ)(?<!みっ)たら|れば|るなら|たなら|ないなら|だったら|場合(?:には|は|に|でも)?|ときに?は?|時に?は?)$"
    r"|(?:^|(?<=[はがで、\s]))もし(?!か[しす]|て|た|ない)|と思った$|かと思った|たとえば|例えば|仮に"
)
"""Conditions and examples, as たら, れば, 場合 and もし."""

_QUOTED = re.compile(
    r"(?:って|と)(?:言われ|いわれ|聞い|きい|(?:言って|いって)(?!い?ん?る?(?:だろ|でしょ|やろ|じゃ|の$|でし)))|(?:らしい|(?<=[だるたい])そう(?:です|だ|や)?)$"
)
"""「返済が止まってるって言ってんだろ」 is said oneself, and loudly."""
_REQUEST = re.compile(
    r"(?:て|で)(?:ほしい|欲しい|くれ|ください|下さい|もらいたい|いただきたい|頂きたい|もらえ|いただけ)"
    r"|た(?:い|く)(?:です|んです|のです|と思|な|わ|ん|の|$)|お願い|おねがい|頼む|頼みます"
)
"""Wishes to the bot, as てほしい, てください and お願い."""

_DENIED = re.compile(
    r"(?<!しか)(?<!少)(?<!危)(?:ない|なかった|なし|ゼロ|ぜろ|[らかさたわえけせれべ]ず)"
    r"(?:です|でした|よ|ね|な|わ|し|が|の|んだ|と思う|ば){0,8}$"
)
"""A denial at the end, but not しかない, 少ない or 危ない."""

_WHOSE: tuple[tuple[Whose, re.Pattern[str]], ...] = (
    (
        Whose.OTHER,
        re.compile(
            r"(?:取引先|得意先|元請け?|仕入先|仕入れ先|同業者?|他社|よその?[会社店]*|他所|余所|隣の[店会社]*|となりの?[店会社]*"
            r"|(?:向かい|近所|友達|友人|知り?合い|知人|幼なじみ|後輩|先輩|いとこ|従兄弟|従姉妹|親戚|親類)(?:さん)?(?:の[^、。がはもを]{1,6})?)[がはも]"
        ),
    ),
    (
        Whose.KIN,
        re.compile(
            r"(?:妻|夫|嫁|女房|家内|旦那|主人|父|母|親父|おやじ|親|息子|娘|兄|弟|姉|妹|家族|義父|義母|婿)(?:さん)?(?:の(?:店|会社|商売))?[がはも]"
        ),
    ),
    (Whose.STAFF, re.compile(r"(?:従業員|社員|スタッフ|パートさん|バイト|職人|番頭|経理)[がはも]")),
    (
        Whose.GENERAL,
        re.compile(r"世の中|世間|一般に|一般的に|普通は|ふつうは|ニュース|どこも|どこの[店会社]"),
    ),
)
"""Subjects that are not the owner's own business, by whose they are."""

_OWN = re.compile(r"(?:うち|私|自分|俺|僕|弊社|当社|当店|店|会社)[がはもの]")
"""Subjects of the owner's own business."""

_PAST = re.compile(
    r"^(?:前は|以前|昔|かつて|もともと|元々|当初|先代|[3-9]年前は|コロナ前は?|ころな前は?|少し前|一時は|一時期)"
    r"|(?:だった|でした|ていた)$|ころな前よりは|以前よりは|昔よりは|までは"
)
"""Words of a time that is over, as 以前 or でした."""

_FUTURE = re.compile(r"(?:予定|つもり|見込み?)(?:だ|です)?$|(?:これから|来年|来月)から")
"""Words of plans and of times to come."""


Blank = Callable[[str], str]


def _as_it_is(said: str) -> str:
    return said


def clauses_of(text: str, blank: Blank = _as_it_is) -> tuple[Clause, ...]:
    """Divide a normalised text into clauses.

    `blank` takes words out that make no question of a clause, though they hold a question word
    (「原因を知りたい」 as an answer).
    """
    found: list[Clause] = []
    for piece in pieces(text):
        carried = found[-1].subject if found and found[-1].sentence == piece.sentence else Whose.OWN
        found.append(_clause(piece, carried, blank))
    return _mark_taken_back(_mark_topics(found))


def _clause(piece: Piece, carried: Whose, blank: Blank) -> Clause:
    text, form = piece.text, plain(piece.text)
    if piece.how_long:
        text, form = f"{text}、{piece.how_long}", form + plain(piece.how_long)
    return Clause(
        text=text,
        form=form,
        kind=_kind(piece, form, blank),
        denied=_DENIED.search(form) is not None,
        subject=_whose(piece.text, carried),
        when=_when(form),
        sentence=piece.sentence,
    )


def _kind(piece: Piece, form: str, blank: Blank) -> Kind:
    if _CORRECTS.fullmatch(piece.text) or (
        _CORRECTS_THE_LAST.fullmatch(piece.text) and not piece.first
    ):
        return Kind.CORRECTION
    said = spelled(piece.text)
    if _asks(said, piece) and _asks(blank(said), piece):
        return Kind.QUESTION
    if _SUPPOSED.search(piece.text) or piece.joint == "場合":
        return Kind.SUPPOSED
    if _QUOTED.search(form):
        return Kind.QUOTED
    return Kind.REQUEST if _REQUEST.search(form) else Kind.STATEMENT


def only_corrects(clauses: Sequence[Clause]) -> bool:
    """Tell whether a message says that the last one was wrong, and nothing else."""
    return any(_CORRECTS.fullmatch(clause.text) for clause in clauses) and all(
        clause.kind is Kind.CORRECTION or _EXCLAIMS.fullmatch(clause.text) for clause in clauses
    )


def takes_back(clause: Clause) -> bool:
    """Tell whether a clause takes the last words back, as in 「今のナシ」."""
    return _TAKES_BACK.fullmatch(clause.text) is not None


def _asks(said: str, piece: Piece) -> bool:
    return is_asking(said, marked=piece.asked, last=piece.last)


def _whose(text: str, carried: Whose) -> Whose:
    named = (whose for whose, pattern in _WHOSE if pattern.search(text))
    kept = Whose.OWN if _OWN.search(text) or carried is Whose.OTHER else carried
    return next(named, kept)


def _when(form: str) -> When:
    if _PAST.search(form):
        return When.PAST
    return When.FUTURE if _FUTURE.search(form) else When.NOW


_TOPIC_OF_A_QUESTION = re.compile(r"(?:[一-龠ァ-ヶーA-Za-z0-9]{2}って|とは|というのは)$")
"""The end of a clause that only names what the next one asks about: 「災害って台風も入りますか」."""


_POINTS_AT_IT = re.compile(r"(?:それ|これ|そういうの)(?:[もはで]|って)")
"""The beginning of a question about what stands before it: 「…だけど、それも入りますか」."""


def _mark_topics(found: list[Clause]) -> list[Clause]:
    """Let the topic of a question be part of that question."""
    for number in range(len(found) - 1, 0, -1):
        topic, asked = found[number - 1], found[number]
        joined = topic.sentence == asked.sentence and asked.kind is Kind.QUESTION
        if joined and (_TOPIC_OF_A_QUESTION.search(topic.text) or _POINTS_AT_IT.match(asked.text)):
            found[number - 1] = replace(topic, kind=Kind.QUESTION)
    return found


def _mark_taken_back(found: list[Clause]) -> tuple[Clause, ...]:
    """Mark the clauses that a correction takes back, if something follows it.

    「あ、ちがう」 takes back everything before it, 「…いや」 the clause just before.
    """
    everything_before, single = 0, set[int]()
    for number, clause in enumerate(found[:-1]):
        if clause.kind is Kind.CORRECTION and _CORRECTS.fullmatch(clause.text):
            everything_before = number
        elif clause.kind is Kind.CORRECTION:
            single.add(number - 1)
    return tuple(
        replace(clause, cancelled=True)
        if (number < everything_before or number in single) and clause.kind is not Kind.CORRECTION
        else clause
        for number, clause in enumerate(found)
    )
