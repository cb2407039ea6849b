"""Name a case for staff by its place and time."""

from __future__ import annotations

from bot.model.business_hours import JAPAN
from bot.model.case import Case, Reason
from bot.presentation.wording import say
from flows.flow import Answers
from flows.programme import Programme
from knowledge.place_names.places import PREFECTURES

LEVELS = {
    Reason.DESPAIR: say("case_file.level_despair"),
    Reason.URGENT: say("case_file.level_urgent"),
    Reason.MISSES: say("case_file.level_misses"),
    Reason.ASKED: say("case_file.level_asked"),
}
"""How grave a case is, in one word."""

REASONS = {
    Reason.DESPAIR: say("case_file.reason_despair"),
    Reason.URGENT: say("case_file.reason_urgent"),
    Reason.MISSES: say("case_file.reason_misses"),
    Reason.ASKED: say("case_file.reason_asked"),
}
"""Why a person is needed, as a sentence."""


def name_holder(case: Case) -> str:
    """Name the holder of a case for colleagues, or "".

    Who has set no name yet is 相談員 to owners, which tells colleagues nothing.
    """
    is_nameless = case.holder_name == say("handoff.staff")
    return say("case_file.no_name_yet") if is_nameless else case.holder_name


def name_case(case: Case, answers: Answers, programme: Programme) -> str:
    """Name a case for colleagues, as 兵庫県の相談（11/30 10:52）."""
    local = case.opened_at.astimezone(JAPAN)
    day = say("case_file.short_day", month=local.month, day=local.day)
    time = say("case_file.short_time", hour=local.hour, minute=local.minute)
    place = PREFECTURES.get(answers.get(programme.place, ("",))[0], "")
    if place:
        return say("case_file.name", place=place, day=day, time=time)
    return say("case_file.name_without_place", day=day, time=time)
