"""How soon something must be done, and what to do today when it is very soon.

The ladder reads the answers like everything else; its levels follow the signs that public
checklists for owners name (sources with each row), the order of the levels is our own.
"""

from __future__ import annotations

from flows.flow import Answers, has
from flows.keiei.support import LAWYER, PENSION_OFFICE, TAX_OFFICE
from flows.urgency import Level, Sign, Today, Urgency

SIGNS: tuple[Sign, ...] = (
    Sign(Level.TODAY, has("emergency", "wages", "payment"), "目の前の支払いが足りない", ("S151",)),
    Sign(Level.TODAY, has("emergency", "seizure"), "差押えの知らせが来ている", ("S96", "S97")),
    Sign(Level.TODAY, has("emergency", "acceleration"), "一括で返すよう求められている", ("S145",)),
    Sign(Level.TODAY, has("emergency", "loan_shark"), "高利の業者がからんでいる", ("S74", "S106")),
    Sign(Level.TODAY, has("arrears", "wages"), "給料の支払いが遅れている", ("S74", "S75")),
    Sign(Level.TODAY, has("cash", "this_month"), "今月の支払いが足りない", ("S151",)),
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
    Sign(Level.WITHIN_MONTHS, has("repayment", "tight", "changed"), "返済が重い", ("S74",)),
)


def urgency(answers: Answers) -> Urgency:
    """How soon this owner should act, and which of the answers say so."""
    signs = [sign for sign in SIGNS if sign.when.holds(answers)]
    level = min((sign.level for sign in signs), default=Level.PREVENTION)
    return Urgency(level, tuple(sign for sign in signs if sign.level is level))


TODAY: dict[str, Today] = {
    today.id: today
    for today in (
        Today(
            "wages",
            "給料の支払いが間に合わないとき",
            (
                "今ある現金と、これから入る予定を紙に書く",
                "新しい借入（とくに高利のもの）や手形では埋めない",
                "取引のいちばん多い銀行に、今日電話する",
                "従業員のみなさんには、いつ払えるかを決めてから話す",
            ),
            (),
            ("S75", "S151"),
            "「給料の支払いが間に合いそうにありません。今日、相談できますか」",
        ),
        Today(
            "payment",
            "今月の支払いが足りないとき",
            (
                "出ていく予定を、期限の順に紙に書く",
                "返済は、遅れる前に銀行へ電話して「待ってほしい」と伝える",
                "税金や社会保険料は、税務署・年金事務所に電話して分けて払う相談をする",
                "高利の業者や名ばかりのファクタリングでは埋めない",
            ),
            (TAX_OFFICE, PENSION_OFFICE),
            ("S76", "S106", "S145", "S151"),
            "「今月の支払いが足りません。今日、相談できますか」",
        ),
        Today(
            "seizure",
            "差押えの知らせが来たとき",
            (
                "書類の差出人と期限を確かめる。封筒も捨てない",
                "税金なら税務署、社会保険料なら年金事務所に、今日電話する。分けて納める相談ができます",
                "銀行や裁判所からなら、弁護士に相談する。協議会が紹介できます",
            ),
            (TAX_OFFICE, PENSION_OFFICE, LAWYER),
            ("S95", "S96", "S97"),
            "「差押えの知らせが来ました。弁護士も紹介してもらえますか」",
        ),
        Today(
            "acceleration",
            "一括で返すよう言われたとき",
            (
                "書類の日付と期限を確かめる。サインや約束はまだしない",
                "銀行の担当者に「相談先を探している」と伝える",
                "協議会に電話して、弁護士の紹介も頼む",
            ),
            (LAWYER,),
            ("S28", "S145"),
            "「一括で返すように言われました。弁護士も紹介してもらえますか」",
        ),
        Today(
            "loan_shark",
            "高利の業者やヤミ金のとき",
            (
                "これ以上借りない。書類に新しくサインしない",
                "やりとりの記録（振込、メッセージ）を残す",
                "ひとりで話をつけに行かず、弁護士か協議会に電話する",
            ),
            (LAWYER,),
            ("S74", "S106"),
            "「高利の業者のことで困っています。弁護士も紹介してもらえますか」",
        ),
    )
}


_WAGES_OWED, _CASH_GONE = has("arrears", "wages"), has("cash", "this_month")


def today(answers: Answers) -> tuple[Today, ...]:
    """What to do today, one list per emergency the answers show; empty when there is none."""
    shown = [option for option in answers.get("emergency", ()) if option in TODAY]
    if _WAGES_OWED.holds(answers):
        shown.append("wages")
    if _CASH_GONE.holds(answers):
        shown.append("payment")
    return tuple(TODAY[emergency] for emergency in dict.fromkeys(shown))
