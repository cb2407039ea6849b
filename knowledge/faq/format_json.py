"""A FAQ as a plain JSON list of `{"id", "question", "phrasings"?, "answer"?, "topic"?}`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from knowledge.faq.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator


def parse_json(text: str) -> tuple[list[Entry], list[str]]:
    """Turn a JSON list into entries, and tell its faults as sentences."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        return [], [f"{error.lineno}行目: JSONとして読めません({error.msg})。"]
    except (ValueError, RecursionError):
        return [], ["JSONとして読めません(入れ子か数が大きすぎます)。"]
    if not isinstance(data, list):
        return [], [
            'JSONは [{"id", "question", "phrasings"?, "answer"?}] の形の一覧にしてください。'
        ]
    entries: list[Entry] = []
    faults: list[str] = []
    for number, item in enumerate(data, start=1):
        found = list(_json_faults(item))
        faults.extend(f"{number}件目: {fault}" for fault in found)
        if not found:
            entries.append(_json_entry(item))
    return entries, faults


def _json_faults(item: Any) -> Iterator[str]:
    if not isinstance(item, dict):
        yield '{"id", "question"} を持つオブジェクトにしてください。'
        return
    if not isinstance(item.get("id"), str | int) or not str(item["id"]).strip():
        yield "「id」に文字か数を書いてください。"
    if not isinstance(item.get("question"), str) or not item["question"].strip():
        yield "「question」に質問の文を書いてください。"
    if not isinstance(item.get("answer") or "", str):
        yield "「answer」は文で書いてください。"
    phrasings = item.get("phrasings") or []
    if not isinstance(phrasings, list) or not all(isinstance(one, str) for one in phrasings):
        yield "「phrasings」は文の一覧にしてください。"


def _json_entry(item: dict[str, Any]) -> Entry:
    return Entry(
        id=str(item["id"]).strip(),
        question=item["question"].strip(),
        answer=(item.get("answer") or "").strip(),
        phrasings=tuple(one.strip() for one in item.get("phrasings") or [] if one.strip()),
        topic=str(item.get("topic") or ""),
    )
