"""A connection: one account on a platform, with its address; the secret travels apart from it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from clientimport.errors import SettingsUnusable

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SANDBOX_ADDRESS = "sandbox"
_PORTS = {"https": 443, "http": 80}
_NAMED = re.compile(r"(?!.*xn--)(?:[a-z0-9-]+\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?\.?")
"""A host name whose last part begins with a letter, so that it is no address (`10.0.0.1`, `0x7f.1`, `2130706433`)."""


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
        require_safe_url(self.base_url, self.name)

    @property
    def host(self) -> str:
        """The name of the computer that is called."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def address(self) -> str:
        """Host, port and path in one spelling, so that one account never looks like two.

        The sandbox has one address, though its port changes.
        """
        return SANDBOX_ADDRESS if self.sandbox else address(self.base_url)

    def is_in_domains(self, domains: Iterable[str]) -> bool:
        """Return whether the host is in one of these domains, or is this machine.

        >>> Connection("office", "billit", "https://api.billit.be.example.com", "1").is_in_domains(["billit.be"])
        False
        """
        return self.host in LOOPBACK or any(f".{self.host.rstrip('.')}".endswith(f".{domain}") for domain in domains)


def address(base_url: str) -> str:
    """Return host, port and path of `base_url` in one spelling.

    Host names have no case (https://www.rfc-editor.org/rfc/rfc4343), a scheme has its own port
    (https://www.rfc-editor.org/rfc/rfc3986#section-6.2.3), and this machine has three names.

    >>> address("https://API.example.com:443/v1/"), address("http://localhost:8080/accounton")
    ('api.example.com/v1', '127.0.0.1:8080/accounton')
    """
    parts = urlsplit(base_url)
    host = (parts.hostname or "").rstrip(".")
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    return f"{LOOPBACK[0] if host in LOOPBACK else host}{port}{parts.path.rstrip('/')}"


def require_safe_url(base_url: str, name: str = "") -> None:
    """Raise SettingsUnusable unless `base_url` is https to a named host, or on this machine, and nothing else.

    No user name or query; no number instead of a name, in no notation, and no letters that look like others: where a
    secret goes must be readable. https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html

    >>> require_safe_url("https://api.example.com/v1")
    >>> require_safe_url("https://api.example.com@evil.example")
    Traceback (most recent call last):
    clientimport.errors.SettingsUnusable: connection.unsafe_url (name='', host='evil.example')
    """
    try:
        parts = urlsplit(base_url)
        _ = parts.port  # raises when it is not a number
    except ValueError as error:
        raise SettingsUnusable("connection.unsafe_url", name=name, host="?") from error
    host = parts.hostname or ""
    trusted = host in LOOPBACK or (parts.scheme == "https" and _NAMED.fullmatch(host))
    if not trusted or parts.scheme not in ("http", "https") or "@" in parts.netloc or parts.query or parts.fragment:
        raise SettingsUnusable("connection.unsafe_url", name=name, host=host or "?")
