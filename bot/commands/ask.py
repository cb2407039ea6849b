"""Answer questions from the FAQ.

`ask [TEXT …] [--faq FILE] [--json]`. Each TEXT is one question; with none, each line of standard
input is. An empty question, or one the FAQ cannot answer, gets a sentence like any other; only a
FAQ that cannot be read ends with exit code 2.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.terminal.streams import speak_utf8
from bot.presentation.source_lines import title_source
from bot.presentation.wording import join_words
from bot.runtime import meaning
from knowledge import sources
from knowledge.faq.answers import LONGEST, Answer, FaqError, OtherTopic, Suggestions, load
from knowledge.sources import in_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from knowledge.faq.answers import Entry, Faq, Found

NAME = "ask"
HELP = "look a question up in the FAQ"

INVITATION = "質問を1行に1つ書いてください。終わるときは Ctrl-D を押してください。"
EMPTY = "質問が空です。聞きたいことを、ふだんの言葉で書いてください。"
UNKNOWN = "ごめんなさい、その質問の答えはまだありません。別の言い方でもお試しください。"
TOO_LONG = f"文が長すぎるようです。聞きたいことを{LONGEST}文字までで書いてください。"
UNSURE = "もしかして、次のどれかでしょうか。"
SHOWN_DIGITS = 4
DECISIONS = {Answer: "answer", Suggestions: "suggest"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("text", nargs="*", metavar="TEXT", help="default: lines of standard input")
    parser.add_argument("--faq", type=Path, metavar="FILE", help="another FAQ, Markdown or JSON")
    parser.add_argument("--json", action="store_true", help="one JSON object per question")


def run(arguments: argparse.Namespace) -> int:
    """Answer every question at once, in the order asked. Returns the exit code."""
    speak_utf8()
    try:
        faq = load(arguments.faq)
    except FaqError as error:
        print(error, file=sys.stderr)
        return 2
    if meaning.is_wanted():
        faq = faq.with_meaning(meaning.make_kept_encoder(meaning.DEFAULT_FILE))
    tell = _as_json if arguments.json else _as_text
    for question in _questions(arguments.text):
        print(tell(question, faq), flush=True)
    return 0


def _questions(texts: list[str]) -> Iterable[str]:
    """Return the questions of the command line, or of standard input."""
    if not texts and sys.stdin.isatty():
        print(INVITATION, file=sys.stderr)
    lines = (line.rstrip("\r\n").removeprefix("\ufeff") for line in sys.stdin)
    return map(_readable, texts) if texts else lines


def _readable(text: str) -> str:
    """Replace bytes of the command line that are not UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _as_json(question: str, faq: Faq) -> str:
    found = faq.find(question)
    answer: dict[str, object] = {
        "query": question,
        "decision": DECISIONS.get(type(found), "none"),
        "matches": [
            {
                "id": match.entry.id,
                "question": match.entry.question,
                "score": round(match.score, SHOWN_DIGITS),
            }
            for match in faq.rank(question)
        ],
    }
    if isinstance(found, OtherTopic):
        answer["other_topic"] = found.name
    if answer["decision"] == "none":
        answer["reply"] = _reply(question, found)
    return json.dumps(answer, ensure_ascii=False)


def _as_text(question: str, faq: Faq) -> str:
    return f"{_reply(question, faq.find(question))}\n"


def _reply(question: str, found: Found) -> str:
    match found:
        case Answer(matches):
            return "\n\n".join(_answer(match.entry) for match in matches)
        case Suggestions(matches):
            return "\n".join([UNSURE, *(f"  ・{match.entry.question}" for match in matches)])
        case OtherTopic(_, reply):
            return reply
        case _:
            return _unknown(question)


def _unknown(question: str) -> str:
    if not question.strip():
        return EMPTY
    return TOO_LONG if len(question) > LONGEST else UNKNOWN


def _answer(entry: Entry) -> str:
    note = f"（出典：{_name_sources(entry)}。確認日：{in_words(entry.checked_on)}）"
    return "\n".join([f"【{entry.question}】", entry.answer, *([note] if entry.sources else [])])


def _name_sources(entry: Entry) -> str:
    """Name the sources by their titles.

    A FAQ of others may cite what we do not know.
    """
    known = sources.load()
    titles = (title_source(known[each]) if each in known else each for each in entry.sources)
    return join_words(titles)
