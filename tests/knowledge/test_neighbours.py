"""Each neighbouring scheme has its state, its source, and an answer for owners."""

import pytest

from knowledge import neighbours
from knowledge.files import read_json
from knowledge.library import load
from knowledge.neighbours import Neighbour

LIBRARY = load()
SCHEMES = neighbours.load()
SINCE_THE_LEAFLET = {
    "coordinated-guarantee",
    "covid-refinancing",
    "support-guarantee-strengthened",
    "support-guarantee-ordinary",
    "strengthening-guarantee",
    "monitoring-guarantee",
    "without-guarantor",
    "guarantor-guideline-closing",
    "subordinated-loan",
    "safety-net-loan",
    "early-revival-act",
    "restart-package",
    "mutual-aid-loan",
    "business-succession",
    "expert-dispatch-119",
}


def test_every_scheme_owners_name_has_its_state() -> None:
    assert {each.id for each in SCHEMES} == SINCE_THE_LEAFLET
    assert len(SCHEMES) == len(SINCE_THE_LEAFLET)


def test_the_file_has_no_faults() -> None:
    assert list(neighbours.problems()) == []


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
def test_a_scheme_has_an_answer_that_cites_its_source(scheme: Neighbour) -> None:
    if not scheme.entry:
        return  # 共済 is another office's: `other_topics.toml` says whose
    entry = LIBRARY.faq.get(scheme.entry)
    assert entry is not None
    assert set(entry.sources) & set(scheme.sources)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
def test_what_is_not_sure_is_said_to_be_so_and_to_be_asked(scheme: Neighbour) -> None:
    if scheme.state in ("announced", "unclear"):
        assert "確認できていない" in scheme.found
        entry = LIBRARY.faq.get(scheme.entry)
        assert entry is not None
        assert entry.confirm or "確かめられ" in entry.answer
    assert "聞く" in scheme.next_step or "相談する" in scheme.next_step


def test_a_fault_is_named() -> None:
    def read(name: str) -> object:
        content = read_json(name)
        return [{**content[0], "state": "maybe"}] if name == neighbours.FILE else content

    (fault,) = neighbours.problems(read)
    assert "state is 'maybe'" in fault
