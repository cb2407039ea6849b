"""Write why an act of staff had no effect on a case.

Their other sentences stand with each Slack room.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.model.case import Doubt

CASE_GONE = "この相談は、もうありません（お客さまが記録を消したか、保存期間が過ぎました）。お客さまには届いていません。"
CASE_REPLACED = "これは前の相談です。お客さまには新しい相談があるので、そちらのスレッドでお願いします。お客さまには届いていません。"
CASE_IS_BACK = "この相談は、もうボットに戻っています。お客さまには届いていません。"
CASE_IS_COMPLETED = "この相談は、もう完了しています。お客さまには届いていません。"
CASE_IS_OPEN = "この相談は、いま開いています。"
OWNER_TOOK_BACK = "お客さまが、ご自分でボットに戻られました。お客さまには届いていません。お客さまが「人と話す」を選ぶと、新しい相談が届きます。"
OWNER_BLOCKED = (
    "お客さまがアカウントをブロックしたため、届けられません。お客さまには届いていません。"
)
NOBODY_HOLDS = "まだだれも担当していないので、これはメモになりました。お客さまには届いていません。「担当する」を押すと返信できます。"
YOU_HOLD = "あなたがもう担当しています。そのまま返信できます。"
NOTE_NOT_SENT = "「//」で始まる文はメモです。お客さまには届いていません。"
ASKED_ABOUT: Mapping[Doubt, str] = {
    Doubt.CALLS_SOMEBODY: "スタッフへの呼びかけが入っています。まだ、お客さまには届いていません。お客さまに送りますか。",
    Doubt.HAS_SLASHES: "メモの印「//」が途中にあります。まだ、お客さまには届いていません。お客さまに送りますか。",
    Doubt.HEADED: "メモのように始まっています。まだ、お客さまには届いていません。お客さまに送りますか。",
    Doubt.FOR_COLLEAGUES: "スタッフどうしの話のように見えます。まだ、お客さまには届いていません。お客さまに送りますか。",
    Doubt.EDITED: "書き直した文は、まだお客さまには届いていません。お客さまに送りますか。",
}
"""Question before a reply goes, by its doubt."""

REPLY_EMPTY = "文がありません。送る文を書いてください。"
REPLY_TOO_LONG = (
    "長すぎてLINEで送れません（10,000文字まで）。分けて送ってください。お客さまには届いていません。"
)
HAS_IT_ALREADY = "その人が、もう担当しています。"
IS_AT_THAT_DESK = "この相談は、もうその窓口にあります。"
NOT_COMPLETED = "完了した相談だけ、終わり方を選べます。"
TOO_MANY_LATER = "あとで送る文が5つたまっています。どれかを取り消すか、いま送ってください。"
LATER_GONE = "その文は、もう送ったか、取り消してあります。"
FILE_CHANGED_MEANWHILE = (
    "ほかの人が先に書き足しました。この文を写してから閉じて、ファイルを開き直してください。"
)
NOT_FOLLOWED = "お客さまは、見守りにまだ同意していません。「見守り」と送ってもらうと始められます。"
DAY_PASSED = "もう過ぎた日です。これからの日を選んでください。"
DAY_AHEAD = "まだ先の日です。過ぎた日を選んでください。"
DAY_FAR = "ずいぶん離れた日です。書類の日付を確かめてください。"
ANSWERED_IN_TIME = "もうお返事できています。"
NUDGED_ALREADY = "遅れていることは、もうお客さまに伝えました。"


def held_by(name: str) -> str:
    """Refuse a claim of a case that somebody else has."""
    return f"{name}さんが担当しています。"


def not_holder(name: str) -> str:
    """Refuse a reply of a person who has not taken the case."""
    return f"{name}さんが担当しています。お客さまには届いていません。担当を代わるか、今回だけ送るかを選んでください。"
