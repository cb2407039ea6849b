"""Every question the bot can ask, once. The flows only say in which order.

Amounts are asked in bands, never in yen, and nobody is asked for a name. What owners
say instead of a label stands in `words/`, a file for each question.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

from flows import vocabulary
from flows.flow import UNKNOWN, Option, Question, has, lacks
from flows.vocabulary import Vocabulary
from knowledge.place_names.places import PREFECTURES

WORDS_FOLDER = files("flows.keiei.words")
WORDS = vocabulary.load(WORDS_FOLDER)
"""Owners' words for the options, by question."""


def as_trades(industry: Vocabulary, more: Vocabulary) -> Vocabulary:
    """Make the words of the trades alone, from `industry` and `more`.

    Headcounts are left out.
    """
    trades = {
        option: replace(words, examples=())
        for option, words in industry.options.items()
        if option != "over"
    }
    return replace(industry, options={**trades, **more.options}, numbers=None)


SALES = Question(
    "sales",
    "売上",
    "いまの売上は、1年前とくらべてどうですか？",
    (
        Option("up", "増えている", told="売上が増えている"),
        Option("flat", "変わらない", told="売上は変わらない"),
        Option("down_slight", "1〜2割くらい減った", told="売上が1〜2割くらい減った"),
        Option("down_sharp", "3割以上減った", told="売上が3割以上減った"),
        Option("new", "始めて1年たっていない"),
        UNKNOWN,
    ),
    hint="だいたいの感じで大丈夫です。",
    names=("売り上げ", "うりあげ", "売れ行き", "年商"),
    words=WORDS["sales"],
)

CAUSE = Question(
    "cause",
    "売上が減った理由",
    "減った理由で、いちばん近いのはどれですか？",
    (
        Option("fewer_customers", "お客さまが減った"),
        Option("lost_client", "大口の取引先を失った"),
        Option("lower_prices", "値下げ・単価が下がった"),
        Option("competition", "競争相手が増えた"),
        Option("disaster", "災害や感染症など", told="災害や感染症などの影響"),
        Option("short_handed", "人手が足りない"),
        UNKNOWN,
    ),
    names=("理由", "原因"),
    words=WORDS["cause"],
)

COSTS = Question(
    "costs",
    "重い費用",
    "いま重く感じている費用はどれですか？（いくつでも）",
    (
        Option("materials", "仕入れ・材料", told="仕入れや材料の費用が重い"),
        Option("labor", "人件費", told="人件費が重い"),
        Option("rent", "家賃・リース", told="家賃やリースが重い"),
        Option("energy", "光熱費・燃料", told="光熱費や燃料が重い"),
        Option("outsourcing", "外注費・運送費", told="外注費や運送費が重い"),
        Option("interest", "借入の利息", told="借入の利息が重い"),
        Option("none", "とくにない", told="重い費用はとくにない", alone=True),
        UNKNOWN,
    ),
    several=True,
    names=("費用", "コスト", "経費"),
    words=WORDS["costs"],
)

PROFIT = Question(
    "profit",
    "利益",
    "利益は出ていますか？",
    (
        Option("black", "黒字"),
        Option("even", "とんとん", told="利益はとんとん"),
        Option("loss", "この1年は赤字"),
        Option("loss_long", "2年以上つづけて赤字"),
        UNKNOWN,
    ),
    hint="直近の決算か確定申告の感じで大丈夫です。",
    names=("黒字", "赤字", "儲け", "もうけ"),
    words=WORDS["profit"],
)

LENDERS = Question(
    "lenders",
    "借入先",
    "事業の借入は、どこからありますか？（いくつでも）",
    (
        Option("bank", "銀行・信用金庫など", told="銀行や信用金庫の借入"),
        Option("guaranteed", "保証協会つきの融資"),
        Option("jfc", "日本政策金融公庫", told="日本政策金融公庫の借入"),
        Option("other", "その他（知人・ノンバンクなど）", told="知人やノンバンクなどの借入"),
        Option("none", "借入はない", alone=True),
        UNKNOWN,
    ),
    several=True,
    hint="銀行から借りていて保証料を払っていれば「保証協会つき」です。",
    names=("借り入れ", "借金", "融資", "銀行"),
    words=WORDS["lenders"],
)

BANKS = Question(
    "banks",
    "銀行の数",
    "借りている銀行や信用金庫は、1つだけですか？",
    (
        Option("one", "1つだけ", told="借りている銀行は1つだけ"),
        Option("more_than_one", "2つ以上", told="借りている銀行は2つ以上"),
        UNKNOWN,
    ),
    names=("何行", "銀行の数"),
    words=WORDS["banks"],
    heard_when=(has("lenders", "bank"), lacks("lenders", "guaranteed", "jfc")),
)
"""One bank without a guarantee is a special case. Some councils do not take it."""

REPAYMENT = Question(
    "repayment",
    "返済のようす",
    "返済のようすに、いちばん近いのはどれですか？",
    (
        Option("easy", "無理なく返せている"),
        Option("tight", "返しているが苦しい", told="返済が苦しい"),
        Option("changed", "条件を変えて返している"),
        Option("late", "遅れている・止まっている", told="返済が遅れているか止まっている"),
        Option("beyond", "借金が重すぎて返しきれない"),
        UNKNOWN,
    ),
    names=("返済", "支払い状況"),
    words=WORDS["repayment"],
)

RESCHEDULED = Question(
    "rescheduled",
    "条件変更の回数",
    "返済の条件を変えてもらったこと（リスケ）は、何回ありますか？",
    (
        Option("never", "まだない", told="返済の条件変更はまだない"),
        Option("once", "1回ある", told="返済の条件変更は1回"),
        Option("repeatedly", "何度もある", told="返済の条件変更は何度も"),
        UNKNOWN,
    ),
    names=("リスケ", "条件変更", "回数"),
    words=WORDS["rescheduled"],
)

BANK_HELP = Question(
    "bank_help",
    "銀行への相談",
    "銀行に頼みたいことはありますか？たとえば、返済の条件を変える、借り換える、新しく借りる、などです。",
    (
        Option("yes", "ある・相談したい", told="銀行に相談したい"),
        Option("no", "いまはない", told="銀行への頼みごとはいまはない"),
        UNKNOWN,
    ),
    names=("銀行", "金融支援", "頼みごと"),
    words=WORDS["bank_help"],
)

ARREARS = Question(
    "arrears",
    "遅れている支払い",
    "いま払うのが遅れているものはありますか？（いくつでも）",
    (
        Option("wages", "従業員の給料", told="従業員の給料が遅れている"),
        Option("tax", "税金", told="税金が遅れている"),
        Option("social_insurance", "社会保険料", told="社会保険料が遅れている"),
        Option("suppliers", "仕入先などへの支払い", told="仕入先などへの支払いが遅れている"),
        Option("none", "遅れはない", told="支払いの遅れはない", alone=True),
        UNKNOWN,
    ),
    several=True,
    names=("滞納", "遅れ", "未払い"),
    words=WORDS["arrears"],
)

TAX_KIND = Question(
    "tax_kind",
    "遅れている税金",
    "遅れているのは、どの税金ですか？",
    (
        Option("national", "国の税金（消費税・源泉税など）", told="遅れているのは国の税金"),
        Option("local", "市や県の税金・国保", told="遅れているのは市や県の税金か国保"),
        UNKNOWN,
    ),
    several=True,
    words=WORDS["tax_kind"],
    heard_when=(has("arrears", "tax"),),
)
"""Never asked, since `LETTERS` asks for the office that collects the tax."""

LETTERS = Question(
    "letters",
    "督促の書類",
    "そのことで、督促や催告の書類は届いていますか？どこからですか？（いくつでも）",
    (
        Option("from_tax_office", "税務署から", told="税務署から督促が届いた"),
        Option("from_local_office", "市や県の役所から", told="市や県の役所から督促が届いた"),
        Option("from_pension_office", "年金事務所から", told="年金事務所から督促が届いた"),
        Option("seizure", "差押えの知らせも来た", told="差押えの知らせが来た"),
        Option("none", "まだ届いていない", told="督促はまだ届いていない", alone=True),
        UNKNOWN,
    ),
    several=True,
    names=("督促", "催告"),
    words=WORDS["letters"],
    heard_when=(has("arrears", "tax", "social_insurance"),),
)

CASH = Question(
    "cash",
    "手元のお金",
    "いまのままだと、手元のお金はどのくらいもちそうですか？",
    (
        Option("this_month", "今月の支払いが足りない"),
        Option("within_3_months", "3か月もたない", told="お金が3か月もたない"),
        Option("within_6_months", "半年くらい", told="お金は半年くらいもつ"),
        Option("longer", "半年よりもつ", told="お金は半年よりもつ"),
        UNKNOWN,
    ),
    hint="入る予定と出る予定を思いうかべて、だいたいで大丈夫です。",
    names=("資金繰り", "現金", "預金", "お金", "キャッシュ"),
    words=WORDS["cash"],
)

DEBT_YEARS = Question(
    "debt_years",
    "返しきるまでの年数",
    "いまのもうけで返しつづけると、借入は何年で返しきれますか？",
    (
        Option("within_10", "10年以内", told="返しきるまで10年以内"),
        Option("over_10", "10年より長い", told="返しきるまで10年より長い"),
        Option("none", "返すお金を生み出せていない"),
    ),
    names=("債務償還年数",),
    words=WORDS["debt_years"],
)
"""Never asked. It is computed from figures, or told by an owner who knows it."""

WISHES = Question(
    "wishes",
    "かなえたいこと",
    "これから、どうしていきたいですか？（いくつでも）",
    (
        Option("increase_sales", "売上を増やしたい"),
        Option("cut_costs", "人件費以外の費用を減らしたい"),
        Option("turn_profitable", "黒字の体質にしたい"),
        Option("root_cause", "悪くなった根本を知りたい"),
        Option("shared_vision", "社員と一丸で立て直したい"),
        Option("follow_up", "計画のあとも見守ってほしい"),
        Option("subsidy", "補助金を知りたい"),
        Option("close", "たたむことも考えている"),
        UNKNOWN,
    ),
    several=True,
    names=("希望", "願い", "やりたいこと"),
    words=WORDS["wishes"],
)

LEGAL_FORM = Question(
    "legal_form",
    "事業の形",
    "事業の形はどれですか？",
    (
        Option("sole_proprietor", "個人事業主"),
        Option("company", "会社（株式・有限・合同など）"),
        Option("subsidiary", "大企業の子会社"),
        Option("medical_corporation", "医療法人"),
        Option("nonprofit", "NPO・社団・財団", told="NPOや社団・財団"),
        Option("welfare_or_school", "社会福祉法人・学校法人", told="社会福祉法人か学校法人"),
        Option("cooperative", "農事組合・農協・生協・LLP", told="農事組合や農協など"),
        Option(
            "business_cooperative", "事業協同組合・企業組合など", told="事業協同組合や企業組合など"
        ),
        UNKNOWN,
    ),
    names=("法人", "会社の形", "個人か法人か"),
    words=WORDS["legal_form"],
)

INDUSTRY = Question(
    "industry",
    "業種と人数",
    "お仕事はどれに近いですか？ふだん働く人がかっこの人数より多いときは、「人数をこえる」を選んでください。",
    (
        Option("manufacturing", "製造・建設・運輸・その他（300人）", told="製造・建設・運輸など"),
        Option("wholesale", "卸売（100人）"),
        Option("service", "サービス（100人）"),
        Option("retail", "小売・飲食（50人）", told="小売か飲食"),
        Option("lodging", "旅館・ホテル（200人）", told="旅館かホテル"),
        Option("software", "ソフトウェア・情報処理（300人）", told="ソフトウェアか情報処理"),
        Option("over", "人数をこえる", told="人数の目安をこえる"),
        UNKNOWN,
    ),
    hint="正社員とそれに近い人の数です。役員と事業主ご本人は数えません。",
    names=("業種", "人数", "従業員", "規模", "仕事"),
    words=WORDS["industry"],
)

CAPITAL = Question(
    "capital",
    "資本金",
    "資本金（出資金）は、どのくらいですか？",
    (
        Option("within_50m", "5,000万円以下", told="資本金は5,000万円以下"),
        Option(
            "within_100m",
            "5,000万円より多く、1億円以下",
            told="資本金は5,000万円より多く、1億円以下",
        ),
        Option("within_300m", "1億円より多く、3億円以下", told="資本金は1億円より多く、3億円以下"),
        Option("over_300m", "3億円より多い", told="資本金は3億円より多い"),
        UNKNOWN,
    ),
    hint="人数か資本金の、どちらか一方が範囲に入れば中小企業です。",
    names=("資本金", "出資金"),
    words=WORDS["capital"],
    heard_when=(has("industry", "over"), lacks("legal_form", "sole_proprietor")),
)

TRADE = Question(
    "trade",
    "お仕事の種類",
    "お仕事はどれに近いですか？資本金の範囲は、業種で変わります。",
    (
        Option("manufacturing", "製造・建設・運輸・その他", told="製造・建設・運輸など"),
        Option("wholesale", "卸売"),
        Option("service", "サービス"),
        Option("retail", "小売・飲食", told="小売か飲食"),
        Option("lodging", "旅館・ホテル", told="旅館かホテル"),
        Option("software", "ソフトウェア・情報処理", told="ソフトウェアか情報処理"),
        Option("rubber", "ゴム製品の製造（900人以下）", told="ゴム製品の製造"),
        UNKNOWN,
    ),
    words=as_trades(WORDS["industry"], WORDS["trade"]),
    heard_when=(has("industry", "over"),),
)
"""Line of business of owners whose headcount is over. `industry` has told only that."""

MEDICAL_SIZE = Question(
    "medical_size",
    "働く人の数",
    "ふだん働く人は300人以下ですか？",
    (
        Option("within_300", "300人以下", told="働く人は300人以下"),
        Option("over_300", "300人より多い", told="働く人は300人より多い"),
        UNKNOWN,
    ),
    names=("人数", "従業員", "規模"),
    words=WORDS["medical_size"],
)

EXPERT = Question(
    "expert",
    "専門家と制度の利用",
    "次のうち、当てはまるものはありますか？（いくつでも）",
    (
        Option("certified", "認定支援機関に心当たりがある"),
        Option("tax_accountant", "顧問の税理士がいる"),
        Option("used_405", "前に405の計画を作った"),
        Option("used_early", "前に早期の計画を作った"),
        Option("none", "どれもない", told="専門家や制度の心当たりはない", alone=True),
        UNKNOWN,
    ),
    several=True,
    hint="認定支援機関は、国が認めた税理士・診断士・金融機関・商工会議所などです。405は、国の補助で作る経営改善計画のことです。",
    names=("専門家", "税理士", "支援機関", "制度"),
    words=WORDS["expert"],
)

PREFECTURE = Question(
    "prefecture",
    "場所",
    "お店や会社は、どこにありますか？市や町の名前でも大丈夫です。",
    (
        *(Option(code, name) for code, name in PREFECTURES.items()),
        UNKNOWN,
    ),
    hint="事業をしている場所の都道府県で、窓口が決まります。",
    names=("都道府県", "住所", "所在地", "県"),
)

EMERGENCY = Question(
    "emergency",
    "さしせまったこと",
    "さしせまったことはありますか？",
    (
        Option("wages", "給料が払えない"),
        Option("payment", "今週・今月の支払いができない"),
        Option("seizure", "差押えの知らせが来た"),
        Option("acceleration", "一括で返すよう言われた"),
        Option("loan_shark", "高利の業者やヤミ金"),
        Option("handled", "くわしい診断をつづける"),
    ),
    words=WORDS["emergency"],
)
"""Never asked. It is answered when an owner tells of one, in any state."""

EMERGENCY_WORDS = files("flows.keiei") / "emergencies.toml"
"""The words by which an emergency is heard."""
