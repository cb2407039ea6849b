"""Unconfirmed facts are listed with their next step, and never shown as known."""

from datetime import UTC, datetime

from bot.presentation.cards.contact import links_to
from flows.keiei.programme import KEIEI
from knowledge import unknown
from knowledge.directory import helplines
from knowledge.files import read_json
from knowledge.library import load

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)


def test_the_file_has_no_faults() -> None:
    assert list(unknown.problems()) == []


def test_in_words_says_what_where_and_the_next_step() -> None:
    said = unknown.in_words(next(each for each in unknown.load() if each.id == "inochi-sos-hours"))
    assert "受付時間" in said
    assert "まもろうよ こころ" in said
    assert "helplines.json" in said


def test_hours_that_are_unknown_are_said_to_be_so() -> None:
    unsure = {each.id for each in unknown.load()}
    hours = helplines.load()["inochi-sos"].hours
    assert ("inochi-sos-hours" in unsure) is ("未確認" in (hours or ""))


def test_an_address_in_doubt_has_the_national_list_beside_it() -> None:
    unsure = {each.id for each in unknown.load()}
    kanagawa = next(each for each in load().directory.yorozu if each.code == "14")
    assert "kanagawa-yorozu-address" in unsure
    assert "2つ" in kanagawa.note
    offices = load().directory.for_prefecture("14")
    targets = [link.target for link in links_to(offices, KEIEI.paths["yorozu"], NOW)]
    assert targets == [kanagawa.website, kanagawa.directory]


def test_a_fault_is_named() -> None:
    def read(name: str) -> object:
        content = read_json(name)
        return [{**content[0], "next_step": ""}] if name == unknown.FILE else content

    (fault,) = unknown.problems(read)
    assert "next_step" in fault
