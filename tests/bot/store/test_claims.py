"""Processes that share a database divide the deliveries, also when one dies."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.conversation import Conversation
from bot.store import Delivery, Incoming, Outgoing, Standing, StoreError, TurnResult
from bot.store.postgresql.database import Database
from bot.store.postgresql.store import PostgreSQLStore
from bot.store.records import Post
from tests.bot.store.test_postgresql import NOW, share

SAID = Outgoing("line", [{"type": "text", "text": "はい"}], "token", NOW)


async def say(store: PostgreSQLStore, event: str, person: str = "line:U1") -> tuple[Delivery, ...]:
    made = await store.commit(Incoming(event, person), TurnResult(None, (SAID,)), NOW)
    assert made is not None
    return made


async def claim(store: PostgreSQLStore, *in_hand: Delivery, most: int = 9) -> list[int]:
    """What is claimed, by number."""
    taken = await store.claim(lambda: {each.id for each in in_hand}, most)
    return [each.id for each in taken]


def numbers(*deliveries: Delivery) -> list[int]:
    return [each.id for each in deliveries]


def test_what_a_living_process_delivers_is_claimed_by_no_other(database: str) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        (first,) = await say(one, "e1")
        assert await claim(other) == []
        assert await one.find_standing(first.id) is Standing.OURS
        assert await other.find_standing(first.id) is Standing.ANOTHERS

    share(database, scenario)


def test_what_the_dead_had_is_taken_over_in_order_and_counts_as_tried(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        made = [*await say(one, "e1"), *await say(one, "e2", "line:U2"), *await say(one, "e3")]
        with monkeypatch.context() as dying:
            dying.setattr("bot.store.postgresql.claiming.LEASE", timedelta(0))
            await claim(one, *made)
        taken = await other.claim(frozenset, 9)
        assert numbers(*taken) == numbers(*made)
        assert {(each.attempts, each.unsure) for each in taken} == {(1, True)}
        assert await claim(one, *made) == []

    share(database, scenario)


def test_a_process_that_leaves_is_taken_over_from_at_once(database: str) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        (first,) = await say(one, "e1")
        waiting = asyncio.create_task(other.wait_for_free())
        await asyncio.sleep(0)
        await one.close()
        await waiting
        assert await claim(other) == [first.id]

    share(database, scenario)


def test_what_follows_another_process_s_delivery_is_left_to_that_one_and_was_not_tried(
    database: str,
) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        (first,) = await say(one, "e1")
        assert await say(other, "e2") == ()
        assert await claim(other) == []
        (second,) = await one.claim(lambda: [first.id], 9)
        assert second.id > first.id
        assert (second.attempts, second.unsure) == (0, False)

    share(database, scenario)


def test_what_two_processes_put_for_one_person_belongs_to_one_of_them(database: str) -> None:
    """Words of staff and the owner's own turn are delivered by one process."""

    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        to_owner = TurnResult(None, (replace(SAID, key="line:U1"),))
        rounds = 10
        for number in range(rounds):
            await asyncio.gather(
                say(one, f"a{number}"),
                other.commit(Incoming(f"b{number}", "slack:U0STAFF"), to_owner, NOW),
            )
        owners = await other._database.fetch(  # noqa: SLF001 - what no one else can tell
            "SELECT DISTINCT owner FROM outbox WHERE owner IS NOT NULL"
        )
        assert len(owners) == 1
        assert len(await one.list_undelivered()) == 2 * rounds

    share(database, scenario)


def test_nothing_is_sent_before_what_another_process_sends_to_the_same_person(
    database: str,
) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        (first,) = await say(one, "e1")
        given_up = replace(first, due=None, error="410 gone")
        await one.postpone(given_up, (), NOW)
        (second,) = await say(one, "e2")
        assert await other.revive(first.id, NOW) is not None
        assert await one.find_standing(second.id) is Standing.ANOTHERS
        # It may have been tried before, by an attempt that could not be noted.
        (taken,) = await other.claim(lambda: {first.id}, 9)
        assert (taken.id, taken.unsure) == (second.id, True)

    share(database, scenario)


def test_a_process_that_was_thought_dead_sends_nothing_until_it_says_that_it_lives(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        (first,), (second,) = await say(one, "e1"), await say(one, "e2", "line:U2")
        with monkeypatch.context() as pausing:
            pausing.setattr("bot.store.postgresql.claiming.LEASE", timedelta(0))
            await claim(one, first, second)
        with pytest.raises(StoreError, match="lives"):
            await one.find_standing(first.id)
        assert await claim(other, most=1) == [first.id]
        await other.delete_delivered([first.id])
        assert await claim(one, first, second) == []
        # Made by another: if this one made it too, the second copy is looked for and goes.
        assert await one.find_standing(first.id) is Standing.GONE
        assert await one.find_standing(second.id) is Standing.OURS

    share(database, scenario)


def test_what_is_needless_to_one_process_stays_when_another_makes_it(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        (first,), (second,) = await say(one, "e1"), await say(one, "e2", "line:U2")
        with monkeypatch.context() as pausing:
            pausing.setattr("bot.store.postgresql.claiming.LEASE", timedelta(0))
            await claim(one, first, second)
        assert await claim(other, most=1) == [first.id]
        for each in (first, second):
            await one.delete_needless(each.id)
        assert await other.find_standing(first.id) is Standing.OURS
        assert await other.find_standing(second.id) is Standing.GONE

    share(database, scenario)


def test_what_is_needless_goes_with_the_next_claim_when_the_database_is_in_trouble(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(one: PostgreSQLStore, _: PostgreSQLStore) -> None:
        (first,) = await say(one, "e1")

        async def fail(*_: object) -> None:
            raise StoreError("no connection")

        with monkeypatch.context() as trouble:
            trouble.setattr(Database, "fetch", fail)
            await one.delete_needless(first.id)
        assert await one.find_standing(first.id) is Standing.OURS
        await claim(one)
        assert await one.find_standing(first.id) is Standing.GONE

    share(database, scenario)


def test_a_process_may_deliver_as_long_as_its_claim_is_fresh(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(one: PostgreSQLStore, _: PostgreSQLStore) -> None:
        assert one.may_deliver()
        monkeypatch.setattr("bot.store.postgresql.claiming.LEASE", timedelta(0))
        await claim(one)
        assert not one.may_deliver()

    share(database, scenario)


def test_two_that_claim_at_once_share_nobody(database: str) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        one._claims.owner = None  # noqa: SLF001 - what it puts is nobody's
        for number in range(12):
            await say(one, f"e{number}", f"line:U{number % 3}")
        taken = await asyncio.gather(one.claim(frozenset, 2), other.claim(frozenset, 2))
        people = [{each.key for each in part} for part in taken]
        assert people[0].isdisjoint(people[1])
        assert sum(map(len, taken)) == 12

    share(database, scenario)


def test_a_command_leaves_what_it_puts_to_those_that_deliver(database: str) -> None:
    async def scenario(one: PostgreSQLStore, command: PostgreSQLStore) -> None:
        command._claims.owner = None  # noqa: SLF001 - it never claimed
        assert await say(command, "e1") == ()
        (taken,) = await one.claim(frozenset, 9)
        assert (taken.attempts, taken.unsure) == (0, False)

    share(database, scenario)


def test_what_a_commit_kept_whose_answer_never_came_is_found_before_anything_else_is_sent(
    database: str,
) -> None:
    async def scenario(one: PostgreSQLStore, _: PostgreSQLStore) -> None:
        (lost,), (known,) = await say(one, "e1"), await say(one, "e2")
        assert await claim(one, known) == []
        one._database.troubles += 1  # noqa: SLF001 - as when a connection broke in a commit
        for found in ([], [lost.id]):
            with pytest.raises(StoreError) as raised:
                await one.find_standing(known.id)
            assert raised.value.reason == "in doubt"
            assert await claim(one, known) == found
        assert await claim(one, known, lost) == []
        assert await one.find_standing(known.id) is Standing.OURS

    share(database, scenario)


def test_a_step_that_fails_leaves_no_doubt(database: str) -> None:
    async def scenario(one: PostgreSQLStore, _: PostgreSQLStore) -> None:
        (known,) = await say(one, "e1")

        def broken(_: Conversation) -> TurnResult:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await one.turn(Incoming("e2", "line:U1"), broken, NOW)
        assert await one.find_standing(known.id) is Standing.OURS

    share(database, scenario)


def test_a_post_that_is_settled_twice_keeps_its_words(database: str) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        (made,) = await say(one, "e1")
        post = Post("panel:U1", "line:U1", "C1", "1.1")
        for store in (one, one, other):  # the answer of a commit was lost, or two processes had it
            await store.settle(made, (), post, NOW)
        assert await one.records.find_post("panel:U1") == post
        assert await one.records.list_posts_to_wipe() == ()
        (gone,) = await say(one, "e2")
        await one.forget("line:U1")
        await one.settle(gone, (), replace(post, reference="panel:U2"), NOW)
        wiped = await one.records.list_posts_to_wipe()
        assert [each.reference for each in wiped] == ["panel:U1", "panel:U2"]

    share(database, scenario)


def test_what_could_not_be_deleted_is_deleted_with_the_next_claim(database: str) -> None:
    async def scenario(one: PostgreSQLStore, _: PostgreSQLStore) -> None:
        (made,) = await say(one, "e1")
        one._claims.delete_later([made.id])  # noqa: SLF001 - as after trouble
        assert await claim(one) == []
        assert await one.list_undelivered() == ()

    share(database, scenario)


def test_one_process_leads_until_it_ends(database: str) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        assert [await one.leads(), await other.leads(), await one.leads()] == [True, False, True]
        await one.close()
        assert await other.leads()

    share(database, scenario)
