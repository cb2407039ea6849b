"""Tune the FAQ matcher on the labelled questions (`make tune`).

Both builds are tuned: by spelling alone and, where the extra is installed, by meaning too. In each,
the weights of meaning and kind are chosen by how likely they make the labels, the chances from
which to answer and to offer by what they promise. Everything is chosen on four fifths of the
entries and judged on the fifth it has not seen, five times, for our FAQ and for a thinner one (the
question and four phrasings), without the list of other topics, which cannot name everything. The
file is then written from all questions.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.runtime.meaning import DEFAULT_FILE, make_kept_encoder
from bot.understand import encoder
from knowledge.faq.answers import load
from knowledge.faq.matching.decide import Thresholds
from knowledge.faq.matching.meaning import Encoder
from knowledge.faq.matching.scorers import Weights
from scripts.faq_cases import Case, Seen, cases, look, outcomes, shares, thin, weighed
from scripts.faq_chances import fit_chances, surprise

ROOT = Path(__file__).parent.parent
THRESHOLDS = ROOT / "knowledge/thresholds.toml"

FOLDS = 5
# Stricter than what we promise (2 % of both, with the list of topics), to leave room for the unseen.
MOST_WRONG = 0.0125
MOST_OUTSIDE = 0.027
MOST_OFFERED_OUTSIDE = 0.10
# What an offer that does not help costs, counted in offers that do.
USELESS_OFFER = 0.5

MEANINGS = (0.3, 0.4)
KINDS = (0.03, 0.06)
ANSWERS = [n / 25 for n in range(9, 24)]
LEASTS = (0.4, 0.44, 0.48)
OFFERS = [n / 50 for n in range(5, 40)]

Chosen = tuple[Weights, Thresholds]


def main() -> None:
    """Print the curves and the held-out figures, and write weights and thresholds."""
    found = {"spelling": _tuned("spelling", None)}
    if encoder.is_installed():
        found["meaning"] = _tuned("meaning", make_kept_encoder(DEFAULT_FILE))
        THRESHOLDS.write_text(_as_toml(found), encoding="utf-8")
        print(f"\nwritten to {THRESHOLDS.relative_to(ROOT)}")
    else:
        sys.exit("nothing written: the extra `meaning` is not installed, and the file holds both")


def _tuned(build: str, encode: Encoder | None) -> Chosen:
    entries, questions = load().entries, cases()
    versions = {"our FAQ": entries, "with few phrasings": thin(entries)}
    seen = {name: look(version, questions, encode) for name, version in versions.items()}
    everything = [one for version in seen.values() for one in version]
    meanings = MEANINGS if encode else (0.0,)
    chosen = tune(everything, meanings)
    for name, version in seen.items():
        _print_curve(f"{build}, {name}", version, chosen)
    print(f"\n{build}, held out, five folds, both versions: {chosen}")
    print(_line(shares(cross_validate(everything, meanings))))
    return chosen


def tune(seen: Sequence[Seen], meanings: Iterable[float]) -> Chosen:
    """Choose the likeliest weights, then the thresholds of answers and offers."""
    mixes = [Weights(meaning=meaning, kind=kind) for meaning in meanings for kind in KINDS]
    fitted = [(weights, fit_chances(weighed(seen, weights))) for weights in mixes]
    weights, chances = min(fitted, key=lambda pair: surprise(weighed(seen, pair[0]), pair[1]))
    return weights, _thresholds(weighed(seen, weights), chances)


def _thresholds(seen: Sequence[Seen], chances: Thresholds) -> Thresholds:
    """Choose the thresholds with most right answers, then most useful offers.

    The limits of wrong answers come first.
    """
    answering = max(
        (
            replace(chances, answer=answer, least=least, offer=1.0)
            for answer in ANSWERS
            for least in LEASTS
        ),
        key=lambda thresholds: _worth_answering(outcomes(seen, thresholds)),
    )
    offering = (replace(answering, offer=offer) for offer in OFFERS)
    return max(offering, key=lambda thresholds: _worth_offering(outcomes(seen, thresholds)))


def _worth_answering(counts: Counter[str]) -> tuple[float, ...]:
    share = shares(counts)
    excess = max(share["wrong"] - MOST_WRONG, 0) + max(share["outside_answer"] - MOST_OUTSIDE, 0)
    return -excess, share["right"]


def _worth_offering(counts: Counter[str]) -> tuple[float, ...]:
    excess = max(shares(counts)["outside_suggest"] - MOST_OFFERED_OUTSIDE, 0)
    return -excess, counts["offered"] - USELESS_OFFER * counts["useless"]


def cross_validate(seen: Sequence[Seen], meanings: Iterable[float]) -> Counter[str]:
    """Judge each fifth of the entries by what was chosen on the others."""
    total: Counter[str] = Counter()
    for kept, held_out in _folds(seen):
        weights, thresholds = tune(kept, meanings)
        total += outcomes(weighed(held_out, weights), thresholds)
    return total


def _folds(seen: Sequence[Seen]) -> Iterator[tuple[list[Seen], list[Seen]]]:
    for fold in range(FOLDS):
        kept = [one for one in seen if _fold(one.case) != fold]
        yield kept, [one for one in seen if _fold(one.case) == fold]


def _fold(case: Case) -> int:
    # All questions for one entry go to the same fold. (`hash` would differ from run to run.)
    return sum(map(ord, min(case.expected, default=case.text))) % FOLDS


def _print_curve(name: str, seen: Sequence[Seen], chosen: Chosen) -> None:
    weights, thresholds = chosen
    print(f"\n{name}, offering from {thresholds.offer:.2f}:")
    ranked = weighed(seen, weights)
    for answer in ANSWERS[::3]:
        mark = "→" if abs(answer - thresholds.answer) < 0.03 else " "  # noqa: PLR2004 - half a step
        figures = _line(shares(outcomes(ranked, replace(thresholds, answer=answer))))
        print(f"{mark} {answer:.2f}  {figures}")


def _line(share: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in share.items())


def _as_toml(found: dict[str, Chosen]) -> str:
    lines = ["# Written by `make tune`; edit tests/cases/faq_questions.csv, not this file."]
    for build, (weights, thresholds) in found.items():
        values = {"meaning": weights.meaning, "kind": weights.kind}
        values |= {name: getattr(thresholds, name) for name in thresholds.__slots__}
        lines += ["", f"[{build}]", *(f"{name} = {value:.3f}" for name, value in values.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
