"""Questions are found by meaning with the extra, whose vectors are made once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.runtime import meaning
from bot.runtime.library_cache import LibraryCache
from bot.understand import encoder
from knowledge import library
from knowledge.amendments import NewPhrasing, as_dict
from knowledge.faq.answers import Entry, Faq, Nothing
from tests.knowledge.amending import TODAY

pytestmark = pytest.mark.skipif(not encoder.is_installed(), reason="needs the extra `meaning`")

ENTRIES = (
    Entry("dog", "犬の登録はどこでしますか", "", ("飼い犬の届け出",)),
    Entry("waste", "ごみの出し方", "", ("粗大ごみ",)),
)


def test_vectors_are_made_once_and_read_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "var" / "vectors.npz"
    made = meaning.make_kept_encoder(file)(["犬の登録", "ごみの出し方"])
    monkeypatch.setattr(encoder, "encode", lambda _: pytest.fail("encoded again"))
    again = meaning.make_kept_encoder(file)(["ごみの出し方", "犬の登録"])
    assert abs(made[0] - again[1]).max() < 0.01
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a file", b"vectors"])
def test_vectors_of_a_broken_file_are_made_again(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "vectors.npz"
    file.write_bytes(content)
    assert meaning.make_kept_encoder(file)(["犬の登録", "ごみ"]).shape[0] == 2


def test_vectors_that_cannot_be_kept_are_made_all_the_same(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    assert meaning.make_kept_encoder(in_the_way / "vectors.npz")(["犬の登録", "ごみ"]).shape[0] == 2


def test_an_entry_is_found_by_what_it_means(tmp_path: Path) -> None:
    faq, said = Faq(ENTRIES), "チワワ"
    assert faq.rank(said) == ()
    found = faq.with_meaning(meaning.make_kept_encoder(tmp_path / "vectors.npz"))
    assert found.rank(said)[0].entry.id == "dog"


def test_a_library_found_by_meaning_stays_so_after_an_amendment(tmp_path: Path) -> None:
    kept: list[Mapping[str, Any]] = []
    encode = meaning.make_kept_encoder(tmp_path / "vectors.npz")

    async def read() -> tuple[Mapping[str, Any], ...]:
        return tuple(kept)

    async def run() -> None:
        cache = LibraryCache(lambda: replace(library.load(), faq=Faq(ENTRIES)), read)
        await cache.find_by_meaning(encode)
        assert cache.library.faq.encode is encode
        kept.append(as_dict(NewPhrasing(by="佐藤", on=TODAY, entry="dog", phrasing="迷い犬")))
        assert await cache.refresh()
        assert "迷い犬" in cache.library.faq["dog"].phrasings
        assert cache.library.faq.encode is encode

    asyncio.run(run())


@pytest.mark.parametrize("text", ["", " ", "\n", "?", "😀", "zxcvbnm", "\ud800"])
def test_what_asks_nothing_finds_nothing_by_meaning_either(text: str) -> None:
    assert Faq(ENTRIES, encoder.encode).find(text) == Nothing()
