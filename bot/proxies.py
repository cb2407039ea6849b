"""Choose the proxy of a call by HTTPS_PROXY, HTTP_PROXY and NO_PROXY.

The SDKs and aiohttp each read them in their own way (slack_sdk knows no NO_PROXY, line-bot-sdk
reads none, aiohttp has no rule for websockets), so that every call of ours asks here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

_VARIABLE = {"http": "http", "ws": "http", "https": "https", "wss": "https"}
"""Proxy variable by the scheme of an address."""


def proxy_for(address: str) -> str | None:
    """Find the proxy for calls to this address, or None.

    This machine is always reached directly: a token meant for it must not go elsewhere.
    """
    parts = urlsplit(address)
    variable, host = _VARIABLE.get(parts.scheme, ""), parts.hostname or ""
    proxies = getproxies_environment()
    proxy = proxies.get(variable, "").strip()
    if not proxy or _is_this_machine(host):
        return None
    port = parts.port or (443 if variable == "https" else 80)
    if proxy_bypass(f"{host}:{port}"):
        return None
    return _with_scheme(proxy)


def proxy_problems(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each proxy of this environment that cannot be used."""
    for name, given in sorted(environment.items()):
        if name.lower() not in {"http_proxy", "https_proxy"}:
            continue
        if given.strip() and not _is_usable(_with_scheme(given.strip())):
            # The address may hold a password, and is not repeated.
            yield f"{name}: expected http://HOST:PORT (a SOCKS proxy is not supported)"


def _with_scheme(proxy: str) -> str:
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_usable(proxy: str) -> bool:
    try:
        parts = urlsplit(proxy)
        parts.port  # noqa: B018 - reading it tells whether it is a number
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
