"""Show an owner the menu of a case while it is open.

The usual one comes back when the case has ended. A switch is a delivery like any other, so it is
durable and tried until LINE has done it; linking the same menu twice changes nothing. It has a
queue of its own: a delivery that the monthly quota holds back holds up no menu. Source: LINE
Messaging API reference, "Link rich menu to user".
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

import structlog

from bot.channels import Later, Outcome, Refused, Sent
from bot.channels.line.account.rich_menu import IN_CASE
from bot.channels.line.client import Answer, Client
from bot.channels.line.events import NAME
from bot.channels.line.refusals import judge_failure
from bot.model.conversation import WITH_A_PERSON, Conversation
from bot.model.turn import OldMenuTapped, Turn
from bot.store import Delivery, Outgoing

_QUEUE = f"{NAME}:menu:"
_CASE, _USUAL = "case", "usual"

_LOG = structlog.get_logger("line")


def draw_switch(before: Conversation, turn: Turn) -> tuple[Outgoing, ...]:
    """Draw the switch that a turn makes needful, if it makes one."""
    was, now = before.mode in WITH_A_PERSON, turn.conversation.mode in WITH_A_PERSON
    is_old = any(isinstance(each, OldMenuTapped) for each in turn.effects)
    if was == now and not is_old:
        return ()
    user = before.key.removeprefix(f"{NAME}:")
    shown = {"menu": _CASE if now else _USUAL}
    return (Outgoing(NAME, [shown], key=f"{_QUEUE}{user}"),)


def is_switch(delivery: Delivery) -> bool:
    """Tell whether a delivery switches a menu, and says nothing."""
    return delivery.key.startswith(_QUEUE)


async def switch_menu(client: Client, delivery: Delivery) -> Outcome:
    """Link the menu of a case to the owner, or take it away."""
    user = delivery.key.removeprefix(_QUEUE)
    if delivery.outgoing.messages[0]["menu"] != _CASE:
        return _judge(await client.unlink_menu(user), "usual menu")
    # Asked each time: `line setup` may have made another since.
    found, menu = await client.find_menu(IN_CASE.alias)
    if found.status == HTTPStatus.NOT_FOUND:
        _LOG.warning("the menu of a case is not at LINE", do="python -m bot line setup")
        return Sent("no menu of a case")
    if not found.ok:
        return _judge(found, "")
    linked = await client.link_menu(user, menu)
    if linked.status == HTTPStatus.NOT_FOUND:
        return Later("the menu was replaced meanwhile")
    return _judge(linked, "menu of a case")


def _judge(answer: Answer, how: str) -> Outcome:
    if answer.ok:
        return Sent(how)
    outcome = judge_failure(answer)
    # A menu is no message: staff have nothing to do about one that LINE refuses.
    return replace(outcome, keep=False) if isinstance(outcome, Refused) else outcome
