import argparse
import io
import json
from typing import Any

import pytest

from bot.commands import locate
from knowledge.directory import centers
from knowledge.place_names.places import PREFECTURES


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    locate.add_arguments(parser)
    return locate.run(parser.parse_args(arguments))


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def ask(*lines: str) -> list[dict[str, Any]]:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
        assert run("--json") == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return ask


def test_one_object_per_line(answers: Any) -> None:
    one, many, none = answers("尼崎で食堂をやってます", "府中市", "返済がきつい")
    assert (one["query"], one["decision"], one["prefectures"], one["reason"]) == (
        "尼崎で食堂をやってます",
        "one",
        ["28"],
        "",
    )
    assert one["center"] == json.loads(
        json.dumps(centers.load().for_prefecture("28").center.as_dict())
    )
    assert (many["decision"], many["prefectures"], many["center"]) == ("many", ["13", "34"], None)
    assert (none["decision"], none["prefectures"], none["center"]) == ("none", [], None)
    assert many["reason"]
    assert none["reason"]


def test_every_prefecture_has_a_center(answers: Any) -> None:
    names = list(PREFECTURES.values())
    assert [each["center"]["prefecture"] for each in answers(*names)] == names


def test_a_line_may_be_a_location(answers: Any) -> None:
    plain, addressed, sea = answers(
        '{"latitude": 34.7333, "longitude": 135.4064}',
        '{"latitude": 35, "longitude": 139, "address": "兵庫県尼崎市", "title": "店"}',
        '{"latitude": 30, "longitude": 150}',
    )
    assert plain["prefectures"] == addressed["prefectures"] == ["28"]
    assert sea["decision"] == "none"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "{",
        '{"latitude": 34.7, "longitude":',
        "{}",
        '{"latitude": 34.7}',
        '{"latitude": true, "longitude": false}',
        '{"latitude": "34.7", "longitude": "135.4"}',
        '{"latitude": null, "longitude": null}',
        '{"latitude": [34.7], "longitude": {}}',
        '{"latitude": 999, "longitude": 135.4}',
        '{"latitude": NaN, "longitude": Infinity}',
        '{"latitude": 1e999, "longitude": 135}',
        '{"latitude": 1' + "0" * 400 + ', "longitude": 135}',
        '{"latitude": 1' + "0" * 5000 + ', "longitude": 135}',
        '{"latitude": 34.7, "longitude": 135.4, "address": 5}',
        '{"a":' * 100_000,
        "〒999",
        "\ufeff",
    ],
)
def test_bad_input_gets_a_reason_and_no_trace(answers: Any, line: str) -> None:
    (answer,) = answers(line)
    assert answer["query"] == line
    assert (answer["decision"], answer["prefectures"], answer["center"]) == ("none", [], None)
    assert answer["reason"]


def test_texts_can_be_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("尼崎", "府中市") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "尼崎: 兵庫県尼崎市 → 兵庫県中小企業活性化協議会"
    assert "東京都" in second
