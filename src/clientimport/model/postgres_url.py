"""The address of a ledger on PostgreSQL; its password is never shown, and stands in no file of ours."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from clientimport.errors import SettingsUnusable

_SCHEMES = ("postgresql", "postgres")
_SECRETS = ("password", "sslpassword")
_LOCAL = ("", "localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class PostgresUrl:
    """Where the database is, and as whom we sign in."""

    url: str
    """As libpq takes it, without a password: https://www.postgresql.org/docs/current/libpq-connect.html."""
    password: str | None = field(default=None, repr=False)
    """None where libpq finds it: PGPASSWORD, or the file .pgpass."""

    @property
    def shown(self) -> str:
        """Server and database, without a user or settings.

        >>> parse_postgres_url("postgresql://an@db.office.example:5433/ledger?sslmode=require").shown
        'postgresql://db.office.example:5433/ledger'
        """
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    @property
    def settings(self) -> dict[str, str]:
        """What is asked of libpq beside the address: a connection that leaves this computer is encrypted."""
        parts = urlsplit(self.url)
        given = dict(parse_qsl(parts.query))
        host = given.get("host", parts.hostname or "")
        local = host in _LOCAL or host.startswith("/") or unquote(host).startswith("/")
        secret = {} if self.password is None else {"password": self.password}
        return secret if local or "sslmode" in given else {"sslmode": "require", **secret}

    def with_password(self, password: str | None) -> PostgresUrl:
        """Return the same address with a password, unless it has one."""
        return self if self.password is not None else replace(self, password=password)

    def without_secrets(self, text: str) -> str:
        """Return a text of the server or of libpq without the password, in either spelling."""
        if not self.password:
            return text
        return text.replace(self.password, "***").replace(quote(self.password, safe=""), "***")


def parse_postgres_url(url: str) -> PostgresUrl:
    """Return the address that a text is. Raises SettingsUnusable, and never repeats the text: it may hold a password.

    >>> parse_postgres_url("postgresql://an:s%40t@db/ledger").url
    'postgresql://an@db/ledger'
    >>> parse_postgres_url("mysql://db/ledger")
    Traceback (most recent call last):
    clientimport.errors.SettingsUnusable: ledger.url ()
    """
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises when it is not a number
    except ValueError as error:
        raise SettingsUnusable("ledger.url") from error
    if parts.scheme not in _SCHEMES or parts.netloc.count("@") > 1 or not parts.path.strip("/"):
        raise SettingsUnusable("ledger.url")
    if any(name in _SECRETS for name, _ in parse_qsl(parts.query)):
        raise SettingsUnusable("ledger.url")
    user, at, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    settings = f"?{parts.query}" if parts.query else ""  # urlunsplit would leave out the slashes before no host
    return PostgresUrl(f"{_SCHEMES[0]}://{name}{at}{host}{parts.path}{settings}", unquote(password) or None)
