"""Numbers of councils confirmed and corrected over real sockets."""

from __future__ import annotations

import json
from collections.abc import Callable

from bot.channels.slack.knowledge import wording
from knowledge import library
from tests.bot.channels.slack.repairs import Repairing, today
from tests.bot.channels.slack.serving import (
    HANAKO,
    TARO,
    until,
)
from tests.bot.channels.slack.stories import words

Play = Callable[..., None]


def test_number_corrected_is_shown_to_the_next_owner(play: Play) -> None:
    old = library.load().directory.for_prefecture("38").center.phones[0].number

    async def told(story: Repairing) -> None:
        assert (await story.place.slack.command(HANAKO, "/keiei", "窓口 松山")).ok
        card = await story.opened()
        assert old in str(card)
        assert (await story.place.slack.press_in_view(HANAKO, "番号を直す")).ok
        await until(lambda: len(story.place.slack.modals(HANAKO)) == 2)
        sent = await story.submit({"new": "12-34"})
        assert set(sent.errors) == {"new"}
        await story.submit({"new": "０８９ー０００ー１２３４", "where": "協議会の方から電話で"})
        assert "もう一人の確認" in str(await story.opened())
        proposed = await story.announced("089-000-1234")
        await story.press(proposed, "確認した（公開する）", TARO)
        await story.announced("確認：太郎さん")
        await story.owner_says("窓口を知りたい")
        await story.owner_says("松山")
        await until(lambda: "089-000-1234" in "\n".join(story.said_to_owner()))
        shown = "\n".join(story.said_to_owner())
        assert f"スタッフが{today()}に確かめた番号" in shown
        assert old not in shown
        assert "花子" not in shown
        # A colleague sees who it was, and when.
        assert (await story.place.slack.command(TARO, "/keiei", "窓口 愛媛")).ok
        shown = json.dumps(await story.opened(TARO), ensure_ascii=False)
        assert f"{today()}　花子さんが 089-000-1234 に訂正" in shown

    play(told)


def test_number_of_an_office_beside_the_council_waits_for_a_second_person(play: Play) -> None:
    async def told(story: Repairing) -> None:
        assert (await story.place.slack.command(HANAKO, "/keiei", "窓口 松山")).ok
        await story.opened()
        assert (await story.place.slack.press_in_view(HANAKO, "番号を加える")).ok
        await until(lambda: len(story.place.slack.modals(HANAKO)) == 2)
        await story.submit({"new": "089-000-4321", "where": "拠点の方から電話で"})
        proposed = await story.announced("089-000-4321")
        assert "愛媛県よろず支援拠点" in words(proposed)
        await story.press(proposed, "確認した（公開する）", HANAKO)
        await until(lambda: wording.NOT_BY_YOURSELF in story.whispers(HANAKO))
        await story.press(proposed, "確認した（公開する）", TARO)
        await story.announced("確認：太郎さん")
        assert story.amended() == ["office_corrected", "approved"]

    play(told)


def test_number_confirmed_shows_on_its_card_until_withdrawn(play: Play) -> None:
    async def told(story: Repairing) -> None:
        assert (await story.place.slack.command(HANAKO, "/keiei", "窓口 愛媛県")).ok
        await story.opened()
        assert (await story.place.slack.press_in_view(HANAKO, "この番号で合っていた")).ok
        await until(lambda: "花子さんが" in str(story.place.slack.modals(HANAKO)))
        assert "スタッフが" in str(story.place.slack.modals(HANAKO))
        confirmed = await story.announced("いまからこう出ます")
        await story.press(confirmed, "取り消す")
        await story.announced("取り消しました")
        assert story.amended() == ["phone_confirmed", "withdrawn"]

    play(told)


def test_number_card_opens_from_an_interview_and_for_a_known_place_only(play: Play) -> None:
    async def told(story: Repairing) -> None:
        slack = story.place.slack
        nowhere = await slack.command(HANAKO, "/keiei", "窓口 <!channel> どこか")
        assert "わかりませんでした" in str(nowhere.answer)
        assert "<!channel>" not in str(nowhere.answer)
        await slack.command(HANAKO, "/keiei", "窓口を知りたい")
        await slack.command(HANAKO, "/keiei", "松山")
        await until(lambda: "窓口の番号" in "".join(map(words, story.direct())))
        (panel,) = [each for each in story.direct() if "窓口の番号" in words(each)]
        await story.press(panel, "窓口の番号")
        assert "愛媛県中小企業活性化協議会" in str(await story.opened())

    play(told)
