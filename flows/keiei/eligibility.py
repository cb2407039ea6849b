"""Judge whether public support fits, by one table of rules.

There is one finding per rule, and one of three verdicts. Every rule is tied to one answer of the
owner, carries its sources, and says what it means in one plain sentence. Nothing here says "not
eligible": where the plan-making programmes do not fit, the route (`flows.keiei.support`) leads to
the support that does.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.assessment import Assessment, Effect, Finding, Rule, Verdict
from flows.flow import Answers, has, lacks
from flows.keiei import size
from flows.keiei.advice import guides_for, remarks_for
from flows.keiei.paths import (
    BUSINESS_PLAN,
    EARLY_PLAN,
    GUIDELINE_PLAN,
    PATHS,
    PROFITABILITY,
    RE_CHALLENGE,
    REVITALIZATION,
)
from flows.keiei.support import needs_bank_help, plan_path, route

BOTH = frozenset({BUSINESS_PLAN, EARLY_PLAN})
ONLY_405 = frozenset({BUSINESS_PLAN})
ONLY_EARLY = frozenset({EARLY_PLAN})


ONE_BANK_ONLY = (has("lenders", "bank"), lacks("lenders", "guaranteed", "jfc"))


RULES: tuple[Rule, ...] = (
    Rule(
        "sole-proprietor", BOTH, "legal_form", ("sole_proprietor",), Effect.FOR,
        "個人事業主も対象です。", ("S16", "S17"),
    ),
    Rule("company", BOTH, "legal_form", ("company",), Effect.FOR, "会社は対象です。", ("S15",)),
    Rule(
        "medical-corporation", BOTH, "legal_form", ("medical_corporation",), Effect.FOR,
        "医療法人は、働く人が300人以下なら対象です（2015年2月から）。", ("S10", "S16"),
    ),
    Rule(
        "excluded-form", BOTH, "legal_form", ("nonprofit", "welfare_or_school", "cooperative"),
        Effect.AGAINST,
        "この法人の形は、計画づくりの補助では対象に入っていません。405事業も早期計画も同じです。", ("S15", "S16", "S17"),
    ),
    Rule(
        "business-cooperative", BOTH, "legal_form", ("business_cooperative",), Effect.CHECK,
        "事業協同組合や企業組合などの組合は、法律では中小企業に数えられます。この補助で使えるかは、窓口で確かめてください。",
        ("S201",),
    ),
    Rule(
        "subsidiary", BOTH, "legal_form", ("subsidiary",), Effect.CHECK,
        "大企業が親会社のときの扱いは、制度ごとに違います。窓口で確かめてください。", ("S91",),
    ),
    Rule(
        "form-unknown", BOTH, "legal_form", ("unknown",), Effect.CHECK,
        "事業の形によって、使える制度が変わります。", ("S15",),
    ),
    *size.rules(BOTH),
    Rule(
        "medical-within-300", BOTH, "medical_size", ("within_300",), Effect.FOR,
        "働く人が300人以下です。", ("S10",),
    ),
    Rule(
        "medical-over-300", BOTH, "medical_size", ("over_300",), Effect.AGAINST,
        "300人をこえる医療法人は、計画づくりの補助では対象に入っていません。405事業も早期計画も同じです。", ("S10", "S16"),
    ),
    Rule(
        "medical-size-unknown", BOTH, "medical_size", ("unknown",), Effect.CHECK,
        "医療法人は、働く人の数（300人）で決まります。", ("S10",),
    ),
    Rule(
        "has-loans", ONLY_405, "lenders", ("bank", "guaranteed", "jfc"), Effect.FOR,
        "借入があるので、銀行などの協力を得る計画が作れます。", ("S06",),
    ),
    Rule(
        "other-lenders-only", ONLY_405, "lenders", ("other",), Effect.CHECK,
        "銀行や公庫からの借入がないときに使えるかは、窓口で確かめてください。", ("S06",),
        (lacks("lenders", "bank", "guaranteed", "jfc"),),
    ),
    Rule(
        "single-lender", ONLY_405, "banks", ("one",), Effect.CHECK,
        "取引が1行だけで保証協会の保証もないときは、使えないとする協議会があります。", ("S17", "S51"), ONE_BANK_ONLY,
    ),
    Rule(
        "lender-count-unknown", ONLY_405, "banks", ("unknown",), Effect.CHECK,
        "取引が1行だけで保証もないと、使えないとする協議会があります。借りている銀行の数を確かめてください。",
        ("S17", "S51"), ONE_BANK_ONLY,
    ),
    Rule(
        "no-loans", ONLY_EARLY, "lenders", ("none",), Effect.FOR,
        "借入がなくても使えます。口座のある銀行に、事前に相談します。", ("S202", "S52"),
    ),
    Rule(
        "wants-first-loan", ONLY_EARLY, "bank_help", ("yes",), Effect.CHECK,
        "405事業は借入があることが前提です。借入のない今は、どの支援が合うかを窓口で確かめてください。", ("S06", "S202"),
        (has("lenders", "none"),),
    ),
    Rule(
        "lenders-unknown", BOTH, "lenders", ("unknown",), Effect.CHECK,
        "どこから借りているかで、相談の順番が変わります。", ("S17", "S83"),
    ),
    Rule(
        "repayment-late", ONLY_405, "repayment", ("late",), Effect.FOR,
        "返済が遅れているときこそ、銀行の協力を得る計画の出番です。", ("S06", "S145"),
    ),
    Rule(
        "repayment-changed", ONLY_405, "repayment", ("changed",), Effect.FOR,
        "条件を変えてもらっていて、続けて協力が要るときも想定されています。", ("S17",),
    ),
    Rule(
        "repayment-beyond", ONLY_405, "repayment", ("beyond",), Effect.CHECK,
        "返しきれないほど重いときは、減らすことも含めた再生の支援が合うかを、協議会が事情を聞いて判断します。", ("S04",),
    ),
    Rule(
        "debt-years-over-10", ONLY_405, "debt_years", ("over_10",), Effect.CHECK,
        "返しきるまで10年以内が目安とされていて、いまはそれより長くかかります。", ("S66", "S68", "S04"),
    ),
    Rule(
        "started-lately-405", ONLY_405, "sales", ("new",), Effect.CHECK,
        "始めて間もないとき（1年たっていないとき）に使えるかは、窓口で確かめてください。", ("S33",),
    ),
    Rule(
        "started-lately-early", ONLY_EARLY, "sales", ("new",), Effect.CHECK,
        "早期の計画は、始めて1年以上が目安とされています。使えるかを窓口で確かめてください。", ("S133",),
    ),
    Rule(
        "repayment-easy", ONLY_EARLY, "repayment", ("easy",), Effect.FOR,
        "返済は普通にできているので、早めの計画が向いています。", ("S05", "S16"),
    ),
    Rule(
        "plan-perhaps-needless", ONLY_405, "repayment", ("easy",), Effect.CHECK,
        "返済が普通にできていれば、計画を作らなくても銀行が応じてくれることがあります。まず取引のいちばん多い銀行に聞いてみてください。", ("S24",),
        (has("bank_help", "yes"),),
    ),
    Rule(
        "rescheduled-repeatedly", ONLY_405, "rescheduled", ("repeatedly",), Effect.CHECK,
        "条件変更をくり返しているときは、使えるかを協議会が事情を聞いて判断します。", ("S17", "S33"),
    ),
    Rule(
        "bank-help-needed", ONLY_405, "bank_help", ("yes",), Effect.FOR,
        "銀行への相談（条件変更・借換・新規融資）を含む計画が対象です。", ("leaflet", "S06", "S17"),
    ),
    Rule(
        "bank-help-not-needed", ONLY_EARLY, "bank_help", ("no",), Effect.FOR,
        "銀行に頼みごとがない方のための、軽い計画があります。", ("S05", "S16"),
    ),
    Rule(
        "bank-help-unknown", BOTH, "bank_help", ("unknown",), Effect.CHECK,
        "銀行の協力が要るかどうかで、405事業か早期計画かが決まります。", ("S05", "S06"),
    ),
    Rule(
        "405-once", ONLY_405, "expert", ("used_405",), Effect.CHECK,
        "405事業は原則1回です。前と別の原因なら、協議会が認めれば使えることがあります（2024年4月からの整理）。", ("S18",),
    ),
    Rule(
        "early-after-405", ONLY_EARLY, "expert", ("used_405",), Effect.AGAINST,
        "早期の計画は、前に405の計画を作った方は原則使えません。", ("S16",),
    ),
    Rule(
        "after-early", BOTH, "expert", ("used_early",), Effect.CHECK,
        "早期の計画を作ったあとの利用は、協議会に確かめてください。", ("S16", "S22"),
    ),
    Rule(
        "has-certified-expert", BOTH, "expert", ("certified",), Effect.FOR,
        "いっしょに計画を作る相手に心当たりがあります。", ("S06",),
    ),
    Rule(
        "has-tax-accountant", BOTH, "expert", ("tax_accountant",), Effect.NOTE,
        "顧問の税理士が認定支援機関なら、そのまま頼めます。まず聞いてみてください。", ("S124", "S150"),
    ),
    Rule(
        "no-expert", BOTH, "expert", ("none",), Effect.NOTE,
        "専門家は、中小企業庁の検索システムや商工会議所で探せます。", ("S05", "S49"),
    ),
    Rule(
        "tax-arrears", BOTH, "arrears", ("tax", "social_insurance"), Effect.NOTE,
        "税や社会保険料の遅れだけで対象から外れる、という記述は見つかっていません。先に猶予や分納の相談をしておきましょう。", ("S73", "S95", "S96"),
    ),
    Rule(
        "in-the-black", BOTH, "profit", ("black", "even"), Effect.NOTE,
        "黒字でも使えます。赤字かどうかは条件ではありません。", ("S06", "S126"),
    ),
    Rule(
        "in-the-red", BOTH, "profit", ("loss", "loss_long"), Effect.NOTE,
        "赤字でも相談できます。赤字かどうかは条件ではありません。", ("S06", "S126"),
    ),
)  # fmt: skip


PLANS = frozenset({BUSINESS_PLAN, GUIDELINE_PLAN, EARLY_PLAN})
COUNCIL_DECIDES = frozenset({PROFITABILITY, REVITALIZATION, GUIDELINE_PLAN})
"""Support that the council offers after hearing the case. Nobody can promise it."""


def assess(answers: Answers) -> Assessment:
    """Judge the answers in any order, without counting unanswered questions."""
    programme = programme_in_question(answers)
    way, about = route(answers), plan_path(answers)
    findings = tuple(each for each in _findings(programme, answers) if _concerns(each, about))
    paths = {about, way.main.path.id}
    is_barred = any(finding.effect is Effect.AGAINST for finding in findings)
    return Assessment(
        _verdict(findings, about),
        PATHS[programme],
        findings,
        way,
        remarks_for(answers, paths, is_barred=is_barred),
        guides_for(answers, paths),
        is_about_plan=about in PLANS,
        meets_wishes=about in PLANS | COUNCIL_DECIDES,
    )


def _concerns(finding: Finding, path: str) -> bool:
    """Tell whether a finding concerns an owner on this path.

    Away from the plans only a finding against them or a note does. Owners who close are told
    nothing of plans, only the way on.
    """
    if path == RE_CHALLENGE:
        return False
    return path in PLANS | COUNCIL_DECIDES or finding.effect in (Effect.AGAINST, Effect.NOTE)


def programme_in_question(answers: Answers) -> str:
    """Name the plan that the verdict is about.

    It is the 405 plan, or the early plan when no help is needed.
    """
    if has("lenders", "none").holds(answers) or needs_bank_help(answers) is False:
        return EARLY_PLAN
    return BUSINESS_PLAN


def _findings(programme: str, answers: Answers) -> Iterator[Finding]:
    for rule in RULES:
        if programme in rule.programmes and rule.holds(answers):
            chosen = tuple(option for option in answers[rule.question] if option in rule.options)
            yield Finding(rule.id, rule.question, chosen, rule.effect, rule.text, rule.sources)


def _verdict(findings: tuple[Finding, ...], path: str) -> Verdict:
    effects = {finding.effect for finding in findings}
    if path not in PLANS | COUNCIL_DECIDES or Effect.AGAINST in effects:
        return Verdict.OTHER
    if path in COUNCIL_DECIDES or Effect.CHECK in effects:
        return Verdict.CONFIRM
    return Verdict.LIKELY
