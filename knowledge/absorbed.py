"""List the amendments that the files have taken in.

From then on the files count, not the amendment. Without this list an answer that a reviewer deletes
from a file would come back with the next start.
"""

from __future__ import annotations

from functools import cache

from knowledge.files import KnowledgeError, Reader, read_json

FILE = "absorbed.json"


@cache
def load() -> frozenset[str]:
    """Read the marks of absorbed amendments. Raises KnowledgeError."""
    return read(read_json)


def read(reader: Reader) -> frozenset[str]:
    """Read the marks through `reader`. Raises KnowledgeError."""
    content = reader(FILE)
    marks = content.get("amendments") if isinstance(content, dict) else None
    if not isinstance(marks, list) or not all(isinstance(each, str) for each in marks):
        raise KnowledgeError([f"{FILE}: expected a list of texts under amendments."])
    return frozenset(marks)
