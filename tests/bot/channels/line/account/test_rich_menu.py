"""The rich menus' areas and pictures, against LINE's rules."""

import importlib
import struct
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from bot.channels.line.account.rich_menu import IN_CASE, MENUS, NAME, USUAL, WIDTH, Area, RichMenu
from bot.interview.buttons import MENU_CHOICES
from bot.model.messages import Kind, read_value, typed
from scripts import draw_rich_menu


def test_the_areas_are_the_six_things_of_the_menu() -> None:
    assert [area.choice for area in USUAL.areas] == list(MENU_CHOICES)
    assert [area.choice.label for area in USUAL.areas] == [
        "診断する",
        "使えるか調べる",
        "質問する",
        "窓口を探す",
        "人と話す",
        "使い方",
    ]


def test_the_areas_in_a_case_are_what_the_bot_answers_then() -> None:
    labels = [area.choice.label for area in IN_CASE.areas]
    assert labels == ["結果を見る", "相談員に書く", "電話の窓口"]


every_menu = pytest.mark.parametrize("menu", MENUS, ids=lambda each: each.name)


@every_menu
def test_a_tap_on_an_area_is_understood(menu: RichMenu) -> None:
    for area in menu.define(b"")["areas"]:
        assert read_value(area["action"]["data"])
        assert typed(area["action"]["data"]).kind is Kind.CHOICE
        assert area["action"]["displayText"] == area["action"]["label"]


@every_menu
def test_the_areas_cover_the_picture_and_none_lies_on_another(menu: RichMenu) -> None:
    def overlap(one: Area, other: Area) -> bool:
        return (
            one.left < other.left + other.width
            and other.left < one.left + one.width
            and one.top < other.top + other.height
            and other.top < one.top + one.height
        )

    assert not any(overlap(*pair) for pair in combinations(menu.areas, 2))
    assert sum(area.width * area.height for area in menu.areas) == WIDTH * menu.height
    assert max(area.left + area.width for area in menu.areas) == WIDTH


@every_menu
def test_the_picture_is_what_line_takes(menu: RichMenu) -> None:
    picture = menu.image.read_bytes()
    assert len(picture) <= 1_000_000
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (WIDTH, menu.height)
    assert WIDTH / menu.height >= 1.45


@every_menu
def test_the_name_tells_every_other_menu_apart(menu: RichMenu) -> None:
    name = menu.define(b"one")["name"]
    assert name == menu.define(b"one")["name"]
    assert name != menu.define(b"another")["name"]
    assert [each for each in MENUS if each.is_named(name)] == [menu]
    assert len(name) <= 300


@pytest.mark.parametrize("name", ["", NAME, f"{NAME}-", f"{NAME}-spring-sale", "x-0123456789ab"])
def test_menus_of_others_are_not_ours(name: str) -> None:
    assert not any(each.is_named(name) for each in MENUS)


# line-bot-sdk builds its models on pydantic.v1, which warns on Python 3.14.
@pytest.mark.filterwarnings("ignore:Core Pydantic V1:UserWarning")
@every_menu
def test_the_sdk_reads_the_menu_and_loses_no_key(menu: RichMenu) -> None:
    request_model = importlib.import_module("linebot.v3.messaging").RichMenuRequest
    defined = menu.define(menu.image.read_bytes())
    assert request_model.from_dict(defined).to_dict() == defined


@every_menu
def test_every_area_is_drawn_with_its_label(menu: RichMenu) -> None:
    # Our own drawing, not something from outside.
    svg = ET.fromstring(draw_rich_menu.draw_menu(menu))  # noqa: S314
    labels = [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert labels == [area.choice.label for area in menu.areas]
