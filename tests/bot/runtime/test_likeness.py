"""The model is loaded beside the turns: none waits for it, and none needs it."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.runtime.likeness import load_likeness
from bot.understand.reading import encoder
from flows.keiei.programme import KEIEI

EXAMPLES = ("職人が辞めた", "値上げした")


def test_likeness_without_the_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "is_installed", lambda: False)
    with capture_logs() as logs:
        assert load_likeness(KEIEI) is None
    assert [each["event"] for each in logs] == ["answers are likened by spelling"]
    assert logs[0]["install"] == "kaizen-navi[meaning]"


@pytest.mark.skipif(not encoder.is_installed(), reason="needs the extra `meaning`")
def test_likeness_is_loaded_once_its_thread_has_ended() -> None:
    with capture_logs() as logs:
        thread = load_likeness(KEIEI)
        assert thread is not None
        thread.join()
    assert [each["event"] for each in logs] == ["answers are likened by meaning"]


def test_likeness_of_a_broken_extra_stays_by_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_: object) -> None:
        raise OSError("no such file")

    monkeypatch.setattr(encoder, "is_installed", lambda: True)
    monkeypatch.setattr(encoder, "encode", break_down)
    try:
        with capture_logs() as logs:
            thread = load_likeness(KEIEI)
            assert thread is not None
            thread.join()
        likeness = encoder.ByMeaning(KEIEI.words.joinpath("vectors.npz"))
        found = likeness.best("職員が辞めた", EXAMPLES, 1)
    finally:
        encoder._LOADING.clear()  # noqa: SLF001 - the state of the whole process
    assert [place for place, _ in found] == [0]
    assert logs[0]["fault"] == "OSError"
