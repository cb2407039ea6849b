"""Train the models of labelled lines, `examples/*.csv` → `words/learned.weights`.

Run it after rows were added (`make train`; needs the extra `train`). `--check` only counts, with
models that have not seen the rows they are asked about.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.dialogue.lexicon import TROUBLE, emergency_words_for
from bot.understand.learned.grams import grams
from bot.understand.learned.model import SCALE
from bot.understand.learned.trained import Trained, dump, make
from bot.understand.trouble import marks_in
from flows.keiei.programme import KEIEI
from scripts.examples import Row, by_model, hash_rows, read_rows

FILE = Path("flows/keiei/words/learned.weights")

_C = 30.0
"""How closely the rows are followed. By cross-validation, flat between 10 and 100."""

_MANY_ROWS, _SEEN = 200, 3
"""Number of rows from which runs of letters count only if seen three times."""

_TELLING = 0.4
"""Share of the runs that are kept, those that tell most.

On rows they have not seen models of .3 to .5 were right as often as whole ones, at half the memory.
"""


def train(name: str, rows: Sequence[Row]) -> Trained:
    """Train one model, always the same from the same rows."""
    vectorizer, classifier = _vectorizer(name, rows), LogisticRegression(C=_C, max_iter=3000)
    texts = vectorizer.fit_transform([row.text for row in rows])
    classifier.fit(texts, [row.label for row in rows])
    coefficients = classifier.coef_
    if len(classifier.classes_) == 2:  # noqa: PLR2004 - one line divides two labels
        coefficients = [-coefficients[0] / 2, coefficients[0] / 2]
    telling = _most_telling(coefficients, vectorizer.idf_, texts)
    weights = {
        gram: (round(SCALE * worth), *(round(SCALE * each[place]) for each in coefficients))
        for gram, place, worth in _columns(vectorizer)
        if place in telling
    }
    bias = classifier.intercept_
    if len(bias) == 1:
        bias = [-bias[0] / 2, bias[0] / 2]
    return make(
        labels=tuple(map(str, classifier.classes_)),
        bias=tuple(round(SCALE * each) for each in bias),
        weights=weights,
        rows=hash_rows(rows),
    )


def _most_telling(coefficients: Any, worths: Any, texts: Any) -> frozenset[int]:
    """List the places of the runs that move the rows most.

    These are heavy, rare, and yet often seen.
    """
    heaviest = np.abs(coefficients).max(axis=0)
    seen = np.asarray((texts > 0).sum(axis=0)).ravel()
    ranked = np.argsort(-heaviest * worths * np.sqrt(seen), kind="stable")
    return frozenset(ranked[: int(len(ranked) * _TELLING)].tolist())


def _columns(vectorizer: TfidfVectorizer) -> Iterator[tuple[str, int, float]]:
    for gram, place in sorted(vectorizer.vocabulary_.items()):
        yield gram, place, vectorizer.idf_[place]


def _vectorizer(name: str, rows: Sequence[Row]) -> TfidfVectorizer:
    least = _SEEN if len(rows) >= _MANY_ROWS else 1
    seen = _letters_and_marks if name == TROUBLE else _letters
    return TfidfVectorizer(analyzer=seen, binary=True, min_df=least)


def _letters(text: str) -> list[str]:
    return sorted(grams(text))


def _letters_and_marks(text: str) -> list[str]:
    return [*_letters(text), *sorted(marks_in(text, emergency_words_for(KEIEI)))]


def check(name: str, rows: Sequence[Row]) -> str:
    """Say how often models are right about rows they have not seen.

    First, and among the first two.
    """
    labels = [row.label for row in rows]
    folds = StratifiedKFold(4, shuffle=True, random_state=7)
    texts = _vectorizer(name, rows).fit_transform([row.text for row in rows])
    shares: Any = cross_val_predict(
        LogisticRegression(C=_C, max_iter=3000), texts, labels, cv=folds, method="predict_proba"
    )
    order = sorted(set(labels))
    first = sum(order[share.argmax()] == label for share, label in zip(shares, labels, strict=True))
    two = sum(
        label in {order[place] for place in share.argsort()[-2:]}
        for share, label in zip(shares, labels, strict=True)
    )
    return (
        f"{name:14s} {len(rows):5d} rows  first {first / len(rows):.3f}  two {two / len(rows):.3f}"
    )


def main() -> None:
    """Train every model, or count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="count by cross-validation")
    counting = parser.parse_args().check
    groups = by_model(read_rows())
    if counting:
        for name, rows in groups.items():
            print(check(name, rows))
        return
    FILE.write_bytes(dump({name: train(name, rows) for name, rows in groups.items()}))
    size = FILE.stat().st_size // 1024
    print(f"{dict(Counter(row.model for row in read_rows()))}\n{FILE}: {size} KB")


if __name__ == "__main__":
    main()
