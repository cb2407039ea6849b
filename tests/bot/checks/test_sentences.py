"""The catalogue of sentences and the code agree, and the check finds broken entries."""

from pathlib import Path

import pytest

from bot.checks.sentences import Call, calls_in, calls_in_code, faults
from bot.presentation.wording import LANGUAGE


def folder(place: Path, **files: str) -> Path:
    """Write a folder of languages.

    A name such as `ja_buttons` is the file ja/buttons.toml.
    """
    for name, text in files.items():
        language, file = name.split("_", 1)
        place.joinpath(language).mkdir(exist_ok=True)
        place.joinpath(language, f"{file}.toml").write_text(text, encoding="utf-8")
    return place


def call(key: str, *parameters: str) -> Call:
    return Call("bot/x.py:1", key, frozenset(parameters))


GOOD = 'hello = "こんにちは、{name}さん。"\n'


def test_faults_of_the_shipped_sentences_are_none() -> None:
    assert list(faults()) == []


def test_calls_in_code_finds_the_sentences_owners_hear() -> None:
    keys = {each.key for each in calls_in_code()}
    assert {"conversation.greeting", "trouble.despair", "unreadable."} <= keys


@pytest.mark.parametrize(
    ("sentences", "said", "told"),
    [
        (GOOD, call("words.hello"), "words.hello is given []; it has ['name']"),
        (GOOD, call("words.hello", "name", "day"), "is given ['day', 'name']; it has ['name']"),
        (GOOD, call("words.bye"), "bot/x.py:1: no sentence words.bye"),
        (GOOD, call("other."), "the table other has no sentence named other"),
        (GOOD, call(""), "the key is computed"),
        (GOOD, call("words.bye"), "words.hello is said nowhere"),
        ('hello = "{name"\n', call("words.hello"), "a parameter stands in braces"),
        ('hello = "{0}"\n', call("words.hello"), "{0} is no name of a parameter"),
        ('hello = ""\n', call("words.hello"), "expected a sentence"),
        ("hello = 3\n", call("words.hello"), "expected a sentence"),
        ("hello = こんにちは\n", call("words.hello"), "not TOML"),
        (f'hello = "{"あ" * 5001}"\n', call("words.hello"), "5001 characters; LINE takes 5000"),
    ],
)
def test_faults_of_a_broken_catalogue_name_it(
    tmp_path: Path, sentences: str, said: Call, told: str
) -> None:
    found = list(faults(folder(tmp_path, ja_words=sentences), [said]))
    assert any(told in each for each in found), found


def test_faults_of_a_long_button_name_its_key(tmp_path: Path) -> None:
    place = folder(tmp_path, ja_buttons=f'back = "{"あ" * 21}"\n')
    found = list(faults(place, [call("buttons.back")]))
    assert found == [f"sentences/{LANGUAGE}: buttons.back has 21 characters; LINE takes 20"]


def test_faults_of_a_second_language_are_what_it_lacks(tmp_path: Path) -> None:
    place = folder(
        tmp_path, ja_words=GOOD + 'bye = "では。"\n', en_words='hello = "Hello."\nmore = "More."\n'
    )
    found = list(faults(place, [call("words.hello", "name"), call("words.bye")]))
    assert found == [
        "sentences/en: words.bye is missing",
        "sentences/en: words.more is not in sentences/ja",
        "sentences/en: words.hello has other parameters than in sentences/ja",
    ]


def test_calls_in_a_module_reads_keys_and_parameters() -> None:
    source = (
        "from bot.presentation.wording import say\n"
        'a = say("x.one" if late else "x.two", by=1)\n'
        'b = say_of_kind("x", kind)\n'
        "c = say(key)\n"
        'd = say("x.three", **given)\n'
    )
    found = {(each.key, each.parameters) for each in calls_in(source, "m")}
    by = frozenset({"by"})
    assert found == {
        ("x.one", by),
        ("x.two", by),
        ("x.", None),
        ("", frozenset()),
        ("x.three", None),
    }
