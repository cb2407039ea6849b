"""Judge how soon to act, and say what to do today if very soon.

The ladder reads the answers like everything else; its levels follow the signs that public
checklists for owners name (sources with each row), the order of the levels is our own.
"""

from __future__ import annotations

from dataclasses import replace

from flows.flow import Answers, Has, has, lacks
from flows.keiei.advice import REMARKS
from flows.keiei.paths import LAWYER, LOCAL_TAX_OFFICE, PENSION_OFFICE, TAX_OFFICE
from flows.urgency import Level, Sign, Today, Urgency

SIGNS: tuple[Sign, ...] = (
    Sign(
        Level.TODAY,
        has("emergency", "wages", "payment"),
        "目の前の支払いが足りない",
        ("S74", "S76"),
    ),
    Sign(Level.TODAY, has("emergency", "seizure"), "差押えの知らせが来ている", ("S96", "S97")),
    Sign(Level.TODAY, has("letters", "seizure"), "差押えの知らせが来ている", ("S96", "S97")),
    Sign(Level.TODAY, has("emergency", "acceleration"), "一括で返すよう求められている", ("S145",)),
    Sign(Level.TODAY, has("emergency", "loan_shark"), "高利の業者がからんでいる", ("S74", "S195")),
    Sign(Level.TODAY, has("arrears", "wages"), "給料の支払いが遅れている", ("S74", "S75")),
    Sign(Level.TODAY, has("cash", "this_month"), "今月の支払いが足りない", ("S76",)),
    Sign(
        Level.WITHIN_A_MONTH,
        has("cash", "within_3_months"),
        "3か月先までにお金が足りなくなりそう",
        ("S76",),
    ),
    Sign(Level.WITHIN_A_MONTH, has("repayment", "late"), "返済が遅れている", ("S145",)),
    Sign(
        Level.WITHIN_A_MONTH,
        has("arrears", "tax", "social_insurance"),
        "税金や社会保険料が遅れている",
        ("S74", "S95"),
    ),
    Sign(
        Level.WITHIN_A_MONTH,
        has("arrears", "suppliers"),
        "仕入先への支払いが遅れている",
        ("S74", "S75"),
    ),
    Sign(Level.WITHIN_MONTHS, has("profit", "loss", "loss_long"), "赤字が出ている", ("S75",)),
    Sign(
        Level.WITHIN_MONTHS,
        has("repayment", "tight", "changed", "beyond"),
        "返済が重い",
        ("S74",),
    ),
)


def urgency(answers: Answers) -> Urgency:
    """Judge how soon this owner should act, and by which answers."""
    signs = [sign for sign in SIGNS if sign.when.holds(answers)]
    level = min((sign.level for sign in signs), default=Level.PREVENTION)
    return Urgency(level, tuple(sign for sign in signs if sign.level is level))


COLLECTORS: tuple[tuple[tuple[Has, ...], str, str], ...] = (
    ((has("tax_kind", "national"),), "国の税金は税務署", TAX_OFFICE),
    ((has("tax_kind", "local"),), "市や県の税金と国民健康保険は役所", LOCAL_TAX_OFFICE),
    (
        (has("arrears", "tax"), lacks("tax_kind", "national", "local")),
        "国の税金は税務署、市や県の税金と国民健康保険は役所",
        TAX_OFFICE,
    ),
    ((has("arrears", "social_insurance"),), "社会保険料は年金事務所", PENSION_OFFICE),
)
"""Collectors of this owner's debts by conditions, words, and path."""

_COLLECTED_BY = "国の税金は税務署、市や県の税金と国民健康保険は役所、社会保険料は年金事務所"
"""Collectors while the kind of debt is unknown."""

TODAY: dict[str, Today] = {
    today.id: today
    for today in (
        Today(
            "loan_shark",
            "高利の業者やヤミ金、ファクタリングのとき",
            "おどされている、来られて怖いときは、いま110番。そうでなければ今日、警察の相談か弁護士に電話する",
            (
                "これ以上借りない。新しい書類にサインしない。迷っている契約も、サインの前に見てもらう",
                "口座やカード、身分証は渡さない",
                "やりとりの記録（振込、メッセージ、着信）を残す",
                "ひとりで話をつけに行かない",
            ),
            "夜や休みでも、危ないと感じたら110番へ。弁護士の予約は、次の平日の朝に電話する",
            (LAWYER,),
            ("S190", "S191", "S192", "S195"),
            "「高利の業者のことで困っています。どうすればいいか、相談できますか」",
            calls=("police-9110", "himawari"),
        ),
        Today(
            "seizure",
            "差押えや裁判所の書類のとき",
            "封筒の差出人に、今日電話する。裁判所からのものは、弁護士に電話する",
            (
                f"{_COLLECTED_BY}。分けて納める相談ができます",
                "裁判所の書類には期限があります。支払督促なら、受け取ってから2週間以内に異議を出せるとされています",
                "書類の日付を確かめ、封筒も捨てない",
                "口座や売掛金が止まったら、給料と仕入れの予定を紙に書き、弁護士と協議会に見せる",
            ),
            "閉まっているときは、書類の日付と払える額をメモして、次の平日の朝いちばんに電話する。話し中なら、時間をずらしてかけ直す",
            (TAX_OFFICE, PENSION_OFFICE, LAWYER),
            ("S194", "S192", "S95", "S96", "S97"),
            "「差押え（裁判所の書類）のことで電話しました。分けて払う相談はできますか」",
            calls=("himawari",),
            say_at_office="「差押え（裁判所の書類）が来ています。資金繰りを相談できますか」",
        ),
        Today(
            "wages",
            "給料の支払いが間に合わないとき",
            "取引のいちばん多い銀行に、今日電話する（番号は通帳や銀行の書類にあります）",
            (
                "今ある現金と、これから入る予定を紙に書く",
                "新しい借入（とくに高利のもの）や手形では埋めない",
                "従業員のみなさんには、いつ払えるかを決めてから話す",
            ),
            "銀行が閉まっているときは、紙を先に作り、次の平日の朝9時に電話する。担当者がいなければ、折り返しを頼む",
            (),
            ("S74", "S75"),
            "「給料の支払いが間に合いそうにありません。今日、相談できますか」",
        ),
        Today(
            "acceleration",
            "一括で返すよう言われたとき",
            "サインや約束はまだせずに、今日、弁護士に電話する",
            (
                "書類の差出人、日付、期限を確かめる。知らない会社の名前なら、払う前に、もとの銀行に電話して聞く",
                "銀行や保証協会の担当者に「相談先を探している」と伝える",
                "協議会に電話して、弁護士の紹介も頼む",
            ),
            "つながらないときは、書類を日付の順に並べておき、次の平日の朝に電話する",
            (LAWYER,),
            ("S145", "S192", "S28"),
            "「一括で返すように言われました。弁護士に相談したいのですが」",
            calls=("himawari",),
            say_at_office="「一括で返すように言われました。弁護士の紹介も相談したいです」",
        ),
        Today(
            "payment",
            "今月の支払いが足りないとき",
            "期限のいちばん早い相手に、期限の前に電話して「待ってほしい」と伝える（番号は請求書や通帳にあります）",
            (
                "出ていく予定を、期限の順に紙に書く",
                "返済、手形、でんさいは、落ちる日より前に銀行へ電話する",
                "電気・ガス・水道・電話・家賃・仕入れは、止まる日より前に、払える日と額を伝える",
                f"税金や社会保険料は、分けて払う相談をする（{_COLLECTED_BY}）",
                "高利の業者や名ばかりのファクタリングでは埋めない",
            ),
            "閉まっているときは、払える日と額を紙に書いておき、次の平日の朝いちばんに電話する",
            (TAX_OFFICE, PENSION_OFFICE),
            ("S76", "S145", "S195"),
            "「支払いが足りません。払える日と額を話したいので、担当の方をお願いします」",
            say_at_office="「今月の支払いが足りません。資金繰りを相談したいです」",
        ),
    )
}
"""Emergencies, gravest first. Safety comes before dates."""


ALSO_SHOWN: tuple[tuple[Has, str], ...] = (
    (has("arrears", "wages"), "wages"),
    (has("letters", "seizure"), "seizure"),
    (has("cash", "this_month"), "payment"),
)
"""Answers that show an emergency nobody has named."""


def today(answers: Answers) -> tuple[Today, ...]:
    """List the things to do today for each emergency, gravest first."""
    shown = {*answers.get("emergency", ())}
    shown |= {emergency for sign, emergency in ALSO_SHOWN if sign.holds(answers)}
    return tuple(_fit_to(each, answers) for id_, each in TODAY.items() if id_ in shown)


def _fit_to(given: Today, answers: Answers) -> Today:
    """Name only the offices that collect this owner's debts.

    Also add the step that holds only for owners who close.
    """
    owed = [row for row in COLLECTORS if all(condition.holds(answers) for condition in row[0])]
    if owed and TAX_OFFICE in given.paths:
        named = "、".join(words for _, words, _ in owed)
        steps = tuple(step.replace(_COLLECTED_BY, named) for step in given.steps)
        others = [path for path in given.paths if path not in (TAX_OFFICE, PENSION_OFFICE)]
        given = replace(given, steps=steps, paths=(*(path for *_, path in owed), *others))
    if given.id == "wages" and has("wishes", "close").holds(answers):
        more = REMARKS["wages-of-those-who-stop"]
        steps, sources = (*given.steps, more.text), (*given.sources, *more.sources)
        given = replace(given, steps=steps, sources=sources)
    return given
