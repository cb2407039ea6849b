"""List every fault of flows, knowledge, wording and freshness at once.

The exit code is 1 if there is any. Terms that have passed or end soon, and facts that nobody has
confirmed, are listed beside them; they are no faults.
"""

from __future__ import annotations

import argparse
import json

from bot.checks import content
from flows.keiei.programme import KEIEI
from knowledge.faq.answers import FaqError
from knowledge.files import KnowledgeError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `check`."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--any-age",
        action="store_true",
        help="ignore the age of values that nobody has checked for a year",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the faults and a summary, and return 1 for any fault."""
    problems, summary, terms, unknown = _collect_faults(freshness=not arguments.any_age)
    if arguments.json:
        found = {"problems": problems, "summary": summary, "terms": terms, "unknown": unknown}
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n".join(summary))
        print("\n".join(f"⚠ {term}" for term in terms) or "no term within 60 days")
        print("\n".join(f"? {fact}" for fact in unknown) or "nothing unknown")
        print("\n".join(f"✗ {problem}" for problem in problems) or "✓ no faults")
    return 1 if problems else 0


def _collect_faults(*, freshness: bool) -> tuple[list[str], list[str], list[str], list[str]]:
    try:
        checked = content.Content(KEIEI, freshness=freshness)
    except (KnowledgeError, FaqError) as error:
        return str(error).splitlines(), [], [], []
    return (
        content.problems(checked),
        content.summary(checked),
        content.due_terms(checked),
        content.list_unknown(),
    )
