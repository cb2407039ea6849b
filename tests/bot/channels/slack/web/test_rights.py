"""People outside the desk see nothing and change nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from bot import metrics
from bot.channels.slack.web import events, payloads, staff_directory, wording
from bot.simulator.slack.state import SISTER_TEAM
from tests.bot.channels.serving import idle
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.outsiders import Doing, kinds
from tests.bot.channels.slack.repairs import ANSWER, KILN, Repairing
from tests.bot.channels.slack.serving import DESK, GUEST, HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import OWNER, words

JIRO, STRANGER, SABURO, GONE = "U0JIRO", "U0STRANGER", "U0SABURO", "U0GONE"
TROUBLE = "娘の治療費も払えません"

SENTENCES = (
    wording.STAFF_ONLY,
    wording.DESK_MEMBERS_ONLY,
)


def add_outsiders(place: Place) -> None:
    """Add a person of each kind that is not staff of the desk."""
    slack = place.slack
    slack.add_user(JIRO, "次郎")  # a full member who is not in the desk's channel
    slack.add_user(STRANGER, "よその人", stranger=True)
    slack.add_user(SABURO, "三郎", elsewhere=True, teams=(SISTER_TEAM,))
    slack.add_user(GONE, "元の人", deleted=True)
    slack.workspace.channel(DESK).members |= {GUEST, STRANGER, SABURO, GONE}


async def busy_desk(place: Place) -> tuple[Repairing, Mapping[str, str]]:
    """Open a case, an unanswered question and an amendment that waits."""
    story = Repairing(place)
    await story.missed()
    await story.days_list()
    await story.press(story.lists()[-1], "回答を作る")
    await story.opened()
    await story.submit({"answer": ANSWER, "source": "https://example.go.jp/"})
    await story.announced("もう一人の確認を待っています")
    await story.missed("火星語の辞書はどこで買えますか？")
    await story.own_list()
    await story.owner_asks_for_a_person()
    await place.line.send_text(OWNER, TROUBLE)
    await until(lambda: TROUBLE in story.thread_text())
    await idle(place.database_url)
    ((case_id,),) = story.look("SELECT id FROM cases")
    ((content,),) = story.look("SELECT content FROM amendments")
    proposed = await story.announced("もう一人の確認を待っています")
    known = proposed.blocks[-1]["elements"][0]["value"]
    assert "needs_second" in content
    values = {
        "case": case_id,
        "file": case_id,
        "queue": case_id,
        "queue:outcome": f"{case_id}|solved",
        **{name: f"{case_id}|{story.card().ts}" for name in ("case:send_once", "case:take_over")},
        "repair": f"unanswered:{HANAKO}|0",
        "repair:withdraw": known,
        "repair:approve": known,
        "number": "38",
        "number:confirm": "38|089-970-5771",
        "number:correct": "38|089-970-5771",
    }
    return story, values


TYPED = {
    "question": "火星語の辞書はどこで買えますか？",
    "answer": "火星の許可は、まだありません。",
    "phrasings": "",
    "entry": "reschedule-what",
    "phrasing": "元金だけ待つやつ",
    "new": "03-1234-5678",
    "words": "はい、お電話します",
    "name": "相談員 次郎",
}


def kept(story: Repairing) -> dict[str, list[Any]]:
    """All that the store holds."""
    tables = [each[0] for each in story.look("SELECT name FROM sqlite_schema WHERE type='table'")]
    return {each: story.look(f"SELECT * FROM {each}") for each in tables}  # noqa: S608 - its own names


def said_since(place: Place, since: int) -> list[str]:
    """List the calls that showed something in Slack since then, as JSON."""
    asking = {"users.info", "conversations.members", "auth.test"}
    calls = [each for each in place.slack.calls[since:] if each.method not in asking]
    return [json.dumps(each.arguments, ensure_ascii=False) for each in calls]


@pytest.mark.parametrize("socket_mode", [False, True])
def test_outsider_of_every_kind_sees_nothing_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, socket_mode: bool
) -> None:
    monkeypatch.setattr(staff_directory, "REMEMBERED", 0.0)

    async def scenario(place: Place) -> None:
        add_outsiders(place)
        story, values = await busy_desk(place)
        # Taro has just left the channel, but still has all of it on his screen.
        place.slack.workspace.channel(DESK).members.discard(TARO)
        before, heard_on_line = kept(story), len(place.line.replies(OWNER))
        outsiders = (JIRO, TARO, GUEST, STRANGER, SABURO, GONE)
        none_refused = counted("not staff")
        for user in outsiders:
            doing = Doing(place.slack, user, story.card(), values, TYPED)
            for sent in doing.everything():
                since, refused = len(place.slack.calls), counted("not staff")
                await place.slack.deliveries.deliver(sent)
                assert sent.ok, sent
                told = check_refused(sent.answer, said_since(place, since))
                quiet = isinstance(payloads.read_payload(sent.payload), ONCE_A_MINUTE)
                assert quiet or told == counted("not staff") - refused, sent.payload
        assert kept(story) == before
        assert len(place.line.replies(OWNER)) == heard_on_line

        # The same of somebody at the desk is heard, else this would show nothing.
        refused, none_heard = counted("not staff") - none_refused, counted("heard")
        doing = Doing(place.slack, HANAKO, story.card(), values, TYPED)
        for sent in doing.everything():
            await place.slack.deliveries.deliver(sent)
        # The same form sent again is refused again, but heard once.
        again = refused / len(outsiders) - (counted("heard") - none_heard)
        assert again in (0, 1)
        after = kept(story)
        assert {name for name in before if after[name] != before[name]} >= {
            "conversations",
            "amendments",
            "staff",
        }

    serving.play(tmp_path, scenario, socket_mode=socket_mode)


ONCE_A_MINUTE = (events.MessagePosted, events.MessageChanged, events.MessageDeleted)


def counted(outcome: str) -> float:
    """Count actions of people that had this outcome.

    Removals by the app itself are left out.
    """
    found = [
        sample.value
        for metric in metrics.registry.collect()
        for sample in metric.samples
        if sample.labels.get("kind") != "removed"
        and sample.labels.get("outcome") == outcome
        and sample.name.endswith("_total")
    ]
    return sum(found)


def check_refused(answer: Any, calls: list[str]) -> int:
    """Check that at most a refusal came back, and return the number of answers.

    No answer may hold anything of an owner.
    """
    shown = [*calls, *([json.dumps(answer, ensure_ascii=False)] if answer else [])]
    assert len(shown) <= 1
    for each in shown:
        assert any(sentence in each for sentence in SENTENCES), each
        assert not any(secret in each for secret in (TROUBLE, KILN, "火星", ANSWER))
    return len(shown)


def test_outsider_scenes_try_every_kind_of_event(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        story, values = await busy_desk(place)
        doing = Doing(place.slack, JIRO, story.card(), values, TYPED)
        place.slack.add_user(JIRO, "次郎")
        tried = kinds(doing.everything())
        # Who deleted a message of ours, Slack does not say.
        assert tried >= set(get_args(events.StaffEvent)) - {events.BotMessageDeleted}

    serving.play(tmp_path, scenario)


@pytest.mark.parametrize("socket_mode", [False, True])
def test_outsider_is_told_once_where_they_tried(tmp_path: Path, *, socket_mode: bool) -> None:
    async def scenario(place: Place) -> None:
        slack, no = place.slack, wording.DESK_MEMBERS_ONLY
        add_outsiders(place)
        story = Repairing(place)
        await story.owner_asks_for_a_person()
        assert (await slack.command(JIRO, "/keiei", "未回答")).answer["text"] == no
        for _ in range(3):
            assert (await slack.say(JIRO, "診断する")).ok
        assert [each.text for each in slack.messages(JIRO) if each.own] == [no]
        assert (await slack.open_home(JIRO)).ok
        assert no in json.dumps(slack.home(JIRO), ensure_ascii=False)
        assert (await slack.shortcut(JIRO, "interview")).ok
        assert no in json.dumps(slack.modals(JIRO), ensure_ascii=False)
        await story.staff_press("担当する", JIRO)
        assert no in story.whispers(JIRO)
        # A guest may be in the channel, and write in the thread.
        assert await story.staff_write("こちらでお返事します", GUEST)
        assert wording.STAFF_ONLY in story.whispers(GUEST)
        elsewhere = await slack.say(GUEST, "こんにちは", channel=DESK)
        await slack.say(GUEST, "ひとりごと", channel=DESK, thread_ts=elsewhere.ts)
        assert story.whispers(GUEST).count(wording.STAFF_ONLY) == 1

    serving.play(tmp_path, scenario, socket_mode=socket_mode)


def test_membership_of_the_desk_takes_effect_within_a_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_directory, "REMEMBERED", 0.0)

    async def scenario(place: Place) -> None:
        add_outsiders(place)
        story = Repairing(place)
        await story.missed()
        refused = await place.slack.command(JIRO, "/keiei", "未回答")
        assert "招待を頼んで" in str(refused.answer)
        place.slack.workspace.channel(DESK).members.add(JIRO)
        assert KILN in words(await story.own_list(JIRO))
        place.slack.workspace.channel(DESK).members.discard(JIRO)
        assert "招待を頼んで" in str((await place.slack.command(JIRO, "/keiei", "未回答")).answer)

    serving.play(tmp_path, scenario)


def test_colleague_of_a_sister_workspace_may_act_as_a_member_of_ours(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        place.slack.add_user(JIRO, "次郎", elsewhere=True)
        place.slack.workspace.channel(DESK).members.add(JIRO)
        story = Repairing(place)
        await story.missed()
        assert place.slack.workspace.user(JIRO).team == SISTER_TEAM
        assert KILN in words(await story.own_list(JIRO))

    serving.play(tmp_path, scenario)


@pytest.mark.parametrize("private", [False, True])
def test_missing_scope_refuses_everybody_and_says_whom_to_ask(
    tmp_path: Path, *, private: bool
) -> None:
    async def scenario(place: Place) -> None:
        slack = place.slack
        slack.add_channel(DESK, "相談窓口", members=(HANAKO,), private=private)
        slack.scopes -= {"groups:read" if private else "channels:read"}
        said = await slack.command(HANAKO, "/keiei", "未回答")
        # The fake grants nothing by halves: either the one scope or the other is enough to ask.
        assert "管理者" in str(said.answer)

    serving.play(tmp_path, scenario)
