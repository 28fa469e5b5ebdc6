"""A session on a PostgreSQL server that is safe for a ledger, or the reason why it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientimport.errors import SettingsUnusable
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.postgres_url import PostgresUrl
from clientimport.push.ledger.who import who

if TYPE_CHECKING:
    import psycopg

    Session = psycopg.Connection[tuple[Any, ...]]

CONNECT_SECONDS = 10
"""A server in the office answers in milliseconds. Chosen, not measured."""
_DEAD_DESK = {
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "4",
    "tcp_user_timeout": "40000",
}
"""After 40 s without a sign the server ends a session, and the account is free; by itself it waits for two hours.

https://www.postgresql.org/docs/current/runtime-config-connection.html#RUNTIME-CONFIG-CONNECTION-SETTINGS
"""
_DEAD_SERVER = {"keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 4, "tcp_user_timeout": 40000}
"""The same at our end, for a server that is gone: libpq's own names."""
_WAITING = {"lock_timeout": "30s", "idle_in_transaction_session_timeout": "30s"}
"""A desk that stops in the middle of writing must not stop the others for ever. As long as SQLite waits here."""
_DURABLE = ("on", "remote_apply")
"""What `synchronous_commit` may be: a commit that is answered is on the disk."""
_REQUIRED = {"fsync": "on", "full_page_writes": "on", "server_encoding": "UTF8"}
_OLDEST = 120000
"""PostgreSQL 12, the first with `tcp_user_timeout`."""
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
"""https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION"""
_PROBES = "ababbaababba"
"""In which order two sessions are asked for their server process: no order in which two processes could take turns."""


def open_session(url: PostgresUrl) -> Session:
    """Return a new session. Raises psycopg.Error, and SettingsUnusable for a server that is not safe for a ledger."""
    session = _connect(url)
    try:
        _require_own_process(session, url)
        _prepare(session, url)
    except BaseException:
        session.close()
        raise
    return session


def _connect(url: PostgresUrl) -> Session:
    import psycopg
    from psycopg.conninfo import make_conninfo

    _require_known_settings(url)
    name = f"clientimport {who()}"[:63]  # PostgreSQL keeps no more of it
    ours: dict[str, str | int] = {"application_name": name, "client_encoding": "utf8", **_DEAD_SERVER}
    return psycopg.connect(
        make_conninfo(url.url, password=url.password, **ours),
        autocommit=True,
        connect_timeout=CONNECT_SECONDS,
    )


def _require_known_settings(url: PostgresUrl) -> None:
    """Raise SettingsUnusable for what an address sets and libpq does not know."""
    from psycopg.pq import Conninfo

    known = (*(option.keyword.decode() for option in Conninfo.get_defaults()), "ssl")  # the latter as JDBC writes it
    for name, value in url.given.items():
        facts = {"file": url.shown, "setting": name, "value": value}
        if name not in known:
            raise SettingsUnusable("ledger.url_setting", **facts, meant=did_you_mean(name, known))
        if name == "sslmode" and value not in _SSL_MODES:
            raise SettingsUnusable("ledger.url_value", **facts, meant=did_you_mean(value, _SSL_MODES))


def _require_own_process(session: Session, url: PostgresUrl) -> None:
    """Raise SettingsUnusable where a pooler gives each transaction another process: a lock would be nobody's.

    A pooler shows by the number that it gives itself for the process. In session mode two sessions keep two processes.
    """
    if session.info.backend_pid == _process(session):
        return
    with _connect(url) as other:
        sessions = {"a": session, "b": other}
        processes = {(name, _process(sessions[name])) for name in _PROBES}
    if len(processes) != 2 or len({process for _, process in processes}) != 2:  # noqa: PLR2004 -- two sessions
        raise SettingsUnusable("ledger.pooler", file=url.shown)


def _process(session: Session) -> int:
    """Return the server's process; not as a prepared statement, which a pooler would leave in somebody else's."""
    row = session.execute("SELECT pg_backend_pid()", prepare=False).fetchone()
    assert row is not None
    return int(row[0])


def _prepare(session: Session, url: PostgresUrl) -> None:
    """Set what the ledger needs, and look whether it holds. Raises SettingsUnusable."""
    if session.info.server_version < _OLDEST:
        raise _unsafe(url, "server_version", str(session.info.server_version // 10000), "12")
    remote = session.execute("SELECT inet_client_addr() IS NOT NULL").fetchone() == (True,)
    if _setting(session, "synchronous_commit") not in _DURABLE:
        session.execute("SET synchronous_commit = on")
    wanted = {**_WAITING, **(_DEAD_DESK if remote else {})}
    for name, value in wanted.items():
        session.execute("SELECT set_config(%s, %s, false)", (name, value))
    if session.execute("SELECT current_schema() IS NULL").fetchone() == (True,):
        raise SettingsUnusable("ledger.rights", file=url.shown, reason="USAGE")
    for name, value in {**wanted, **_REQUIRED}.items():
        actual = _setting(session, name)
        if actual != value:
            raise _unsafe(url, name, actual, value)


def _setting(session: Session, name: str) -> str:
    row = session.execute("SELECT current_setting(%s)", (name,)).fetchone()
    assert row is not None
    return str(row[0])


def _unsafe(url: PostgresUrl, setting: str, value: str, wanted: str) -> SettingsUnusable:
    return SettingsUnusable("ledger.server_setting", file=url.shown, setting=setting, value=value, wanted=wanted)
