"""Every sentence the bot says of itself, in plain Japanese for a tired person on a phone.

Questions, reasons and paths carry their own words (`flows/`); answers live in `knowledge/faq.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.flow import Question

GREETING = (
    "経営改善ナビです。返済や資金繰りの悩みに、自動でお答えします。\n"
    "いくつかの質問に答えると、使えそうな公的支援と、相談できる窓口がわかります。\n"
    "お名前や金額は聞きません。お答えは「消して」と送れば、すぐに消えます。"
)
MENU = "下から選ぶか、知りたいことをそのまま送ってください。"
START = "では、順番にお聞きします。わからないことは「わからない」で大丈夫です。"
START_HEARD = "話してくださって、ありがとうございます。合う支援を一緒に探しましょう。わからないことは「わからない」で大丈夫です。"
WELCOME_BACK = "おかえりなさい。前回のつづきからです。"
GREETED = "こんにちは。"
THANKED = "こちらこそ、ありがとうございます。また気になることがあれば、いつでも送ってください。"
GOODBYE = "お話しくださって、ありがとうございました。つづきはいつでも、ここから始められます。"
CALM = "ご期待にそえず、申し訳ありません。急いでいるときは、人に相談する道もあります。"
ACKNOWLEDGED = "はい。"

HELP = (
    "できること\n"
    "・質問に答えると、使えそうな支援と窓口がわかります（「診断する」）\n"
    "・知りたいことは、そのまま文で送れます（例：費用はいくら？）\n"
    "・「戻る」で1つ前へ、「回答を直す」で選び直し、「最初から」でやり直し\n"
    "・「今どこ」で進み具合、「人と話す」で相談先\n"
    "・「消して」で、お答えをすべて消します\n"
    "番号でも、言葉でも答えられます。"
)
ASK_FREELY = "知りたいことを、そのまま送ってください。短い言葉でも大丈夫です（例：リスケとは）。"

DESPAIR = (
    "そんなにつらい中で、話してくださってありがとうございます。\n"
    "いまは経営のことより、命と心がいちばん大切です。ひとりで抱えず、どこかに電話してみてください。"
)
DESPAIR_DANGER = "命の危険があるときは、迷わず119番へ。"
DESPAIR_AFTER = "お金のことは、あとから一緒に整理できます。いまは、だれかと話してください。"
HEAVY = "それは、おつらいですね。よく送ってくださいました。"

URGENT_TITLE = "今日、まずこれだけ"
URGENT_OPENING = "急ぎのことから、先にお伝えします。"

ONE_TO_ONE_ONLY = "ありがとうございます。お金のお話は大切なことなので、1対1のトークでだけお答えしています。友だち追加のうえ、個別に話しかけてください。"
NOT_UNDERSTOOD = (
    "すみません、うまく読み取れませんでした。下から選ぶか、もう少し短い言葉で教えてください。"
)
DO_NOT_KNOW = "すみません、それにはうまくお答えできません。"
DO_NOT_KNOW_HINT = "言い方を変えて、もう一度送ってみてください。"
OFFER_PERSON = "人に相談することもできます。"
DID_YOU_MEAN = "もしかして、これですか？"
NONE_OF_THESE = "どれでもない"
WHICH = "どちらに近いですか？"
WHICH_OF_MANY = "どれに近いですか？"
UNDERSTOOD = "わかりました。"
RELIEVED = "そう言ってくださって、ほっとしました。またつらくなったら、いつでも送ってください。"
PICK = "下から選ぶか、番号か言葉で答えてください。"
MORE = "ほかにもあれば選んでください。なければ「これで全部」へ。"
DONE = "これで全部"
OLD_BUTTON = "そのボタンは、もう使われていないものでした。"
PREFECTURE_AREAS = "どのあたりですか？市や町の名前を送っても大丈夫です。"
PREFECTURE_LIST = "都道府県を選んでください。"
    "このアプリを使えるのは、このワークスペースのメンバーだけです（ゲストの方は使えません）。"
)
NOTHING_TO_UNDO = "いまは、戻る先がありません。"
RESTARTED = "最初からにしました。（まちがえたときは「戻る」で、前のお答えに戻せます）"
RESTORED = "前のお答えに戻しました。"
FORGOTTEN = "お答えと会話の記録を消しました。またいつでも、最初から使えます。"
NOTHING_ANSWERED = "まだお答えはありません。"
CORRECT_WHICH = "どのお答えを直しますか？"
SOMETHING_BROKE = "すみません、うまく動きませんでした。少し待って、もう一度送ってください。お急ぎのときは、窓口に電話してください。"

UNREADABLE = {
    "sticker": "スタンプをありがとうございます。",
    "image": "写真は、まだ読むことができません。知りたいことを文で送ってください。",
    "video": "動画は、まだ見ることができません。知りたいことを文で送ってください。",
    "audio": "音声は、まだ聞き取れません。知りたいことを文で送ってください。",
    "file": "ファイルは、まだ読むことができません。知りたいことを文で送ってください。",
    "other": "すみません、それはまだ読むことができません。文で送ってください。",
    "emoji": "気持ちを送ってくださったのですね。",
    "long": "長い文をありがとうございます。読めるのは、はじめの部分だけです。知りたいことを1つ、短い文で送ってください。",
}

PERSON_SAY = "電話では、「資金繰りのことで相談したい」のひとことで大丈夫です。"
PERSON_NO_DESK = "この会話に、いま人は入っていません。電話で人に相談できるところをお伝えします。"


def kept(days: int) -> str:
    """Say what is kept, for how long, and where to read more of it."""
    return (
        f"残すのは、選んだ答えと、お答えできなかった質問だけです。{days}日使わないと自動で消えます。"
        "くわしくは「プライバシー」と送ってください。"
    )


def echo(labels: str) -> str:
    """Confirm what was understood, before going on."""
    return f"「{labels}」ですね。"


def corrected(question: Question, labels: str) -> str:
    """Say that an answer given before is now another one."""
    return f"「{question.title}」のお答えを「{labels}」に直しました。"


def asking_again(question: Question, labels: str) -> str:
    """Lead a question that is being corrected."""
    return f"「{question.title}」を選び直せます。いまのお答えは「{labels}」です。"


def asked_before(labels: str) -> str:
    """Lead a question one has come back to."""
    return f"1つ戻りました。さっきのお答えは「{labels}」でした。"


def place(name: str) -> str:
    """Confirm a place."""
    return f"{name}ですね。"


def place_hint(name: str) -> str:
    """Ask about a place heard in passing instead of asking openly."""
    return f"お店や会社は、{name}にありますか？"


def places(names: Sequence[str]) -> str:
    """Ask which of several prefectures is meant."""
    return f"同じ名前の場所があります。どちらですか？（{'・'.join(names)}）"


def where(position: int, total: int, answered: int) -> str:
    """Say how far the questionnaire has come."""
    return f"いま{total}問のうち{position}問目です。{answered}問にお答えいただきました。"


def finished(answered: int) -> str:
    """Say that the questionnaire is done."""
    return f"質問は全部終わっています（{answered}問）。"


def closed_now(opens: str) -> str:
    """Say that desks are closed, and when they open."""
    return f"いまは受付の時間外です。次に開くのは{opens}ごろです（平日9時〜17時が目安）。"


OPEN_NOW = "いまは受付の時間内です（平日9時〜17時が目安）。"
