"""Find out who we are in Slack, and whether the token suffices."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.slack.web.client import Client

SCOPES = (
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "metadata.message:read",
    "reactions:write",
    "users:read",
)
"""Bot scopes that the code uses. `slack/manifest.yaml` asks for these.

`channels:read` and `groups:read` tell who is in the desk's channel, public or private: only they
may read owners' words, answer, and repair the bot's knowledge.
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """The IDs of our workspace, app user and bot.

    `trouble` says what is wrong, if anything is.
    """

    team: str = ""
    bot: str = ""
    bot_user: str = ""
    trouble: str = ""


async def identify(client: Client, desk_channel: str = "") -> Identity:
    """Ask Slack who we are, and whether the desk's channel is open.

    The first is auth.test. Never raises: `trouble` says what is wrong.
    """
    answer = await client.call("auth.test", {})
    if not answer.ok:
        return Identity(
            trouble=f"SLACK_BOT_TOKEN: Slack answers {answer.error}; {_advise(answer.error)}"
        )
    missing = [each for each in SCOPES if answer.scopes and each not in answer.scopes]
    trouble = (
        f"SLACK_BOT_TOKEN lacks {', '.join(missing)}: add it under OAuth & Permissions "
        "(slack/manifest.yaml lists all) and install the app again"
        if missing
        else ""
    )
    trouble = trouble or await _check_desk(client, desk_channel)
    team, bot, user = (str(answer.data.get(each, "")) for each in ("team_id", "bot_id", "user_id"))
    return Identity(team, bot, user, trouble)


NO_DESK = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
"""Errors that say that nothing can be posted where owners are to be answered."""


async def _check_desk(client: Client, channel: str) -> str:
    """Explain why staff would not see a case, or return "".

    Empty also when Slack does not say.
    """
    if not channel:
        return ""
    # The one method about a channel that the scopes allow; it tells members of what they see.
    answer = await client.ask("conversations.history", channel=channel, limit=1)
    if answer.error not in NO_DESK:
        return ""
    return (
        f"SLACK_DESK_CHANNEL: Slack answers {answer.error}; check the channel's ID and invite the "
        "app to it (/invite), or staff see nothing of owners who wait for them"
    )


def _advise(error: str) -> str:
    if error in {"invalid_auth", "not_authed", "token_revoked", "account_inactive"}:
        return "copy the Bot User OAuth Token again"
    return "check SLACK_API_BASE and the network; it is asked again with the next event"
