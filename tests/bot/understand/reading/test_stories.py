"""First messages with several facts are mostly heard, and none is heard wrong."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from bot.understand.reading import Certainty, read
from bot.understand.reading.facts.lexicon import lexicon_of
from flows.keiei.programme import KEIEI

STORIES = Path(__file__).parents[3] / "cases" / "stories.csv"
LEXICON = lexicon_of(KEIEI.questions)


def outcome(told: str, text: str) -> str:
    """Compare a message's fact with `told`.

    `told` is `question=options`: 「a/b」 either of them, 「a+b」 both.
    """
    question, options = told.split("=")
    fact = read(text, LEXICON).fact(question)
    if fact is None:
        return "missed"
    if fact.certainty is Certainty.LIKELY:
        return "offered"
    heard = set(fact.options)
    if any(heard == set(each.split("+")) for each in options.split("/")):
        return "right"
    return "half" if heard < set(options.split("+")) else "wrong"


def test_stories_are_heard_and_hardly_ever_misheard() -> None:
    outcomes: Counter[str] = Counter()
    failures = []
    with STORIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for told in row["facts"].split():
                result = outcome(told, row["text"])
                outcomes[result] += 1
                if result != "right":
                    failures.append(f"{result}: {told} 「{row['text']}」")
    print(f"\nstories: {dict(outcomes)}", *failures, sep="\n  ")  # noqa: T201  (shown when it fails)
    assert outcomes["right"] >= 0.86 * outcomes.total()
    assert outcomes["wrong"] <= 0.01 * outcomes.total()
