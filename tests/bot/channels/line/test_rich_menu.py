"""The rich menu's areas and picture, against LINE's rules."""

import importlib
import struct
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from bot.channels.line.rich_menu import (
    AREAS,
    HEIGHT,
    IMAGE,
    NAME,
    WIDTH,
    Area,
    definition,
    is_ours,
)
from bot.interview.buttons import MENU_CHOICES
from bot.model.messages import Kind, read_value, typed
from scripts import draw_rich_menu


def test_the_areas_are_the_six_things_of_the_menu() -> None:
    assert [area.choice for area in AREAS] == list(MENU_CHOICES)
    assert [area.choice.label for area in AREAS] == [
        "診断する",
        "使えるか調べる",
        "質問する",
        "窓口を探す",
        "人と話す",
        "使い方",
    ]


def test_a_tap_on_an_area_is_understood() -> None:
    for area in definition(b"")["areas"]:
        assert read_value(area["action"]["data"])
        assert typed(area["action"]["data"]).kind is Kind.CHOICE
        assert area["action"]["displayText"] == area["action"]["label"]


def test_the_areas_cover_the_picture_and_none_lies_on_another() -> None:
    def overlap(one: Area, other: Area) -> bool:
        return (
            one.left < other.left + other.width
            and other.left < one.left + one.width
            and one.top < other.top + other.height
            and other.top < one.top + one.height
        )

    assert not any(overlap(*pair) for pair in combinations(AREAS, 2))
    assert sum(area.width * area.height for area in AREAS) == WIDTH * HEIGHT
    assert max(area.left + area.width for area in AREAS) == WIDTH
    assert max(area.top + area.height for area in AREAS) == HEIGHT


def test_the_picture_is_what_line_takes() -> None:
    picture = IMAGE.read_bytes()
    assert len(picture) <= 1_000_000
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (WIDTH, HEIGHT)
    assert WIDTH / HEIGHT >= 1.45


def test_the_name_tells_every_other_menu_apart() -> None:
    name = definition(b"one")["name"]
    assert name == definition(b"one")["name"]
    assert name != definition(b"another")["name"]
    assert is_ours(name)
    assert len(name) <= 300


@pytest.mark.parametrize("name", ["", NAME, f"{NAME}-", f"{NAME}-spring-sale", "x-0123456789ab"])
def test_menus_of_others_are_not_ours(name: str) -> None:
    assert not is_ours(name)


# line-bot-sdk builds its models on pydantic.v1, which warns on Python 3.14.
@pytest.mark.filterwarnings("ignore:Core Pydantic V1:UserWarning")
def test_the_sdk_reads_the_menu_and_loses_no_key() -> None:
    request_model = importlib.import_module("linebot.v3.messaging").RichMenuRequest
    menu = definition(IMAGE.read_bytes())
    assert request_model.from_dict(menu).to_dict() == menu


def test_every_area_is_drawn_with_its_label() -> None:
    assert set(draw_rich_menu.PICTOGRAMS) == {area.choice.label for area in AREAS}
    # Our own drawing, not something from outside.
    svg = ET.fromstring(draw_rich_menu.drawing())  # noqa: S314
    labels = [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert labels == [area.choice.label for area in AREAS]
