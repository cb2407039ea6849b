"""Sentences and labels of the home, its chart and the display name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from bot.channels.slack.ui.wording import format_duration

# --- the home -------------------------------------------------------------------------------------

NOT_READ = "取得できませんでした。少しあとで「更新」を押してください。"
BEGIN_BUTTON, REFRESH_BUTTON, CHART_BUTTON = "聞き取りを始める", "更新", "グラフをDMに送る"
NAME_BUTTON, NUMBER_BUTTON = "LINEでの表示名", "次の番号を確かめる"
QUOTA_USED_UP = "LINEの今月の送信数を使い切りました。お返事は、お客さまが次に書いたときに届きます。"

QUESTIONS = "答えられなかった質問"
NO_QUESTIONS = "いまはありません。どの質問にも答えられています。"
LIST_BUTTON = "まとめて答える（DMに一覧を出します）"

REMINDERS = "見守り"
REMINDERS_STOP_BUTTON = "今日のお知らせを止める（明日に回す）"
REMINDERS_GO_BUTTON = "今日のお知らせを再開する"
REMINDERS_STOPPED = "⏸ 今日のお知らせは止めてあります。明日、まだ役に立つものだけが出ます。"
REMINDERS_TOO_MANY = (
    "⚠️ 今月の残りを超えます。超えた分は送らず、お客さまが次に書いたときのお返事に添えます。"
)

UPKEEP = "手入れ"
NOTHING_PERSONAL = "ここの数字には、お客さまのお名前や金額は入っていません。"
QUOTA_NOT_READ = f"LINEの送信数：{NOT_READ}"
OUTBOX_NOT_READ = f"送信：{NOT_READ}"
FACTS_NOT_READ = f"確かめたい情報：{NOT_READ}"
ALL_DELIVERED = "送信：すべて届いています"
LEAFLET_NUMBERS = "2015年のチラシのままの電話番号"
OLD_FACTS = "1年以上確かめていない情報"


def count_numbers_today(left: int, all_left: int) -> str:
    """Say how many numbers are left to check today, and how many at all."""
    if left <= 0:
        return f"今日の番号の確認は終わりました。ありがとうございます（残り{all_left}件は、また明日から）。"
    return f"今日は、あと{left}件だけ確かめてください（残り{all_left}件。1日5件ずつ進めます）。"


def say_as_of(time: str) -> str:
    """Say of when the home is, and where the interview's questions appear."""
    return f"{time}現在。聞き取りの質問は「メッセージ」タブに出ます。"


def warn_late(waiting: int, since: timedelta) -> str:
    """Warn that deliveries do not arrive."""
    return (
        f"{waiting}件の送信が、{format_duration(since)}前から届いていません。"
        "届くまで自動で送り直します。"
    )


def warn_quota(left: int, limit: int) -> str:
    """Warn that LINE's messages of the month are nearly used up."""
    return f"LINEの今月の送信数が、あと{left:,}通です（{limit:,}通のうち）。"


def count_reminders(today: int, month: int, overdue: int) -> str:
    """Say how many reminders come today and this month, or are late."""
    late = f"、遅れ {overdue:,}件" if overdue else ""
    return f"お知らせ：今日 {today:,}件、今月のこれから {month:,}件{late}"


def count_answers(sent: int, answered: int, silent: int) -> str:
    """Say how owners answered the reminders of thirty days."""
    return (
        f"この30日：送った {sent:,}通、そのあと書いてくれた {answered:,}人、返事のない {silent:,}通"
    )


def count_consents(agreed: int, stopped: int) -> str:
    """Say how many agreed and how many stopped in thirty days."""
    return f"この30日：始めた {agreed:,}人、止めた {stopped:,}人"


def count_cost(month: int, left: int) -> str:
    """Say how many messages the month's reminders take, and how many are left."""
    return f"今月の送信数：お知らせに多くて {month:,}通（お知らせに使えるのは、あと{left:,}通。残りは急ぎの相談のために空けています）"


def head_questions(people: int) -> str:
    """Head the unanswered questions with the number of people."""
    return QUESTIONS + (f"　{people}人から" if people else "")


def count_quota(used: int, limit: int | None) -> str:
    """Say how many of LINE's messages of the month are used.

    `limit` is None where there is none.
    """
    if limit is None:
        return f"LINEの送信数：今月 {used:,}通（上限なし）"
    share = f"、{used / limit:.0%}" if limit else ""
    return f"LINEの送信数：今月 {used:,}通（上限 {limit:,}通{share}）"


def count_outbox(waiting: int, given_up: int) -> str:
    """Say how many deliveries wait, and how many were refused."""
    return f"送信：送っている途中 {waiting:,}件、断られたもの {given_up:,}件"


def count_facts(heading: str, count: int) -> str:
    """Say how many facts of a kind there are to look at."""
    return f"{heading}：{f'{count}件' if count else 'ありません'}"


def say_checked(day: str) -> str:
    """Say when a fact was last checked."""
    return f"（{day}に確認）"


def count_other_facts(count: int) -> str:
    """Say how many facts are not shown."""
    return f"・ほか{count}件"


# --- figures --------------------------------------------------------------------------------------

FIGURES = "利用のようす"
TALKED, FINISHED = "話した方", "最後まで答えた"
TOTALS: Mapping[str, tuple[str, str]] = {
    "talked": (TALKED, "人"),
    "finished": (FINISHED, "回"),
    "person": ("人につないだ相談", "件"),
    "unanswered": (QUESTIONS, "件"),
}
"""Heading and unit of each total, by its name in the figures."""

VERDICTS, REASONS, STOPS = (
    "診断の結果（今月）",
    "人につないだ理由（今月）",
    "途中で止まった質問（今月）",
)
DESK, OUTCOMES, HELPED = (
    "窓口のはやさ（今月）",
    "相談の終わり方（今月）",
    "お役に立ったか（今月）",
)
SPANS = {"first_reply": "最初のお返事", "closed": "終わるまで"}
"""Headings of measured times of a case, by their names in the figures."""

REPORT_BUTTON, REPORT_HOW = (
    "先月と今月の数（CSV）をDMに送る",
    "枠の中をコピーして、表計算に貼り付けられます。お客さまのことは入っていません。",
)
STOPS_NOTE = "いま答えている途中の方も入っています。"
NO_TALKS = "この4週間の会話はまだありません。LINEでの会話が始まると、ここに出ます。"
WEEKS = "話した方（この4週間。数はのべ人数、右は1日ごと）"
CHART_AXIS = "日"


def count_total(what: str, today: int, month: int, before: int) -> str:
    """Say one figure of today, this month and last month, in mrkdwn.

    Last month counts until the same day.
    """
    name, unit = TOTALS[what]
    return f"*{name}*\n今日 {today:,}{unit}・今月 {month:,}{unit}\n（先月の同じ日まで {before:,}{unit}）"


def count_week(days: str, talked: int, bars: str) -> str:
    """Say how many people talked in a week, with a bar for each day."""
    return f"{days} {talked:>5}人 {bars}"


def say_busiest_day(day: date, talked: int) -> str:
    """Say on which day most people talked."""
    return f"いちばん多かった日は{format_date(day)}の{talked:,}人です。"


def count_stops(title: str, stopped: int, reached: int, share: float) -> str:
    """Say how many people stopped at a question."""
    return f"{title}　{stopped:,}人（{reached:,}人のうち{share:.0%}）"


def say_median(heading: str, step: str, count: int) -> str:
    """Say the time within which half of the cases were.

    `step` are minutes, or a word for more.
    """
    span = format_duration(timedelta(minutes=int(step))) if step.isdigit() else ""
    within = f"半分が{span}以内" if span else "半分が3日より長い"
    return f"{heading}　{within}（{count:,}件）"


def count_share(label: str, count: int, share: float) -> str:
    """Say how many there are of something, and which share that is."""
    return f"{label}　{count:,}件（{share:.0%}）"


def title_chart(first: date, last: date) -> str:
    """Head the chart with its first and last day."""
    return f"{format_date(first)}〜{format_date(last)}の利用"


def describe_chart(talked: int, finished: int) -> str:
    """Say the chart's totals."""
    return f"{TALKED}はのべ{talked:,}人、{FINISHED}のは{finished:,}回でした。"


def describe_weeks(weeks: Iterable[tuple[date, int]]) -> str:
    """Say how many people talked in each week.

    A week is named by its first day.
    """
    each = (f"{format_date(first)}から{talked:,}人" for first, talked in weeks)
    return f"{TALKED}を週ごとに：{'、'.join(each)}。"


def format_date(day: date) -> str:
    """Write a day as people say it."""
    return f"{day.month}月{day.day}日"


# --- the name owners see --------------------------------------------------------------------------

NAME_TITLE, NAME_SUBMIT = "LINEでの表示名", "保存"
NAME_HOW = "お客さまに返信するとき、LINEでこの名前とアイコンが表示されます。"
NAME_LABEL, NAME_HINT = "名前", "20文字まで。例：相談員 山田"
ICON_LABEL = "アイコンのURL"
ICON_HINT = "Slackのプロフィール写真のURL（正方形のPNG、1MBまで）。なくても使えます。"

NAME_MISSING = "名前を入れてください。"
NAME_NOT_PRINTABLE = "改行などの、見えない文字は使えません。"
NAME_ODD_LETTERS = (
    "名前に使えるのは、漢字・かな・英字・数字と絵文字です。形の似た別の文字は使えません。"
)
NAME_SAYS_LINE = "「LINE」という言葉（似た書き方も）は、LINEの決まりで使えません。"
ICON_NOT_HTTPS = "https:// で始まる画像のURLを、そのまま貼り付けてください。"


def refuse_long_name(most: int) -> str:
    """Say how long a name may be."""
    return f"{most}文字までにしてください（絵文字は2文字と数えます）。"


def refuse_official_name(word: str) -> str:
    """Say which word of a name reads as a public body or a profession."""
    return f"「{word}」は、公的な機関や資格とまちがわれるため使えません。例：相談員 山田"


def refuse_icon_host(hosts: Iterable[str]) -> str:
    """Say where an icon may come from."""
    return f"アイコンに使えるのは、{'・'.join(hosts)}にある画像だけです（Slackのプロフィール写真のURLが使えます）。"
