"""Desks of regions are set from the home and get new and moved cases.

Tested over real sockets.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.channels.slack.desk.case_card import MORE
from bot.channels.slack.queue import wording as queue_wording
from bot.channels.slack.settings import wording
from bot.channels.slack.settings.regions import (
    NEW,
    REGION,
    REGIONS,
    assign_prefectures,
    draw_desk_form,
    draw_desks,
)
from bot.model.desk_policy import USUAL, DeskPolicy, from_dict, to_dict
from bot.simulator.slack.blocks.blocks import find_faults
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.serving import DESK, GUEST, HANAKO, TARO, Place, until
from tests.bot.channels.slack.stories import OWNER, Story, words, words_in

KINKI = "C0KINKI"
HYOGO, OSAKA = "28", "27"


async def opens_form(place: Place, user: str = HANAKO) -> None:
    """Open the form of a new desk from the home."""
    slack = place.slack
    assert (await slack.open_home(user)).ok
    await until(lambda: wording.REGIONS_BUTTON in words_in(slack.home(user)))
    assert (await slack.press_in_view(user, REGIONS, home=True)).ok
    await until(lambda: len(slack.modals(user)) == 1)
    assert (await slack.press_in_view(user, REGION, value=NEW)).ok
    await until(lambda: len(slack.modals(user)) == 2)


async def sets(place: Place, channel: str, *places: str) -> dict[str, str]:
    """Let a channel answer these prefectures, and return the errors beside the fields."""
    await opens_form(place)
    filled: dict[str, Any] = {"channel": channel, "places": list(places)}
    return dict((await place.slack.submit(HANAKO, filled)).errors)


def cards(place: Place, channel: str) -> list[Any]:
    heads = [each for each in place.slack.messages(channel) if not each.thread_ts]
    return [each for each in heads if "相談（" in words(each)]


def play(folder: Path, told: Any) -> None:
    async def scenario(place: Place) -> None:
        place.slack.add_channel(KINKI, "相談窓口-近畿", members=(TARO, HANAKO))
        await told(place, Story(place))

    serving.play(folder, scenario)


def test_new_case_goes_to_the_desk_of_its_region_and_works_there(tmp_path: Path) -> None:
    async def told(place: Place, story: Story) -> None:
        assert await sets(place, KINKI, HYOGO, OSAKA) == {}
        assert place.slack.modals(HANAKO) == []
        await until(lambda: "兵庫県" in "".join(map(words, place.slack.messages(DESK))))
        await story.owner_says("兵庫県の食堂です")
        await story.owner_says("人と話したい")
        await story.owner_presses("はい、つないでください")
        await until(lambda: len(cards(place, KINKI)) == 1)
        assert cards(place, DESK) == []
        (card,) = cards(place, KINKI)
        assert (await place.slack.press(TARO, KINKI, card.ts, "担当する")).ok
        await until(lambda: any("お話をうかがいます" in each for each in story.said_to_owner()))
        said = await place.slack.say(TARO, "近畿の担当です", channel=KINKI, thread_ts=card.ts)
        assert said.ok
        await until(lambda: "近畿の担当です" in story.said_to_owner())

    play(tmp_path, told)


def test_case_whose_place_becomes_known_moves_with_the_owners_words(tmp_path: Path) -> None:
    async def told(place: Place, story: Story) -> None:
        assert await sets(place, KINKI, HYOGO) == {}
        await story.owner_says("人と話したい")
        await story.owner_presses("はい、つないでください")
        await until(lambda: len(cards(place, DESK)) == 1)
        (old,) = cards(place, DESK)
        await story.owner_says("給料が払えません")
        await until(lambda: "給料が払えません" in _thread(place, DESK, old.ts))
        assert (await place.line.tap(OWNER, f"v1|prefecture={HYOGO}")).ok
        await until(lambda: len(cards(place, KINKI)) == 1)
        (card,) = cards(place, KINKI)
        await until(lambda: "給料が払えません" in _thread(place, KINKI, card.ts))
        assert "兵庫県" in words(card)
        assert "給料が払えません" not in _thread(place, DESK, old.ts)
        assert queue_wording.MOVED_TO_DESK in _thread(place, DESK, old.ts)
        # The old thread leads nowhere, and says so.
        await place.slack.say(HANAKO, "こちらです", channel=DESK, thread_ts=old.ts)
        await until(lambda: "つながっていません" in story.whispers())
        assert "こちらです" not in story.said_to_owner()
        # What is taken back is gone where it is now.
        mine = [each for each in place.line.chat(OWNER) if each.text == "給料が払えません"]
        assert (await place.line.unsend(OWNER, mine[0].id)).ok
        await until(lambda: "給料が払えません" not in _thread(place, KINKI, card.ts))

    play(tmp_path, told)


def test_staff_send_a_case_to_another_desk_and_back(tmp_path: Path) -> None:
    async def told(place: Place, story: Story) -> None:
        assert await sets(place, KINKI, OSAKA) == {}
        await story.owner_asks_for_a_person()
        await story.staff_press("担当する")
        slack, (old,) = place.slack, cards(place, DESK)
        for here, there, chosen in ((DESK, KINKI, KINKI), (KINKI, DESK, "own")):
            (card,) = [each for each in cards(place, here) if "担当" in words(each)]
            assert (
                await slack.press(
                    HANAKO, here, card.ts, MORE, selected=queue_wording.MOVE_DESK_BUTTON
                )
            ).ok
            await until(lambda: bool(slack.modals(HANAKO)))
            assert dict((await slack.submit(HANAKO, {"desk": chosen})).errors) == {}
            await until(lambda t=there: len(_live(place, t)) == 1)  # type: ignore[misc]  # bound now
            await until(lambda h=here: _live(place, h) == [])  # type: ignore[misc]  # bound now
        (card,) = _live(place, DESK)
        assert card.ts != old.ts
        await place.slack.say(HANAKO, "戻りました", channel=DESK, thread_ts=card.ts)
        await until(lambda: "戻りました" in story.said_to_owner())

    play(tmp_path, told)


def test_case_of_a_desk_whose_channel_has_gone_reaches_the_usual_one(tmp_path: Path) -> None:
    async def told(place: Place, story: Story) -> None:
        assert await sets(place, KINKI, HYOGO) == {}
        place.slack.workspace.channels[KINKI].archived = True
        await story.owner_says("兵庫県の食堂です")
        await story.owner_says("人と話したい")
        await story.owner_presses("はい、つないでください")
        await until(lambda: len(cards(place, DESK)) == 1)

    play(tmp_path, told)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"bot_is_member": False}, wording.NOT_IN_CHANNEL),
        ({"bot_is_member": False, "private": True}, wording.NOT_IN_CHANNEL),
        ({"archived": True}, wording.CHANNEL_ARCHIVED),
    ],
)
def test_channel_we_cannot_use_is_refused(
    tmp_path: Path, changed: dict[str, bool], why: str
) -> None:
    async def told(place: Place, _: Story) -> None:
        for name, value in changed.items():
            setattr(place.slack.workspace.channels[KINKI], name, value)
        assert await sets(place, KINKI, HYOGO) == {"channel": why}

    play(tmp_path, told)


def test_members_of_a_desk_of_a_region_are_staff_and_others_are_not(tmp_path: Path) -> None:
    async def told(place: Place, _: Story) -> None:
        place.slack.add_user("U0JIRO", "次郎")
        place.slack.workspace.channels[KINKI].members.add("U0JIRO")
        place.slack.workspace.channels[KINKI].members.add(GUEST)
        assert await sets(place, DESK, HYOGO) == {"channel": wording.IS_USUAL_DESK}
        assert (
            dict((await place.slack.submit(HANAKO, {"channel": KINKI, "places": [HYOGO]})).errors)
            == {}
        )
        await opens_form(place, "U0JIRO")
        assert (await place.slack.open_home(GUEST)).ok
        assert wording.REGIONS_BUTTON not in words_in(place.slack.home(GUEST))

    play(tmp_path, told)


def test_prefecture_is_answered_by_one_desk_and_a_desk_without_any_is_gone() -> None:
    both = assign_prefectures(USUAL, KINKI, [HYOGO, OSAKA])
    assert both.list_prefectures(KINKI) == (OSAKA, HYOGO)
    moved = assign_prefectures(both, "C0HYOGO", [HYOGO])
    assert (moved.find_desk(HYOGO), moved.find_desk(OSAKA)) == ("C0HYOGO", KINKI)
    renamed = assign_prefectures(moved, "C0NEW", [HYOGO], was="C0HYOGO")
    assert set(renamed.regions.values()) == {KINKI, "C0NEW"}
    assert assign_prefectures(renamed, KINKI, []).regions == {HYOGO: "C0NEW"}
    assert from_dict(to_dict(renamed)) == renamed


@pytest.mark.parametrize("policy", [USUAL, DeskPolicy(regions={HYOGO: KINKI})])
def test_forms_pass_slacks_checks(policy: DeskPolicy) -> None:
    assert find_faults(draw_desks(policy), "modal") == []
    assert find_faults(draw_desk_form(policy, policy.find_desk(HYOGO)), "modal") == []


def _thread(place: Place, channel: str, ts: str) -> str:
    return "\n".join(words(each) for each in place.slack.messages(channel, ts)) + "\n".join(
        words(each) for each in place.slack.messages(channel) if each.ts == ts
    )


def _live(place: Place, channel: str) -> list[Any]:
    """Cards that stand, without those that moved away."""
    return cards(place, channel)
