"""Write refusals to use the app, and failures of a form."""

from __future__ import annotations

STAFF_ONLY = (
    "このアプリを使えるのは、このワークスペースのメンバーだけです（ゲストの方は使えません）。"
)
DESK_MEMBERS_ONLY = (
    "このアプリを使えるのは、相談窓口のチャンネルにいる方だけです。"
    "必要な方は、窓口の担当者にチャンネルへの招待を頼んでください（招待されて1分ほどで使えます）。"
)
DESK_NOT_READ = (
    "相談窓口のチャンネルにどなたがいるかを確かめられないため、いまは使えません。"
    "管理者に、アプリの設定（channels:read・groups:readの権限と、チャンネルへの招待）の確認を頼んでください。"
)
NO_DESK_SET = "相談窓口のチャンネルが設定されていないため、これは使えません（管理者の設定：SLACK_DESK_CHANNEL）。"
NOTICE_TITLE = "お知らせ"
FORM_NOT_OPENED = "入力画面を開けませんでした。お手数ですが、もう一度押してください。"
