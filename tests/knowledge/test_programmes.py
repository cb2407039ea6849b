import copy
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from knowledge import programme_faults, programme_ids, programmes, sources
from knowledge.cost_sharing import cost_band, cost_share, yen_in_words
from knowledge.files import read_json


def read_with(change: Callable[[dict[str, Any]], object]) -> Callable[[str], Any]:
    content = copy.deepcopy(read_json(programme_ids.FILE))
    change(content)
    return lambda name: content if name == programme_ids.FILE else read_json(name)


def facts(content: Any) -> Iterator[dict[str, Any]]:
    """Yield every object that states something, and so needs sources."""
    if isinstance(content, list):
        for item in content:
            yield from facts(item)
    elif isinstance(content, dict):
        if "documents" not in content and not set(content) >= {"first-visit"}:
            yield content
        for item in content.values():
            yield from facts(item)


def test_the_packaged_file_has_no_faults() -> None:
    assert programme_faults.problems() == []


def test_every_programme_is_there_with_terms_of_today() -> None:
    found = programmes.load().programmes
    assert tuple(found) == programme_ids.IDS
    assert all(programme.current.id == "current" for programme in found.values())


def test_no_value_without_source_date_and_day_of_checking() -> None:
    for fact in facts(read_json(programme_ids.FILE)):
        assert set(fact["sources"]) <= set(sources.load())
        assert fact["sources"]
        assert fact["as_of"]
        assert date.fromisoformat(fact["checked_on"]) <= date(2100, 1, 1)
        assert isinstance(fact["confirm"], bool)


@pytest.mark.parametrize(
    ("programme", "edition", "caps", "total"),
    [
        ("business-plan-405", "leaflet-2015", {"total": 2_000_000}, 2_000_000),
        (
            "business-plan-405",
            "current",
            {"plan": 2_000_000, "companion": 1_000_000, "negotiation": 100_000},
            3_100_000,
        ),
        (
            "business-plan-405-guideline",
            "current",
            {"plan": 3_000_000, "due-diligence": 3_000_000, "companion": 1_000_000},
            7_000_000,
        ),
        (
            "early-plan",
            "current",
            {
                "plan": 150_000,
                "companion": 50_000,
                "companion-closing": 50_000,
                "negotiation": 100_000,
            },
            250_000,
        ),
    ],
)
def test_rates_and_caps(programme: str, edition: str, caps: dict[str, int], total: int) -> None:
    terms = programmes.load().edition(programme, edition)
    assert terms.rate == Fraction(2, 3)
    assert {cap.kind: cap.cap_yen for cap in terms.caps} == caps
    assert terms.total_cap_yen == total


def test_size_classes_of_2015() -> None:
    classes = programmes.load().edition("business-plan-405", "leaflet-2015").size_classes
    assert [
        (one.name, one.sales_below_yen, one.debt_below_yen, one.cost_max_yen) for one in classes
    ] == [
        ("小規模", 100_000_000, 100_000_000, 1_000_000),
        ("中規模", 1_000_000_000, 1_000_000_000, 2_000_000),
        ("中堅", None, None, 3_000_000),
    ]


def test_today_s_size_classes_must_be_confirmed() -> None:
    classes = programmes.load().programmes["business-plan-405"].current.size_classes
    assert [one.cost_max_yen for one in classes] == [1_500_000, 3_000_000, 4_500_000]
    assert all(one.confirm and one.sources == ("S202",) for one in classes)


def test_no_terms_of_today_with_a_cap_are_given_without_confirming() -> None:
    # The manual of fiscal 2026 was not found.
    for programme in programmes.load().programmes.values():
        if programme.current.caps:
            assert programme.current.confirm
            assert all(cap.confirm for cap in programme.current.caps)


@pytest.mark.parametrize(
    ("cost", "public", "own"),
    [
        (0, 0, 0),
        (1, 0, 1),
        (1_000_000, 666_666, 333_334),
        (1_500_000, 1_000_000, 500_000),
        (3_000_000, 2_000_000, 1_000_000),
        (3_000_001, 2_000_000, 1_000_001),
        (9_000_000, 2_000_000, 7_000_000),
    ],
)
def test_a_cost_is_shared_two_to_one_up_to_the_cap(cost: int, public: int, own: int) -> None:
    share = cost_share("business-plan-405", cost)
    assert (share.public, share.own, share.public + share.own) == (public, own, cost)
    assert share.all_own_above == 3_000_000


def test_a_share_says_which_edition_when_and_from_where() -> None:
    share = cost_share("early-plan", 225_000)
    assert (share.public, share.own, share.cap) == (150_000, 75_000, 150_000)
    assert (share.rate, share.edition, share.kind) == (Fraction(2, 3), "current", "plan")
    assert share.as_of == "2026-02-15"
    assert share.confirm
    assert set(share.sources) <= set(sources.load())
    assert cost_share("business-plan-405", 1, edition="leaflet-2015").as_of == "2015"


def test_other_kinds_of_cost_have_their_own_cap() -> None:
    assert cost_share("business-plan-405", 3_000_000, kind="companion").public == 1_000_000
    assert cost_share("business-plan-405-guideline", 6_000_000, kind="due-diligence").own == (
        3_000_000
    )


@pytest.mark.parametrize(
    ("programme", "edition", "kind", "sentence"),
    [
        ("loan", "current", None, "'loan' is not a programme"),
        ("early-plan", "leaflet-2015", None, "early-plan has no edition 'leaflet-2015'"),
        ("early-plan", "current", "travel", "early-plan has no cost of kind 'travel'"),
    ],
)
def test_what_is_unknown_is_refused_with_a_sentence(
    programme: str, edition: str, kind: str | None, sentence: str
) -> None:
    with pytest.raises(KeyError, match=sentence):
        cost_share(programme, 1, edition, kind)


@pytest.mark.parametrize(
    "programme",
    [
        "profitability",
        "revitalization",
        "re-challenge",
        "guarantee-support",
        "yorozu",
        "expert-dispatch",
    ],
)
def test_a_programme_without_a_rate_has_no_share(programme: str) -> None:
    with pytest.raises(ValueError, match="does not share costs by a rate"):
        cost_band(programme)


def test_a_negative_cost_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        cost_share("early-plan", -1)


@pytest.mark.parametrize(
    ("programme", "edition", "size", "words", "as_of"),
    [
        ("business-plan-405", "leaflet-2015", None, "5万円から100万円", "2015"),
        ("business-plan-405", "leaflet-2015", "small", "5万円から約33万円", "2015-02-05"),
        ("business-plan-405", "current", None, "最大で100万円", "2026-02-19"),
        (
            "business-plan-405",
            "current",
            "small",
            "最大で50万円",
            "日付なし(2022〜2024年度の呼び名)",
        ),
        (
            "business-plan-405",
            "current",
            "medium",
            "最大で100万円",
            "日付なし(2022〜2024年度の呼び名)",
        ),
        (
            "business-plan-405",
            "current",
            "upper-medium",
            "最大で100万円",
            "日付なし(2022〜2024年度の呼び名)",
        ),
        ("business-plan-405-guideline", "current", "small", "最大で150万円", "2026-02-19"),
        ("early-plan", "current", None, "最大で7万5千円", "2026-02-15"),
    ],
)
def test_the_owner_s_share_as_an_honest_band(
    programme: str, edition: str, size: str | None, words: str, as_of: str
) -> None:
    band = cost_band(programme, size=size, edition=edition)
    assert (band.in_words(), band.as_of, band.edition) == (words, as_of, edition)


def test_a_band_narrowed_by_the_class_of_one_office_must_be_confirmed() -> None:
    band = cost_band("business-plan-405", size="small")
    assert (band.own_from, band.own_to, band.public_to) == (0, 500_000, 1_000_000)
    assert band.confirm
    assert "S202" in band.sources


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(KeyError, match="'tiny' is not a size class; expected one of small"):
        cost_band("business-plan-405", size="tiny")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0円"),
        (9_800, "9,800円"),
        (75_000, "7万5千円"),
        (100_000, "10万円"),
        (333_334, "約33万円"),
        (3_000_000, "300万円"),
    ],
)
def test_yen_in_words(amount: int, words: str) -> None:
    assert yen_in_words(amount) == words


@pytest.mark.parametrize(
    ("industry", "capital", "employees"),
    [
        ("manufacturing", 300_000_000, 300),
        ("wholesale", 100_000_000, 100),
        ("service", 50_000_000, 100),
        ("retail", 50_000_000, 50),
        ("rubber", 300_000_000, 900),
        ("software", 300_000_000, 300),
        ("lodging", 50_000_000, 200),
    ],
)
def test_sme_thresholds(industry: str, capital: int, employees: int) -> None:
    found = {one.id: one for one in programmes.load().sme_thresholds}[industry]
    assert (found.capital_yen, found.employees) == (capital, employees)
    assert found.includes(capital_yen=capital, employees=employees + 1) is True
    assert found.includes(capital_yen=capital + 1, employees=employees) is True
    assert found.includes(capital_yen=capital + 1, employees=employees + 1) is False
    assert found.includes(capital_yen=None, employees=employees + 1) is None
    assert found.includes(capital_yen=None, employees=None) is None


def test_the_three_special_industries_stand_in_the_order_itself() -> None:
    special = {one.id for one in programmes.load().sme_thresholds if one.sources[0] == "S201"}
    assert special == {"rubber", "software", "lodging"}


def test_small_enterprises() -> None:
    found = {one.id: one.employees for one in programmes.load().small_enterprise_thresholds}
    assert found == {
        "manufacturing-and-other": 20,
        "commerce-and-service": 5,
        "lodging-and-amusement": 20,
    }


def test_legal_forms() -> None:
    content = programmes.load()
    assert {form.name for form in content.excluded_legal_forms} == {
        "社会福祉法人",
        "特定非営利活動法人(NPO法人)",
        "一般社団法人",
        "一般財団法人",
        "公益社団法人",
        "公益財団法人",
        "農事組合法人",
        "農業協同組合",
        "生活協同組合",
        "有限責任事業組合(LLP)",
        "学校法人",
    }
    included = {form.name: form.max_employees for form in content.included_legal_forms}
    assert included == {"会社": None, "個人事業主": None, "医療法人": 300}


@pytest.mark.parametrize("programme", ["business-plan-405", "early-plan"])
def test_the_steps_say_that_work_before_acceptance_is_not_paid_for(programme: str) -> None:
    steps = programmes.load().programmes[programme].steps
    order = [step.id for step in steps]
    assert order.index("apply") < order.index("plan") < order.index("pay")
    plan = steps[order.index("plan")]
    assert plan.text.startswith("受理されてから")
    assert "受理される前に始めた作業の費用は補助されない" in plan.note


def test_once_only_and_what_must_be_asked() -> None:
    rules = {rule.id: rule for rule in programmes.load().programmes["business-plan-405"].rules}
    assert rules["once"].sources == ("S18",)
    assert rules["once"].confirm is False
    assert rules["single-bank"].confirm
    assert rules["consent"].confirm


def test_what_to_bring() -> None:
    documents = programmes.load().documents
    assert {name: len(listed) for name, listed in documents.items()} == {
        "first-visit": 5,
    }
    assert documents["first-visit"][0].name == "直近3期分の決算書など"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("経営改善支援センター", "中小企業活性化協議会"),
        ("ミラサポ", "ミラサポplus"),
        ("ミラサポの専門家派遣", "中小企業119"),
        ("ポストコロナ持続的発展計画事業", "バリューアップ支援事業"),
    ],
)
def test_what_became_of_an_old_name(was: str, now: str) -> None:
    assert {one.was: one.now for one in programmes.load().renamed}[was] == now


def break_everything(content: dict[str, Any]) -> None:
    plan, guideline, early = content["programmes"][:3]
    plan["editions"][1]["caps"][0]["cap_yen"] = "2,000,000"
    plan["editions"][0]["rate"] = None
    plan["steps"][0]["sources"] = []
    guideline["editions"][0]["id"] = "2022"
    early["rules"][0]["id"] = early["rules"][1]["id"]
    del early["for_whom"][0]["as_of"]
    content["programmes"].pop()
    content["sme_thresholds"][0]["employees"] = -300
    content["excluded_legal_forms"][0]["checked_on"] = "yesterday"
    del content["documents"]["first-visit"]


def test_a_broken_file_gives_all_faults_at_once() -> None:
    found = "\n".join(programme_faults.problems(read_with(break_everything)))
    for words in (
        "business-plan-405: current: caps: plan: cap_yen is '2,000,000'; expected a whole number",
        "business-plan-405: leaflet-2015: rate and caps belong together",
        "business-plan-405: steps: bank: sources is []; expected a list of one or more",
        "business-plan-405-guideline: editions have no current; expected one",
        "business-plan-405-guideline: 2022: id is '2022'; expected one of leaflet-2015, current",
        "early-plan: rules: then-405: id stands more than once",
        "early-plan: for_whom: need: as_of is missing; expected the source's date",
        "programmes have no expert-dispatch",
        "sme_thresholds: manufacturing: employees is -300; expected a whole number above 0",
        "excluded_legal_forms: 社会福祉法人: checked_on is 'yesterday'; expected a day",
        "documents: first-visit is missing",
    ):
        assert f"programmes.json: {words}" in found


@pytest.mark.parametrize("wrong", [None, [], {}, {"programmes": 3, "documents": [1]}])
def test_a_file_of_the_wrong_form_is_a_fault_and_not_a_crash(wrong: object) -> None:
    found = programme_faults.problems(
        lambda name: wrong if name == programme_ids.FILE else read_json(name)
    )
    assert found
