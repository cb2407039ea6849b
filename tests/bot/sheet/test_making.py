"""A sheet from any outcome holds the owner's words and facts with a source."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from bot.model.conversation import Conversation
from bot.presentation.source_lines import without_brackets
from bot.sheet import sheet as shape
from bot.sheet.making import make_sheet
from bot.sheet.sheet import Form, Line, Part
from bot.sheet.text import as_text
from flows.keiei.programme import KEIEI
from knowledge.place_names.places import PREFECTURES
from tests.bot.sheet.sheets import PLAN, context, finished, sheet_of, sheets


def part(conversation: Conversation, part_id: str) -> Part:
    found = sheet_of(conversation).part(part_id)
    assert found, part_id
    return found


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_make_sheet_without_answers_is_none() -> None:
    assert make_sheet(Conversation("test:owner"), context()) is None


def test_make_sheet_of_a_plan_has_every_part_in_order() -> None:
    assert [each.id for each in sheet_of(finished(PLAN)).parts] == [
        "situation",
        "urgent",
        "path",
        "office",
        "words",
        "steps",
        "papers",
        "application",
        "six-questions",
        "remarks",
        "notes",
    ]


def test_make_sheet_asks_an_expert_six_questions() -> None:
    assert len(part(finished(PLAN), "six-questions").lines) == 6


def test_make_sheet_for_a_council_asks_no_expert() -> None:
    assert sheet_of(finished("wishes=close prefecture=27")).part("six-questions") is None


def test_make_sheet_tells_the_owners_own_answers_and_no_other() -> None:
    told = part(finished(PLAN), "situation").lines
    answers = finished(PLAN).answers
    asked = [KEIEI.questions[name] for name in answers]
    said = {each.title: without_brackets(each.labels(answers[each.id])) for each in asked}
    assert {line.label: line.text for line in told}.items() <= said.items()
    assert len(told) >= 12


def test_make_sheet_puts_what_is_unknown_among_the_open_points() -> None:
    unknown = finished(PLAN.replace("profit=loss", "profit=unknown"))
    assert "利益" not in {line.label for line in part(unknown, "situation").lines}
    assert "まだわからない：利益" in texts(part(unknown, "open").lines)


def test_make_sheet_of_urgent_trouble_says_by_when_and_what_to_say() -> None:
    urgent = finished("emergency=wages prefecture=13")
    assert part(urgent, "urgent").lines[0].text.startswith("11月30日（月）のうちに：")
    assert part(urgent, "today-steps").form is Form.BOXES
    assert "今日、相談できますか" in part(urgent, "words").lines[0].text


def test_make_sheet_of_urgent_trouble_tells_the_whole_story() -> None:
    told = finished("sales=down_sharp emergency=wages prefecture=34")
    assert "3割以上減った" in texts(part(told, "situation").lines)


def test_make_sheet_on_a_sunday_names_the_next_day_offices_open() -> None:
    sunday = replace(context(), now=context().now.replace(day=29))
    sheet = make_sheet(finished("emergency=wages prefecture=13"), sunday)
    assert sheet
    assert sheet.made_on == date(2026, 11, 29)
    assert sheet.parts[1].lines[0].text.startswith("11月30日（月）のうちに：")


def test_make_sheet_midway_says_so_and_names_no_path() -> None:
    sheet = sheet_of(finished("sales=down_sharp cause=lost_client"))
    assert sheet.part("path") is None
    assert any("質問の途中" in text for text in texts(part(finished("sales=up"), "open").lines))


def test_make_sheet_numbers_its_sources_from_one_and_dates_each() -> None:
    sheet = sheet_of(finished(PLAN))
    first = next(line.cites for each in sheet.parts for line in each.lines if line.cites)
    assert sheet.numbers(first)[0] == 1
    assert all(each.date and each.what for each in sheet.sources)


def test_make_sheet_never_links_a_number_of_2015() -> None:
    for code in PREFECTURES:
        lines = part(finished(f"{PLAN[:-13]} prefecture={code}"), "office").lines
        old = [line for line in lines if "2015年" in line.text]
        assert not any(line.link for line in old), code


def test_make_sheet_of_every_path_has_no_empty_part_and_no_line_without_words() -> None:
    for name, sheet in sheets():
        empty = [each.id for each in sheet.parts if not each.lines and each.form is not Form.ROOM]
        assert empty == [], name
        assert all(line.text.strip() for each in sheet.parts for line in each.lines), name
        assert {"situation", "office", "words", "papers"} <= {each.id for each in sheet.parts}, name


def test_every_source_of_a_sheet_is_cited_and_every_cite_is_a_source() -> None:
    for name, sheet in sheets():
        cited = set(shape.cites_of(sheet.parts))
        assert cited == {each.id for each in sheet.sources}, name


def test_reasons_of_every_path_name_their_source() -> None:
    for name, sheet in sheets():
        steps = sheet.part("steps")
        assert steps is None or steps.cites, name


def test_from_dict_reads_what_to_dict_wrote() -> None:
    sheet = sheet_of(finished(PLAN))
    assert shape.from_dict(json.loads(json.dumps(shape.to_dict(sheet)))) == sheet


def test_as_text_holds_every_line_and_source() -> None:
    sheet = sheet_of(finished(PLAN))
    text = as_text(sheet)
    assert "作成日：2026年11月30日" in text
    assert all(line.text in text for each in sheet.parts for line in each.lines)
    assert all(each.what in text for each in sheet.sources)
