"""The paths to support, and which of them fits an owner's answers.

The leaflet of 2015 knew one path with three helpers beside it; today there are five offices at the
council alone. Which one fits is a table of conditions read from the top; the first that holds is
the path, and every other row of `BESIDE` that holds stands next to it.
"""

from __future__ import annotations

from flows.flow import Answers, Has, has, lacks
from flows.support import OfficeKind, PathRule, Route, Suggested, SupportPath, Wish

BUSINESS_PLAN = "business-plan-405"
GUIDELINE_PLAN = "business-plan-405-guideline"
EARLY_PLAN = "early-plan"
PROFITABILITY = "profitability"
REVITALIZATION = "revitalization"
RE_CHALLENGE = "re-challenge"
GUARANTEE_SUPPORT = "guarantee-support"
YOROZU = "yorozu"
EXPERT_DISPATCH = "expert-dispatch"
TAX_OFFICE = "tax-office"
PENSION_OFFICE = "pension-office"
LAWYER = "lawyer"


PATHS: dict[str, SupportPath] = {
    path.id: path
    for path in (
        SupportPath(
            BUSINESS_PLAN,
            "経営改善計画策定支援（405事業）",
            "国の認定を受けた専門家と立て直しの計画を作り、銀行の協力を得る支援です。専門家に払う費用の3分の2を国が負担します。",
            OfficeKind.COUNCIL_405,
            (
                "取引のいちばん多い銀行に「計画を作って立て直したい」と話す",
                "認定支援機関（税理士や診断士など）を決めて、見積りをもらう",
                "連名で、協議会に利用申請を出す",
                "受理されたら、計画づくりを始める（受理の前の作業は補助されません）",
                "できた計画に銀行の同意をもらい、費用の3分の1を専門家に振り込む",
            ),
            "「経営改善計画策定支援（405事業）を使いたいのですが」",
            ("S06", "S13", "S19", "S21", "S24", "S49"),
            "2015年のチラシの「認定支援機関による経営改善計画策定支援」です。窓口の「経営改善支援センター」は、2022年4月から「中小企業活性化協議会」になりました。",
        ),
        SupportPath(
            GUIDELINE_PLAN,
            "405事業の中小版ガイドライン枠",
            "「中小企業の事業再生等に関するガイドライン」に沿って、専門家と再生の計画を作る支援です。専門家に払う費用の3分の2を国が負担します。",
            OfficeKind.COUNCIL_405,
            (
                "協議会の窓口で、この枠が合うかを聞く（相談は無料です）",
                "事業再生の経験がある認定支援機関を決めて、見積りをもらう",
                "連名で、協議会に利用申請を出す",
                "受理されたら、調査と計画づくりを始める（受理の前の作業は補助されません）",
            ),
            "「中小版ガイドライン枠が合うか、相談したいのですが」",
            ("S13", "S19", "S23", "S25"),
            "2015年のチラシにはなかった枠です（2022年4月から）。",
        ),
        SupportPath(
            EARLY_PLAN,
            "早期経営改善計画策定支援（バリューアップ支援事業）",
            "返済に困る前に、専門家と資金繰りや採算を整える軽い計画を作る支援です。専門家に払う費用の3分の2を国が負担します。",
            OfficeKind.COUNCIL_405,
            (
                "認定支援機関（税理士や診断士など）を決める",
                "メインの銀行に事前相談書をお願いする（将来の融資を約束する書面ではありません）",
                "連名で、協議会に利用申請を出す",
                "受理されたら、計画づくりを始める（受理の前の作業は補助されません）",
            ),
            "「早期経営改善計画を作りたいのですが」",
            ("S05", "S16", "S19", "S37", "S52"),
            "2015年のチラシのあと、2017年に始まった軽いほうの支援です。",
        ),
        SupportPath(
            PROFITABILITY,
            "協議会の収益力改善支援",
            "協議会の専門家が、1〜3年の改善計画づくりを手伝う支援です。最初の窓口相談は無料です。",
            OfficeKind.COUNCIL,
            (
                "協議会に電話して、窓口相談を予約する",
                "決算書3年分と、借入の一覧を用意する",
                "相談で、問題のもとと合う支援を一緒に整理する",
            ),
            "「資金繰りのことで、窓口相談を予約したいのですが」",
            ("S03", "S31", "S61"),
            "2015年のチラシにはなかった支援です。",
        ),
        SupportPath(
            REVITALIZATION,
            "協議会のプレ再生・再生支援",
            "事業を続ける力はあるのに返済が重すぎるとき、協議会が銀行との調整まで手伝う支援です。最初の窓口相談は無料です。",
            OfficeKind.COUNCIL,
            (
                "協議会に電話して、窓口相談を予約する",
                "決算書3年分と、借入の一覧、資金繰りのメモを用意する",
                "相談で、再生の道すじと費用を聞く（計画に進むと専門家の費用がかかります）",
            ),
            "「返済のことで、再生支援の相談をしたいのですが」",
            ("S04", "S27", "S31"),
            "2015年のころの「中小企業再生支援協議会」が、いまの協議会に合わさりました。",
        ),
        SupportPath(
            RE_CHALLENGE,
            "協議会の再チャレンジ支援",
            "たたむことや、ご本人・ご家族の保証のことを、弁護士の紹介も含めて相談できます。破産せずにすむ道を一緒に探せます。",
            OfficeKind.COUNCIL,
            (
                "協議会に電話して、再チャレンジの相談を予約する",
                "決算書と借入の一覧、保証人のわかる書類を用意する",
                "新しい借入や財産の処分は、相談のあとまで待つ",
            ),
            "「これからのことを、再チャレンジ支援で相談したいのですが」",
            ("S28", "S29", "S78"),
            "2015年のチラシにはなかった支援です。",
        ),
        SupportPath(
            GUARANTEE_SUPPORT,
            "信用保証協会の経営支援",
            "保証協会つきの借入がある方に、協会が経営の相談や専門家の紹介をしてくれます。協会によっては計画の費用も補助します。",
            OfficeKind.GUARANTEE,
            (
                "借りた銀行に「保証協会の経営支援を使いたい」と話す",
                "または、地元の信用保証協会に直接電話する",
            ),
            "「保証つきの借入があります。経営支援を受けられますか」",
            ("leaflet", "S55", "S118"),
            "2015年のチラシの「信用保証協会による経営支援」です。",
        ),
        SupportPath(
            YOROZU,
            "よろず支援拠点",
            "国が47都道府県に置く無料の経営相談所です。売上や費用のことを、何度でも相談できます。",
            OfficeKind.YOROZU,
            (
                "よろず支援拠点に相談を申し込む（無料です）",
                "売上や費用のわかる紙を1枚持っていく（決算書がなくても大丈夫です）",
            ),
            "「経営のことで相談を予約したいのですが」",
            ("S58", "S61", "S118"),
            "2015年のチラシの「ミラサポ」で探していた相談先のひとつです。",
            ("売上や費用のわかる紙が1枚あれば十分です。決算書がなくても大丈夫です。",),
        ),
        SupportPath(
            EXPERT_DISPATCH,
            "専門家派遣（中小企業119）",
            "課題に合う専門家に来てもらう支援です。申込みは商工会議所などの支援機関から。今年度の実施は確認できていません。",
            OfficeKind.YOROZU,
            (
                "商工会議所・商工会か、よろず支援拠点に「専門家派遣は使えますか」と聞く",
                "来てほしい課題を1つにしぼって伝える",
            ),
            "「専門家派遣は、いま使えますか」",
            ("S56", "S57", "S60"),
            "2015年のチラシの「ミラサポの専門家派遣」は、2021年度に「中小企業119」に変わりました。",
        ),
        SupportPath(
            TAX_OFFICE,
            "税務署への相談（納税の猶予・分納）",
            "税金は、遅れる前でも遅れた後でも、猶予や分けて納める相談ができます。",
            OfficeKind.TAX_OFFICE,
            (
                "所轄の税務署の徴収担当に、自分から電話する",
                "払える額と時期を、紙に書いておく",
            ),
            "「納税の猶予か、分納を相談したいのですが」",
            ("S95", "S96", "S97"),
            bring=("届いた書類と、払える額と時期のメモ",),
        ),
        SupportPath(
            PENSION_OFFICE,
            "年金事務所への相談（社会保険料の猶予）",
            "社会保険料にも、猶予や分けて納める相談があります。申請の期限があるので早めに。",
            OfficeKind.PENSION_OFFICE,
            (
                "管轄の年金事務所に、自分から電話する",
                "申請型の換価の猶予は、納期限から6か月以内などの条件を聞く",
            ),
            "「社会保険料の猶予を相談したいのですが」",
            ("S95",),
            bring=("届いた書類と、払える額と時期のメモ",),
        ),
        SupportPath(
            LAWYER,
            "弁護士への相談",
            "差押え、一括請求、保証、廃業や破産の判断は、弁護士の仕事です。協議会が紹介できます。",
            OfficeKind.COUNCIL,
            (
                "協議会に電話して、弁護士を紹介してもらえるか聞く",
                "届いた書類を捨てずに、日付の順にまとめる",
            ),
            "「弁護士への相談が必要かもしれません。紹介してもらえますか」",
            ("S28", "S29", "S63"),
        ),
    )
}


EXCLUDED_FORM = has("legal_form", "nonprofit", "welfare_or_school", "cooperative")
TOO_LARGE_MEDICAL = has("medical_size", "over_300")
NEEDS_HELP = (
    (has("repayment", "late", "changed"),),
    (has("bank_help", "yes"), lacks("lenders", "none")),
)
"""Either row: the bank's help (条件変更・借換・新規融資) is needed."""

NO_HELP = has("bank_help", "no")
HELP_UNSURE = lacks("bank_help", "yes", "no")
NOTHING_MORE_URGENT = (
    lacks("repayment", "late", "changed", "tight"),
    lacks("arrears", "wages", "suppliers"),
    lacks("cash", "this_month", "within_3_months"),
)
"""Neither the repayment, nor wages, nor the cash worry more than a tax or a contribution."""


def _rule(path: str, why: str, *when: Has) -> PathRule:
    return PathRule(path, why, when)


def _when_help_needed(path: str, why: str, *when: Has) -> tuple[PathRule, ...]:
    """Make a row for each way the bank's help can be needed."""
    return tuple(PathRule(path, why, (*need, *when)) for need in NEEDS_HELP)


MAIN: tuple[PathRule, ...] = (
    _rule(
        RE_CHALLENGE,
        "たたむことも考えているとのことなので、まずここで選べる道を全部聞くのがよさそうです。",
        has("wishes", "close"),
    ),
    *(
        rule
        for barred in (EXCLUDED_FORM, TOO_LARGE_MEDICAL)
        for rule in (
            _rule(
                GUARANTEE_SUPPORT,
                "保証協会つきの借入があるので、協会に経営の相談ができます。",
                barred,
                has("lenders", "guaranteed"),
            ),
            _rule(
                YOROZU,
                "法人の形を問わず、まず話を聞いてもらえる無料の相談先から始めるのがよさそうです。",
                barred,
            ),
        )
    ),
    _rule(
        TAX_OFFICE,
        "いちばんの心配は税金のようなので、税務署への相談が先です。",
        has("arrears", "tax"),
        NO_HELP,
        *NOTHING_MORE_URGENT,
    ),
    _rule(
        PENSION_OFFICE,
        "いちばんの心配は社会保険料のようなので、年金事務所への相談が先です。",
        has("arrears", "social_insurance"),
        NO_HELP,
        *NOTHING_MORE_URGENT,
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
    _rule(
        GUIDELINE_PLAN,
        "事業に力はあるのに返済が重いようです。頼める専門家もいるので、この枠が合うかもしれません。",
        has("rescheduled", "repeatedly"),
        has("profit", "black", "even"),
        has("expert", "certified"),
    ),
    _rule(
        REVITALIZATION,
        "事業に力はあるのに返済が重いようなので、銀行との調整まで手伝う支援が合いそうです。",
        has("rescheduled", "repeatedly"),
        has("profit", "black", "even"),
    ),
    *_when_help_needed(
        PROFITABILITY,
        "405事業は原則1回なので、まず協議会の窓口で、今回の事情と使える支援を聞くのがよさそうです。",
        has("expert", "used_405"),
    ),
    *_when_help_needed(
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
        NO_HELP,
    ),
    _rule(
        PROFITABILITY,
        "まだはっきりしないことがあるので、まず無料の窓口相談で一緒に整理するのがよさそうです。",
        HELP_UNSURE,
        lacks("repayment", "easy"),
    ),
    _rule(
        EARLY_PLAN,
        "いまは返せているので、先に軽い計画で資金繰りと採算を整える道が合いそうです。",
    ),
)
"""Read from the top; the last row always holds."""

BESIDE: tuple[PathRule, ...] = (
    _rule(TAX_OFFICE, "税金の遅れは、税務署に先に相談しておくと安心です。", has("arrears", "tax")),
    _rule(
        PENSION_OFFICE,
        "社会保険料の遅れは、年金事務所に先に相談しておくと安心です。",
        has("arrears", "social_insurance"),
    ),
    _rule(
        LAWYER,
        "法律のことは、弁護士に早めに聞くほど選べる道が広がります。",
        has("emergency", "seizure", "acceleration", "loan_shark"),
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


def needs_bank_help(answers: Answers) -> bool | None:
    """Tell whether the bank's help is needed: True, False, or None when the answers do not tell."""
    if any(all(condition.holds(answers) for condition in row) for row in NEEDS_HELP):
        return True
    return False if NO_HELP.holds(answers) else None


def route(answers: Answers) -> Route:
    """Choose the path that fits `answers`, and the paths beside it."""
    first = next(rule for rule in MAIN if _holds(rule, answers))
    beside: dict[str, Suggested] = {}
    for rule in BESIDE:
        if rule.path != first.path and _holds(rule, answers):
            beside.setdefault(rule.path, _suggest(rule))
    return Route(_suggest(first), tuple(beside.values()))


def _holds(rule: PathRule, answers: Answers) -> bool:
    return all(condition.holds(answers) for condition in rule.when)


def _suggest(rule: PathRule) -> Suggested:
    return Suggested(PATHS[rule.path], rule.why)


WISHES: tuple[Wish, ...] = (
    Wish(
        "wishes",
        "increase_sales",
        "売上を増やす手だては、計画の「何をするか」の部分に入れます。よろず支援拠点でも無料で相談できます。",
        ("leaflet", "S05", "S61"),
    ),
    Wish(
        "wishes",
        "cut_costs",
        "人件費以外の費用は、計画づくりで1つずつ見直します。",
        ("leaflet", "S05"),
    ),
    Wish(
        "wishes",
        "turn_profitable",
        "計画には損益の見通しを入れ、黒字になる道すじを数字で確かめます。",
        ("leaflet", "S05", "S16"),
    ),
    Wish(
        "wishes",
        "root_cause",
        "専門家が事業とお金の両方を見て、悪くなったもとを一緒に探します。",
        ("leaflet", "S31"),
    ),
    Wish(
        "wishes",
        "shared_vision",
        "計画はやることの一覧になるので、社員のみなさんと分け合う土台になります。",
        ("leaflet", "S05"),
    ),
    Wish(
        "wishes",
        "follow_up",
        "計画のあとも、専門家が進み具合を一緒に確かめます（伴走支援。2015年のチラシでは3年間、いまは計画に応じた期間です）。",
        ("leaflet", "S06"),
    ),
)


def wishes_met(answers: Answers) -> tuple[Wish, ...]:
    """List the wishes this owner has, in the leaflet's order."""
    chosen = answers.get("wishes", ())
    return tuple(wish for wish in WISHES if wish.option in chosen)
