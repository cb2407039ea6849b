"""The form of the name that owners see, as blocks and over sockets."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.home import display_name
from bot.simulator.slack.blocks import blocks
from bot.store.opening import open_store
from bot.store.records import StaffName
from tests.bot.channels.slack.home.test_home import again, looked_at
from tests.bot.channels.slack.serving import HANAKO, Place, play, until


@pytest.mark.parametrize(
    "known", [None, StaffName("U1", "相談員 山田", "https://example.com/i.png")]
)
def test_display_name_form_passes_slacks_checks(known: StaffName | None) -> None:
    assert blocks.find_faults(display_name.draw_form(known), "modal") == []


@pytest.mark.parametrize(
    ("name", "icon", "wrong"),
    [
        ("相談員 山田", "", []),
        ("あ" * 20, "https://avatars.slack-edge.com/icon.png", []),
        ("", "", ["name"]),
        ("あ" * 21, "", ["name"]),
        ("😀" * 11, "", ["name"]),
        ("LINE相談員", "", ["name"]),
        ("Ｌｉｎｅ担当", "", ["name"]),
        ("online", "", ["name"]),
        ("山\n田", "", ["name"]),
        ("山田", "http://example.com/icon.png", ["icon"]),
        ("山田", "https://", ["icon"]),
        ("山田", "https://example.com/icon.png", ["icon"]),
        ("山田", "https://avatars.slack-edge.com@example.com/icon.png", ["icon"]),
        ("山田", "https://avatars.slack-edge.com.example.com/icon.png", ["icon"]),
        ("山田", "https://[::1", ["icon"]),
        ("山田", "https://example.com/a b.png", ["icon"]),
        ("山田", f"https://example.com/{'a' * 2000}", ["icon"]),
        ("", "x", ["name", "icon"]),
    ],
)
def test_find_problems_names_what_line_would_refuse(name: str, icon: str, wrong: list[str]) -> None:
    assert list(display_name.find_problems(StaffName("U1", name, icon))) == wrong


@given(st.text(), st.text())
def test_find_problems_of_anything_typed_keeps_lines_limits(name: str, icon: str) -> None:
    typed = display_name.read_form("U1", {"name": name, "icon": icon})
    if not display_name.find_problems(typed):
        assert 0 < len(typed.name) <= 20
        assert typed.icon_url == "" or typed.icon_url.startswith("https://")


def test_display_name_form_is_checked_and_saved(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await looked_at(place)
        await place.slack.press_in_view(HANAKO, "LINEでの表示名")
        await until(lambda: bool(place.slack.modals(HANAKO)))
        refused = await place.slack.submit(HANAKO, {"name": "LINE相談員", "icon": "http://x/"})
        assert sorted(refused.errors) == ["icon", "name"]
        sent = await place.slack.submit(
            HANAKO, {"name": " 相談員 花子 ", "icon": "https://avatars.slack-edge.com/hanako.png"}
        )
        assert sent.ok
        assert place.slack.modals(HANAKO) == []
        await again(place, sent)
        await place.slack.press_in_view(HANAKO, "LINEでの表示名")
        await until(lambda: bool(place.slack.modals(HANAKO)))
        assert "相談員 花子" in json.dumps(place.slack.modals(HANAKO), ensure_ascii=False)

    play(tmp_path, scenario)
    assert asyncio.run(_staff(tmp_path)) == StaffName(
        HANAKO, "相談員 花子", "https://avatars.slack-edge.com/hanako.png"
    )


async def _staff(folder: Path) -> StaffName | None:
    store = open_store(f"sqlite:///{folder}/navi.db")
    found = await store.records.find_staff_name(HANAKO)
    await store.close()
    return found


def test_display_name_form_not_opened_is_told_and_opens_next_time(
    tmp_path: Path,
) -> None:
    async def scenario(place: Place) -> None:
        await looked_at(place)
        place.slack.faults.add("views.open", "500")
        assert (await place.slack.press_in_view(HANAKO, "LINEでの表示名")).ok
        await until(lambda: bool(place.slack.messages(HANAKO)))
        assert "開けませんでした" in place.slack.messages(HANAKO)[0].text
        assert (await place.slack.press_in_view(HANAKO, "LINEでの表示名")).ok
        await until(lambda: bool(place.slack.modals(HANAKO)))

    play(tmp_path, scenario)
