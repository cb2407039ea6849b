"""One form has one effect, whatever is pressed, how often, and after any failure."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.web import submissions
from bot.channels.slack.web.events import Actor, ViewSubmission
from bot.channels.slack.web.payloads import read_payload
from bot.channels.slack.web.responses import answer_with_errors
from bot.channels.slack.web.submissions import Submissions

WHO = Actor("U1", "T1")


def sent(view: str = "V1:1", text: str = "あ") -> ViewSubmission:
    return ViewSubmission(f"submit:{view}:{text}", WHO, "write", "", {"words": text}, view)


class Part:
    """Refuses as often as it is told, and remembers what took effect, once for each event."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals, self.heard, self.kept = refusals, 0, set[str]()

    @property
    def effects(self) -> int:
        return len(self.kept)

    async def hear(self, event: ViewSubmission) -> Mapping[str, Any] | None:
        self.heard += 1
        await asyncio.sleep(0)
        if self.refusals:
            self.refusals -= 1
            return answer_with_errors({"words": "x"})
        self.kept.add(event.event_id)
        return None


@given(presses=st.integers(1, 6), refusals=st.integers(0, 6))
def test_form_takes_effect_once_after_any_refusals(presses: int, refusals: int) -> None:
    async def run() -> None:
        part, forms = Part(refusals), Submissions()
        answers = await asyncio.gather(
            *(forms.take_once(sent(), part.hear) for _ in range(presses))
        )
        assert part.effects == (presses > refusals)
        assert sum(map(bool, answers)) == min(presses, refusals)
        assert part.heard == min(presses, refusals + 1)

    asyncio.run(run())


@given(presses=st.lists(st.sampled_from("AB"), min_size=1, max_size=6), refusals=st.integers(0, 6))
def test_form_whose_presses_reach_two_processes_takes_effect_once(
    presses: list[str], refusals: int
) -> None:
    async def run() -> None:
        part, processes = Part(refusals), {"A": Submissions(), "B": Submissions()}
        for process in presses:
            await processes[process].take_once(sent(), part.hear)
        assert part.effects == (len(presses) > refusals)

    asyncio.run(run())


def test_form_that_failed_is_heard_again() -> None:
    async def fails(_: ViewSubmission) -> None:
        raise OSError

    async def run() -> None:
        part, forms = Part(), Submissions()
        with pytest.raises(OSError):  # noqa: PT011 - raised above
            await forms.take_once(sent(), fails)
        await forms.take_once(sent(), part.hear)
        assert part.effects == 1

    asyncio.run(run())


def test_other_forms_and_changed_forms_are_forms_of_their_own() -> None:
    async def run() -> None:
        part, forms = Part(), Submissions()
        for view in ("V1:1", "V1:2", "V2:1"):
            await forms.take_once(sent(view), part.hear)
        assert part.effects == 3

    asyncio.run(run())


def test_only_the_latest_forms_are_remembered() -> None:
    async def run() -> None:
        part, forms = Part(), Submissions()
        for number in range(submissions.REMEMBERED + 50):
            await forms.take_once(sent(f"V{number}:1"), part.hear)
        assert len(forms._forms) == submissions.REMEMBERED  # noqa: SLF001 - its memory is meant

    asyncio.run(run())


def test_event_id_is_that_of_the_words_not_of_the_press() -> None:
    """So that a second press that another process hears is an event seen before."""

    def payload(trigger: str, words: str) -> dict[str, Any]:
        state = {"values": {"words": {"x": {"type": "plain_text_input", "value": words}}}}
        view = {"id": "V1", "hash": "1", "callback_id": "write", "state": state}
        return {"type": "view_submission", "trigger_id": trigger, "view": view, "user": {"id": "U"}}

    def event_id(trigger: str, words: str) -> str:
        event = read_payload(payload(trigger, words))
        assert isinstance(event, ViewSubmission)
        assert words not in event.event_id
        return event.event_id

    assert event_id("1", "こんにちは") == event_id("2", "こんにちは")
    assert event_id("1", "こんにちは") != event_id("1", "こんばんは")
