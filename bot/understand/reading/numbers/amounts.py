"""Read answers given as a number.

As 「3割くらい落ちた」, 「あと2か月」, 「社員8人の工務店」. A question's vocabulary says what it counts and which band of
values means which option; the kinds of counting are here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.understand.reading.clause import Clause
from bot.understand.reading.numbers import quantities, yen
from bot.understand.reading.numbers.quantities import Amount
from bot.understand.reading.numbers.yen import Unit
from bot.understand.reading.plain import plain
from flows.vocabulary import Band, Numbers

_FULL = 100.0
"""Per cent."""


def options_counted(
    clauses: Sequence[Clause], numbers: Numbers, named: frozenset[str]
) -> frozenset[str]:
    """Find the options a number means, several between two bands.

    `named` are options that words of the same question name in these clauses (a trade, for a number
    of people).
    """
    clauses = [clause for clause in clauses if not _any(numbers.never, clause.form)]
    clauses = [each for each in clauses if not _NOT_THIS_ONE.search(each.form)] or clauses
    said = "".join(clause.form for clause in clauses)
    texts = [clause.text for clause in clauses if _COUNTABLE.search(clause.text)]
    if not texts:
        return frozenset()
    return frozenset(_KINDS[numbers.kind](Counting(texts, said, numbers.bands, named)))


_NOT_THIS_ONE = re.compile(r"(?:じゃ|では|や)(?:ない|なく|なくて|のうて)$")
"""Words behind a number that another one replaces, as in 「20人じゃなくて12人」."""

_COUNTABLE = re.compile(
    r"[\d〇零一二三四五六七八九十百千半割分か月わ倍ひふみ]|さん|かい|ねん|にん|はん|まん|おく"
)
"""Without any of these there is no number to look for."""


@dataclass(frozen=True, slots=True)
class Counting:
    """Hold the clauses that may hold a number, and the whole text.

    `bands` are those of the question, `named` the options its words name.
    """

    texts: Sequence[str]
    said: str
    bands: Sequence[Band]
    named: frozenset[str]


Find = Callable[[str], tuple[Amount, ...]]


def _list_amounts(find: Find, texts: Iterable[str]) -> list[Amount]:
    """List every amount of the clauses, with as much text around as matters."""
    return [
        replace(amount, before=amount.before[-_AROUND:], after=amount.after[:_AROUND])
        for text in texts
        for amount in find(text)
    ]


_AROUND = 24
"""Characters."""


def _any(words: Iterable[str], said: str) -> bool:
    return any(word in said for word in words)


def _within(values: Iterable[float], bands: Sequence[Band]) -> set[str]:
    """Find the options of the bands in which these values lie."""
    return {band.option for band in bands for value in values if band.low <= value <= band.high}


# --- a change against a year ago: 3割減, 前年比80%, 8掛け, 半分になった ------------------------------

_UP = re.compile(r"増|伸|(?<![売以])上が|上昇|あっぷ|ぷらす|良くな|倍|[+＋]")
"""Words of a rise, but not 売上が."""

_DOWN = re.compile(r"減|落|下が|だうん|まいなす|低下|下落|げん$|へ[らっり]|ま$")
"""Words of a fall."""

_AT_A_LEVEL = re.compile(
    r"^(?:くらい|ぐらい|ほど|程度|近く|弱|強|以下|しか)?(?:まで|に(?:な|減|落|下|まで|とど)|しか|の水準|いくか|掛け|がけ)"
    r"|^以下(?:$|で|だ|や)"
)
"""Words by which a share is the level that is left, as in 「7割に減った」."""

_COMPARED = re.compile(
    r"(?:前年|去年|昨年|前|コロナ前|1年前)(?:比|対比|の|と比べて?|に比べて?)$|前年比|対前年|昨対|昨年対比"
)
"""Words before a share that compare it with an earlier time."""

_NOT_UP = re.compile(r"増えていない|伸びていない|上がっていない|増えない")
"""Denied rises, which leave open how sales went."""

_MINUS = re.compile(r"[▲△▼−-]$|マイナス$")
"""A minus or a triangle before a number."""


def _change(counting: Counting) -> set[str]:
    """Bands are per cent of a fall, a rise below zero."""
    if fallen := _from_to(counting.texts):
        return _within(fallen, counting.bands)
    found = _list_amounts(quantities.shares, counting.texts)
    if len(found) > 1 and not _DOWN.search(plain(found[0].after)):
        found = found[-1:]
    falls = [_falls(amount) for amount in found]
    known = [each for fall in falls for each in fall]
    return _within(known, counting.bands) if all(falls) else set()


_FROM_TO = re.compile(
    r"(?<![\d.])(\d{2,5})(?:万|円|億)*(?:くらい|ほど|は)?(?:あった|だった|売れ|いって|行って|から|やった|が(?=\d)|[→⇒])"
    r"[^\d]{0,12}(\d{1,5})(?:万|円|億|くらい|ほど|しか|です|に|まで|や|$)"
)
"""Two sums, of before and of now."""


def _from_to(texts: Sequence[str]) -> list[float]:
    """Compute the per cent of a fall, as in 「月300あったのがいま180」."""
    pairs = [found for text in texts for found in _FROM_TO.finditer(quantities.arabic(text))]
    return [
        _FULL - _FULL * float(new) / float(old) for old, new in (each.groups() for each in pairs)
    ]


def _falls(amount: Amount) -> tuple[float, ...]:
    """Compute the per cent of a fall, below zero for a rise.

    More than one value when unclear.
    """
    after, around = plain(amount.after), plain(amount.before + amount.after)
    if _MINUS.search(amount.before):
        return (amount.value,)
    if amount.words[-1] in _FACTORS or _AT_A_LEVEL.search(after):
        return (_FULL - amount.value,)
    if _COMPARED.search(amount.before) and not _moves(after):
        return (_FULL - amount.value,)
    if _UP.search(around) and not _DOWN.search(around):
        return () if _NOT_UP.search(around) else (-amount.value,)
    if _DOWN.search(around) or amount.value < _SURELY_A_FALL:
        return (amount.value,) if amount.value <= _FULL else ()
    return (
        (_FULL - amount.value,)
        if amount.value >= _SURELY_A_LEVEL
        else (_FULL - amount.value, amount.value)
    )


_FACTORS = "倍け"
"""Units of the share that remains, as in 1.4倍 and 8掛け."""

_SURELY_A_FALL, _SURELY_A_LEVEL = 70, 90
"""Per cent of a lone share that surely fell, or surely remains.

「3割」 is a fall and 「95%」 a level; between them it may be either.
"""


def _moves(after: str) -> bool:
    return _UP.search(after[:6]) is not None or _DOWN.search(after[:6]) is not None


# --- how long something lasts, in months: あと2か月, 半年はもたない ----------------------------------

_NOT_LASTING = re.compile(
    r"^(?:分|くらい|ぐらい|ほど)?[はもと]?(?:もたない|持たない|もちそうに|もちそうもない|ない|いけない)"
)
"""Money that does not last so long, as in 「3か月もたない」."""

_PERHAPS = re.compile(r"^[はも]?(?:もつか|持つか)")
"""Money that perhaps lasts so long, as in 「3か月もつか」."""

_AT_LEAST = re.compile(r"^(?:以上|より|いじょう|は(?:確実|最低)|超)")
"""Money that lasts so long or longer."""

_REASSURED = re.compile(
    r"^(?:分|くらい|ぐらい|ほど|程度|間|先)?(?:まで)?(?:なら|は)"
    r"(?:なんとか|何とか|どうにか|たぶん|まだ|十分|じゅうぶん|余裕で|楽に|ぎりぎり|普通に|多分|おそらく)*+"
    r"(?:大丈夫|平気|問題ない|心配ない|いけ|行け|もつ|もち|もて|持つ|持ち|持て|しのげ|凌げ|食いつなげ|やれ|やっていけ|足りる|足り(?:そう|ます|る)|ある|回)"
)
"""Words that reassure, as 「3か月は大丈夫」, which is not 「3か月もたない」."""

_SPOKEN_MONTHS = re.compile(r"([1-9])月(?=[も持][たち])")
"""A span that is typed like the name of a month, as in 「3月もつ」."""

_EVERY = re.compile(r"毎[月年週]?$|ごと")
"""Words before a span that repeats, and so tells no length."""

_A_LITTLE = 0.6
"""Months."""

_BEYOND, _HALF_A_YEAR = 0.51, 6
"""Months. What is said to last lasts a little longer, up to a half-year, which is round enough."""


def _months(counting: Counting) -> set[str]:
    said = [_SPOKEN_MONTHS.sub(r"\1か月", quantities.arabic(text)) for text in counting.texts]
    found = [
        amount
        for amount in _list_amounts(quantities.durations, said)
        if not _EVERY.search(amount.before[-3:])
    ]
    values = [value for amount in found for value in _lasting(amount)]
    return _within(values or _running_out(counting.texts), counting.bands)


_A_MONTH = re.compile(r"毎月|月々|月に|月$|ひと月|1か月")
"""Words before a sum of every month."""

_IN_HAND = re.compile("手元|残高|残り|口座|現金|預金|通帳")
"""Words before a sum of cash."""


def _running_out(texts: Sequence[str]) -> list[float]:
    """Divide money in hand by a month's costs.

    「手元500万で毎月80万」 lasts 6.25.
    """
    sums = [each for each in yen.sums_in("、".join(texts)) if each.unit is Unit.LARGE]
    monthly = next((n for n, each in enumerate(sums) if _A_MONTH.search(each.before)), None)
    if monthly is None or not sums[monthly].value:
        return []
    behind = [each for each in sums[monthly + 1 :] if _IN_HAND.search(each.before)]
    return [each.value / sums[monthly].value for each in (*sums[:monthly], *behind)][:1]


def _lasting(amount: Amount) -> tuple[float, ...]:
    after = plain(amount.after)
    if _PERHAPS.search(after):
        return (amount.value / 2, amount.value)
    if _NOT_LASTING.search(after):
        return (amount.value / 2, amount.value - _A_LITTLE)
    if _AT_LEAST.search(after):
        return (amount.value + _A_LITTLE, amount.value * 2 + 1)
    if _REASSURED.search(after):
        return (amount.value + (_BEYOND if amount.value < _HALF_A_YEAR else 0),)
    return (amount.value,)


# --- how often, for how many years ----------------------------------------------------------------

_NOT_SO = re.compile(r"^(?:だけ)?(?:じゃ|では|やな|とか)")
"""Words behind a number that was named to deny it."""


def _times(counting: Counting) -> set[str]:
    found = _list_amounts(quantities.occasions, counting.texts)
    counts = [amount.value for amount in found if not _NOT_SO.search(plain(amount.after))]
    too = [amount for amount in found if amount.after.startswith("も")]
    if any(amount.after == "も" for amount in too) or (too and _denies(counting.texts)):
        counts = [0.0]
    return _within(counts, counting.bands)


def _denies(texts: Iterable[str]) -> bool:
    return any("ない" in plain(text) for text in texts)


_NTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})[年期](?:目|め)")
"""An ordinal year, as in 「2年目」, with the length so far."""

_IN_A_ROW = re.compile(
    r"^(?:間|ほど|くらい|ぐらい|とも|も|続けて|連続|前から|以上)*(?:連続|続け|続い|つづ|ずっと|前から|以上|赤|の赤|損|まいなす|間|とも|ほど|くらい)"
)
"""Words behind years of losses without a break."""

_LOSS_FOR = re.compile(
    r"(?:赤字?[がは]?|(?:赤|マイナス|損)[^、。]{0,8}[、\s])(?:もう|ここ|この|これで|かれこれ|すでに|約|だいたい|丸)?[、\s]?$"
)
"""Words of loss before a number of years."""

_HOW_OLD = re.compile(r"創業|開業|設立|起業|始め|営業|やって")
"""Words by which years are the age of the business."""


def _years(counting: Counting) -> set[str]:
    """Count years of loss, as in 「3期連続」 and 「赤字になって2年目」.

    The age of the business is not counted.
    """
    loss = _any(_LOSS, counting.said)
    nth = [
        float(year[1])
        for text in counting.texts
        if loss
        and (year := _NTH_YEAR.search(quantities.arabic(text)))
        and not _HOW_OLD.search(text)
    ]
    rows = [
        amount.value
        for amount in _list_amounts(quantities.business_years, counting.texts)
        if (_IN_A_ROW.search(plain(amount.after)) or _LOSS_FOR.search(amount.before))
        and not _HOW_OLD.search(amount.before[-6:])
    ]
    return _within((nth or rows)[:1], counting.bands)


_LOSS = ("赤", "損", "まいなす")


def _years_to_go(counting: Counting) -> set[str]:
    """Find the years until something is done, as in 「償還年数は25年」.

    The age of the business does not count.
    """
    found = _list_amounts(quantities.business_years, counting.texts)
    ahead = [each.value for each in found if not _HOW_OLD.search(each.before[-6:])]
    return _within(ahead[:1], counting.bands)


# --- how many people ----------------------------------------------------------------------------

_PART_TIMERS = re.compile(r"パート|バイト|込み|入れて|含め|合わせて")
"""Words by which part-timers are counted with the others."""

_MORE = re.compile(r"^(?:を|も|以上)?(?:は)?(?:超|こえ|越え|おーばー|より多|以上|強)")
"""Words behind a number that is a lower limit."""

_LESS = re.compile(
    r"^(?:も|は|と)?(?:い?ない|未満|以下|以内|弱|足らず|より少な|を?超えていない|を?超えない|を切)"
)
"""Words behind a number that is an upper limit."""


def _heads(counting: Counting) -> set[str]:
    """Find the band of a number of people, up to a limit or above."""
    found = _list_amounts(quantities.heads, counting.texts)
    if len(found) > 1 and _LESS.search(plain(found[0].after)):
        found = found[1:]
    if not found:
        return _within(_bare(counting.texts), counting.bands)
    total, after = sum(amount.value for amount in found), plain(found[-1].after)
    limit = min(band.high for band in counting.bands)
    everything = {band.option for band in counting.bands}
    if _LESS.search(after):
        return _within([0], counting.bands) if total <= limit else everything
    if "以上" in after[:2] and total <= limit:
        return everything
    more = total + 1 if _MORE.search(after) and "以上" not in after[:2] else total
    return _within([more], counting.bands)


_BARE = re.compile(r"(?<![\d.])(\d{1,4})(?![\d.万円年月日割%時分期億千個台件本社店歳才]|か月|店舗)")
"""A number without a unit."""


def _bare(texts: Sequence[str]) -> list[float]:
    """Add up numbers without a counter, as in 「常勤18非常勤30」."""
    numbers = [
        (float(found[1]), plain(text[found.end() : found.end() + _AROUND]))
        for text in texts
        for found in _BARE.finditer(quantities.arabic(text))
    ]
    kept = [number for number, after in numbers if not _LESS.search(after)]
    return [sum(kept)] if kept else []


def _heads_of_a_trade(counting: Counting) -> set[str]:
    """Find the trade whose limit the number of people keeps.

    Above the limit it is the last band.
    """
    found = _list_amounts(quantities.heads, counting.texts)
    limits = {band.option: band.high for band in counting.bands[:-1]}
    trades = counting.named & limits.keys()
    if not found or len(trades) != 1:
        return set()
    (trade,) = trades
    if sum(amount.value for amount in found) <= limits[trade]:
        return {trade}
    over = counting.bands[-1].option
    return {trade, over} if any(_PART_TIMERS.search(text) for text in counting.texts) else {over}


# --- a sum of money, in millions of yen: 5000万, 一億二千万, 3億超 ----------------------------------

_MILLION = 10**6
_HUNDRED_MILLION = 100
"""億, in millions."""


def _money(counting: Counting) -> set[str]:
    """Take the last sum told: 「二億を減資して五千万」 is of now.

    Of 「一億以下で五千万よりは多い」 none is the sum.
    """
    sums = [each for each in yen.sums_in("、".join(counting.texts)) if each.unit is not Unit.NONE]
    if not sums or (sums[1:] and any(not each.low or each.high is None for each in sums)):
        return set()
    told = _millions(sums[-1])
    if (
        sums[1:]
        and told < _HUNDRED_MILLION <= _millions(sums[-2])
        and not sums[-1].before.strip("と、 ")
    ):
        told += _millions(sums[-2])  # 「いちおく よんせんまん」
    return _within([told], counting.bands)


def _millions(found: yen.Sum) -> float:
    """Take 「3億超」 as more than that, and 「1億以下」 as up to it."""
    if found.high is None:
        return found.low / _MILLION + 1
    return (found.value if found.low else found.high) / _MILLION


_KINDS: Mapping[str, Callable[[Counting], set[str]]] = {
    "change": _change,
    "months": _months,
    "times": _times,
    "years": _years,
    "years to go": _years_to_go,
    "money": _money,
    "people": _heads,
    "people of a trade": _heads_of_a_trade,
}


def kinds() -> frozenset[str]:
    """Name the kinds of counting that a vocabulary may use."""
    return frozenset(_KINDS)
