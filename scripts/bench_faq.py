"""Measure a question to the FAQ and its index, by `make bench`.

Processor time, of our own FAQ and of one of 2,000 entries made of its phrasings. Over a bar the
bench fails.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.faq.answers import Entry, Faq, load
from scripts.faq_cases import cases

MANY = 2000

MEASURED = 300
"""Questions asked of each FAQ, every one once, so that no answer is remembered."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Limit a question's milliseconds at the 99th percentile, and an index's seconds."""

    question_ms: float
    index_s: float


OURS, LARGE = Bars(question_ms=12, index_s=1.5), Bars(question_ms=25, index_s=5)
"""A long story of many clauses costs most. Half of the questions cost less than a quarter of it."""


def main() -> None:
    """Print the figures, and exit with 1 when over a bar."""
    entries = load().entries
    found = [
        _measure(f"our FAQ ({len(entries)} entries)", entries, OURS),
        _measure(f"{MANY} entries", tuple(_many(entries)), LARGE),
    ]
    sys.exit(0 if all(found) else 1)


def _measure(name: str, entries: Sequence[Entry], bars: Bars) -> bool:
    faq = Faq(tuple(entries))
    index = _seconds(lambda: faq.rank("費用"))
    costs = sorted(_seconds(_asking(faq, case.text)) * 1000 for case in cases()[-MEASURED:])
    median, worst = costs[len(costs) // 2], costs[int(len(costs) * 0.99)]
    kept = worst <= bars.question_ms and index <= bars.index_s
    print(
        f"{'✓' if kept else '✗'} {name}: index {index:.2f} s (≤ {bars.index_s}), "
        f"a question {median:.1f} ms, p99 {worst:.1f} ms (≤ {bars.question_ms})"
    )
    return kept


def _asking(faq: Faq, text: str) -> Callable[[], object]:
    return lambda: faq.find(text)


def _many(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Make an entry of every phrasing, until there are enough."""
    asked = [(entry, text) for entry in entries for text in entry.phrasings]
    for number, (entry, text) in enumerate(asked[:MANY]):
        yield replace(entry, id=f"many-{number}", question=text, phrasings=(), related=())


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
