"""A connection: one account on a platform, with its address; the secret travels apart from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from clientimport.errors import SettingsUnusable

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Connection:
    """Where to call and as whom. Raises SettingsUnusable for an address that secrets must not be sent to."""

    name: str
    platform: str
    base_url: str
    client_id: str
    sandbox: bool = False
    """Whether this is the built-in embedded platform."""
    paths: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Paths that differ from the schema's: action -> `METHOD path`; and `space`, the id of one space among several."""

    requests_per_minute: int | None = None
    in_flight: int | None = None
    """Limits that differ from the schema's."""

    def __post_init__(self) -> None:
        require_safe(self.base_url, self.name)


def require_safe(base_url: str, name: str = "") -> None:
    """Raise SettingsUnusable unless `base_url` is https, or http on this machine, and holds no user name or query.

    >>> require_safe("https://api.example.com/v1")
    >>> require_safe("https://api.example.com@evil.example")
    Traceback (most recent call last):
    clientimport.errors.SettingsUnusable: connection.unsafe_url (name='', host='evil.example')
    """
    try:
        parts = urlsplit(base_url)
        _ = parts.port  # raises when it is not a number
    except ValueError as error:
        raise SettingsUnusable("connection.unsafe_url", name=name, host="?") from error
    host = parts.hostname or ""
    encrypted = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not host or not encrypted or "@" in parts.netloc or parts.query or parts.fragment:
        raise SettingsUnusable("connection.unsafe_url", name=name, host=host or "?")
