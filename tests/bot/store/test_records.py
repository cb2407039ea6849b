"""Turns leave posts, timers, codes, counts and corrections beside the conversation."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.follow_up import FollowUp
from bot.model.posts import PostKind
from bot.store import Delivery, Incoming, Outgoing, Step, Store, TurnResult
from bot.store.records import (
    FORGOTTEN,
    SHEETS_KEPT,
    UNSENT,
    CaseCounts,
    ClearTimer,
    CountOne,
    DeleteCode,
    DeleteList,
    DeleteSheets,
    DeskEntry,
    MarkGroupDone,
    Post,
    QuestionList,
    Record,
    ResolveQuestions,
    SaveAmendment,
    SaveCase,
    SaveSheet,
    StaffName,
    Timer,
    TransferCode,
    WipePosts,
)

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
OWNER = "line:U1"
Play = Callable[[Callable[[Store], Awaitable[None]]], None]


def leaving(*records: Record, outgoing: tuple[Outgoing, ...] = (), asks: str = "") -> Step:
    """A step that leaves these behind."""

    def step(conversation: Conversation) -> TurnResult:
        asked = (asks,) if asks else ()
        after = replace(conversation, last_seen=NOW)
        return TurnResult(after, outgoing, asked, records=records, open_question="sales")

    return step


async def do(store: Store, event: str, *records: Record, **more: object) -> tuple[Delivery, ...]:
    """Make a turn of the owner that leaves these records, and return its deliveries."""
    message_id = str(more.pop("message_id", ""))
    incoming = Incoming(event, OWNER, message_id)
    return await store.turn(incoming, leaving(*records, **more), NOW) or ()  # type: ignore[arg-type]  # named parts


def to_desk(words: str) -> tuple[Outgoing, ...]:
    """Words on their way to staff."""
    return (Outgoing("slack", [{"text": words}], key="desk:c1"),)


def test_a_timer_is_due_when_its_time_has_come_and_may_be_moved_or_called_off(play: Play) -> None:
    async def scenario(store: Store) -> None:
        # Japanese time and UTC are compared as moments.
        due = NOW.astimezone(JAPAN) + timedelta(hours=1)
        await do(store, "e1", Timer("promise:c1", due))
        assert await store.records.list_due_timers(NOW + timedelta(minutes=59)) == ()
        (timer,) = await store.records.list_due_timers(NOW + timedelta(hours=1))
        assert (timer.name, timer.key, timer.due) == ("promise:c1", OWNER, due)
        await do(store, "e2", Timer("promise:c1", due + timedelta(hours=1)))
        assert await store.records.list_due_timers(NOW + timedelta(hours=1)) == ()
        assert await store.records.find_timer("promise:c1") == due + timedelta(hours=1)
        await do(store, "e3", Timer("promise:c1", None))
        assert await store.records.list_due_timers(NOW + timedelta(days=9)) == ()

    play(scenario)


def test_timers_are_counted_by_how_their_name_begins_and_until_when(play: Play) -> None:
    async def scenario(store: Store) -> None:
        for number, name in enumerate(("follow:a", "follow:b", "followed", "promise:c1")):
            await do(store, f"e{number}", Timer(name, NOW + timedelta(hours=number)))
        assert await store.records.count_timers("follow:", NOW + timedelta(minutes=1)) == 1
        assert await store.records.count_timers("follow:", NOW + timedelta(days=1)) == 2

    play(scenario)


def test_a_conversation_with_a_reminder_to_come_is_not_tidied_away(play: Play) -> None:
    async def scenario(store: Store) -> None:
        async def keep(event: str, followed: FollowUp | None) -> None:
            def step(conversation: Conversation) -> TurnResult:
                return TurnResult(replace(conversation, last_seen=NOW, follow_up=followed))

            await store.turn(Incoming(event, OWNER), step, NOW)

        later = NOW + timedelta(days=400)
        await keep("e1", FollowUp("a", agreed_at=NOW, next_at=NOW + timedelta(days=900)))
        assert await store.tidy(later, NOW, later) == 0
        await keep("e2", None)
        assert await store.tidy(later, NOW, later) == 1

    play(scenario)


def test_a_timer_that_has_rung_is_gone_unless_it_was_set_anew(play: Play) -> None:
    async def scenario(store: Store) -> None:
        first, second = Timer("promise:c1", NOW), Timer("promise:c1", NOW + timedelta(hours=1))
        await do(store, "e1", first)
        await do(store, "e2", second)
        await do(store, "e3", ClearTimer(first))
        assert await store.records.find_timer("promise:c1") == second.due
        await do(store, "e4", ClearTimer(second))
        assert await store.records.find_timer("promise:c1") is None

    play(scenario)


def test_an_old_case_loses_its_words_with_its_thread_and_no_other(play: Play) -> None:
    async def scenario(store: Store) -> None:
        posts = (
            Post("case:c1", OWNER, "C1", "1.1"),
            Post("said:m1", OWNER, "C1", "1.2", "case:c1"),
            Post("said:m2", OWNER, "C1", "1.3", "case:c2"),
        )
        await do(store, "e1", *posts)
        await do(store, "e2", WipePosts("case:c1"))
        assert {each.reference for each in await store.records.list_posts_to_wipe()} == {
            "case:c1",
            "said:m1",
        }

    play(scenario)


def test_counts_are_kept_by_japanese_day(play: Play) -> None:
    async def scenario(store: Store) -> None:
        for number in range(3):
            await do(store, f"e{number}", CountOne("reached", "sales"))
        evening = NOW + timedelta(hours=15)  # the 25th in Japan
        await store.turn(Incoming("e9", OWNER), leaving(CountOne("reached", "sales")), evening)
        found = await store.records.list_counts(date(2026, 11, 24), date(2026, 11, 25))
        assert [(each.day.day, each.name, each.value, each.count) for each in found] == [
            (24, "reached", "sales", 3),
            (25, "reached", "sales", 1),
        ]
        assert await store.records.list_counts(date(2026, 11, 1), date(2026, 11, 23)) == ()

    play(scenario)


def test_a_turn_that_fails_counts_nothing(play: Play) -> None:
    async def scenario(store: Store) -> None:
        class OddError(Exception):
            pass

        def failing(_: Conversation) -> TurnResult:
            raise OddError

        with pytest.raises(OddError):
            await store.turn(Incoming("e1", OWNER), failing, NOW)
        unkeepable = (Outgoing("slack", [{"odd": object()}]),)
        with pytest.raises(TypeError):
            await do(store, "e2", CountOne("talked"), outgoing=unkeepable)
        await do(store, "e3", CountOne("talked"))
        (count,) = await store.records.list_counts(date(2026, 11, 24), date(2026, 11, 24))
        assert count.count == 1

    play(scenario)


def test_a_code_brings_the_answers_until_it_is_used_or_too_old(play: Play) -> None:
    async def scenario(store: Store) -> None:
        until = NOW + timedelta(days=1)
        offered = TransferCode("12345678", "diagnosis", {"sales": ("up",)}, until)
        await do(store, "e1", offered)
        assert await store.records.find_transfer("12345678", NOW) == offered
        assert await store.records.find_transfer("12345679", NOW) is None
        assert await store.records.find_transfer("12345678", until + timedelta(seconds=1)) is None
        await do(store, "e2", DeleteCode("12345678"))
        assert await store.records.find_transfer("12345678", NOW) is None

    play(scenario)


def test_cases_are_found_by_id_and_by_being_open(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await do(store, "e1", SaveCase("c1", open=True))
        assert await store.records.find_case_key("c1") == OWNER
        assert await store.records.list_open_case_keys() == (OWNER,)
        await do(store, "e2", SaveCase("c1", open=False))
        assert await store.records.list_open_case_keys() == ()
        assert await store.records.find_case_key("c1") == OWNER
        assert await store.records.find_case_key("c2") == ""

    play(scenario)


def test_cases_are_counted_open_and_overdue(play: Play) -> None:
    async def scenario(store: Store) -> None:
        tokyo = timezone(timedelta(hours=9))
        past, later = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)
        await do(store, "e1", SaveCase("late", open=True, promised=past.astimezone(tokyo)))
        await do(store, "e2", SaveCase("in time", open=True, promised=later.astimezone(tokyo)))
        await do(store, "e3", SaveCase("answered", open=True))
        await do(store, "e4", SaveCase("ended", open=False, promised=past))
        assert await store.records.count_cases(NOW) == CaseCounts(3, 1)
        await do(store, "e5", SaveCase("late", open=True))
        assert await store.records.count_cases(NOW) == CaseCounts(3, 0)

    play(scenario)


def test_corrections_names_and_answered_questions_are_kept(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await do(store, "e1", SaveAmendment({"kind": "phrasing", "target": "cost"}))
        await do(store, "e2", SaveAmendment({"kind": "entry", "target": "new"}))
        found = await store.records.list_amendments()
        assert [each["target"] for each in found] == ["cost", "new"]
        await do(store, "e3", StaffName("U9", "山田"))
        await do(store, "e4", StaffName("U9", "山田 花子"))
        assert await store.records.find_staff_name("U9") == StaffName("U9", "山田 花子")
        assert await store.records.find_staff_name("U8") is None
        await do(store, "e5", asks="釉薬は？")
        (asked,) = await store.records.list_unanswered()
        assert (asked.text, asked.asked_at, asked.open_question) == ("釉薬は？", NOW, "sales")
        await do(store, "e6", ResolveQuestions((asked.id,)))
        assert await store.records.list_unanswered() == ()

    play(scenario)


def test_what_was_made_tells_where_and_leads_to_more_in_one_commit(play: Play) -> None:
    async def scenario(store: Store) -> None:
        (made,) = await do(store, "e1", outgoing=to_desk("助けて"))
        assert (made.key, made.about) == ("desk:c1", OWNER)
        receipt = Outgoing("slack", [{"method": "reactions.add"}], key="desk:c1")
        post = Post("case:c1", OWNER, "C1", "1.1")
        (following,) = await store.settle(made, (receipt,), post, NOW)
        assert await store.records.find_post("case:c1") == post
        assert await store.records.find_post_at("C1", "1.1") == post
        assert await store.list_undelivered() == (following,)
        assert following.about == OWNER

    play(scenario)


def test_post_made_twice_is_marked_to_go_and_the_first_stays_known(play: Play) -> None:
    async def scenario(store: Store) -> None:
        (made,) = await do(store, "e1", outgoing=to_desk("助けて"))
        first = Post("case:c1", OWNER, "C1", "1.1")
        await store.settle(made, (), first, NOW)
        # Said once more, as after a commit whose answer never came; and the copy of another process.
        await store.settle(made, (), first, NOW)
        await store.settle(made, (), replace(first, ts="1.2"), NOW)
        assert await store.records.find_post("case:c1") == first
        (copy,) = await store.records.list_posts_to_wipe()
        assert (copy.kind, copy.ts, copy.key) == (PostKind.COPY, "1.2", "")

    play(scenario)


def test_forgetting_reaches_what_is_on_its_way_to_staff_and_what_they_see(play: Play) -> None:
    async def scenario(store: Store) -> None:
        case, timer = SaveCase("c1", open=True), Timer("promise:c1", NOW)
        (made,) = await do(store, "e1", case, timer, outgoing=to_desk("ひとつめ"))
        await store.settle(made, (), Post("said:m1", OWNER, "C1", "1.1"), NOW)
        (late,) = await do(store, "e2", outgoing=to_desk("ふたつめ"))
        assert await store.forget(OWNER)
        assert await store.list_undelivered() == ()
        assert await store.records.list_due_timers(NOW) == ()
        assert await store.records.list_open_case_keys() == ()
        # One was posted in the very moment: nothing follows from it, and it is wiped as well.
        ack = Outgoing("slack", [{"text": "受け取りました"}])
        assert await store.settle(late, (ack,), Post("said:m2", OWNER, "C1", "1.2"), NOW) == ()
        assert {
            (each.reference, each.wiped) for each in await store.records.list_posts_to_wipe()
        } == {
            ("said:m1", FORGOTTEN),
            ("said:m2", FORGOTTEN),
        }
        for post in await store.records.list_posts_to_wipe():
            await store.delete_post(post)
        assert await store.records.list_posts_to_wipe() == ()
        assert await store.records.find_post("said:m1") is None

    play(scenario)


def test_unsending_reaches_the_copy_of_staff(play: Play) -> None:
    async def scenario(store: Store) -> None:
        (made,) = await do(store, "e1", outgoing=to_desk("言いすぎた"), message_id="m1")
        await store.settle(made, (), Post("said:m1", OWNER, "C1", "1.1"), NOW)
        await do(store, "e2", outgoing=to_desk("これも"), message_id="m2")
        await store.unsend("m1", NOW, "said:m1")
        await store.unsend("m2", NOW, "said:m2")
        assert await store.list_undelivered() == ()
        (post,) = await store.records.list_posts_to_wipe()
        assert (post.reference, post.wiped) == ("said:m1", UNSENT)

    play(scenario)


def test_a_delivery_that_was_given_up_can_be_made_once_more(play: Play) -> None:
    async def scenario(store: Store) -> None:
        (made,) = await do(store, "e1", outgoing=to_desk("はい"))
        await store.postpone(replace(made, attempts=3, due=None, error="400"), (), NOW)
        assert await store.list_undelivered() == ()
        again = await store.revive(made.id, NOW)
        assert again is not None
        assert (again.attempts, again.due, again.retry_key) == (0, NOW, made.retry_key)
        assert await store.list_undelivered() == (again,)
        assert await store.revive(999, NOW) is None

    play(scenario)


def test_a_list_says_what_was_done_about_each_group_until_it_is_gone(play: Play) -> None:
    async def scenario(store: Store) -> None:
        listed = QuestionList("unanswered:2026-11-30", "C0DESK", ((1, 3), (2,)), more=4)
        await do(store, "e1", listed)
        assert await store.records.list_question_lists() == (listed,)
        await do(store, "e2", MarkGroupDone(listed.reference, 1, "対象外（花子）"))
        await do(store, "e3", MarkGroupDone(listed.reference, 0, '"引用"（太郎）'))
        await do(store, "e4", MarkGroupDone("unanswered:never", 0, "x"))
        done = {1: "対象外（花子）", 0: '"引用"（太郎）'}
        assert await store.records.list_question_lists() == (replace(listed, done=done),)
        await do(store, "e5", DeleteList(listed.reference))
        assert await store.records.list_question_lists() == ()

    play(scenario)


def test_the_number_of_a_question_is_never_given_to_another(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await do(store, "e1", asks="ひとつめ")
        (first,) = await store.records.list_unanswered()
        await do(store, "e2", ResolveQuestions((first.id,)))
        await do(store, "e3", asks="ふたつめ")
        (second,) = await store.records.list_unanswered()
        assert second.id != first.id

    play(scenario)


def test_of_two_who_use_a_code_at_once_one_gets_the_answers(play: Play) -> None:
    async def scenario(store: Store) -> None:
        offered = TransferCode("K7Q2M", "diagnosis", {"costs": ("rent",)}, NOW + timedelta(hours=1))
        await store.commit(Incoming("e0", "slack:U1"), TurnResult(None, records=(offered,)), NOW)
        use = TurnResult(None, records=(DeleteCode("K7Q2M"),))
        both = (store.commit(Incoming(each, f"line:{each}"), use, NOW) for each in ("e1", "e2"))
        done = await asyncio.gather(*both, return_exceptions=True)
        assert sorted(type(each).__name__ for each in done) == ["OvertakenError", "tuple"]
        # Of the second nothing was kept: its turn is made once more.
        late = done.index(()) ^ 1
        again = Incoming(("e1", "e2")[late], "line:U2")
        assert await store.commit(again, TurnResult(None), NOW) == ()

    play(scenario)


def test_answers_under_a_code_go_when_it_is_no_good_any_more(play: Play) -> None:
    async def scenario(store: Store) -> None:
        until, long_ago = NOW + timedelta(hours=24), NOW - timedelta(days=9)
        await do(store, "e1", TransferCode("12345678", "diagnosis", {"sales": ("up",)}, until))
        await store.tidy(long_ago, long_ago, until)
        assert await store.records.find_transfer("12345678", NOW)
        await store.tidy(long_ago, long_ago, until + timedelta(seconds=1))
        assert await store.records.find_transfer("12345678", NOW) is None

    play(scenario)


def sheet(number: int, days: int = 90) -> SaveSheet:
    """A sheet under this hash, that can be opened for so many days."""
    return SaveSheet(f"hash{number}", {"made_on": "2026-11-24"}, NOW + timedelta(days=days))


def test_a_sheet_is_found_by_its_hash_until_its_time_and_then_deleted(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await do(store, "e1", sheet(1))
        after, long_ago = sheet(1).until + timedelta(seconds=1), NOW - timedelta(days=9)
        assert await store.records.find_sheet("hash1", sheet(1).until) == {"made_on": "2026-11-24"}
        assert await store.records.find_sheet_owner("hash1")
        assert await store.records.find_sheet_owner("hash2") == ""
        assert await store.records.find_sheet("hash2", NOW) is None
        assert await store.records.find_sheet("hash1", after) is None
        await store.tidy(long_ago, long_ago, after)
        assert await store.records.find_sheet("hash1", NOW) is None

    play(scenario)


def test_of_many_sheets_of_one_person_the_newest_stay(play: Play) -> None:
    async def scenario(store: Store) -> None:
        for number in range(SHEETS_KEPT + 2):
            await do(store, f"e{number}", sheet(number, days=90 + number))
        found = [
            await store.records.find_sheet(f"hash{number}", NOW)
            for number in range(SHEETS_KEPT + 2)
        ]
        assert [bool(each) for each in found] == [False] * 2 + [True] * SHEETS_KEPT

    play(scenario)


def test_sheets_are_deleted_by_their_person_and_with_them(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await do(store, "e1", sheet(1), sheet(2))
        await do(store, "e2", DeleteSheets())
        assert await store.records.find_sheet("hash1", NOW) is None
        assert await store.records.find_sheet("hash2", NOW) is None
        await do(store, "e3", sheet(3))
        await store.forget(OWNER)
        assert await store.records.find_sheet("hash3", NOW) is None

    play(scenario)


def test_a_staff_member_who_is_forgotten_has_no_name_any_more(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await do(store, "e1", StaffName("U1", "花子"), StaffName("U2", "太郎"))
        assert await store.forget("slack:U1") is True
        assert await store.forget("slack:U1") is False
        assert await store.records.find_staff_name("U1") is None
        assert await store.records.find_staff_name("U2") is not None

    play(scenario)


def test_desk_entries_are_replaced_deleted_and_forgotten_with_whose_they_are(play: Play) -> None:
    async def scenario(store: Store) -> None:
        own = DeskEntry("reply", "2", {"title": "私の"}, "U1")
        shared = DeskEntry("reply", "1", {"title": "みんなの"})
        await do(store, "e1", own, shared, DeskEntry("hours", "desk", {"opens": "10:00"}))
        await do(store, "e2", replace(shared, content={"title": "直した"}))
        found = await store.records.list_desk_entries("reply")
        assert found == (replace(shared, content={"title": "直した"}), own)
        assert await store.forget("slack:U1") is True
        await do(store, "e3", replace(shared, content=None))
        assert await store.records.list_desk_entries("reply") == ()
        assert len(await store.records.list_desk_entries("hours")) == 1

    play(scenario)


def test_a_list_on_its_way_goes_with_a_question_it_shows_and_no_other(play: Play) -> None:
    async def scenario(store: Store) -> None:
        long = "長い質問" * 100
        for number, asked in enumerate(('税の"猶予"は', "税", long)):
            await do(store, f"asks{number}", asks=asked, message_id=f"m{number}")
        shown = (['税の"猶予"は'], [f"{long[:299]}…"], ["税", "ほか"], ["税金"])
        for number, texts in enumerate(shown):
            drawn = [{"blocks": [{"type": "text", "text": each} for each in texts]}]
            outgoing = (Outgoing("slack", drawn, key=f"list:{number}"),)
            await do(store, f"shows{number}", outgoing=outgoing)

        async def waiting() -> list[str]:
            return [each.key for each in await store.list_undelivered()]

        await store.unsend("m0", NOW)
        assert await waiting() == ["list:1", "list:2", "list:3"]
        await store.unsend("m2", NOW)
        assert await waiting() == ["list:2", "list:3"]
        (left,) = await store.records.list_unanswered()
        await do(store, "dealt", ResolveQuestions((left.id,)))
        assert await waiting() == ["list:3"]

    play(scenario)
