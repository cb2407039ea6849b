"""`copy` puts all rows of a file into a database."""

import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from bot.model.conversation import Conversation
from bot.store import Incoming, Outgoing, Store, StoreError, TurnResult
from bot.store.opening import copy_store, migrate_store, open_store
from bot.store.records import (
    CountOne,
    MarkGroupDone,
    Post,
    QuestionList,
    SaveAmendment,
    SaveCase,
    StaffName,
    Timer,
    TransferCode,
)
from tests.bot.store.conftest import KEY, Scenario
from tests.bot.store.test_postgresql import NOW

SAID = Outgoing("line", [{"type": "text", "text": "はい、𠮷野さん"}], "token", NOW)
RECORDS = (
    Timer("promise:c1", NOW),
    CountOne("talked"),
    CountOne("talked"),
    TransferCode("12345678", "diagnosis", {"sales": ("up",)}, NOW + timedelta(days=1)),
    SaveCase("c1", open=True, promised=NOW),
    SaveCase("c2", open=False),
    SaveAmendment({"kind": "answer", "text": "改行\nも"}),
    QuestionList("list:1", "C1", ((1, 2), (3,)), 4),
    MarkGroupDone("list:1", 1, "済"),
    StaffName("U1", "山田"),
    Post("card:c1", "line:U1", "C1", "1.2", "card:c0"),
)


HOLD = (
    "import sys, pathlib; from bot.store.sqlite.serving_lock import hold_alone; "
    "hold_alone(pathlib.Path(sys.argv[1])); print('held', flush=True); input()"
)


def fill(url: str, keys: tuple[bytes, ...]) -> None:
    async def scenario(store: Store) -> None:
        for number in range(5):
            asked = TurnResult(
                Conversation(f"line:U{number}", last_seen=NOW), (SAID,), unanswered=("何？",)
            )
            incoming = Incoming(f"e{number}", f"line:U{number}", f"m{number}")
            await store.turn(incoming, lambda _, made=asked: made, NOW)  # type: ignore[misc]  # bound
        await store.unsend("m9", NOW)
        await store.commit(Incoming("e9", "line:U1"), TurnResult(None, records=RECORDS), NOW)
        (first, *_) = await store.list_undelivered()
        await store.delete_delivered([first.id])
        await store.load_secret()

    run(url, scenario, keys, up_to_date=True)


def run(
    url: str, scenario: Scenario, keys: tuple[bytes, ...] = (), *, up_to_date: bool = False
) -> None:
    async def with_store() -> None:
        store = open_store(url, keys, up_to_date=up_to_date)
        try:
            await scenario(store)
        finally:
            await store.close()

    asyncio.run(with_store())


@pytest.mark.parametrize("keys", [(), (KEY,)], ids=["plain", "sealed"])
def test_everything_is_in_the_database_and_goes_on(
    tmp_path: Path, database: str, keys: tuple[bytes, ...]
) -> None:
    url = f"sqlite:///{tmp_path}/navi.db"
    fill(url, keys)
    copied = copy_store(url, database)
    assert copied["conversations"] == 5
    assert copied["tallies"] == 1
    kept: list[object] = []

    async def read(store: Store) -> None:
        records = store.records
        kept.append(
            (
                await store.load_conversation("line:U3"),
                await store.load_secret(),
                await store.list_undelivered(),
                await records.list_unanswered(),
                await records.list_counts(NOW.date(), NOW.date()),
                await records.list_amendments(),
                await records.list_question_lists(),
                await records.find_transfer("12345678", NOW),
                await records.list_due_timers(NOW),
                await records.find_post("card:c1"),
                await records.find_staff_name("U1"),
                await records.count_cases(NOW + timedelta(days=1)),
            )
        )

    async def goes_on(store: Store) -> None:
        await read(store)
        claimed = await store.claim(frozenset, 9)
        assert [(each.attempts, each.unsure) for each in claimed] == [(1, True)] * 4
        assert await store.commit(Incoming("e1", "line:U1"), TurnResult(None), NOW) is None
        (new,) = (
            await store.commit(Incoming("new", "line:U8"), TurnResult(None, (SAID,)), NOW) or ()
        )
        assert new.id > claimed[-1].id

    run(url, read, keys)
    run(database, goes_on, keys)
    assert kept[0] == kept[1]


def test_a_database_that_is_in_use_is_refused_and_nothing_is_copied(
    tmp_path: Path, database: str
) -> None:
    url = f"sqlite:///{tmp_path}/navi.db"
    fill(url, ())
    fill(database, ())
    with pytest.raises(StoreError, match="Copy to an empty one"):
        copy_store(url, database)


def test_a_row_that_came_out_differently_is_told_and_nothing_is_copied(
    tmp_path: Path, database: str
) -> None:
    url = f"sqlite:///{tmp_path}/navi.db"
    fill(url, ())
    migrate_store(database)

    async def spoil() -> None:
        connection = await asyncpg.connect(database)
        await connection.execute(
            "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN NEW.key = 'other'; RETURN NEW; END $$; "
            "CREATE TRIGGER spoil BEFORE INSERT ON timers FOR EACH ROW EXECUTE FUNCTION spoil()"
        )
        await connection.close()

    asyncio.run(spoil())
    with pytest.raises(StoreError, match="A row of timers is not as it was"):
        copy_store(url, database)

    async def nothing_is_there(store: Store) -> None:
        assert await store.list_undelivered() == ()

    run(database, nothing_is_there)


def test_a_file_that_is_served_is_not_copied(tmp_path: Path, database: str) -> None:
    url = f"sqlite:///{tmp_path}/navi.db"
    fill(url, ())
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLD,
            str(tmp_path / "navi.db"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(StoreError, match="serves"):
        copy_store(url, database)
    holder.kill()
    holder.communicate()
    assert copy_store(url, database)["seen"] == 6


@pytest.mark.parametrize(("source", "target"), [("x.db", ""), ("sqlite:///no.db", ""), ("", "")])
def test_what_cannot_be_copied_is_one_sentence(source: str, target: str) -> None:
    with pytest.raises(StoreError, match="sqlite:///PATH"):
        copy_store(source, target or "postgresql://somewhere/navi")
