"""Send one delivery to LINE, and judge LINE's answer.

Source: LINE Messaging API reference, "Send reply message", "Send push message" and "Retrying an API
request".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from bot.channels import Later, Outcome, Refused, Sent
from bot.channels.line import events
from bot.channels.line.account.menu_switch import is_switch, switch_menu
from bot.channels.line.client import Answer, Client
from bot.channels.line.refusals import is_unsettled, judge_failure
from bot.model.business_hours import is_open
from bot.store import Delivery

NETWORK = timedelta(seconds=10)
"""Rest of LINE's minute. Until then an invalid token proves that it was used."""


async def send_once(client: Client, delivery: Delivery, now: datetime) -> Outcome:
    """Try one delivery, by its reply token while that lasts, else by push.

    A reply that may have been taken is tried by its token to the end of LINE's minute: if LINE then
    calls the token invalid, the reply was taken. After the minute nothing proves that, and saying
    it twice is better than not at all.
    """
    outgoing = delivery.outgoing
    if is_switch(delivery):
        return await switch_menu(client, delivery)
    if not outgoing.messages:
        return Sent("nothing")
    # The token first: a reply is free, a push counts against the month.
    if _has_token(delivery, now):
        answer = await client.reply(outgoing.reply_token, outgoing.messages)
        outcome = _reply_outcome(answer, delivery)
        if outcome is not None:
            return outcome
    user = _user(delivery)
    if user.startswith(events.GROUP):
        return Refused("a group is only ever answered by its reply token", keep=False)
    if outgoing.push_until and (waits := _wait_for_day(outgoing.push_until, now)):
        return waits
    # The same retry key for every attempt: LINE answers 409 to the second ("Retrying an API
    # request"), so that it is said once.
    answer = await client.push(user, outgoing.messages, delivery.retry_key)
    return _push_outcome(answer)


def _wait_for_day(until: datetime, now: datetime) -> Outcome | None:
    """Hold an unasked message at night, or return None when it may go.

    A free reply may carry it along earlier.
    """
    if now > until:
        return Refused("too late to be said unasked", keep=False)
    return None if is_open(now) else Later("not at night", held=True)


async def show_loading(client: Client, delivery: Delivery) -> None:
    """Show the loading dots, which LINE has in one-to-one chats only."""
    user = _user(delivery)
    if not user.startswith(events.GROUP) and not is_switch(delivery):
        await client.show_loading(user)


def _user(delivery: Delivery) -> str:
    return delivery.key.removeprefix(f"{events.NAME}:")


def _has_token(delivery: Delivery, now: datetime) -> bool:
    until = delivery.outgoing.reply_until
    if not delivery.outgoing.reply_token or until is None or delivery.token_gone:
        return False
    return now < (until + NETWORK if delivery.unsure else until)


def _reply_outcome(answer: Answer, delivery: Delivery) -> Outcome | None:
    """Judge the answer to a reply, or None when the token has expired.

    A push must then follow.
    """
    if answer.ok:
        return Sent("reply")
    if answer.status == HTTPStatus.BAD_REQUEST and "reply token" in answer.message.lower():
        # A reply that got no answer may have been taken; the token then says that it was used.
        return Sent("reply, answered late") if delivery.unsure else None
    outcome = judge_failure(answer)
    no_word = answer.reached and is_unsettled(answer)
    return replace(outcome, unsure=no_word) if isinstance(outcome, Later) else outcome


def _push_outcome(answer: Answer) -> Outcome:
    if answer.ok or answer.status == HTTPStatus.CONFLICT:
        return Sent("push" if answer.ok else "push, accepted before")
    outcome = judge_failure(answer)
    return replace(outcome, token_gone=True) if isinstance(outcome, Later) else outcome
