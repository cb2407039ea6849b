"""List every endpoint with its name, address, rate and handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.simulator.common.answers import Answer
from bot.simulator.common.rates import Rate
from bot.simulator.line import rates
from bot.simulator.line.api.answers import Ask
from bot.simulator.line.api.messaging import Messaging
from bot.simulator.line.api.rich_menus import RichMenus
from bot.simulator.line.api.webhook import Webhook


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Describe one endpoint.

    Faults are asked for by its `name`, and calls are recorded under it.
    """

    name: str
    method: str
    path: str
    handler: Callable[[Ask], Answer | Awaitable[Answer]]
    rate: Rate = rates.USUAL


def all_endpoints(messaging: Messaging, menus: RichMenus, webhook: Webhook) -> list[Endpoint]:
    """List the endpoints in the order in which their addresses are tried."""
    return [*_messages(messaging), *_webhook(webhook), *_menus(menus), *_users(menus)]


def _messages(api: Messaging) -> list[Endpoint]:
    sending, bot = "/v2/bot/message", "/v2/bot"
    return [
        Endpoint("reply", "POST", f"{sending}/reply", api.reply),
        Endpoint("push", "POST", f"{sending}/push", api.push),
        Endpoint("multicast", "POST", f"{sending}/multicast", api.multicast),
        Endpoint("validate_reply", "POST", f"{sending}/validate/reply", api.validate),
        Endpoint("validate_push", "POST", f"{sending}/validate/push", api.validate),
        Endpoint("quota", "GET", f"{sending}/quota", api.quota),
        Endpoint("consumption", "GET", f"{sending}/quota/consumption", api.consumption),
        Endpoint("loading", "POST", f"{bot}/chat/loading/start", api.loading, rates.LOADING),
        Endpoint("profile", "GET", f"{bot}/profile/{{userId}}", api.profile),
        Endpoint("info", "GET", f"{bot}/info", api.info),
    ]


def _webhook(api: Webhook) -> list[Endpoint]:
    path, often = "/v2/bot/channel/webhook", rates.WEBHOOK_SETTINGS
    return [
        Endpoint("webhook_get", "GET", f"{path}/endpoint", api.get, often),
        Endpoint("webhook_set", "PUT", f"{path}/endpoint", api.set, often),
        Endpoint("webhook_test", "POST", f"{path}/test", api.test, rates.WEBHOOK_TEST),
    ]


def _menus(api: RichMenus) -> list[Endpoint]:
    menus, alias = "/v2/bot/richmenu", "/v2/bot/richmenu/alias"
    menu, one_alias = f"{menus}/{{richMenuId}}", f"{alias}/{{richMenuAliasId}}"
    seldom = rates.RICH_MENUS
    return [
        Endpoint("richmenu_create", "POST", menus, api.create, seldom),
        Endpoint("richmenu_validate", "POST", f"{menus}/validate", api.validate),
        Endpoint("richmenu_list", "GET", f"{menus}/list", api.list),
        Endpoint("alias_list", "GET", f"{alias}/list", api.list_aliases),
        Endpoint("alias_create", "POST", alias, api.create_alias),
        Endpoint("alias_update", "POST", one_alias, api.update_alias),
        Endpoint("alias_get", "GET", one_alias, api.get_alias),
        Endpoint("alias_delete", "DELETE", one_alias, api.delete_alias, seldom),
        Endpoint("richmenu_upload", "POST", f"{menu}/content", api.upload),
        Endpoint("richmenu_download", "GET", f"{menu}/content", api.download),
        Endpoint("richmenu_get", "GET", menu, api.get),
        Endpoint("richmenu_delete", "DELETE", menu, api.delete, seldom),
    ]


def _users(api: RichMenus) -> list[Endpoint]:
    everybody, one = "/v2/bot/user/all/richmenu", "/v2/bot/user/{userId}/richmenu"
    return [
        Endpoint("default_set", "POST", f"{everybody}/{{richMenuId}}", api.set_default),
        Endpoint("default_get", "GET", everybody, api.get_default),
        Endpoint("default_clear", "DELETE", everybody, api.clear_default),
        Endpoint("link", "POST", f"{one}/{{richMenuId}}", api.link),
        Endpoint("linked", "GET", one, api.linked),
        Endpoint("unlink", "DELETE", one, api.unlink),
    ]
