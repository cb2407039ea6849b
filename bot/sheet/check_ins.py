"""Write the check-ins and the report to a bank as parts of a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from bot.model.conversation import Conversation
from bot.presentation.check_ins import draw_check_ins, history_lines, report_points
from bot.presentation.times import say_full_date
from bot.presentation.wording import say
from bot.sheet.sheet import Form, Line, Part
from flows.follow_up import FollowUpPlan

CHECK_INS = "check-ins"


def check_in_parts(conversation: Conversation, plan: FollowUpPlan) -> Iterator[Part]:
    """Write the check-ins with their picture, and the last one's report.

    Nothing where there are none.
    """
    follow_up = conversation.follow_up
    if follow_up is None or not follow_up.check_ins:
        return
    bullet, last = say("sheet.bullet"), follow_up.check_ins[-1]
    history = history_lines(follow_up.check_ins, plan.checks)
    lines = tuple(Line(each.removeprefix(bullet)) for each in history)
    drawn = draw_check_ins(follow_up.check_ins, plan.checks)
    heading = say("sheet.check_ins_heading")
    yield Part(CHECK_INS, heading, Form.LINES, lines, drawings=(drawn,) if drawn else ())
    points = tuple(
        Line(text, _LABELS[name]) for name, text in report_points(last, plan.checks).items()
    )
    titled = say("sheet.report_heading", day=say_full_date(last.on))
    yield Part("bank-report", titled, Form.FACTS, points, plan.report_sources)


_LABELS = {
    "overview": say("sheet.report_overview"),
    "actions": say("sheet.report_actions"),
    "difference": say("sheet.report_difference"),
    "request": say("sheet.report_request"),
}
