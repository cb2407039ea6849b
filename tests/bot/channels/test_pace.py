"""Writers faster than the bot reads, on LINE and as staff in Slack.

Tested over real sockets.
"""

import asyncio
from pathlib import Path

from bot.presentation.wording import say
from bot.settings import LineSettings, Settings, SlackSettings
from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack
from bot.store.opening import migrate_store
from tests.bot.channels import serving
from tests.bot.channels.line.serving import SECRET, TOKEN
from tests.bot.channels.serving import count, idle, until
from tests.bot.channels.slack.serving import (
    BOT_TOKEN,
    DESK,
    HANAKO,
    SIGNING_SECRET,
    fakes,
    listen,
)

PER_MINUTE, MORE = 5, 12
HELPLINE = "0120-061-338"


def limited(database_url: str, line: FakeLine, slack: FakeSlack) -> Settings:
    """Both channels, and five messages a minute."""
    return Settings(
        database_url,
        messages_per_minute=PER_MINUTE,
        line=LineSettings(SECRET, TOKEN, line.base_url),
        slack=SlackSettings(BOT_TOKEN, SIGNING_SECRET, "", DESK, slack.base_url),
    )


def said_on_line(line: FakeLine, words: str, who: str = "花子") -> int:
    return sum(words in each.text for each in line.replies(who))


def test_bucket_on_line_asks_once_hears_despair_and_leaves_neighbours_alone(
    tmp_path: Path,
) -> None:
    async def scenario(url: str) -> None:
        async with (
            fakes() as (line, slack),
            serving.running(limited(url, line, slack)) as address,
        ):
            listen(line, slack, address)
            for _ in range(MORE):
                assert (await line.send_text("花子", "ありがとう")).ok
            await idle(url)
            assert said_on_line(line, say("conversation.thanked")) == PER_MINUTE
            assert said_on_line(line, say("conversation.too_fast")) == 1
            assert (await line.send_text("花子", "死にたい")).ok
            await until(lambda: said_on_line(line, HELPLINE) == 1)
            assert (await line.send_text("太郎", "ありがとう")).ok
            await until(lambda: said_on_line(line, say("conversation.thanked"), "太郎") == 1)

    _run(tmp_path, scenario)


def test_bucket_in_slack_asks_once_and_hears_despair(tmp_path: Path) -> None:
    async def scenario(url: str) -> None:
        async with (
            fakes() as (line, slack),
            serving.running(limited(url, line, slack)) as address,
        ):
            listen(line, slack, address)
            for _ in range(MORE):
                await slack.say(HANAKO, "ありがとう")
            await idle(url)
            assert say("conversation.too_fast") in str(slack.messages(HANAKO))
            assert count(url, "SELECT count(*) FROM seen WHERE event_id LIKE 'Ev%'") == MORE
            await slack.say(HANAKO, "死にたい")
            await until(lambda: HELPLINE in str(slack.messages(HANAKO)))

    _run(tmp_path, scenario)


def _run(folder: Path, scenario: serving.Scenario) -> None:
    url = f"sqlite:///{folder}/navi.db"
    migrate_store(url)
    asyncio.run(scenario(url))
