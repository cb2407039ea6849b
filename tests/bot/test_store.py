"""What every store promises."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.settings import Settings
from bot.store import Store, StoreError, open_store
from bot.store.memory import MemoryStore


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened: Store = (
        MemoryStore()
        if request.param == "memory"
        else open_store(Settings(f"sqlite:///{tmp_path}/navi.db"))
    )
    yield opened
    opened.close()


SOMEBODY = Conversation(
    "console:ume",
    flow="diagnosis",
    answers={"costs": ("labor", "rent"), "sales": ("up",)},
    place_hint=("28", "兵庫県尼崎市"),
    last_seen=datetime(2026, 11, 24, tzinfo=UTC),
)


def test_a_stranger_has_an_empty_conversation(store: Store) -> None:
    assert store.load("console:nobody") == Conversation("console:nobody")


def test_what_was_saved_is_loaded(store: Store) -> None:
    store.save(SOMEBODY)
    store.save(SOMEBODY.answered("profit", ("black",)))
    assert store.load("console:ume") == SOMEBODY.answered("profit", ("black",))


def test_the_order_of_answers_is_kept(store: Store) -> None:
    store.save(SOMEBODY)
    assert list(store.load("console:ume").answers) == ["costs", "sales"]


def test_forgetting_one_person_leaves_the_others(store: Store) -> None:
    store.save(SOMEBODY)
    store.save(Conversation("console:take", flow="qualify"))
    assert store.forget("console:ume") is True
    assert store.forget("console:ume") is False
    assert store.load("console:ume") == Conversation("console:ume")
    assert store.load("console:take").flow == "qualify"


def test_forgotten_words_are_gone_from_the_files(tmp_path: Path) -> None:
    opened = open_store(Settings(f"sqlite:///{tmp_path}/navi.db"))
    opened.save(Conversation("console:ume", place_hint=("28", "見つかってはいけない言葉")))
    opened.forget("console:ume")
    opened.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "見つかってはいけない言葉".encode() not in kept


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="DATABASE_URL"):
        open_store(Settings(f"sqlite:///{tmp_path}/file/navi.db"))
