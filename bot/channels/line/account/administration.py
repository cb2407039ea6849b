"""Call LINE's administration API, as far as the set-up needs it."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from urllib3.exceptions import HTTPError
from urllib3.util import make_headers

from bot.proxies import proxy_for

Json = dict[str, Any]

TIMEOUT = 15
"""Seconds for one call. The SDK itself would wait for ever."""


class SetupError(Exception):
    """Tell that LINE refused a step of the set-up.

    The message says which step, why, and how to go on.
    """


class Line:
    """LINE's administration calls. Every failure is a SetupError with a sentence.

    `base` is an address other than LINE's, for everything; empty for LINE's own two.
    The SDK is imported here because that takes more than a second.
    """

    is_dry = False

    def __init__(self, token: str, base: str = "") -> None:
        self._sdk = importlib.import_module("linebot.v3.messaging")
        self._base = base or "https://api.line.me"
        self._api = self._sdk.MessagingApi(self._client(token, base, self._base))
        blob = base or "https://api-data.line.me"
        self._blob = self._sdk.MessagingApiBlob(self._client(token, base, blob))

    def _client(self, token: str, base: str, address: str) -> Any:
        """Make a client of the SDK for this address, through its proxy if any."""
        configuration = self._sdk.Configuration(host=base.rstrip("/") or None, access_token=token)
        configuration.proxy = proxy_for(address)
        login = urlsplit(configuration.proxy or "")
        if login.username:
            words = f"{unquote(login.username)}:{unquote(login.password or '')}"
            configuration.proxy_headers = make_headers(proxy_basic_auth=words)
        return self._sdk.ApiClient(configuration)

    def account(self) -> str:
        """Read name and id of the account the token belongs to."""
        info = self._ask("reading the account", self._api.get_bot_info)
        return f"{info.display_name} ({info.basic_id})"

    def menus(self) -> list[tuple[str, str]]:
        """List id and name of every rich menu made through the API."""
        found = self._ask("listing the rich menus", self._api.get_rich_menu_list)
        return [(menu.rich_menu_id, menu.name) for menu in found.richmenus]

    def has_picture(self, menu: str) -> bool:
        """Ask whether the menu's picture was uploaded."""
        found = self._ask("reading the picture", self._blob.get_rich_menu_image, menu, or_none=True)
        return found is not None

    def create(self, definition: Json) -> str:
        """Make a menu and return its id."""
        request = self._sdk.RichMenuRequest.from_dict(definition)
        made = self._ask("creating the rich menu", self._api.create_rich_menu, request)
        return str(made.rich_menu_id)

    def upload(self, menu: str, picture: bytes) -> None:
        """Give a menu its picture, once and for all."""
        self._ask(
            "uploading the picture",
            self._blob.set_rich_menu_image,
            menu,
            picture,
            _headers={"Content-Type": "image/png"},
        )

    def alias(self, alias: str) -> str | None:
        """Find the menu an alias stands for, or None without the alias."""
        found = self._ask("reading the alias", self._api.get_rich_menu_alias, alias, or_none=True)
        return found and str(found.rich_menu_id)

    def create_alias(self, alias: str, menu: str) -> None:
        """Make an alias."""
        request = self._sdk.CreateRichMenuAliasRequest(rich_menu_alias_id=alias, rich_menu_id=menu)
        self._ask("creating the alias", self._api.create_rich_menu_alias, request)

    def update_alias(self, alias: str, menu: str) -> None:
        """Let an alias stand for another menu."""
        request = self._sdk.UpdateRichMenuAliasRequest(rich_menu_id=menu)
        self._ask("updating the alias", self._api.update_rich_menu_alias, alias, request)

    def default(self) -> str | None:
        """Find the menu everybody sees, or None."""
        found = self._ask(
            "reading the default rich menu", self._api.get_default_rich_menu_id, or_none=True
        )
        return found and str(found.rich_menu_id)

    def set_default(self, menu: str) -> None:
        """Show a menu to everybody."""
        self._ask("setting the default rich menu", self._api.set_default_rich_menu, menu)

    def delete(self, menu: str) -> None:
        """Delete a menu, without complaint when it has gone already."""
        self._ask("deleting a rich menu", self._api.delete_rich_menu, menu, or_none=True)

    def webhook(self) -> tuple[str, bool] | None:
        """Read the webhook's address and whether LINE uses it, or None when unset."""
        found = self._ask("reading the webhook", self._api.get_webhook_endpoint, or_none=True)
        return found and (str(found.endpoint), bool(found.active))

    def test_webhook(self) -> Json | None:
        """Let LINE try the webhook.

        Returns LINE's `success`, `statusCode`, `reason` and `detail`.
        """
        result: Json = self._ask("testing the webhook", self._api.test_webhook_endpoint).to_dict()
        return result

    def quota(self) -> tuple[int | None, int]:
        """Read this month's limit of pushed messages and the number used.

        The limit is None when the plan has none.
        """
        quota = self._ask("reading the quota", self._api.get_message_quota)
        used = self._ask("reading the consumption", self._api.get_message_quota_consumption)
        return (quota.value if quota.type == "limited" else None), int(used.total_usage)

    def _ask(
        self,
        doing: str,
        call: Callable[..., Any],
        *arguments: Any,
        or_none: bool = False,
        **more: Any,
    ) -> Any:
        try:
            return call(*arguments, _request_timeout=TIMEOUT, **more)
        except self._sdk.ApiException as error:
            if or_none and error.status == HTTPStatus.NOT_FOUND:
                return None
            raise SetupError(f"{doing}: {_explain_refusal(error.status, error.body)}") from error
        except HTTPError as error:
            raise SetupError(
                f"{doing}: {self._base} could not be reached. Check the network, and LINE_API_BASE "
                "if it is set; then run this again, which does no harm."
            ) from error
        except ValueError as error:
            # The SDK raises this for an answer that is not LINE's, such as a proxy's page.
            raise SetupError(
                f"{doing}: {self._base} answered something that is not LINE's. Check LINE_API_BASE, "
                "and proxies in between."
            ) from error


class DryLine(Line):
    """Reads as `Line` does and changes nothing."""

    is_dry = True

    def create(self, definition: Json) -> str:
        """Make nothing, and return an id that no menu has."""
        return f"({definition['name']})"

    def upload(self, menu: str, picture: bytes) -> None:
        """Upload nothing."""

    def create_alias(self, alias: str, menu: str) -> None:
        """Make no alias."""

    def update_alias(self, alias: str, menu: str) -> None:
        """Change no alias."""

    def set_default(self, menu: str) -> None:
        """Change no default."""

    def delete(self, menu: str) -> None:
        """Delete nothing."""

    def test_webhook(self) -> Json | None:
        """Post nothing to the webhook, so that there is no result."""
        return None


def _explain_refusal(status: int, body: str | None) -> str:
    """Say why LINE refused a call, and how to mend that."""
    if status == HTTPStatus.UNAUTHORIZED:
        return (
            "LINE does not accept the channel access token. Issue one in the LINE Developers "
            "Console (your channel, tab Messaging API) and set LINE_CHANNEL_ACCESS_TOKEN to it."
        )
    if status == HTTPStatus.FORBIDDEN:
        return (
            f"this channel is not allowed to do that ({_read_reason(body)}). Look at the plan and "
            "the permissions of the channel in the LINE Developers Console."
        )
    if status == HTTPStatus.NOT_FOUND:
        return (
            f"there is no such thing at LINE ({_read_reason(body)}). Check LINE_API_BASE if it is set, "
            "else run this again."
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return (
            "LINE has had too many such requests (100 rich menus and 60 webhook tests an hour). "
            "Run this again in an hour; it goes on where it stopped."
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return (
            f"LINE itself has a problem ({status}). Run this again in a few minutes; it goes on "
            "where it stopped."
        )
    return f"LINE refused it ({status}: {_read_reason(body)}). Please report this as a fault."


def _read_reason(body: str | None) -> str:
    """Read LINE's own words in an error, cut short."""
    try:
        answer = json.loads(body or "")
    except ValueError:
        return "no reason given"
    if not isinstance(answer, dict):
        return "no reason given"
    details = answer.get("details") or []
    reasons = [answer.get("message"), *(each.get("message") for each in details)]
    return "; ".join(str(reason)[:200] for reason in reasons if reason) or "no reason given"
