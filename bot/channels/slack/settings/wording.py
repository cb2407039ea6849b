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


UNDO_BUTTON, UNDO_TITLE, UNDO_YES = "元に戻す", "元に戻しますか？", "元に戻す"
UNDO_TEXT = "この変更の前の設定に戻します。戻したことも、ここにお知らせします。"
TOO_OLD_TO_UNDO = "この変更は古いので、戻せません。ホームの「窓口の設定」で変えてください。"
CHANGED_SINCE = (
    "このあとに、もう変わっています。ホームの「窓口の設定」で、いまの設定を見てください。"
)
CHANGED_MEANWHILE = "開いているあいだに、ほかの人が設定を変えました。閉じて、開き直してください。"

REGIONS_BUTTON, REGIONS_TITLE = "地域の窓口", "地域の窓口"
REGIONS_HOW = (
    "都道府県ごとに、相談が届くチャンネルを決められます。決めていない都道府県の相談は、"
    "いつもの窓口に届きます。都道府県があとからわかった相談は、担当がいなければ移ります。"
)
ADD_REGION_BUTTON, CHANGE_REGION_BUTTON = "窓口を加える", "変える"
REGION_CHANNEL, REGION_PLACES = "チャンネル", "都道府県"
REGION_CHANNEL_HINT = (
    "先に、そのチャンネルでアプリを /invite してください。"
    "そこにいる人は、この窓口のスタッフとして、相談を読んで返信できます。"
)
REGION_PLACES_HINT = "すべて外すと、この窓口はなくなります。"
IS_USUAL_DESK = "これは、いつもの窓口です。ほかのチャンネルを選んでください。"
NOT_IN_CHANNEL = "このチャンネルには、アプリがいません。チャンネルで /invite してから、もう一度保存してください。"
CHANNEL_ARCHIVED = "このチャンネルは、アーカイブされています。"
CHANNEL_SHARED = "社外の人と共有しているチャンネルには、相談を届けられません。"
CHANNEL_NOT_READ = "Slackで、このチャンネルを確かめられませんでした。少しあとに、もう一度どうぞ。"


def announce_undo(name: str) -> str:
    """Say in the desk's channel who has taken a change back."""
    return f"{name}さんが、窓口の設定を元に戻しました。"


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
