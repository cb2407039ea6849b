"""Answers whose grammar decides are heard by words alone, and nothing else beside them.

No model learns from these rows, unlike `typed_answers.csv`: fear, denial, time and length are code.
"""

from __future__ import annotations

import csv
from pathlib import Path

from bot.understand.reading import Certainty, read
from bot.understand.reading.facts.lexicon import lexicon_of
from flows.keiei.programme import KEIEI

ANSWERS = Path(__file__).parents[3] / "cases" / "spoken_answers.csv"
LEXICON = lexicon_of(KEIEI.questions)
BESIDE = frozenset({"rescheduled"})
"""What may be told beside an answer, as 「去年リスケした」 tells that there was one."""


def test_answers_by_grammar_are_heard_alone() -> None:
    failures = []
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            reading = read(row["text"], LEXICON, row["question"])
            fact = reading.fact(row["question"])
            sure = fact is not None and fact.certainty is Certainty.SAID
            got = "|".join(fact.options) if fact and sure else ""
            others = {each.question for each in reading.facts if each is not fact} - BESIDE
            if got != row["options"] or others:
                failures.append(f"{row['question']} 「{row['text']}」 {got!r} {others}")
    assert not failures, "\n".join(failures)
