"""Parse the FAQ file strictly, which people read and staff edit.

    # 対象                                            a topic
    ## 個人事業主でも使えますか? {#sole-proprietor}    a question and its id

    使えます。会社でなくても対象です。                  the answer, one or more paragraphs

    言い換え:
    - 自営業でも使える
    出典: S16, S17
    確認日: 2026-11-23
    窓口で確認: はい
    慎重: はい                                         offered only where the owner's own words name it
    関連: farming

A plain JSON list is accepted too (`format_json`). Every fault of a file is collected and told at
once, each as a sentence with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from knowledge.faq.entry import Entry
from knowledge.faq.format_json import parse_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PHRASINGS, SOURCES, CHECKED, CONFIRM, SENSITIVE, RELATED = (
    "言い換え",
    "出典",
    "確認日",
    "窓口で確認",
    "慎重",
    "関連",
)
FIELDS = (PHRASINGS, SOURCES, CHECKED, CONFIRM, SENSITIVE, RELATED)
SHOWN_FAULTS = 20
"""Faults listed in one message."""

_FIELD = re.compile(rf"({'|'.join(FIELDS)})\s*[:\uff1a]\s*(.*)")
"""A field with its value, behind a colon of either width."""

QUESTION = re.compile(r"(?P<question>.*?)(?<!\s)\s*+\{#(?P<id>[^{}]*)\}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Small letters and digits in groups with hyphens."""

_SOURCE = re.compile(r"[A-Za-z]+\d+")
"""The id of a source."""

_BULLET = re.compile(r"[-*・]\s*(.*)")
"""An item of a list."""

_OPENS, _CLOSES = "<!--", "-->"


class FaqError(Exception):
    """Tell that the FAQ file cannot be used.

    The message is a Japanese sentence for the people who edit it.
    """


def read(path: Path) -> tuple[Entry, ...]:
    """Read a FAQ file, Markdown or JSON.

    Raises only `FaqError`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FaqError(f"FAQのファイル {path} を開けません。{_reason(error)}") from error
    except UnicodeDecodeError as error:
        raise FaqError(
            f"FAQのファイル {path} はUTF-8の文字ではありません。UTF-8で保存し直してください。"
        ) from error
    return parse(text, name=str(path))


def _reason(error: OSError) -> str:
    reasons = {
        FileNotFoundError: "そのファイルはありません。",
        IsADirectoryError: "ファイルではなくフォルダです。",
        PermissionError: "読む許可がありません。",
    }
    return reasons.get(type(error), f"{error.strerror or error}。")


def parse(text: str, name: str = "FAQ") -> tuple[Entry, ...]:
    """Turn the text of a FAQ into entries.

    `name` is the file's name in faults.
    """
    body = text.removeprefix("\ufeff")
    looks_like_json = body.lstrip()[:1] in ("[", "{")
    entries, faults = parse_json(body) if looks_like_json else _parse_markdown(body)
    if not entries and not faults:
        faults = ["質問が1件もありません。「## 質問 {#id}」の見出しを書いてください。"]
    if faults:
        raise FaqError(_sentence(name, faults))
    return tuple(entries)


def _sentence(name: str, faults: list[str]) -> str:
    shown = faults[:SHOWN_FAULTS]
    if len(faults) > len(shown):
        shown.append(f"ほかに{len(faults) - len(shown)}件あります。")
    return "\n".join([f"{name} に直すところがあります。", *(f"- {fault}" for fault in shown)])


@dataclass(slots=True)
class _Draft:
    """An entry while its lines are still being read."""

    line: int
    id: str
    question: str
    topic: str
    answer: list[str] = field(default_factory=list)
    phrasings: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def finish(self) -> Entry:
        return Entry(
            id=self.id,
            question=self.question,
            answer="\n".join(self.answer).strip(),
            phrasings=tuple(self.phrasings),
            topic=self.topic,
            sources=_listed(self.fields.get(SOURCES, "")),
            checked_on=self.fields.get(CHECKED, ""),
            confirm=self.fields.get(CONFIRM) == "はい",
            related=_listed(self.fields.get(RELATED, "")),
            sensitive=self.fields.get(SENSITIVE) == "はい",
        )


def _parse_markdown(text: str) -> tuple[list[Entry], list[str]]:
    reader = _Reader()
    for number, line in enumerate(uncommented(text).splitlines(), start=1):
        reader.read(number, line.rstrip())
    for draft in reader.drafts:
        reader.faults.extend(_faults(draft))
    return [draft.finish() for draft in reader.drafts], reader.faults


def uncommented(text: str) -> str:
    """Remove comments, keeping their line breaks and so the line numbers."""
    kept, place = [], 0
    while (opens := text.find(_OPENS, place)) >= 0 and (closes := text.find(_CLOSES, opens)) >= 0:
        # A comment keeps its lines, so that faults are told by the right one.
        kept += [text[place:opens], "\n" * text.count("\n", opens, closes)]
        place = closes + len(_CLOSES)
    return "".join((*kept, text[place:]))


class _Reader:
    """Read the lines once, with the current topic, draft and field."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self.faults: list[str] = []
        self.topic = ""
        self.field = ""

    def read(self, number: int, line: str) -> None:
        if line.startswith("## "):
            self._start(number, line.removeprefix("## ").strip())
        elif line.startswith("# "):
            self.topic, self.field = line.removeprefix("# ").strip(), "topic"
        elif re.match("#+", line):
            self._fault(number, "見出しは「# 分野」か「## 質問 {#id}」の形で書いてください。")
        elif self.drafts and self.field != "topic":
            self._continue(number, line)
        elif line.strip():
            self._fault(number, "「## 質問 {#id}」の見出しより前に文があります。")

    def _start(self, number: int, heading: str) -> None:
        match = QUESTION.fullmatch(heading)
        if not match:
            self._fault(number, "質問の見出しの終わりに {#id} を書いてください。")
        question, id_ = (match["question"], match["id"].strip()) if match else (heading, "")
        if match and not _ID.fullmatch(id_):
            self._fault(
                number, f"id「{id_}」は英小文字と数字とハイフンで書いてください(例: my-id)。"
            )
        if not question:
            self._fault(number, "質問の文が空です。")
        self.drafts.append(_Draft(number, id_, question, self.topic))
        self.field = ""

    def _continue(self, number: int, line: str) -> None:
        draft = self.drafts[-1]
        if match := _FIELD.fullmatch(line):
            self._field(number, draft, match[1], match[2].strip())
        elif not self.field:
            draft.answer.append(line)
        elif line.strip():
            self._item(number, draft, line.strip())

    def _field(self, number: int, draft: _Draft, name: str, value: str) -> None:
        if name in draft.fields:
            self._fault(number, f"「{name}」が同じ質問に2回あります。1つにまとめてください。")
        if name == PHRASINGS and value:
            self._fault(number, f"「{PHRASINGS}:」の次の行から「- 」で1つずつ書いてください。")
        draft.fields[name], draft.lines[name] = value, number
        self.field = name

    def _item(self, number: int, draft: _Draft, line: str) -> None:
        bullet = _BULLET.fullmatch(line)
        if self.field != PHRASINGS:
            self._fault(number, f"「{self.field}」の後に、項目でない行があります: {line[:30]}")
        elif not bullet or not bullet[1].strip():
            self._fault(number, f"「{PHRASINGS}」は「- 」に続けて1行に1つ書いてください。")
        else:
            draft.phrasings.append(bullet[1].strip())

    def _fault(self, number: int, sentence: str) -> None:
        self.faults.append(f"{number}行目: {sentence}")


def _faults(draft: _Draft) -> Iterator[str]:
    """List the faults of one entry's values, with the line of the field."""
    if not any(line.strip() for line in draft.answer):
        yield f"{draft.line}行目: 「{draft.question}」の答えがありません。"
    checks = {
        SOURCES: _source_fault,
        CHECKED: _date_fault,
        CONFIRM: _flag_fault,
        SENSITIVE: _flag_fault,
        RELATED: _id_fault,
    }
    for name, check in checks.items():
        if name in draft.fields and (fault := check(draft.fields[name])):
            yield f"{draft.lines[name]}行目: 「{name}」は{fault}"


def _source_fault(value: str) -> str:
    wrong = [item for item in _listed(value) if not _SOURCE.fullmatch(item)]
    if wrong or not value:
        return f"S16, S17 のような番号で書いてください(今は「{value}」)。"
    return ""


def _date_fault(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        return f"2026-11-23 のような日付で書いてください(今は「{value}」)。"
    return ""


def _flag_fault(value: str) -> str:
    return "" if value in ("はい", "いいえ") else f"「はい」か「いいえ」です(今は「{value}」)。"


def _id_fault(value: str) -> str:
    wrong = [item for item in _listed(value) if not _ID.fullmatch(item)]
    if wrong or not value:
        return f"ほかの質問のidをコンマで区切って書いてください(今は「{value}」)。"
    return ""


def _listed(value: str) -> tuple[str, ...]:
    return tuple(item for part in re.split(r"[,、\uff0c]", value) if (item := part.strip()))
