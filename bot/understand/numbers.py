"""Answers given as a number: 「3割くらい落ちた」, 「あと2か月」, 「社員8人の工務店」."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.understand import quantities
from bot.understand.quantities import Amount
from bot.understand.spoken import clauses, plain
from bot.understand.words import spans
from flows.flow import Question
from flows.keiei.questions import INDUSTRY, MEDICAL_SIZE

_FULL = 100.0
"""Per cent."""


def counted(text: str, question: Question) -> tuple[str, ...]:
    """The options a number in the text means for `question`; more than one when it lies between."""
    counter = _COUNTERS.get(question.id)
    options = counter(text) if counter else ()
    return tuple(option.id for option in question.options if option.id in options)


def _between(values: list[float], bands: tuple[tuple[float, float, str], ...]) -> set[str]:
    """The bands (from, up to, option) that a value, or the two ends of a range, lie in."""
    return {option for low, high, option in bands for value in values if low <= value <= high}


# --- sales: 3割減, 前年比80%, 半分になった -----------------------------------------------------------

_SLIGHT, _SHARP = "down_slight", "down_sharp"
_FALLS = ((0.1, 28.0, _SLIGHT), (22.1, _FULL, _SHARP))
"""「1〜2割」 and 「3割以上」 leave a gap; what lies in it is asked."""

_STEADY = ((-4.0, 4.0, "flat"),)
_UP = re.compile(r"増|伸|上が|上昇|あっぷ|ぷらす|良くな|倍")
_DOWN = re.compile(r"減|落|下が|だうん|まいなす|低下|下落|げん$|へ[らっり]")
_AT_A_LEVEL = re.compile(
    r"^(?:くらい|ぐらい|ほど|程度|近く|弱|強|以下)?(?:まで|に(?:な|減|落|下|まで)|しか|の水準|いくか)"
)
_COMPARED = re.compile(
    r"(?:前年|去年|昨年|前|コロナ前|1年前)(?:比|対比|の|と比べて?|に比べて?)$|前年比|対前年|昨対|昨年対比"
)
_NOT_UP = re.compile(r"増えていない|伸びていない|上がっていない|増えない")


_NOT_SALES = re.compile(r"払|補助|負担|出資|助成|金利|利率|持株|株|支給|出る")


def _sales(text: str) -> set[str]:
    if _NOT_SALES.search(text):
        return set()
    found = quantities.shares(_now(text))
    falls = [_fall(amount) for amount in found]
    if len(found) > 1 and not _DOWN.search(plain(found[0].after)):
        falls = [_fall(found[-1])]
    if any(fall is None for fall in falls):
        return set()
    known = [fall for fall in falls if fall is not None]
    if known and max(known) < min(low for low, _, _ in _FALLS):
        return _between(known, _STEADY) or {"up"}
    return _between(known, _FALLS)


def _now(text: str) -> str:
    """The text without what its first clauses say is over: 「コロナ前は3割減ったけど今は戻った」."""
    said = clauses(text)
    now = [clause.text for clause in said if not clause.past]
    return "、".join(now) if now and len(now) < len(said) else text


def _fall(amount: Amount) -> float | None:
    """By how many per cent sales fell; below zero when they rose; None when it is not said."""
    after, around = plain(amount.after), plain(amount.before + amount.after)
    if _AT_A_LEVEL.search(after) or (_COMPARED.search(amount.before) and not _moves(after)):
        return _FULL - amount.value
    if _UP.search(around) and not _DOWN.search(around):
        return None if _NOT_UP.search(around) else -amount.value
    return amount.value if amount.value <= _FULL else None


def _moves(after: str) -> bool:
    return _UP.search(after[:6]) is not None or _DOWN.search(after[:6]) is not None


# --- cash: あと2か月, 半年はもたない ---------------------------------------------------------------

_CASH = (
    (0.0, 0.99, "this_month"),
    (1.0, 3.5, "within_3_months"),
    (3.5, 6.5, "within_6_months"),
    (6.5, float("inf"), "longer"),
)
_NOT_LASTING = re.compile(
    r"^(?:分|くらい|ぐらい|ほど)?[はもと]?(?:もたない|持たない|もちそうに|もちそうもない|ない|いけない)"
)
_PERHAPS = re.compile(r"^[はも]?(?:もつか|持つか)")
_AT_LEAST = re.compile(r"^(?:以上|より|いじょう|は(?:確実|最低|も[つち]|持[つち])|超)")
_SPOKEN_MONTHS = re.compile(r"([1-9])月(?=も[たち])")
_EVERY = re.compile(r"毎[月年週]?$|ごと")
_A_LITTLE = 0.6
"""Months."""


_NOT_CASH = re.compile(
    r"計画|番号|様式|書類|認定|創業|起業|開業|設立|始めて|令和|平成|昭和|据置|据え置|リスケ|かか[りる]|年度|通い|滞納|遅れ"
)


def _cash(text: str) -> set[str]:
    if _NOT_CASH.search(text):
        return set()
    said = _SPOKEN_MONTHS.sub(r"\1か月", quantities.arabic(text))
    found = [
        amount for amount in quantities.durations(said) if not _EVERY.search(amount.before[-3:])
    ]
    values = [value for amount in found for value in _lasting(amount)]
    return _between(values, _CASH)


def _lasting(amount: Amount) -> tuple[float, ...]:
    after = plain(amount.after)
    if _PERHAPS.search(after):
        return (amount.value / 2, amount.value)
    if _NOT_LASTING.search(after):
        return (amount.value / 2, amount.value - _A_LITTLE)
    if _AT_LEAST.search(after):
        return (amount.value + _A_LITTLE, amount.value * 2 + 1)
    return (amount.value,)


# --- how often, for how long --------------------------------------------------------------------

_NOT_SO = re.compile(r"^(?:だけ)?(?:じゃ|では|やな|とか)")
_OTHER_TIMES = re.compile(r"断ら|説明|言って|聞い|電話|相談|使|申請|405|分割|支払")


def _rescheduled(text: str) -> set[str]:
    found = quantities.occasions(text)
    if _OTHER_TIMES.search(text):
        return set()
    counts = [amount.value for amount in found if not _NOT_SO.search(plain(amount.after))]
    if any("も" in amount.after[:1] for amount in found) and "ない" in plain(text):
        return {"never"}
    return {"never" if count < 1 else "once" if count < 2 else "repeatedly" for count in counts}  # noqa: PLR2004


_LOSS = re.compile(r"赤|損|まいなす")
_NTH_YEAR = re.compile(r"^(?!.*(?:創業|開業|設立|起業)).*?(?<!\d)(\d{1,2})[年期]目")
_IN_A_ROW = re.compile(r"^(?:連続|続け|続い|つづ|ほど|くらい|以上)")


def _profit(text: str) -> set[str]:
    said = plain(text)
    found = quantities.business_years(text)
    if "黒" in said:
        return set()
    if (nth := _NTH_YEAR.search(quantities.arabic(text))) and _LOSS.search(said):
        return {"loss_long" if int(nth[1]) > 1 else "loss"}
    if not found:
        return set()
    if not _LOSS.search(said) and not _IN_A_ROW.search(plain(found[0].after)):
        return set()
    return {"loss_long" if found[0].value > 1 else "loss"}


# --- how many people ----------------------------------------------------------------------------

_LIMIT_IN_LABEL = re.compile(r"(\d+)人")

LIMITS: Mapping[str, int] = {
    option.id: int(limit[1])
    for option in INDUSTRY.options
    if (limit := _LIMIT_IN_LABEL.search(option.label))
}
"""Regular employees up to which a trade counts as a small or medium enterprise, by its label."""

MEDICAL_LIMIT = next(
    int(limit[1])
    for option in MEDICAL_SIZE.options
    if (limit := _LIMIT_IN_LABEL.search(option.label))
)
"""The same for a medical corporation."""

_PART_TIMERS = re.compile(r"パート|バイト|込み|入れて|含め|合わせて")
_MORE = re.compile(r"^(?:を|も|以上)?(?:は)?(?:超|こえ|越え|おーばー|より多|以上|強)")
_LESS = re.compile(
    r"^(?:も|は|と)?(?:い?ない|未満|以下|以内|弱|足らず|より少な|を?超えていない|を?超えない|を切)"
)


def _industry(text: str) -> set[str]:
    found = quantities.heads(text)
    said = {option for span in spans(plain(text), INDUSTRY) for option in span.options}
    trades = said & LIMITS.keys()
    if not found or len(trades) != 1:
        return set()
    (trade,) = trades
    if sum(amount.value for amount in found) <= LIMITS[trade]:
        return {trade}
    return {trade, "over"} if _PART_TIMERS.search(text) else {"over"}


def _medical_size(text: str) -> set[str]:
    found = quantities.heads(text)
    if not found:
        return set()
    total, after = sum(amount.value for amount in found), plain(found[-1].after)
    if _LESS.search(after):
        return {"within_300"} if total <= MEDICAL_LIMIT else {"within_300", "over_300"}
    if "以上" in after[:2] and total <= MEDICAL_LIMIT:
        return {"within_300", "over_300"}
    more = total + 1 if _MORE.search(after) and "以上" not in after[:2] else total
    return {"within_300" if more <= MEDICAL_LIMIT else "over_300"}


_COUNTERS: Mapping[str, Callable[[str], set[str]]] = {
    "sales": _sales,
    "cash": _cash,
    "rescheduled": _rescheduled,
    "profit": _profit,
    "industry": _industry,
    "medical_size": _medical_size,
}
