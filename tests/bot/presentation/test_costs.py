"""What a plan costs is told with its date, or in few words that it bears none."""

from bot.presentation.costs import cost_lines
from flows.keiei.programme import KEIEI
from knowledge.programmes import load


def test_cost_lines_of_a_source_without_a_date_say_so_in_few_words() -> None:
    lines = cost_lines("business-plan-405", load(), KEIEI.cost_examples)
    (smallest,) = (line for line in lines if "札幌商工会議所" in line)
    assert smallest.endswith("（日付のない案内です）。")
    assert "時点の情報" in lines[1]
