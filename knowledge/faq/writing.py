"""Write entries into the FAQ file, in its one form.

Nothing else in the file is touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.faq.entry import Entry
from knowledge.faq.format import (
    CHECKED,
    CONFIRM,
    PHRASINGS,
    QUESTION,
    RELATED,
    SENSITIVE,
    SOURCES,
    uncommented,
)


def written(entry: Entry) -> str:
    """Write an entry in the form of the file, without a final line break."""
    return "\n".join(_lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    yield from (f"## {entry.question} {{#{entry.id}}}", "", *entry.answer.split("\n"))
    if any(
        (
            entry.phrasings,
            entry.sources,
            entry.checked_on,
            entry.confirm,
            entry.sensitive,
            entry.related,
        )
    ):
        yield ""
    if entry.phrasings:
        yield f"{PHRASINGS}:"
        yield from (f"- {phrasing}" for phrasing in entry.phrasings)
    if entry.sources:
        yield f"{SOURCES}: {', '.join(entry.sources)}"
    if entry.checked_on:
        yield f"{CHECKED}: {entry.checked_on}"
    if entry.confirm:
        yield f"{CONFIRM}: はい"
    if entry.sensitive:
        yield f"{SENSITIVE}: はい"
    if entry.related:
        yield f"{RELATED}: {', '.join(entry.related)}"


def rewritten(text: str, before: Sequence[Entry], after: Sequence[Entry]) -> str:
    """Rewrite the text of a FAQ from `before` to `after`.

    Entries may have changed or be new; none is gone or moved. Only their own lines change (a
    comment inside a changed entry does not survive); a new entry follows the one before it, under
    a heading of its own when its topic is another.
    """
    known = {entry.id: entry for entry in before}
    lines, places = text.split("\n"), _places(text)
    edits: list[tuple[int, int, list[str]]] = []
    end, topic = 0, ""
    for entry in after:
        if entry.id not in known:
            heading = [] if entry.topic == topic else ["", f"# {entry.topic}"]
            edits.append((end, end, [*heading, "", *_lines(entry)]))
        else:
            start, end = places[entry.id]
            if entry != known[entry.id]:
                edits.append((start, end, [*_lines(entry)]))
        topic = entry.topic
    for start, stop, new in reversed(edits):
        lines[start:stop] = new
    return "\n".join(lines)


def _places(text: str) -> dict[str, tuple[int, int]]:
    """Find the first and last line of each entry, without trailing empty lines."""
    places: dict[str, tuple[int, int]] = {}
    current = ""
    for number, line in enumerate(uncommented(text).split("\n")):
        if line.startswith("#"):
            heading = QUESTION.fullmatch(line.removeprefix("## ").strip())
            current = heading["id"].strip() if heading and line.startswith("## ") else ""
            if current:
                places[current] = number, number + 1
        elif current and line.strip():
            places[current] = places[current][0], number + 1
    return places
