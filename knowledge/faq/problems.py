"""Tell staff of missing and double parts in a FAQ we publish."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.faq.entry import Entry

FEWEST_PHRASINGS = 4
"""Phrasings that an entry needs at least."""


def problems(entries: Iterable[Entry]) -> list[str]:
    """Tell every fault of the entries as a Japanese sentence that names the entry."""
    entries = tuple(entries)
    ids = {entry.id for entry in entries}
    found = [fault for entry in entries for fault in _entry_faults(entry, ids)]
    found += [f"FAQのid「{id_}」が2回あります。" for id_ in _doubles(e.id for e in entries)]
    return [*found, *_hurtful_faults(entries), *_phrasing_faults(entries)]


def _entry_faults(entry: Entry, ids: set[str]) -> Iterator[str]:
    name = f"FAQ「{entry.id}」"
    if not entry.topic:
        yield f"{name}: 分野の見出し(# …)の下にありません。"
    if not entry.answer:
        yield f"{name}: 答えがありません。"
    if not entry.sources:
        yield f"{name}: 出典がありません。"
    if not entry.checked_on:
        yield f"{name}: 確認日がありません。"
    if len(entry.phrasings) < FEWEST_PHRASINGS:
        yield f"{name}: 言い換えが{len(entry.phrasings)}個です。{FEWEST_PHRASINGS}個以上書いてください。"
    for related in entry.related:
        if related == entry.id:
            yield f"{name}: 関連に自分のidがあります。"
        elif related not in ids:
            yield f"{name}: 関連のid「{related}」は見つかりません。"


def _hurtful_faults(entries: tuple[Entry, ...]) -> Iterator[str]:
    """Yield the sensitive answers that are offered beside one that is not."""
    sensitive = {entry.id for entry in entries if entry.sensitive}
    for entry in (entry for entry in entries if not entry.sensitive):
        for related in (each for each in entry.related if each in sensitive):
            yield f"FAQ「{entry.id}」: 関連の「{related}」は慎重の答えです。ほかの答えを選んでください。"


def _phrasing_faults(entries: tuple[Entry, ...]) -> Iterator[str]:
    """Yield the words that lead to two entries, or stand twice under one."""
    asked = Counter(text for entry in entries for text in (entry.question, *entry.phrasings))
    for text in (text for text, count in asked.items() if count > 1):
        owners = [e.id for e in entries if text in (e.question, *e.phrasings)]
        yield f"FAQの言い方「{text}」が2回あります({'、'.join(owners)})。"


def _doubles(items: Iterable[str]) -> list[str]:
    return [item for item, count in Counter(items).items() if count > 1]
