"""Write the sentences and labels of the table of cases."""

from __future__ import annotations

from datetime import timedelta

from bot.channels.slack.ui.wording import format_duration

CASES, CASE = "対応中の相談", "相談"
NOBODY_WAITS = "いま待っている方はいません。"
THREAD_BUTTON = "スレッドを開く"
NO_HOLDER, YOU = "まだいません", "あなた"
NEXT_BUTTON = "いちばん急ぐ相談を担当する"
NOBODY_LEFT = "いま、担当のいない相談はありません。"

HAND_ON_BUTTON, HAND_ON_TITLE = "同僚に渡す", "同僚に渡す"
HAND_ON_HOW = "お客さまに、担当が代わったことをお伝えします。渡された人には、スレッドで知らせます。"
TO_WHOM, NOTE, NOTE_HINT = (
    "渡す相手",
    "引き継ぎのひとこと",
    "スレッドに残ります。お客さまには届きません。",
)
HAND_ON_SUBMIT = "渡す"

SNOOZE_BUTTON, SNOOZE_TITLE, SNOOZE_SUBMIT = "あとで見る", "あとで見る", "決める"
SNOOZE_HOW = (
    "一覧の下に移ります。時間になるか、お客さまが書くと、担当に知らせて元に戻ります。"
    "お客さまへのお約束の時間は変わりません。"
)
SNOOZE_LABEL = "いつ戻しますか"
IN_HALF_AN_HOUR, IN_TWO_HOURS = "30分後", "2時間後"

MOVE_DESK_BUTTON, MOVE_DESK_TITLE, MOVE_DESK_SUBMIT = "ほかの窓口に移す", "ほかの窓口に移す", "移す"
MOVE_DESK_HOW = (
    "カードとお客さまの言葉が、選んだ窓口のチャンネルに移ります。担当とお約束の時間は変わりません。"
    "スタッフのメモと返信は、いまのスレッドに残ります。お客さまには何も伝わりません。"
)
WHICH_DESK, USUAL_DESK = "移す先", "いつもの窓口"
MOVED_TO_DESK = "この相談は、ほかの窓口に移りました。ここに書いても、お客さまには届きません。"
MOVED_WORDS = "（お客さまの言葉は、移った先のスレッドにあります）"
CAME_FROM_DESK = "ほかの窓口から移ってきた相談です。"
NOT_NOW = "お客さまの言葉が届いているところです。数秒あとに、もう一度押してください。"
DESK_GONE = "その窓口は、もう設定にありません。"

OUTCOME_PLACEHOLDER = "終わり方を選ぶ"


def at_opening(moment: str) -> str:
    """Offer to bring a case back when the desk opens next."""
    return f"次に開くとき（{moment}）"


def name_desk(prefectures: list[str]) -> str:
    """Name a desk by the prefectures it answers."""
    return f"{'・'.join(prefectures)}の窓口"


def say_taken(name: str) -> str:
    """Say which case somebody has taken."""
    return f"{name}を担当しました。スレッドに返信できます。"


def say_handed_on(by: str, note: str) -> str:
    """Tell a colleague that a case is theirs now."""
    return f" {by}さんから引き継ぎです。" + (f"\n{note}" if note else "")


def head_cases(count: int) -> str:
    """Head the cases with their number, if there are any."""
    return CASES + (f"　{count}件" if count else "")


def count_other_cases(count: int) -> str:
    """Say how many cases are not shown."""
    return f"ほかに{count}件あります。"


def name_holder(name: str) -> str:
    """Name the holder of a case."""
    return f"担当：{name}"


def say_replied(since: timedelta) -> str:
    """Say that an owner has had a first reply."""
    return f"お返事済み（始まってから{format_duration(since)}）"


def say_unanswered(since: timedelta) -> str:
    """Say how long the owner's last words wait in a claimed case."""
    return f"お客さまの言葉から{format_duration(since)}"


def say_overdue(since: timedelta, promised: str) -> str:
    """Say that an owner was promised a reply that did not come."""
    return f"{format_duration(since)}待ち ⏰約束の{promised}を過ぎました"


def say_waiting(since: timedelta, promised: str) -> str:
    """Say how long an owner waits, and by when an answer was promised."""
    return f"{format_duration(since)}待ち（{promised}までに返事と約束）"


def say_snoozed(until: str) -> str:
    """Say until when a case is put aside."""
    return f"💤 {until}に戻ります"
