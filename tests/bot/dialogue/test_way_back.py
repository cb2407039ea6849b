"""One button leads back after every detour, and no change is claimed without one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Context, Turn
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.dialogue.test_respond import NOW

CONTEXT = Context(NOW, library.load(), KEIEI)


def begun(**answers: str) -> Conversation:
    given = {question: tuple(value.split("|")) for question, value in answers.items()}
    return Conversation("test:you", flow="diagnosis", answers=given)


def say(conversation: Conversation, *lines: str) -> Turn:
    turn = Turn(conversation)
    for line in lines:
        turn = respond(turn.conversation, typed(line), CONTEXT)
    return turn


@pytest.mark.parametrize("detour", ["質問する", "v1|do=ask", "v1|do=correct", "もう死にたい"])
def test_detour_in_an_interview_ends_with_a_way_back(detour: str) -> None:
    turn = say(begun(sales="up", costs="rent"), detour)
    values = {button.value for reply in turn.replies for button in reply.buttons}
    on = {"v1|do=resume", *(value for value in values if value.startswith("v1|profit="))}
    assert values & on, detour


def test_way_back_tells_how_far_one_has_come() -> None:
    last = say(begun(sales="up", costs="rent"), "質問する").replies[-1]
    assert next(button.label for button in last.controls).startswith("診断のつづき（3/")


def test_way_back_before_any_interview_is_not_offered() -> None:
    last = say(Conversation("test:you"), "質問する").replies[-1]
    assert all(button.value != "v1|do=resume" for button in last.buttons)


@pytest.mark.parametrize("line", ["v1|sales=up", "売上は増えています"])
def test_same_answer_twice_claims_no_change(line: str) -> None:
    turn = say(begun(sales="up", costs="rent"), line)
    said = "\n".join(reply.text for reply in turn.replies)
    assert "直しました" not in said
    assert "聞きました" not in said
    assert turn.conversation.answers["sales"] == ("up",)


def test_another_answer_says_what_it_changes() -> None:
    turn = say(begun(sales="up", costs="rent"), "v1|sales=flat")
    assert "直しました" in turn.replies[0].text


def test_progress_over_a_whole_interview_never_grows() -> None:
    turn = say(Conversation("test:you"), "うどん屋です。返済が遅れてます")
    totals: list[int] = []
    for _ in range(40):
        progress = turn.replies[-1].progress
        choices = turn.replies[-1].choices
        if not choices or not progress:
            break
        assert progress.position <= progress.total
        totals.append(progress.total)
        turn = say(turn.conversation, choices[0].value)
    assert totals == sorted(totals, reverse=True)


STORIES = (
    "うどん屋です。返済が遅れてます",
    "愛媛で飲食、会社です。売上が3割落ちて、税金も遅れてます。店をたたむことも考えてます",
    "会社です。飲食店で5人。従業員の給料が遅れています",
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(STORIES), st.lists(st.integers(0, 8), min_size=18, max_size=18))
def test_progress_of_answers_never_goes_back(story: str, taps: list[int]) -> None:
    turn, last = say(Conversation("test:you"), story), 0
    for each in taps:
        progress, choices = turn.replies[-1].progress, turn.replies[-1].choices
        if not choices or not progress:
            break
        assert last <= progress.position <= progress.total
        last = progress.position
        turn = say(turn.conversation, choices[each % len(choices)].value)


def test_progress_asked_for_when_one_question_is_left_counts_none() -> None:
    turn = say(Conversation("test:you"), "ヤミ金に追われています", "あと何問ありますか")
    assert "あと1つだけ" in turn.replies[0].text
