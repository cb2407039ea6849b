"""All flows and all questions by id."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flows.flow import Flow, Question
from flows.keiei.center import CENTER
from flows.keiei.diagnosis import DIAGNOSIS
from flows.keiei.qualify import QUALIFY

FLOWS: Mapping[str, Flow] = MappingProxyType(
    {flow.id: flow for flow in (DIAGNOSIS, QUALIFY, CENTER)}
)

QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {question.id: question for flow in FLOWS.values() for question in flow.questions}
)
