"""Words cross into Slack with no live marks, and reach owners as staff meant them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.ui.blocks import rich_text
from bot.channels.slack.ui.mrkdwn import escape, list_mentions, read_plain
from bot.simulator.slack.users.writing import encode_typed

PIECES = st.sampled_from([*"<>&;|@#!*_~`:/.  \n", "&lt;", "&amp;", "<@U1>", "あ", "amp", "lt"])
ODD = st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=30)
LIVE = re.compile(r"[<>]")
NAMES = {"U0HANAKO": "花子"}


def name_of(user: str) -> str:
    return NAMES.get(user, "")


# --- into Slack -----------------------------------------------------------------------------------


@given(ODD)
def test_escape_of_any_text_leaves_nothing_live(text: str) -> None:
    assert not LIVE.search(escape(text))
    assert "&" not in re.sub("&(amp|lt|gt);", "", escape(text))


@given(ODD)
def test_read_plain_of_an_escaped_text_gives_it_back(text: str) -> None:
    assert read_plain(escape(text).replace(":", "：")) == text.replace(":", "：")


@given(ODD)
def test_rich_text_of_any_words_is_whole_with_addresses_as_links(text: str) -> None:
    parts = rich_text(f"{text} https://example.com/a?b=1 {text}")
    shown = "".join(each.get("text") or each["url"] for each in parts)
    assert shown == f"{text} https://example.com/a?b=1 {text}"
    assert {each["type"] for each in parts} <= {"text", "link"}
    assert all(re.match("https?://", each["url"]) for each in parts if each["type"] == "link")


# --- out of Slack ---------------------------------------------------------------------------------


@given(ODD)
def test_read_plain_of_any_text_leaves_no_token(text: str) -> None:
    """Slack escapes every `<` a person types, except those of tokens."""
    said_by_staff = read_plain(f"{escape(text)}<@U0HANAKO|x><!here><#C1|a>", name_of)
    assert said_by_staff.endswith("@花子@みなさん#a")


@given(ODD)
def test_read_plain_of_text_typed_in_the_fake_gives_it_back(text: str) -> None:
    kept = text.replace("@", "").replace(":", "").replace("<", "(")
    assert read_plain(encode_typed(kept)) == kept


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<@U0HANAKO> さん", "@花子 さん"),
        ("<@U0NOBODY>", "@担当"),
        ("<@U0NOBODY|taro>", "@taro"),
        ("<#C1|general> と <#C2>", "#general と #チャンネル"),
        ("<!here> <!channel> <!everyone>", "@みなさん @みなさん @みなさん"),
        ("<!subteam^S1|@keiei>", "@keiei"),
        ("<!date^1392734382^{date}|2月18日>", "2月18日"),
        ("<https://example.com/>", "https://example.com/"),
        ("<https://example.com|example.com>", "https://example.com"),
        # A label does not hide where it leads.
        (
            "<https://evil.example|https://bank.example>",
            "https://bank.example https://evil.example",
        ),
        ("<https://evil.example|こちら>", "こちら https://evil.example"),
        ("<https://a.example|詳しくは https://a.example へ>", "詳しくは https://a.example へ"),
        ("<mailto:a@example.com|a@example.com>", "a@example.com"),
        ("<tel:0312345678|03-1234-5678>", "03-1234-5678 0312345678"),
        ("はい:smile:です", "はい😄です"),
        (":+1::pray:", "👍🙏"),
        (":wave::skin-tone-3:", "👋"),
        (":our-own-emoji:", ":our-own-emoji:"),
        ("比率は1:100:1、10:30:45に", "比率は1:100:1、10:30:45に"),
        ("5 &lt; 6 &amp;&amp; 7 &gt; 6", "5 < 6 && 7 > 6"),
        # What somebody typed as an escape is that escape.
        ("&amp;lt;b&amp;gt; &amp;amp;", "&lt;b&gt; &amp;"),
        ("&lt;@U0HANAKO&gt;", "<@U0HANAKO>"),
    ],
)
def test_read_plain_of_tokens_reads_as_people_do(text: str, read: str) -> None:
    assert read_plain(text, name_of) == read


def test_list_mentions_of_a_text_names_users() -> None:
    assert list_mentions("<@U0HANAKO> と <@W1|w> &lt;@U2&gt; <!here>") == ["U0HANAKO", "W1"]
