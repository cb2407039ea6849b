"""Write the monthly counts as a table for a spreadsheet, without any person."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping

from bot.analytics.figures import HELPED, OUTCOMES, REASONS, Counted
from bot.analytics.spans import LONGER, ORDER
from bot.model.case import Outcome, Reason
from flows.assessment import VERDICT_LABELS, Verdict
from flows.flow import UNKNOWN
from flows.programme import Programme
from knowledge.faq.answers import Faq
from knowledge.place_names.places import PREFECTURES

HEADINGS = ("月", "項目", "内訳", "数")

_SPANS = {each: f"{int(each)}分以内" if each != LONGER else "それより長い" for each in ORDER}

ITEMS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "talked_month": ("話した人", {}),
    "finished": ("最後まで答えた回数", {}),
    "finished_in": ("最後まで答えた回数（都道府県）", {**PREFECTURES, UNKNOWN.id: UNKNOWN.label}),
    "verdict": ("診断の結果", {each.value: VERDICT_LABELS[each] for each in Verdict}),
    "reached": ("質問まで来た回数", {}),
    "answered": ("質問に答えた回数", {}),
    "unanswered": ("答えられなかった質問", {}),
    "entry": ("FAQの答え", {}),
    "helped": ("FAQの答えが役に立った", {}),
    "missed": ("FAQの答えが役に立たなかった", {}),
    "person": ("人につないだ相談", {each.value: REASONS[each] for each in Reason}),
    "first_reply": ("最初のお返事まで", _SPANS),
    "closed": ("相談が終わるまで", _SPANS),
    "outcome": ("終わり方", {each.value: OUTCOMES[each] for each in Outcome}),
    "talk_helped": ("役に立ったか", HELPED),
}
"""Heading of each item of the report in order, with labels of its kinds."""


def write_report(counts: Iterable[Counted], programme: Programme, faq: Faq) -> str:
    """Write the counts as CSV, one line for each month, item and kind."""
    names = _name_kinds(programme, faq)
    sums: Counter[tuple[str, str, str]] = Counter()
    for each in counts:
        if each.name in ITEMS:
            sums[f"{each.day:%Y-%m}", each.name, each.value] += each.count
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(HEADINGS)
    for month, name, value in sorted(sums, key=_in_order):
        heading, labels = ITEMS[name]
        label = {**labels, **names.get(name, {})}.get(value) or _name_unknown(value)
        table.writerow((month, heading, label, sums[month, name, value]))
    return written.getvalue()


def _in_order(row: tuple[str, str, str]) -> tuple[str, int, int, str]:
    month, name, value = row
    kinds = list(ITEMS[name][1])
    return month, list(ITEMS).index(name), kinds.index(value) if value in kinds else 99, value


def _name_kinds(programme: Programme, faq: Faq) -> Mapping[str, Mapping[str, str]]:
    """Name the kinds that content decides: questionnaires, questions, answers of the FAQ."""
    flows = {each.id: each.title for each in programme.flows.values()}
    questions = {each.id: each.title for each in programme.questions.values()}
    entries = {each.id: each.question for each in faq.entries}
    of_questions = dict.fromkeys(("reached", "answered"), questions)
    of_entries = dict.fromkeys(("entry", "helped", "missed"), entries)
    return {"finished": flows, **of_questions, **of_entries}


def _name_unknown(value: str) -> str:
    """Name a kind that has gone since it was counted. Most counts have no kinds."""
    return f"いまはない項目（{value}）" if value else ""
