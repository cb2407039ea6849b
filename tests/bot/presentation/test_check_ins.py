"""Check-ins over time are drawn and told in the same words.

The report holds the four points.
"""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.follow_up import CheckIn
from bot.presentation.check_ins import draw_check_ins, history_lines, report_points
from flows.keiei.follow_up import FOLLOW_UP

CHECKS = FOLLOW_UP.checks
TAPS = st.fixed_dictionaries(
    {}, optional={each.id: st.sampled_from([o.id for o in each.options]) for each in CHECKS}
)
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = [f"{_SVG}circle", f"{_SVG}polygon", f"{_SVG}path"]


@given(st.lists(TAPS, min_size=2, max_size=9))
def test_every_tap_shown_is_one_mark_of_its_own_shape(taps: list[dict[str, str]]) -> None:
    first = date(2027, 6, 2)
    check_ins = [CheckIn(first + timedelta(days=180 * n), each) for n, each in enumerate(taps)]
    drawn = draw_check_ins(check_ins, CHECKS)
    assert drawn
    picture = ET.fromstring(drawn)  # noqa: S314 - our own words
    marks = [each for each in picture.iter() if each.tag in _SHAPES]
    legend, shown = 3, check_ins[-6:]
    assert len(marks) == legend + sum(len(each.options) for each in shown)
    described = picture.findtext(f"{_SVG}desc") or ""
    for each in shown:
        for check in CHECKS:
            option = check.option(each.options.get(check.id, ""))
            assert option is None or f"{check.title}：{option.label}" in described


def test_one_check_in_is_words_only() -> None:
    check_ins = [CheckIn(date(2027, 6, 2), {CHECKS[0].id: CHECKS[0].options[0].id})]
    assert draw_check_ins(check_ins, CHECKS) is None
    assert len([*history_lines(check_ins, CHECKS)]) == 1


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_report_says_each_of_the_four_points(level: int) -> None:
    check_in = CheckIn(date(2027, 6, 2), {each.id: each.options[level].id for each in CHECKS})
    points = report_points(check_in, CHECKS)
    assert [*points] == ["overview", "actions", "difference", "request"]
    assert all(points.values())
    assert ("原因は" in points["difference"]) == bool(level)
