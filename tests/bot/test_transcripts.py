"""Each file of `tests/transcripts/` is a test, from the first word to a door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from bot.model.messages import read_value
from bot.understand.commands import Command, command_in
from flows.assessment import VERDICT_LABELS
from flows.flow import ASSESSMENT
from flows.keiei.catalog import FLOWS
from flows.keiei.eligibility import assess
from flows.keiei.support import MAIN
from knowledge import library
from knowledge.directory.phone import Status
from tests.bot.transcripts import Play, Story, TranscriptError, play, read, stories

STORIES = stories()
FEWEST = 25
TOLD = 3
"""Faults printed of one story, since one wrong turn is often followed by many."""

DIALOGUE = "# うどん屋\n\nWhat it guards.\n\n```text\n{}\n```\n"
COMMAND_OF_FLOW = {
    "diagnosis": Command.DIAGNOSE,
    "qualify": Command.QUALIFY,
    "center": Command.CENTER,
}


@cache
def played(story: Story) -> Play:
    return play(story, library.load())


def _plays() -> Iterator[Play]:
    return map(played, STORIES)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(story: Story) -> None:
    faults = played(story).faults
    if faults:
        told = "\n\n".join(map(str, faults[:TOLD]))
        rest = f"\n\nand {len(faults) - TOLD} more after these" if len(faults) > TOLD else ""
        pytest.fail(
            f"{story.title} (tests/transcripts/{story.name}.md)\n\n{told}{rest}", pytrace=False
        )


# --- what the stories cover together ------------------------------------------------------------


def test_there_are_enough_stories_and_no_two_are_alike() -> None:
    assert len(STORIES) >= FEWEST
    assert len({story.title for story in STORIES}) == len(STORIES)
    assert len({story.owner_lines for story in STORIES}) == len(STORIES)


def test_every_question_and_every_outcome_is_reached() -> None:
    reached = {state for each in _plays() for state in each.states}
    asked = {
        question.id
        for flow in FLOWS.values()
        for question in flow.questions
        if question.id not in flow.never_asked
    }
    ends = {outcome for flow in FLOWS.values() for outcome in flow.outcomes}
    assert not (asked | ends) - reached


def test_every_main_path_and_every_verdict_is_reached() -> None:
    found = [
        assess(turn.conversation.answers)
        for each in _plays()
        for state, turn in zip(each.states, each.turns, strict=True)
        if state == ASSESSMENT
    ]
    assert {each.route.main.path.id for each in found} == {rule.path for rule in MAIN}
    assert {each.verdict for each in found} == set(VERDICT_LABELS)


def test_every_command_is_given_by_an_owner() -> None:
    given = {command for each in _plays() for command in map(_command, each.acts)}
    assert not set(Command) - given


def _command(act: str) -> Command | None:
    match read_value(act):
        case ("do", command) if command in set(Command):
            return Command(command)
        case ("flow", flow):
            return COMMAND_OF_FLOW.get(flow)
        case None:
            spoken = command_in(act)
            return spoken.command if spoken else None
    return None


def test_a_number_of_2015_is_never_shown_without_its_year() -> None:
    old = {
        phone.number
        for center in library.load().directory.centers
        for phone in center.phones
        if phone.status is Status.LEAFLET_2015
    }
    lines = (
        line for each in _plays() for turn in each.turns for reply in turn.replies
        for line in reply.text.splitlines()
    )  # fmt: skip
    assert not [
        line for line in lines if old & set(re.findall(r"[\d-]{10,}", line)) and "2015" not in line
    ]


# --- the player itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "dialogue",
    [
        "客: 使い方\nボ: 窓口 … できること",
        "客: 使い方\nボなし: できること",
        "客: 使い方\nボタン: 診断する … 最初から",
        "客: 使い方\n状態: sales",
        "客: [タップ 戻る]",
    ],
    ids=["order", "must not be said", "button", "state", "tap on what is not shown"],
)
def test_a_dialogue_that_goes_another_way_is_a_fault_with_its_line(dialogue: str) -> None:
    play_ = play(read("udon", DIALOGUE.format(dialogue)), library.load())
    assert len(play_.faults) == 1
    assert str(play_.faults[0]).startswith(f"line {5 + dialogue.count(chr(10)) + 1}:")


@pytest.mark.parametrize("line", ["客 うどん屋です", "客: [踊り]", "店: いらっしゃい"])
def test_a_line_that_makes_no_sense_is_named(line: str) -> None:
    with pytest.raises(TranscriptError, match="udon, line 6"):
        play(read("udon", DIALOGUE.format(line)), library.load())
