"""The address of a ledger on PostgreSQL; its password is never shown, and stands in no file of ours."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from clientimport.errors import SettingsUnusable

_SCHEMES = ("postgresql", "postgres")
_SECRETS = ("password", "sslpassword")


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
    def given(self) -> dict[str, str]:
        """The settings of libpq that stand after its question mark."""
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    @property
    def host(self) -> str:
        """Where the server is; empty where libpq finds it."""
        return unquote(self.given.get("hostaddr") or self.given.get("host") or urlsplit(self.url).hostname or "")

    def with_setting(self, name: str, value: str) -> PostgresUrl:
        """Return the same address with one more setting of libpq."""
        return replace(self, url=f"{self.url}{'&' if '?' in self.url else '?'}{name}={value}")

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
