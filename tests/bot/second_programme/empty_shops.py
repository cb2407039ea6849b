"""A made-up scheme, 町の空き店舗補助, with three questions, one plan and one emergency.

Its names are none of the leaflet's, so that a name left in `bot` is found by walking through it.
"""

from __future__ import annotations

from importlib.resources import files
from types import MappingProxyType

from flows import vocabulary
from flows.assessment import Assessment, Effect, Finding, Rule, Verdict
from flows.flow import (
    ASSESSMENT,
    OFFICE,
    START,
    UNKNOWN,
    URGENT,
    Answers,
    Flow,
    Option,
    Question,
    edge,
    has,
)
from flows.programme import Programme
from flows.support import OfficeKind, PathRule, Route, Suggested, SupportPath
from flows.urgency import Level, Sign, Today, Urgency
from knowledge.place_names.places import PREFECTURES

HERE = files("tests.bot.second_programme")
WORDS = vocabulary.load(HERE / "words")
SOURCE = ("leaflet",)

TOWN = Question(
    "town",
    "お店の町",
    "お店は、どこにありますか？",
    (*(Option(code, name) for code, name in PREFECTURES.items()), UNKNOWN),
)
TRADE = Question(
    "trade",
    "お仕事",
    "どんなお店をひらきますか？",
    (Option("food", "食べもの"), Option("goods", "品もの"), UNKNOWN),
    words=WORDS["trade"],
)
VACANT = Question(
    "vacant_since",
    "空いている時期",
    "そのお店は、いつから空いていますか？",
    (Option("under_a_year", "1年たたない"), Option("years", "1年をこえる"), UNKNOWN),
    words=WORDS["vacant_since"],
)
DANGER = Question(
    "hazard",
    "あぶないこと",
    "あぶないことはありますか？",
    (Option("dangerous", "建物がくずれそう"), Option("told", "申込みをつづける")),
)

UNSAFE = has("hazard", "dangerous")

APPLY = Flow(
    id="apply",
    title="空き店舗補助",
    questions=(TOWN, TRADE, VACANT, DANGER),
    ways={
        START: (edge("hazard", UNSAFE), edge("trade")),
        "trade": (edge("vacant_since"),),
        "vacant_since": (edge("town"),),
        "hazard": (edge("town"),),
        "town": (edge(URGENT, UNSAFE), edge(ASSESSMENT)),
    },
    outcomes=(ASSESSMENT, URGENT),
    hidden=frozenset({"hazard"}),
)
COUNTER = Flow(
    id="counter",
    title="窓口を探す",
    questions=(TOWN,),
    ways={START: (edge("town"),), "town": (edge(OFFICE),)},
    outcomes=(OFFICE,),
)

GRANT = SupportPath(
    "grant",
    "空き店舗補助",
    "空いたお店の改装を、町が助けるしくみです。",
    OfficeKind.YOROZU,
    ("窓口に電話して、借りるお店を伝える",),
    "「空き店舗補助を使いたいのですが」",
    SOURCE,
)
RULES = (
    Rule(
        "long-vacant", frozenset({"grant"}), "vacant_since", ("years",), Effect.FOR,
        "長く空いているお店も対象です。", SOURCE,
    ),
    Rule(
        "just-vacant", frozenset({"grant"}), "vacant_since", ("under_a_year",), Effect.CHECK,
        "空いて間もないお店は、窓口で確認します。", SOURCE,
    ),
)  # fmt: skip
FIRST = PathRule("grant", "空いたお店をひらくときの道です。", ())
FALLING = Sign(Level.TODAY, UNSAFE, "建物があぶない", SOURCE)
KEEP_OUT = Today(
    "dangerous",
    "建物がくずれそうなとき",
    "中に入らず、役場に電話する",
    ("人を近づけない",),
    "役場が閉まっているときは、次の朝に電話する。",
    ("grant",),
    SOURCE,
    "「建物がくずれそうです」",
)


def assess(answers: Answers) -> Assessment:
    found = tuple(
        Finding(rule.id, rule.question, answers[rule.question], rule.effect, rule.text, SOURCE)
        for rule in RULES
        if rule.holds(answers)
    )
    fits = any(each.effect is Effect.FOR for each in found)
    verdict = Verdict.LIKELY if fits else Verdict.CONFIRM
    return Assessment(verdict, GRANT, found, Route(Suggested(GRANT, FIRST.why), ()))


def urgency(answers: Answers) -> Urgency:
    if UNSAFE.holds(answers):
        return Urgency(Level.TODAY, (FALLING,))
    return Urgency(Level.PREVENTION, ())


EMPTY_SHOPS = Programme(
    id="empty-shops",
    flows=MappingProxyType({flow.id: flow for flow in (APPLY, COUNTER)}),
    main="apply",
    office_flow="counter",
    place="town",
    emergency="hazard",
    handled="told",
    commands=MappingProxyType({"diagnose": "apply", "qualify": "apply", "center": "counter"}),
    words=HERE / "words",
    emergency_words=HERE / "emergencies.toml",
    assess=assess,
    urgency=urgency,
    today=lambda answers: (KEEP_OUT,) if UNSAFE.holds(answers) else (),
    wishes_met=lambda _: (),
    paths=MappingProxyType({"grant": GRANT}),
    rules=RULES,
    path_rules=(FIRST,),
    signs=(FALLING,),
    emergencies=(KEEP_OUT,),
)
