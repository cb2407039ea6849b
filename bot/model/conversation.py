"""Hold a conversation by its mode and the answers given.

Everything else is computed from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from transitions import Machine

from bot.figures import figures as owner_figures
from bot.figures.figures import Figures
from bot.model import case as cases
from bot.model import case_details
from bot.model import follow_up as follow_ups
from bot.model.case import Case
from bot.model.case_details import NO_DETAILS, CaseDetails
from bot.model.follow_up import FollowUp
from flows.flow import Answers


class Mode(StrEnum):
    """Say who speaks with the owner."""

    ASKING = "asking"
    WAITING = "waiting"
    WITH_STAFF = "with_staff"
    CLOSED = "closed"


MODE_CHANGES: tuple[tuple[str, tuple[Mode, ...], Mode], ...] = (
    ("ask_for_person", (Mode.ASKING, Mode.CLOSED), Mode.WAITING),
    ("claim", (Mode.WAITING,), Mode.WITH_STAFF),
    ("hand_back", (Mode.WAITING, Mode.WITH_STAFF), Mode.ASKING),
    ("take_back", (Mode.WAITING, Mode.WITH_STAFF), Mode.ASKING),
    ("complete", (Mode.WAITING, Mode.WITH_STAFF), Mode.CLOSED),
    ("reopen", (Mode.CLOSED, Mode.ASKING), Mode.WITH_STAFF),
)
"""Event, the modes it is allowed in, and the mode it leads to.

Nobody gets from `asking` to a person without the owner's consent: `ask_for_person` follows their
yes, and `reopen` takes up a case they agreed to (`bot.handoff.case_life` holds that). `closed` is
`asking` after a case that staff have completed.
"""

EDITION = 1
"""Version of the answers. 1 since 2026-11-30, when an option of the legal form was split."""

OFFER_PERSON_AFTER = 2
"""Questions in a row without an answer, after which a person is offered."""

WITH_A_PERSON = (Mode.WAITING, Mode.WITH_STAFF)
"""Modes with an open case. The owner's words are passed on and the bot is silent."""


@dataclass(slots=True)
class _Cursor:
    state: Mode


@cache
def mode_machine() -> Machine:
    """Build the one machine of modes.

    It has no model of its own: each change brings a cursor along.
    """
    machine = Machine(model=None, states=list(Mode), initial=None, auto_transitions=False)
    for event, sources, target in MODE_CHANGES:
        machine.add_transition(event, list(sources), target)
    return machine


@dataclass(frozen=True)  # no slots, so that a copy is one copy of a mapping
class Conversation:
    """What is remembered of one person.

    `key` is channel and person ("line:U1"). `flow` is the questionnaire under way ("" before the
    first). `answers` hold question → options, in the order given. `earlier` are the answers
    before the last start from the beginning, so that it can be undone.
    `asking_again` is the question being corrected, `adding` one with several answers still open,
    `place_hint` a place heard in passing (code and name) that waits for its question.
    `offered` are label and value of the choices last shown, so that a typed "2" means the second
    and a typed label the choice that said it.
    `misses` counts questions in a row we had no answer to, `topic` is the FAQ entry last shown.
    `asking_consent` says that the owner is being asked whether their words may be passed on to a
    person; `despaired` that they have written of despair, until they say that it is better.
    `case` is the last case, open or ended. `code` is a hand-over code just taken over, until the
    next answer: then "back" gives back what was there before. `album` names the pictures sent
    together last, which are answered once. `recent` is how many messages the bucket held at
    `last_seen`, `asked_to_wait` that it ran over (`bot.dialogue.pace`). `wrong_codes` are the last
    Japanese day on which hand-over codes were tried that nobody knows, and how many.
    `unasked` are questions whose answer came with a story, so that "back" leaves them.
    `likely` are answers heard but not surely, question → options, that are put to the owner once;
    `brief` are the few questions asked of somebody for whom they were too many; `by_telephone` says that
    staff ask for a caller, what presses most first;
    `told_at` is when they last told something that was recorded, `consoled_at` when a word of
    sympathy was said in full. `result` are questionnaire, verdict
    and path of the result last told, so that a correction says only what it changed. `figures` are
    what they gave in yen, if they wanted to; `picture` names the picture being asked for, `figure_again`
    the figure being corrected. `edition` says in whose sense the answers are to be read
    (`bot.interview.editions`). `judged` are the answer they were asked about and their question, which
    is empty once they have said whether it helped. `follow_up` is what they agreed to
    be reminded of. `ticked` are ids of papers they have at hand.
    """

    key: str
    mode: Mode = Mode.ASKING
    flow: str = ""
    answers: Answers = field(default_factory=dict)
    earlier: Answers = field(default_factory=dict)
    asking_again: str = ""
    adding: str = ""
    place_hint: tuple[str, str] | None = None
    offered: tuple[tuple[str, str], ...] = ()
    misses: int = 0
    topic: str = ""
    last_seen: datetime | None = None
    asking_consent: bool = False
    despaired: bool = False
    case: Case | None = None
    details: CaseDetails = NO_DETAILS
    code: str = ""
    unasked: tuple[str, ...] = ()
    likely: Answers = field(default_factory=dict)
    brief: tuple[str, ...] = ()
    by_telephone: bool = False
    told_at: datetime | None = None
    consoled_at: datetime | None = None
    album: str = ""
    recent: float = 0.0
    asked_to_wait: bool = False
    wrong_codes: tuple[str, int] | None = None
    result: tuple[str, ...] = ()
    figures: Figures = field(default_factory=Figures)
    ticked: tuple[str, ...] = ()
    edition: int = EDITION
    judged: tuple[str, ...] = ()
    picture: str = ""
    figure_again: str = ""
    follow_up: FollowUp | None = None

    @property
    def idle_since(self) -> datetime | None:
        """Find the last word or coming reminder, or None without either."""
        followed = self.follow_up
        words = (followed.said_at, followed.next_at) if followed else ()
        moments = [each.astimezone(UTC) for each in (self.last_seen, *words) if each]
        return max(moments, default=None)

    @property
    def rests_from_reminders(self) -> bool:
        """Tell whether the bot leaves an owner alone who has written of despair."""
        return self.despaired and not (self.follow_up and self.follow_up.resumed)

    def can(self, event: str) -> bool:
        """Tell whether the mode allows `event`."""
        return any(name == event and self.mode in sources for name, sources, _ in MODE_CHANGES)

    def moved(self, event: str) -> Conversation:
        """Change the mode by an event.

        A mode that does not allow the event stays.
        """
        if not self.can(event):
            return self
        cursor = _Cursor(self.mode)
        mode_machine().events[event].trigger(cursor)
        return self.with_changes(mode=Mode(cursor.state))

    def with_changes(self, **changes: Any) -> Conversation:
        """Copy it with other values of some fields.

        As `dataclasses.replace` does, which handles all fields one by one: a turn makes five copies.
        """
        if not changes.keys() <= self.__dict__.keys():
            raise TypeError(f"a conversation has not all of {sorted(changes)}")
        copy = object.__new__(Conversation)
        copy.__dict__.update(self.__dict__, **changes)
        return copy

    def answered(
        self, question: str, options: tuple[str, ...], *, told: bool = False, **changes: Any
    ) -> Conversation:
        """Record an answer as the last given, in place of any earlier one.

        `told` says that it came unasked. `changes` are other fields that the answer changes.
        """
        others = {key: value for key, value in self.answers.items() if key != question}
        likely = {key: value for key, value in self.likely.items() if key != question}
        answers = {**others, question: options}
        unasked = tuple(each for each in self.unasked if each != question)
        marked = (*unasked, question) if told else unasked
        return self.with_changes(answers=answers, likely=likely, unasked=marked, **changes)

    def without(self, question: str) -> Conversation:
        """Take back the answer to `question`."""
        kept = {key: value for key, value in self.answers.items() if key != question}
        return self.with_changes(answers=kept)


_FIELDS = tuple(each.name for each in fields(Conversation))


def to_dict(conversation: Conversation) -> dict[str, Any]:
    """Write the differences from a new conversation as JSON-able data.

    There is always one, the edition.
    """
    data = {name: value for name, value in conversation.__dict__.items() if value}
    for name in ("last_seen", "told_at", "consoled_at"):
        if name in data:
            data[name] = data[name].isoformat()
    if conversation.case:
        data["case"] = cases.to_dict(conversation.case)
    if conversation.figures:
        data["figures"] = owner_figures.to_dict(conversation.figures)
    if conversation.details:
        data["details"] = case_details.to_dict(conversation.details)
    if conversation.follow_up:
        data["follow_up"] = follow_ups.to_dict(conversation.follow_up)
    return data


def _answers(data: Mapping[str, list[str]]) -> Answers:
    return {question: tuple(options) for question, options in data.items()}


def _pairs(data: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in data)


_READ: dict[str, Callable[[Any], Any]] = {
    "mode": Mode,
    "answers": _answers,
    "earlier": _answers,
    "likely": _answers,
    "place_hint": tuple,
    "brief": tuple,
    "unasked": tuple,
    "ticked": tuple,
    "result": tuple,
    "judged": tuple,
    "wrong_codes": tuple,
    "offered": _pairs,
    "last_seen": datetime.fromisoformat,
    "told_at": datetime.fromisoformat,
    "consoled_at": datetime.fromisoformat,
    "case": cases.from_dict,
    "figures": owner_figures.from_dict,
    "details": case_details.from_dict,
    "follow_up": follow_ups.from_dict,
}
"""Readers of fields that JSON has no type for."""


def from_dict(data: Mapping[str, Any]) -> Conversation:
    """Read a conversation from `to_dict`, ignoring fields of another version."""
    kept = {key: value for key, value in data.items() if value and key in _FIELDS}
    for name in _READ.keys() & kept:
        kept[name] = _READ[name](kept[name])
    return Conversation(data["key"]).with_changes(**{"edition": 0, **kept})
