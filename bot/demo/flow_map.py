"""Draw a questionnaire as a map, with the way walked.

Questions stand by rank, with the ways between them.
"""

from __future__ import annotations

import contextlib
import sqlite3
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson

from bot.interview.standing import MENU, open_question, state_of
from bot.model.conversation import Conversation, Mode, from_dict
from bot.presentation.figure_words import name_figure
from flows.flow import ASSESSMENT, OFFICE, START, URGENT, Edge, Flow
from flows.programme import Programme

Json = dict[str, Any]


def stored_conversation(database: Path, key: str) -> Conversation | None:
    """Read the stored conversation without touching it, or return None."""
    address = f"{database.absolute().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        found = connection.execute(
            "SELECT state FROM conversations WHERE key = ?", (key,)
        ).fetchone()
    return from_dict(orjson.loads(found[0])) if found else None


def flow_map(conversation: Conversation, programme: Programme) -> Json:
    """Draw the questionnaire under way, or the first one, not yet walked."""
    flow = programme.flows.get(conversation.flow) or programme.flows[programme.main]
    walked = _walked(flow, conversation)
    here = open_question(conversation, programme)
    at = here.id if here else state_of(conversation, programme)
    shown = [each for each in _states(flow) if each not in flow.hidden or each in walked]
    return {
        "id": flow.id,
        "title": flow.title,
        "state": at,
        "state_title": name_state(at, programme),
        "mode": conversation.mode.value,
        "mode_title": _MODE_TITLES[conversation.mode],
        "misses": conversation.misses,
        "nodes": [_node(flow, each, conversation, walked, at) for each in shown],
        "edges": [
            _edge(source, way, walked)
            for source, way in _ways(flow)
            if source in shown and way.to in shown
        ],
    }


def _walked(flow: Flow, conversation: Conversation) -> tuple[str, ...]:
    if not conversation.flow:
        return ()
    stands = flow.replay(conversation.answers)
    return (START, *stands.passed, stands.state)


def _states(flow: Flow) -> list[str]:
    return [START, *(question.id for question in flow.questions), *flow.outcomes]


def _ways(flow: Flow) -> list[tuple[str, Edge]]:
    """List the ways of a flow, each pair of states once."""
    found = {(source, way.to): (source, way) for source, way in flow.edges()}
    return list(found.values())


def _node(
    flow: Flow, state: str, conversation: Conversation, walked: tuple[str, ...], at: str
) -> Json:
    question = flow.question(state)
    chosen = conversation.answers.get(state, ())
    return {
        "id": state,
        "title": question.title if question else _END_TITLES[state],
        "kind": "question" if question else "start" if state == START else "outcome",
        "rank": _rank(flow, state),
        "answer": question.labels(chosen) if question else "",
        "walked": state in walked,
        "here": state == at,
    }


def name_state(state: str, programme: Programme) -> str:
    """Name a state as people do: by its question, its outcome, or the figure asked for."""
    question = programme.questions.get(state)
    return question.title if question else _END_TITLES.get(state) or name_figure(state)


_END_TITLES = {
    MENU: "メニュー",
    START: "はじめ",
    ASSESSMENT: "結果と道すじ、窓口",
    URGENT: "今日すること",
    OFFICE: "窓口",
}

_MODE_TITLES = {
    Mode.ASKING: "ボットがお聞きしています",
    Mode.WAITING: "相談員を待っています",
    Mode.WITH_STAFF: "相談員とお話し中",
    Mode.CLOSED: "相談のあと、ボットに戻りました",
}


def _rank(flow: Flow, state: str) -> int:
    """Measure the longest way from the start to a state."""
    before = {source for source, way in flow.edges() if way.to == state}
    return 1 + max(_rank(flow, each) for each in before) if before else 0


def _edge(source: str, way: Edge, walked: tuple[str, ...]) -> Json:
    return {"from": source, "to": way.to, "walked": (source, way.to) in set(pairwise(walked))}
