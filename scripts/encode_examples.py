"""Write the vectors of all examples beside the words: `flows/keiei/words/vectors.npz`.

Run it after examples were added; what is missing in the file is encoded at every start.
"""

from __future__ import annotations

from pathlib import Path

from bot.understand.reading import encoder
from flows.keiei.catalog import QUESTIONS

FILE = Path("flows/keiei/words/vectors.npz")


def main() -> None:
    """Encode every example of every question."""
    texts = sorted(
        {
            text
            for question in QUESTIONS.values()
            for words in question.words.options.values()
            for text in words.examples
        }
    )
    encoder.save(texts, str(FILE))
    print(f"{len(texts)} examples, {FILE.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
