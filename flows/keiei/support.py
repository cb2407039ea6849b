"""Choose the path to support for an owner's answers, and those beside it.

The leaflet of 2015 knew one path with three helpers beside it; today there are five offices at the
council alone. A table of conditions is read from the top: the first row that holds is the path, and
every other row of `BESIDE` that holds stands next to it.
"""

from __future__ import annotations

from flows.flow import Answers, Has, has, lacks
from flows.keiei import size
from flows.keiei.paths import (
    BUSINESS_PLAN,
    COUNCIL,
    EARLY_PLAN,
    EXPERT_DISPATCH,
    GUARANTEE_SUPPORT,
    GUIDELINE_PLAN,
    LAWYER,
    LOCAL_TAX_OFFICE,
    PATHS,
    PENSION_OFFICE,
    PROFITABILITY,
    RE_CHALLENGE,
    REVITALIZATION,
    TAX_OFFICE,
    YOROZU,
)
from flows.support import PathRule, Route, Suggested

BARRED: tuple[tuple[Has, ...], ...] = (
    (has("legal_form", "nonprofit", "welfare_or_school", "cooperative"),),
    (has("medical_size", "over_300"),),
    *size.too_large(),
)
"""Any row. Neither the 405 plan nor the early one takes this form or size."""

NEEDS_HELP = (
    (has("repayment", "late", "changed", "beyond"),),
    (has("bank_help", "yes"), lacks("lenders", "none")),
)
"""Either row. The bank's help (条件変更・借換・新規融資) is needed."""

NO_HELP = has("bank_help", "no")
HELP_UNSURE = lacks("bank_help", "yes", "no")
NOTHING_MORE_URGENT = (
    lacks("repayment", "late", "changed", "tight", "beyond"),
    lacks("arrears", "wages", "suppliers"),
    lacks("cash", "this_month", "within_3_months"),
)
"""Repayment, wages and cash worry less than a tax or a contribution."""

TAX_IS_NATIONAL = (
    (has("arrears", "tax"), has("tax_kind", "national")),
    (has("arrears", "tax"), lacks("tax_kind", "local"), lacks("letters", "from_local_office")),
)
TAX_IS_LOCAL = (
    (has("arrears", "tax"), has("tax_kind", "local")),
    (has("arrears", "tax"), lacks("tax_kind", "national"), lacks("letters", "from_tax_office")),
)
"""Either row of each. The tax owed is, or may be, the state's or a city's.

A prefecture's counts with the city's.
"""

PENSION_OWED = has("arrears", "social_insurance")
ONLY_SALES_OR_SUBSIDIES = (
    has("wishes", "increase_sales", "subsidy"),
    lacks(
        "wishes",
        "cut_costs",
        "turn_profitable",
        "root_cause",
        "shared_vision",
        "follow_up",
        "close",
    ),
    lacks("bank_help", "yes"),
    lacks("profit", "loss_long"),
)
IN_ORDER = ((has("repayment", "easy"),), (has("lenders", "none"),))
"""Either row. Nothing about loans worries this owner."""

EARNS = has("profit", "black", "even")


def _rule(path: str, why: str, *when: Has) -> PathRule:
    return PathRule(path, why, when)


def _any_of(rows: tuple[tuple[Has, ...], ...], path: str, why: str, *when: Has) -> list[PathRule]:
    """Make one rule for each of `rows`, so that any one is enough."""
    return [PathRule(path, why, (*row, *when)) for row in rows]


COLLECTORS: tuple[PathRule, ...] = (
    _rule(
        TAX_OFFICE,
        "税務署から書類が届いているので、銀行より先に、税務署に電話するのがよさそうです。",
        has("letters", "from_tax_office"),
    ),
    _rule(
        LOCAL_TAX_OFFICE,
        "役所から書類が届いているので、銀行より先に、差出人の役所に電話するのがよさそうです。",
        has("letters", "from_local_office"),
    ),
    _rule(
        PENSION_OFFICE,
        "年金事務所から書類が届いているので、銀行より先に、年金事務所に電話するのがよさそうです。",
        has("letters", "from_pension_office"),
    ),
    _rule(
        LOCAL_TAX_OFFICE,
        "差押えの知らせがあるので、銀行より先に、差出人の役所に電話するのがよさそうです。",
        has("letters", "seizure"),
        has("tax_kind", "local"),
        lacks("tax_kind", "national"),
    ),
    *_any_of(
        TAX_IS_NATIONAL,
        TAX_OFFICE,
        "差押えの知らせがあるので、銀行より先に、差出人（税務署など）に電話するのがよさそうです。",
        has("letters", "seizure"),
    ),
    _rule(
        PENSION_OFFICE,
        "差押えの知らせがあるので、銀行より先に、年金事務所に電話するのがよさそうです。",
        has("letters", "seizure"),
        PENSION_OWED,
    ),
)
"""Offices that sent papers. They come before the bank, since they seize without a court."""

MAIN: tuple[PathRule, ...] = (
    _rule(
        RE_CHALLENGE,
        "たたむことも考えているとのことなので、まずここで選べる道を全部聞くのがよさそうです。",
        has("wishes", "close"),
    ),
    *COLLECTORS,
    *(
        rule
        for need in (*NEEDS_HELP, (has("repayment", "tight"),))
        for rule in _any_of(
            BARRED,
            COUNCIL,
            "計画づくりの補助の対象外でも、協議会が自分で行う支援を使えるかは、協議会が決めます。まず聞くのがよさそうです。",
            *need,
        )
    ),
    *(
        _rule(path, why, *owed, NO_HELP, *NOTHING_MORE_URGENT)
        for path, why, owed in (
            *(
                (
                    TAX_OFFICE,
                    "いちばんの心配は税金のようなので、税務署への相談が先です。",
                    owed,
                )
                for owed in TAX_IS_NATIONAL
            ),
            (
                LOCAL_TAX_OFFICE,
                "いちばんの心配は市や県の税金のようなので、役所への相談が先です。",
                (has("arrears", "tax"),),
            ),
            (
                PENSION_OFFICE,
                "いちばんの心配は社会保険料のようなので、年金事務所への相談が先です。",
                (PENSION_OWED,),
            ),
        )
    ),
    *_any_of(
        BARRED,
        YOROZU,
        "法人の形や規模を問わず、まず話を聞いてもらえる無料の相談先から始めるのがよさそうです。",
    ),
    _rule(
        REVITALIZATION,
        "条件変更をくり返し、赤字も続いているので、銀行との調整まで手伝う支援が合いそうです。",
        has("rescheduled", "repeatedly"),
        has("profit", "loss_long"),
    ),
    _rule(
        REVITALIZATION,
        "返済が遅れ、赤字も続いているので、銀行との調整まで手伝う支援が合いそうです。",
        has("repayment", "late"),
        has("profit", "loss_long"),
    ),
    *_any_of(
        (
            (has("rescheduled", "repeatedly"),),
            (has("repayment", "beyond"),),
            (has("debt_years", "over_10"), lacks("repayment", "easy")),
        ),
        GUIDELINE_PLAN,
        "事業に力はあるのに返済が重いようです。頼める専門家もいるので、この枠が合うかもしれません。",
        EARNS,
        has("expert", "certified"),
    ),
    _rule(
        REVITALIZATION,
        "事業に力はあるのに返済が重いようなので、銀行との調整まで手伝う支援が合いそうです。",
        has("rescheduled", "repeatedly"),
        EARNS,
    ),
    _rule(
        REVITALIZATION,
        "借金が返しきれないほど重いようなので、減らすことも含めて銀行と調整する支援を、先に聞くのがよさそうです。",
        has("repayment", "beyond"),
    ),
    _rule(
        REVITALIZATION,
        "いまのもうけでは返しきるまで10年をこえるので、銀行との調整まで手伝う支援を、先に聞くのがよさそうです。",
        has("debt_years", "over_10"),
        lacks("repayment", "easy"),
    ),
    *_any_of(
        NEEDS_HELP,
        PROFITABILITY,
        "405事業は原則1回なので、まず協議会の窓口で、今回の事情と使える支援を聞くのがよさそうです。",
        has("expert", "used_405"),
    ),
    *_any_of(
        NEEDS_HELP,
        BUSINESS_PLAN,
        "銀行の協力を得ながら、専門家と計画を作って立て直す道が合いそうです。",
    ),
    _rule(
        EARLY_PLAN,
        "いまは借入がないので、まず軽い計画で数字を整えてから、銀行に話すのがよさそうです。",
        has("lenders", "none"),
        has("bank_help", "yes"),
        lacks("expert", "used_405"),
    ),
    _rule(
        PROFITABILITY,
        "返済が苦しくなってきているので、悪くなる前に協議会の窓口で相談するのがよさそうです。",
        has("repayment", "tight"),
    ),
    _rule(
        PROFITABILITY,
        "手元のお金が心配なので、早めに協議会の窓口で相談するのがよさそうです。",
        has("cash", "this_month", "within_3_months"),
    ),
    *_any_of(
        IN_ORDER,
        YOROZU,
        "返済の心配はなく、知りたいのは売上や補助金のことなので、無料で何度でも相談できる窓口がよさそうです。",
        *ONLY_SALES_OR_SUBSIDIES,
    ),
    _rule(
        YOROZU,
        "早期の計画は、前に405を使った方は原則使えません。まず無料の相談先で話すのがよさそうです。",
        has("expert", "used_405"),
    ),
    _rule(
        YOROZU,
        "返済の心配はないようなので、売上や費用の相談ができる無料の窓口がよさそうです。",
        has("lenders", "none"),
        lacks("profit", "loss", "loss_long"),
        lacks("wishes", "turn_profitable", "root_cause", "follow_up"),
        NO_HELP,
    ),
    _rule(
        PROFITABILITY,
        "まだはっきりしないことがあるので、まず無料の窓口相談で一緒に整理するのがよさそうです。",
        HELP_UNSURE,
        lacks("repayment", "easy"),
        lacks("lenders", "none"),
    ),
    _rule(
        EARLY_PLAN,
        "いまは返せているので、先に軽い計画で資金繰りと採算を整える道が合いそうです。",
    ),
)
"""Rules of the path, read from the top. The last row always holds."""

BESIDE: tuple[PathRule, ...] = (
    *_any_of(TAX_IS_NATIONAL, TAX_OFFICE, "国の税金の遅れは、税務署に先に相談しておくと安心です。"),
    *_any_of(
        TAX_IS_LOCAL,
        LOCAL_TAX_OFFICE,
        "市や県の税金と国保の遅れは、役所に先に相談しておくと安心です。",
    ),
    _rule(
        PENSION_OFFICE,
        "社会保険料の遅れは、年金事務所に先に相談しておくと安心です。",
        PENSION_OWED,
    ),
    _rule(
        LAWYER,
        "法律のことは、弁護士に早めに聞くほど選べる道が広がります。",
        has("emergency", "seizure", "acceleration", "loan_shark"),
    ),
    _rule(
        LAWYER,
        "借金を減らすことや保証のことは、弁護士にも早めに聞くと、選べる道が広がります。",
        has("repayment", "beyond"),
    ),
    _rule(
        LAWYER,
        "廃業や保証のことは、協議会から弁護士につないでもらえます。",
        has("wishes", "close"),
    ),
    _rule(
        RE_CHALLENGE,
        "もし続けるのがむずかしいときも、破産だけが道ではありません。同じ窓口で聞けます。",
        has("rescheduled", "repeatedly"),
        has("profit", "loss_long"),
    ),
    _rule(
        RE_CHALLENGE,
        "もし続けるのがむずかしいときも、破産だけが道ではありません。同じ窓口で聞けます。",
        has("repayment", "beyond", "late"),
        has("profit", "loss_long"),
    ),
    _rule(
        GUARANTEE_SUPPORT,
        "保証協会つきの借入があるので、協会の支援も一緒に使えることがあります。",
        has("lenders", "guaranteed"),
    ),
    _rule(
        YOROZU,
        "売上や費用のことは、無料で何度でも相談できます。",
        has("wishes", "increase_sales", "cut_costs"),
    ),
    _rule(
        EXPERT_DISPATCH,
        "課題をしぼれたら、専門家に来てもらう支援もあります。",
        has("wishes", "root_cause", "shared_vision"),
    ),
)


PLAN_ROUTES = tuple(rule for rule in MAIN if rule not in COLLECTORS)


def needs_bank_help(answers: Answers) -> bool | None:
    """Tell whether the bank's help is needed, or None if unknown."""
    if any(all(condition.holds(answers) for condition in row) for row in NEEDS_HELP):
        return True
    return False if NO_HELP.holds(answers) else None


def route(answers: Answers) -> Route:
    """Choose the path for `answers`, and the paths beside it.

    Where an office that has sent papers comes first, the path it pushed aside stands next to it.
    """
    first, plan = _first(MAIN, answers), _first(PLAN_ROUTES, answers)
    beside: dict[str, Suggested] = {}
    for rule in (plan, *(rule for rule in (*COLLECTORS, *BESIDE) if _holds(rule, answers))):
        if rule.path != first.path:
            beside.setdefault(rule.path, _suggest(rule))
    return Route(_suggest(first), tuple(beside.values()))


def plan_path(answers: Answers) -> str:
    """Name the path apart from papers that have come.

    A verdict is about this one.
    """
    return _first(PLAN_ROUTES, answers).path


def _first(rules: tuple[PathRule, ...], answers: Answers) -> PathRule:
    return next(rule for rule in rules if _holds(rule, answers))


def _holds(rule: PathRule, answers: Answers) -> bool:
    return all(condition.holds(answers) for condition in rule.when)


def _suggest(rule: PathRule) -> Suggested:
    return Suggested(PATHS[rule.path], rule.why)
