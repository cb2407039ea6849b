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
THANKED = "こちらこそ、ありがとうございます。また気になることがあれば、いつでも送ってください。"
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
DESPAIR_NOW = (
    "いま、119番に電話してください。薬を飲んだとき、けがをしたときも、119番です。\n"
    "高い所、水ぎわ、線路のそばにいるなら、まずそこから離れて、人のいる明るい所へ行ってください。刃物や薬は、手の届かない所へ。\n"
    "話してくださって、ありがとうございます。ここも、すぐに電話できます。"
)
DANGER = (
    "知らせてくださって、ありがとうございます。\n"
    "命があぶないと感じたら、迷わず119番へ。居場所がわからないとき、止められないときは110番へ。\n"
    "その方をひとりにせず、責めずに話を聞いてください。迷うときは、ここに電話できます。"
)
DANGER_NOW = (
    "いますぐ119番に電話してください（薬を飲んだ、けがをした、返事がない、いま死のうとしている）。"
    "居場所がわからない、書き置きがあるときは110番へ。\n"
    "電話がつながったら、言われたとおりに。助けが来るまで、そばを離れず、声をかけ続けてください。\n"
    "そのあとは、あなた自身のためにも、ここに電話できます。"
)
DANGER_AFTER = "お金のことは、あとで大丈夫です。いまは、その方のことを先に。"
DANGER_BESIDE = "ほかの方の命があぶないときも、119番へ。居場所がわからないときは110番へ。"
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
PREFECTURE_TAP = "どのあたりですか？下から選んでください。"
PREFECTURE_LIST = "都道府県を選んでください。"
NOTHING_TO_UNDO = "いまは、戻る先がありません。"
RESTARTED = "最初からにしました。（まちがえたときは「戻る」で、前のお答えに戻せます）"
RESTORED = "前のお答えに戻しました。"
FORGOTTEN = "お答えと会話の記録を消しました。またいつでも、最初から使えます。"
FORGET_YES = "はい、消してください"
FORGET_SURE = "お答えと会話の記録を、すべて消しますか？消すと、もとには戻せません。（「消して」とだけ送ると、すぐに消えます）"
NOT_FORGOTTEN = "消していません。お答えは、そのまま残しています。"
NEVER_WRITE = (
    "わかりました。こちらから先にお送りすることはありません。\n"
    "残っているお答えも消すときは、下のボタンか「消して」で、すぐに消えます。通知そのものは、LINEの「ブロック」で止められます。"
)
NOTHING_RECORDED = "いまは、何も記録していません。"
NO_HUMAN = "いいえ、人ではありません。自動でお答えするプログラム（ボット）です。人と話したいときは「人と話す」を選んでください。"
THE_REST = "ありがとうございます。では、残りの質問です。いつやめても大丈夫です。"
NOTHING_ANSWERED = "まだお答えはありません。"
CORRECT_WHICH = "どのお答えを直しますか？"
SOMETHING_BROKE = "すみません、うまく動きませんでした。少し待って、もう一度送ってください。お急ぎのときは、窓口に電話してください。"

TOO_FAST = (
    "たくさん送ってくださって、ありがとうございます。一度には読みきれないため、この文から先は、まだ読めていません。"
    "1分ほど待ってから、つづきを送ってください。"
)
GAVE_UP = (
    "申し訳ありません。いまのメッセージを、最後まで読むことができませんでした。"
    "短い文に分けて、もう一度送ってください。"
)
GAVE_UP_DARK = "とてもつらいお気持ちのときは、ここに電話してください。"

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


def greeted(hour: int) -> str:
    """Greet back as one does at this hour of the day (0 to 23, in Japan)."""
    if 4 <= hour < 10:  # noqa: PLR2004 - hours of a day
        return "おはようございます。"
    return "こんにちは。" if 10 <= hour < 18 else "こんばんは。"  # noqa: PLR2004


def kept(days: int) -> str:
    """Say what is kept, for how long, and where to read more of it."""
    return (
        "残すのは、選んだ答えと、お答えできなかった質問だけです。質問は、だれのものかわからない形で"
        "相談員が読み、答えを増やします（人につなぐときは、先に確認します）。"
        f"{days}日使わないと自動で消えます。"
        "くわしくは「プライバシー」と送ってください。"
    )


WAY_BACK = "診断のつづき"
YES_SO = "はい、そうです"
NOT_SO = "ちがいます"


def is_it_so(question: Question, labels: str) -> str:
    """Put one likely answer to the owner."""
    return f"{question.title}は、「{labels}」ということですか？"


def which_is_it(question: Question) -> str:
    """Put two likely answers to the owner."""
    return f"{question.title}は、どちらに近いですか？"


def heard(labels: Sequence[str]) -> str:
    """Say in one line what was heard, and how to correct it."""
    return f"「{'、'.join(labels)}」と聞きました。ちがうところは「回答を直す」で直せます。"


def not_read(pieces: Sequence[str]) -> str:
    """Name what looked like part of an answer and was not understood."""
    return f"「{'」「'.join(pieces)}」のところは、読み取れませんでした。"


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


def goodbye(days: int) -> str:
    """Say goodbye for today, and for how long the answers wait."""
    return (
        "今日はここまでですね。お話しくださって、ありがとうございました。\n"
        f"お答えは{days}日残してあります。つづきはいつでも、ここから始められます。"
    )


def recorded(answers: Sequence[str], days: int) -> str:
    """Show what is kept, as text to keep."""
    return "\n".join(
        (
            "いま記録しているお答えです（この文を保存しておけば、窓口でそのまま見せられます）。",
            *answers,
            f"お名前は残していません。{days}日使わないと自動で消え、「消して」ですぐに消えます。",
        )
    )


def only_these(count: int) -> str:
    """Say that only so many questions are asked now, and the others later."""
    return (
        f"質問が多くて、すみません。いま大事な{count}つだけお聞きします。残りは、あとで大丈夫です。"
    )


def few_left(remaining: int) -> str:
    """Say how few questions are left."""
    return f"お疲れのところ、すみません。あと{remaining}問です。わからないことは「わからない」で大丈夫です。"


def finished(answered: int) -> str:
    """Say that the questionnaire is done."""
    return f"質問は全部終わっています（{answered}問）。"


# --- a person takes over ------------------------------------------------------------------------

CONSENT_YES = "はい、つないでください"
CONSENT_NO = "やめておく"
BACK_TO_BOT = "ボットに戻る"
SEE_PHONE = "電話の窓口を見る"
CONSENT_OPENING = "相談員におつなぎできます。その前に、1つだけ確認させてください。"
CONSENT_QUESTION = "おつなぎしますか？"
CONSENT_UNCLEAR = "大切なことなので、「はい」か「いいえ」で教えてください。"
CONSENT_NO_HURRY = "急がなくて大丈夫です。いま決めなくても、かまいません。"
NOT_PASSED_ON = "（まだ、相談員には何も渡していません。つなぐときは「人と話す」を選んでください）"
DECLINED = "わかりました。相談員には何も渡していません。話したくなったら、いつでも「人と話す」を選んでください。"
URGENT_BY_PHONE = "お急ぎのときは、電話が早いです。"
DARK_BY_PHONE = "つらいときは、待たずにここへ電話してください。"
PHONE_UNKNOWN_PLACE = "番号は「電話の窓口を見る」からお調べします。"
WAITING_MEANWHILE = "待つあいだも、書いて送ってください。相談員がまとめて読みます。"
WAITING_TODAY = "「今日、まずこれだけ」でお伝えしたことは、待たずに進めて大丈夫です。"
WAITING_WAY_BACK = "ボットの質問に戻るときは、「ボットに戻る」と送ってください。"
PASSED_ON_LATE = "相談員に渡しました。お返事が遅れていて、申し訳ありません。"
OVERDUE = (
    "お約束の時間になりましたが、まだお返事ができていません。お待たせして、申し訳ありません。\n"
    "相談員には、もう一度知らせました。お急ぎのときは、下の窓口に電話してください。"
)
DESPAIR_TO_STAFF = (
    "相談員にも伝えますが、すぐに読めないことがあります。待たずに、上の番号へ電話してください。"
)
TAKEN_BACK = "ボットに戻りました。ここから送る文は、相談員には届きません。また話したくなったら「人と話す」を選んでください。"
WITH_BOT_ALREADY = "いまは、ボットがお答えしています。"
DESK_SHUT = (
    "申し訳ありません。相談員への取り次ぎは、いま止まっています。ここからはボットがお答えします。"
)
COMPLETED = (
    "ご相談は、ここまでとします。お話しくださって、ありがとうございました。\n"
    "また話したくなったら「人と話す」を選んでください。ここからはボットがお答えします。"
)
HANDED_BACK_UNANSWERED = (
    "申し訳ありません。いまは相談員がお話をうかがえません。ここからはボットがお答えします。"
)
MEDIA_NOT_PASSED_ON = {
    "image": "写真は、相談員に渡すことができません。写真が送られたことだけ伝えました。大事なところを、文で送ってください。",
    "video": "動画は、相談員に渡すことができません。動画が送られたことだけ伝えました。大事なところを、文で送ってください。",
    "audio": "音声は、相談員に渡すことができません。音声が送られたことだけ伝えました。大事なところを、文で送ってください。",
    "file": "ファイルは、相談員に渡すことができません。ファイルが送られたことだけ伝えました。大事なところを、文で送ってください。",
    "other": "いまのものは、相談員に渡すことができません。何かが送られたことだけ伝えました。大事なところを、文で送ってください。",
}
OLD_BUTTON_LABEL = "（いまは使われていないボタン）"


def consent(days: int) -> str:
    """Say what is passed on, to whom, and for how long it is kept."""
    return (
        "・渡すもの：選んだお答えと、これから送ってくださる文\n"
        "・渡さないもの：LINEのお名前と、これまでに書いた文\n"
        "・渡す相手：この窓口の相談員（Slackで受け取ります）\n"
        f"・残る期間：相談が終わってから{days}日。「消して」と送れば、すぐに消えます"
    )


def waiting_soon(by: str) -> str:
    """Say that staff know, and when they answer: within the hour."""
    return f"相談員に知らせました。1時間ほどでお返事します（{by}ごろまで）。"


def waiting_closing(by: str) -> str:
    """Say that staff know, and that the answer may come on the next working day."""
    return f"相談員に知らせました。今日の受付はもうすぐ終わるので、お返事は{by}ごろまでお待ちください。"


def waiting_closed(opens: str, by: str) -> str:
    """Say that staff are not there now, when they are, and when they answer."""
    return f"おあずかりしました。いまは受付の時間外です。相談員が見るのは{opens}からで、お返事は{by}ごろまでの予定です。"


def passed_on(by: str) -> str:
    """Say once that what was sent has arrived, and when an answer comes."""
    return f"相談員に渡しました。お返事は{by}ごろまでの予定です。このままお待ちください。"


def still_waiting(by: str) -> str:
    """Answer a tap on one of the bot's buttons while the owner waits for a person."""
    return f"いまは、相談員のお返事をお待ちいただいています（{by}ごろまで）。書いて送っていただければ、相談員が読みます。"


STILL_WAITING_LATE = "相談員のお返事が遅れていて、申し訳ありません。書いて送っていただければ、相談員が読みます。お急ぎのときは、電話が早いです。"


def away(opens: str) -> str:
    """Say once that staff are not there at this hour."""
    return f"相談員に渡しました。いまは受付の時間外なので、読むのは{opens}からになります。"


def staff_name(name: str) -> str:
    """Name the staff member to an owner: 相談員の山田, or as they are called already."""
    return name if "相談員" in name or not name else f"相談員の{name}"


def claimed(name: str) -> str:
    """Say who has taken the case."""
    return f"{staff_name(name) or '相談員'}が、これからお話をうかがいます。このまま、書いて送ってください。"


def reopened(name: str) -> str:
    """Say that a person is there again, and that words are passed on again."""
    return f"{staff_name(name) or '相談員'}から、もう少しお話があります。ここから送る文は、相談員に届きます。"


def handed_back(name: str) -> str:
    """Say that the bot is back, and whom one has talked to."""
    return (
        f"{staff_name(name) or '相談員'}とのお話は、ここまでです。ここからはボットがお答えします。"
        "送る文は、相談員には届きません。"
    )


# --- a code from staff ---------------------------------------------------------------------------

CODE_UNKNOWN = "そのコードは見つかりませんでした。期限が切れたか、もう使われています。電話の相談員に、新しいコードを聞いてください。"

CODES_TRIED_TOO_OFTEN = "今日は、コードをもう試せません。明日もう一度送るか、電話の相談員に聞いてください。このままお答えいただくこともできます。"


def handed_over(count: int) -> str:
    """Say how many answers came along with a code, and how to undo it."""
    if not count:
        return "コードを受け取りました。引き継ぐお答えは、ありませんでした。"
    return (
        f"相談員にお話しくださったお答えを、{count}問ぶん引き継ぎました。"
        "ちがうところは「回答を直す」で直せます。（まちがえたときは「戻る」で、前のお答えに戻せます）"
    )


def closed_now(opens: str) -> str:
    """Say that offices are closed, and when they open."""
    return f"いまは受付の時間外です。次に開くのは{opens}ごろです（平日9時〜17時が目安）。"


OPEN_NOW = "いまは受付の時間内です（平日9時〜17時が目安）。"
