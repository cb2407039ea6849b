"""Gather 経営改善支援 in one value, the leaflet of 2015 and its successors."""

from __future__ import annotations

from importlib.resources import files
from types import MappingProxyType

from flows.keiei.advice import GUIDES, PAPERS, REMARKS
from flows.keiei.center import CENTER
from flows.keiei.diagnosis import DIAGNOSIS
from flows.keiei.eligibility import RULES, assess
from flows.keiei.figures import CONCLUDED, IMPLIED
from flows.keiei.follow_up import FOLLOW_UP
from flows.keiei.paths import BUSINESS_PLAN, EARLY_PLAN, PATHS
from flows.keiei.qualify import QUALIFY
from flows.keiei.questions import EMERGENCY_WORDS, WORDS_FOLDER
from flows.keiei.support import BESIDE, MAIN
from flows.keiei.urgency import SIGNS, TODAY, today, urgency
from flows.keiei.wishes import WISHES, wishes_met
from flows.programme import Programme

KEIEI = Programme(
    id="keiei",
    flows=MappingProxyType({flow.id: flow for flow in (DIAGNOSIS, QUALIFY, CENTER)}),
    main=DIAGNOSIS.id,
    office_flow=CENTER.id,
    place="prefecture",
    emergency="emergency",
    handled="handled",
    commands=MappingProxyType(
        {"diagnose": DIAGNOSIS.id, "qualify": QUALIFY.id, "center": CENTER.id}
    ),
    words=WORDS_FOLDER,
    examples=files("flows.keiei") / "examples",
    emergency_words=EMERGENCY_WORDS,
    assess=assess,
    urgency=urgency,
    today=today,
    wishes_met=wishes_met,
    paths=PATHS,
    rules=RULES,
    path_rules=MAIN,
    beside=BESIDE,
    signs=SIGNS,
    emergencies=tuple(TODAY.values()),
    wishes=WISHES,
    remarks=MappingProxyType(REMARKS),
    guides=MappingProxyType(GUIDES),
    papers=MappingProxyType(PAPERS),
    place_beside=frozenset({"industry", "legal_form"}),
    # Whether it burns, how long the money lasts, and where: enough to name an office and a day.
    essential=("repayment", "cash", "prefecture", "arrears", "profit", "lenders"),
    by_telephone=MappingProxyType(
        {
            "letters": "督促・催告・差押えの書類は届いていますか？どこからですか？（いくつでも）",
            "arrears": "",
            "cash": "",
            "repayment": "",
            "lenders": "",
        }
    ),
    guesses=frozenset({"industry"}),
    # Well under the cap of each programme.
    cost_examples=MappingProxyType({BUSINESS_PLAN: 1_500_000, EARLY_PLAN: 150_000}),
    implied=IMPLIED,
    concluded=MappingProxyType(CONCLUDED),
    longest=MappingProxyType({DIAGNOSIS.id: 14, QUALIFY.id: 7}),
    # Up to 2026-11 事業協同組合 stood with those that the plans exclude.
    split=MappingProxyType({"legal_form": "cooperative"}),
    follow_up=FOLLOW_UP,
    expert_guide="choosing-an-expert",
)
"""What the composition root hands to the conversation."""
