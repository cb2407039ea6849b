"""Write the sentences and labels of the desk's settings."""

from __future__ import annotations

BUTTON, TITLE, SAVE = "窓口の設定", "窓口の設定", "保存"
HOW = "保存すると、すぐに使われます。変えたことと変えた人は、窓口のチャンネルにお知らせします。"
OPENS, CLOSES = "受付の始まり", "受付の終わり"
DAYS = "受付する曜日"
WEEKDAYS = "月火水木金土日"
CLOSED, CLOSED_HINT = (
    "臨時のお休み",
    "1行に1日。例：2026-12-28。祝日と12月29日〜1月3日は、書かなくても休みです。",
)
PROMISE = "最初のお返事のお約束"
CALLED, CALLED_HINT = (
    "急ぎのときに呼ぶ人",
    "お約束の時間を過ぎたときと、つらい言葉があったとき、担当がいなければ呼びます。",
)

CLOSES_BEFORE_OPENING = "終わりは、始まりより後にしてください。"
NO_DAY = "1日は選んでください。"
NOT_A_TIME = "時刻を選んでください。"
NOTHING = "なし"
BEFORE, AFTER = "前", "いま"


def weekday(day: int) -> str:
    """Name a day of the week."""
    return WEEKDAYS[day]


def promise_within(span: str) -> str:
    """Name a promised time."""
    return f"受付時間で{span}以内"


def refuse_day(line: str) -> str:
    """Say which line is no day."""
    return f"「{line}」を日付として読めません。2026-12-28 のように書いてください。"


def announce(name: str) -> str:
    """Tell the desk who changed the settings."""
    return f"{name}さんが、窓口の設定を変えました。"


def describe(opens: str, closes: str, days: str, closed: str, promise: str) -> str:
    """Write settings in one line."""
    return f"{days} {opens}〜{closes}、臨時の休み：{closed or NOTHING}、お返事：{promise}"


NAME_MISSING = (
    "LINEでの表示名がまだないので、お客さまには「相談員」と見えています。名前を決めますか？"
)
NAME_BUTTON = "名前を決める"
