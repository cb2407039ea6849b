"""The inspector, the map and the stories get their data, tested without a browser."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from bot.channels.line.drawing.render import messages
from bot.demo.flow_map import flow_map, name_state, stored_conversation
from bot.demo.line_wire import limits_used
from bot.demo.stories import stories
from bot.demo.switches import Switches
from bot.figures.pictures import ASKS
from bot.model.conversation import Conversation, Mode
from bot.model.messages import Choice, Reply
from flows.keiei.catalog import FLOWS
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.demo.running import stories_folder
from tests.bot.transcripts import play, read


def test_there_are_seven_stories_and_each_has_its_own_owner() -> None:
    assert len(stories()) == 7
    assert len({story.owner for story in stories()}) == 7
    assert all(story.about and story.acts for story in stories())


@pytest.mark.parametrize("path", sorted(stories_folder().glob("*.md")), ids=lambda path: path.stem)
def test_each_story_goes_as_it_is_written(path: Path) -> None:
    assert play(read(path.stem, path.read_text("utf-8")), library.load()).faults == []


def test_the_limits_used_are_those_of_the_largest() -> None:
    asked = Reply("えらんでください", tuple(Choice(f"{n}番", f"v1|a={n}") for n in range(7)))
    used = {each["name"]: each for each in limits_used(messages((Reply("はい"), asked)))}
    assert (used["メッセージ"]["used"], used["メッセージ"]["most"]) == (2, 5)
    assert (used["クイックリプライ"]["used"], used["クイックリプライ"]["most"]) == (7, 13)
    assert (used["本文（文字）"]["used"], used["本文（文字）"]["most"]) == (2, 5000)
    assert used["バブル"]["most"] == 30_000
    assert 500 < used["バブル"]["used"] < 5000
    assert list(limits_used([])) == []


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS.keys())
def test_every_way_of_a_flow_leads_down_its_map(flow: object) -> None:
    drawn = flow_map(Conversation("line:U", flow=getattr(flow, "id", "")), KEIEI)
    rank = {node["id"]: node["rank"] for node in drawn["nodes"]}
    assert drawn["edges"]
    assert all(rank[edge["from"]] < rank[edge["to"]] for edge in drawn["edges"])


def test_the_way_walked_is_lit() -> None:
    answers = {"sales": ("up",), "costs": ("materials",)}
    drawn = flow_map(Conversation("line:U", flow="diagnosis", answers=answers), KEIEI)
    assert [(e["from"], e["to"]) for e in drawn["edges"] if e["walked"]] == [
        ("start", "sales"),
        ("sales", "costs"),
        ("costs", "profit"),
    ]
    assert [node["id"] for node in drawn["nodes"] if node["here"]] == ["profit"]


def test_nothing_is_lit_before_the_first_question() -> None:
    drawn = flow_map(Conversation("line:U"), KEIEI)
    assert drawn["state"] == "menu"
    assert not any(part["walked"] for part in (*drawn["nodes"], *drawn["edges"]))


def test_states_are_named_in_japanese_on_the_map() -> None:
    outcomes = [outcome for flow in FLOWS.values() for outcome in flow.outcomes]
    figures = [name for asked in ASKS.values() for name in asked]
    names = [name_state(each, KEIEI) for each in (*KEIEI.questions, *outcomes, *figures, "menu")]
    assert not [name for name in names if re.search("[a-z_]", name)]


@pytest.mark.parametrize("mode", list(Mode))
def test_who_speaks_is_named_in_japanese_on_the_map(mode: Mode) -> None:
    drawn = flow_map(Conversation("line:U", mode=mode), KEIEI)
    assert not re.search("[a-z]", drawn["mode_title"])


def test_the_store_is_only_read(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        stored_conversation(tmp_path / "not there.db", "line:U")
    assert not list(tmp_path.iterdir())


def test_a_switch_stays_on_until_it_is_turned_off() -> None:
    switches = Switches()
    switches.turn("error", on=True)
    assert [switches.take("reply") is not None for _ in range(3)] == [True] * 3
    assert switches.take("quota") is None
    switches.turn("error", on=False)
    assert switches.take("push") is None
    with pytest.raises(KeyError):
        switches.turn("take", on=True)
