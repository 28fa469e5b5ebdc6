"""The proxy of an office: the one that the system or the environment names, for addresses beyond this machine.

It is asked for a tunnel (CONNECT) to the named host alone: every address is https, so it
sees that host and encrypted bytes. No netrc is read: credentials come from the connection alone.
"""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from clientimport.errors import SettingsUnusable
from clientimport.model.connection import LOOPBACK


def proxy_for(base_url: str) -> str | None:
    """Return the proxy for this address: HTTPS_PROXY, else ALL_PROXY, else the system's; None where NO_PROXY has it.

    This machine is never asked through a proxy. Raises SettingsUnusable for a proxy that is no HTTP proxy.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if parts.scheme != "https" or host in LOOPBACK or proxy_bypass(host):
        return None
    proxies = getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    return _http_proxy(proxy) if proxy else None


def proxy_address(proxy: str) -> str:
    """Return a proxy as it may be shown: without the name and the password that may stand in it."""
    parts = urlsplit(proxy)
    return f"{parts.hostname or '?'}:{parts.port or 80}"


def _http_proxy(proxy: str) -> str:
    """Return the proxy with its scheme, which may be left out (`proxy.office.example:8080`)."""
    whole = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(whole)
        _ = parts.port  # raises when it is not a number
    except ValueError as error:
        raise SettingsUnusable("proxy.unusable", proxy="?") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsUnusable("proxy.unusable", proxy=f"{parts.scheme}://{parts.hostname or '?'}")
    return whole
