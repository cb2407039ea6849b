"""Promises of every store. A new store joins in `conftest.url`."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.conversation import Conversation
from bot.store import Delivery, Incoming, Outgoing, Standing, Store, TurnResult
from bot.store.opening import open_store
from tests.bot.channels.serving import LONGEST

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
Scenario = Callable[[Store], Awaitable[None]]


Play = Callable[[Scenario], None]


def add(
    answer: str, *, words: str = "はい", **changes: object
) -> Callable[[Conversation], TurnResult]:
    """A step that adds one answer to `costs` and sends one message."""

    def step(conversation: Conversation) -> TurnResult:
        kept = (*conversation.answers.get("costs", ()), answer)
        after = replace(conversation.answered("costs", kept), last_seen=NOW)
        outgoing = (Outgoing("line", [{"type": "text", "text": words}], "token", NOW),)
        return replace(TurnResult(after, outgoing), **changes)  # type: ignore[arg-type]  # named parts

    return step


async def costs(store: Store, key: str) -> tuple[str, ...]:
    return (await store.load_conversation(key)).answers.get("costs", ())


def test_a_stranger_has_an_empty_conversation(play: Play) -> None:
    async def scenario(store: Store) -> None:
        assert await store.load_conversation("line:nobody") == Conversation("line:nobody")

    play(scenario)


def test_a_turn_saves_the_conversation_and_what_is_to_be_sent(play: Play) -> None:
    async def scenario(store: Store) -> None:
        deliveries = await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW)
        assert deliveries is not None
        assert await costs(store, "line:U1") == ("rent",)
        assert await store.list_undelivered() == deliveries
        assert deliveries[0].outgoing.messages == [{"type": "text", "text": "はい"}]

    play(scenario)


def test_commit_without_a_conversation_keeps_what_is_to_be_sent_and_makes_none(play: Play) -> None:
    async def scenario(store: Store) -> None:
        work = TurnResult(None, (Outgoing("line", [{"type": "text", "text": "はい"}]),))
        deliveries = await store.commit(Incoming("e1", "line:U1"), work, NOW)
        assert deliveries is not None
        assert await store.list_undelivered() == deliveries
        assert (await store.load_conversation("line:U1")).last_seen is None

    play(scenario)


def test_commit_of_an_event_seen_before_or_unsent_keeps_nothing(play: Play) -> None:
    async def scenario(store: Store) -> None:
        work = TurnResult(None, (Outgoing("line", [{"type": "text", "text": "はい"}]),))
        assert await store.commit(Incoming("e1", "line:U1"), work, NOW)
        assert await store.commit(Incoming("e1", "line:U1"), work, NOW) is None
        await store.unsend("m2", NOW)
        assert await store.commit(Incoming("e2", "line:U1", "m2"), work, NOW) is None
        assert len(await store.list_undelivered()) == 1

    play(scenario)


def test_an_event_seen_before_is_not_answered_again(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW)
        assert await store.turn(Incoming("e1", "line:U1"), add("labor"), NOW) is None
        assert await costs(store, "line:U1") == ("rent",)

    play(scenario)


def test_the_same_event_fifty_times_at_once_is_one_turn(play: Play) -> None:
    async def scenario(store: Store) -> None:
        turns = [store.turn(Incoming("e1", "line:U1"), add("rent"), NOW) for _ in range(50)]
        done = await asyncio.gather(*turns)
        assert sum(deliveries is not None for deliveries in done) == 1
        assert len(await store.list_undelivered()) == 1

    play(scenario)


def test_turns_of_one_person_happen_in_the_order_they_came(play: Play) -> None:
    async def scenario(store: Store) -> None:
        turns = [
            store.turn(Incoming(f"e{number}", "line:U1"), add(str(number)), NOW)
            for number in range(10)
        ]
        await asyncio.gather(*turns)
        assert await costs(store, "line:U1") == tuple(map(str, range(10)))

    play(scenario)


def test_a_step_that_fails_leaves_no_trace_and_no_neighbour_behind(play: Play) -> None:
    def broken(_: Conversation) -> TurnResult:
        raise RuntimeError("broken")

    async def scenario(store: Store) -> None:
        done = await asyncio.gather(
            store.turn(Incoming("e1", "line:U1"), add("rent"), NOW),
            store.turn(Incoming("e2", "line:U2"), broken, NOW),
            store.turn(Incoming("e3", "line:U3"), add("labor"), NOW),
            return_exceptions=True,
        )
        assert isinstance(done[1], RuntimeError)
        assert await costs(store, "line:U1") == ("rent",)
        assert await costs(store, "line:U3") == ("labor",)
        again = await store.turn(Incoming("e2", "line:U2"), add("rent"), NOW)
        assert again is not None

    play(scenario)


UNKEEPABLE = (
    {"outgoing": (Outgoing("line", [{"text": "\ud800"}]),)},
    {"outgoing": (Outgoing("line", [{"text": object()}]),)},
    {"unanswered": ("\ud800",)},
)


@pytest.mark.parametrize("changes", UNKEEPABLE)
def test_work_that_cannot_be_kept_leaves_no_trace_and_no_neighbour_behind(
    play: Play, changes: dict[str, object]
) -> None:
    async def scenario(store: Store) -> None:
        done = await asyncio.gather(
            store.turn(Incoming("e1", "line:U1"), add("rent"), NOW),
            store.turn(Incoming("e2", "line:U2"), add("rent", **changes), NOW),  # type: ignore[arg-type]  # named parts
            store.turn(Incoming("e3", "line:U3"), add("labor"), NOW),
            return_exceptions=True,
        )
        assert isinstance(done[1], Exception)
        assert await costs(store, "line:U1") == ("rent",)
        assert await costs(store, "line:U2") == ()
        assert await costs(store, "line:U3") == ("labor",)
        assert await store.turn(Incoming("e2", "line:U2"), add("rent"), NOW) is not None

    play(scenario)


def test_a_message_taken_back_before_it_came_is_not_read(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await store.unsend("m1", NOW)
        assert await store.turn(Incoming("e1", "line:U1", "m1"), add("rent"), NOW) is None
        assert await costs(store, "line:U1") == ()

    play(scenario)


def test_a_message_taken_back_leaves_no_question_behind(play: Play) -> None:
    async def scenario(store: Store) -> None:
        step = add("rent", unanswered=("忘れてほしい質問",))
        await store.turn(Incoming("e1", "line:U1", "m1"), step, NOW)
        assert [each.text for each in await store.records.list_unanswered()] == ["忘れてほしい質問"]
        await store.unsend("m1", NOW)
        assert await store.records.list_unanswered() == ()

    play(scenario)


def test_a_delivery_stays_until_it_is_made(play: Play) -> None:
    async def scenario(store: Store) -> None:
        (delivery,) = await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW) or ()
        later = replace(
            delivery,
            attempts=1,
            due=NOW + timedelta(seconds=8),
            error="429",
            held=True,
            token_gone=True,
        )
        await store.postpone(later, (), NOW)
        assert await store.list_undelivered() == (later,)
        await store.delete_delivered([delivery.id])
        await store.turn(Incoming("e2", "line:U2"), add("rent", outgoing=()), NOW)
        assert await store.list_undelivered() == ()

    play(scenario)


def test_a_delivery_made_is_gone_without_another_turn(play: Play) -> None:
    async def scenario(store: Store) -> None:
        (delivery,) = await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW) or ()
        await store.delete_delivered([delivery.id])
        async with asyncio.timeout(LONGEST):
            while await store.list_undelivered():
                await asyncio.sleep(0.01)

    play(scenario)


def test_a_delivery_given_up_is_counted_and_not_tried_again(play: Play) -> None:
    async def scenario(store: Store) -> None:
        (delivery,) = await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW) or ()
        await store.postpone(replace(delivery, due=None, error="400"), (), NOW)
        assert await store.list_undelivered() == ()
        state = await store.load_outbox_state()
        assert (state.waiting, state.given_up) == (0, 1)

    play(scenario)


def test_the_outbox_tells_its_oldest(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW)
        await store.turn(Incoming("e2", "line:U1"), add("rent"), NOW + timedelta(seconds=5))
        state = await store.load_outbox_state()
        assert (state.waiting, state.oldest) == (2, NOW)

    play(scenario)


def test_silence_drops_what_was_still_to_be_sent(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW)
        await store.turn(Incoming("e2", "line:U1"), add("rent", outgoing=(), silence=True), NOW)
        assert await store.list_undelivered() == ()

    play(scenario)


def test_a_delivery_waits_until_it_is_made_or_its_person_wants_nothing_more(play: Play) -> None:
    async def scenario(store: Store) -> None:
        (first,) = await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW) or ()
        assert await store.find_standing(first.id) is Standing.OURS
        silent = add("rent", outgoing=(), silence=True)
        await store.turn(Incoming("e2", "line:U1"), silent, NOW)
        assert await store.find_standing(first.id) is Standing.GONE

    play(scenario)


def test_silence_makes_no_conversation_that_was_not_there(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await store.turn(Incoming("e1", "line:U1"), lambda _: TurnResult(None, silence=True), NOW)
        assert await store.forget("line:U1") is False

    play(scenario)


def test_a_conversation_without_a_time_goes_by_itself_too(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await store.turn(Incoming("e1", "line:U1"), TurnResult, NOW)
        assert await store.tidy(NOW + timedelta(days=1), NOW, NOW) == 1

    play(scenario)


def test_a_delivery_given_up_goes_by_itself(play: Play) -> None:
    async def scenario(store: Store) -> None:
        (delivery,) = await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW) or ()
        await store.turn(Incoming("e2", "line:U1"), add("rent", outgoing=(), forget=True), NOW)
        outgoing = delivery.outgoing
        step = add("rent", conversation=None, outgoing=(outgoing,))
        (delivery,) = await store.turn(Incoming("e3", "line:U1"), step, NOW) or ()
        await store.postpone(replace(delivery, due=None, error="400"), (), NOW)
        await store.tidy(NOW + timedelta(days=1), NOW, NOW)
        assert (await store.load_outbox_state()).given_up == 0

    play(scenario)


def test_forgetting_one_person_leaves_the_others(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW)
        await store.turn(Incoming("e2", "line:U2"), add("labor"), NOW)
        assert await store.forget("line:U1") is True
        assert await store.forget("line:U1") is False
        assert await costs(store, "line:U1") == ()
        assert await costs(store, "line:U2") == ("labor",)

    play(scenario)


def test_a_turn_can_forget_the_person_and_still_say_so(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await store.turn(Incoming("e1", "line:U1"), add("rent", unanswered=("q",)), NOW)
        done = await store.turn(Incoming("e2", "line:U1"), add("rent", forget=True), NOW)
        assert done is not None
        assert await costs(store, "line:U1") == ()
        assert await store.records.list_unanswered() == ()
        assert [each.id for each in await store.list_undelivered()] == [each.id for each in done]

    play(scenario)


def test_idle_conversations_and_old_events_go_by_themselves(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW)
        assert await store.tidy(NOW - timedelta(days=1), NOW - timedelta(days=1), NOW) == 0
        assert await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW) is None
        assert await store.tidy(NOW + timedelta(days=1), NOW + timedelta(days=1), NOW) == 1
        assert await costs(store, "line:U1") == ()
        assert await store.turn(Incoming("e1", "line:U1"), add("rent"), NOW) is not None

    play(scenario)


def test_everything_is_there_after_opening_again(url: str) -> None:
    place = Conversation("line:U1", place_hint=("28", "兵庫県尼崎市"), last_seen=NOW)

    async def first() -> tuple[Delivery, ...]:
        store = open_store(url, up_to_date=True)
        await store.claim(frozenset, 1)
        outgoing = (Outgoing("line", [{"type": "text", "text": "はい"}]),)
        done = await store.turn(
            Incoming("e1", "line:U1"), lambda _: TurnResult(place, outgoing), NOW
        )
        await store.close()
        return done or ()

    async def second() -> tuple[Conversation, tuple[Delivery, ...]]:
        store = open_store(url)
        found = await store.load_conversation("line:U1"), await store.list_undelivered()
        await store.close()
        return found

    done = asyncio.run(first())
    assert asyncio.run(second()) == (place, done)
