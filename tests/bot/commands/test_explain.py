"""`explain` shows a verdict rule by rule, from arguments, JSON and standard input."""

import io
import json

import pytest
from hypothesis import given

from bot.__main__ import main
from bot.commands.explain import as_json, lines
from flows.flow import Answers
from flows.keiei.eligibility import RULES, assess
from tests.flows.test_assessment import any_answers

TIGHT = "lenders=bank|guaranteed; repayment=tight; bank_help=yes; legal_form=company"


def test_explain_arguments_tells_rules_path_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *TIGHT.split("; "), "industry=retail"]) == 0
    said = capsys.readouterr().out
    assert "verdict: likely (使えそうです)" in said
    assert "for     bank-help-needed: bank_help=yes" in said
    assert "excluded-form: needs legal_form=cooperative|nonprofit|welfare_or_school" in said
    assert "first path: business-plan-405" in said
    assert "because bank_help=yes and lenders!=none" in said
    assert "must be said: same-terms" in said
    assert "[S06]" in said


def test_explain_json_in_and_out(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = {"legal_form": ["nonprofit"], "lenders": "bank", "repayment": "late"}
    assert main(["explain", "--json", json.dumps(given_)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["verdict"], said["path"]) == ("other", "council")
    assert [each["rule"] for each in said["findings"] if each["effect"] == "against"] == [
        "excluded-form"
    ]
    assert said["answers"] == {
        "legal_form": ["nonprofit"],
        "lenders": ["bank"],
        "repayment": ["late"],
    }


def test_explain_takes_an_option_by_its_label(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--json", "prefecture=愛媛県", "arrears=税金|社会保険料"]) == 0
    answers = json.loads(capsys.readouterr().out)["answers"]
    assert answers == {"prefecture": ["38"], "arrears": ["tax", "social_insurance"]}


def test_explain_reads_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(TIGHT + "\n"))
    assert main(["explain"]) == 0
    assert "verdict: likely" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("salse=up", "there is no question 'salse'; choose from sales (売上)"),
        ("prefecture=ehime", "38 (愛媛県)"),
        (
            "sales=upwards",
            "sales has no option 'upwards'; choose from up (増えている), flat (変わらない)",
        ),
        ("{broken", "this is no JSON object"),
    ],
)
def test_explain_of_unknown_answers_is_refused_in_one_sentence(
    wrong: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", wrong]) == 2
    assert says in capsys.readouterr().err


@given(any_answers())
def test_every_rule_on_an_answer_either_held_or_is_told_why_not(answers: Answers) -> None:
    assessment = assess(answers)
    said = as_json(answers, assessment)
    about = {rule.id for rule in RULES if rule.question in answers}
    assert about == {each["rule"] for each in said["findings"]} | set(said["not_met"])
    assert len(list(lines(answers, assessment))) > len(about)
