"""Find the place of the business in a message with other content.

In running text about one place in six is something else (a supplier's, a home town).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.dialogue.answering.answers import LONGEST_PLACE, has_kanji
from bot.dialogue.heard import Heard
from bot.model.turn import Context
from bot.understand.reading import Certainty, Clause, Kind
from knowledge.place_names.places import Place, locate

_SPEAKS_OF_BUSINESS = re.compile("店|屋|会社|工場|商売|事業|経営|営んで|やって|開業|創業")
"""Words beside a place that make it the place of the business."""

_SOMEBODY_ELSES = re.compile(
    r"本社|本店|本部|親会社|取引先|得意先|納品|納め|出荷|仕入|銀行|信金|問屋|業者|メーカー|元請|客|出身|生まれ|育ち|引っ越|移"
    r"|もとは|元は|以前|前は|税務署|役所|病院|実家|親戚|催事|出張|出稼|市場|展示|イベント"
)
"""Words beside a place that make it another's, or that of a moment."""

_GOES_ON = re.compile(r"(?:県|市|町|村|区|府|都)?(?:の|で|に(?:て|ある)|、|,|。|\s|です|だ|や|$)")
_LED_IN = re.compile(r"(?:うちは|こちら|あの|すみません|はじめまして|こんにちは)?[、\s]*")


def place_told(heard: Heard, context: Context, *, is_fresh: bool) -> tuple[Place, bool] | None:
    """Find a place of one prefecture, and whether it surely is the business's own.

    Before any answer a place at the beginning is; later only one beside the trade, or alone.
    """
    found = [*_places(heard, is_fresh=is_fresh)]
    sure = (
        place
        for clause, place in found
        if _is_sure(clause, place, heard, context, is_fresh=is_fresh)
    )
    surely = next(sure, None)
    if surely is not None:
        return surely, True
    return (found[0][1], False) if found else None


def _places(heard: Heard, *, is_fresh: bool) -> Iterator[tuple[Clause, Place]]:
    """List the clauses that state a place of one prefecture, and the place.

    Only clauses with kanji are searched: a place among other words is hardly ever written without.
    """
    for number, clause in enumerate(heard.reading.clauses):
        begins = is_fresh and number == 0
        if not clause.states:
            continue
        if has_kanji(clause.text) or begins:
            place = locate(clause.text[:LONGEST_PLACE])
            if place.decision == "one" and (has_kanji(clause.text) or _begins(clause, place)):
                yield clause, place


def _is_sure(
    clause: Clause, place: Place, heard: Heard, context: Context, *, is_fresh: bool
) -> bool:
    if clause.kind is Kind.REQUEST:
        return is_fresh and _stands_apart(clause, place)
    if _tells_of_trade(clause, heard, context):
        return True
    if is_fresh and _SPEAKS_OF_BUSINESS.search(clause.text):
        return True
    if place.also_a_word or _SOMEBODY_ELSES.search(clause.text):
        return False
    return place.direct or (is_fresh and (_begins(clause, place) or _stands_apart(clause, place)))


def _tells_of_trade(clause: Clause, heard: Heard, context: Context) -> bool:
    """Tell whether the place's sentence also names the trade."""
    return any(
        fact.clause is not None
        and fact.certainty is Certainty.SAID
        and fact.clause.sentence == clause.sentence
        and fact.question in context.programme.place_beside
        for fact in heard.reading.facts
    )


def _begins(clause: Clause, place: Place) -> bool:
    """Tell whether a clause begins with the place, as in 「青森のりんご」."""
    led_in = _LED_IN.match(clause.text)
    start = led_in.end() if led_in else 0
    spoken = place.spoken.split("、")[0]
    return clause.text.startswith(spoken, start) and (
        "、" in place.spoken or _GOES_ON.match(clause.text, start + len(spoken)) is not None
    )


def _stands_apart(clause: Clause, place: Place) -> bool:
    """Tell whether the place stands between blanks, as in 「喫茶店 高崎」."""
    return place.spoken in clause.text.split()
