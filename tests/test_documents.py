"""Every file named by the documents exists, and every room has its row."""

import re
from pathlib import Path

import pytest

DOCUMENTS = (Path("docs/architecture.md"), Path("docs/glossary.md"), Path("CONTRIBUTING.md"))
_PATH = re.compile(r"`((?:bot|flows|knowledge|tests|docs|scripts)/[\w./-]+)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_file_a_document_names_exists(document: Path) -> None:
    named = _PATH.findall(document.read_text("utf-8"))
    assert [each for each in named if not Path(each).exists()] == []


def test_every_room_has_a_row_in_the_architecture() -> None:
    text = Path("docs/architecture.md").read_text("utf-8")
    rooms = [each.parent for top in ("bot",) for each in Path(top).glob("*/__init__.py")]
    assert [str(room) for room in rooms if f"{room}/" not in text] == []
