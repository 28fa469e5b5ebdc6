"""A server is used only where it keeps what it says yes to, and lets a dead desk go."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from clientimport.errors import ClientImportError, PlatformUnreachable, SettingsUnusable
from clientimport.model.postgres_url import PostgresUrl, parse_postgres_url
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.postgres_session import open_session
from ledgers import shared_ledger
from postgres_server import PostgresServer, running_pgbouncer

pytestmark = pytest.mark.postgres


@contextmanager
def configured(server: PostgresServer, name: str, value: str) -> Iterator[None]:
    """Change a setting of the whole server for a while."""
    server.execute(f"ALTER SYSTEM SET {name} = {value}")
    server.execute("SELECT pg_reload_conf()")
    while server.execute(f"SHOW {name}") != [(value,)]:
        pass
    yield
    server.execute(f"ALTER SYSTEM RESET {name}")
    server.execute("SELECT pg_reload_conf()")
    while server.execute(f"SHOW {name}") == [(value,)]:
        pass


@contextmanager
def busy(url: str) -> Iterator[None]:
    """Let a second client work through a pooler all the time."""
    ended = threading.Event()

    def work() -> None:
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as session:
            while not ended.is_set():
                session.execute("SELECT pg_sleep(0.001)")

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def refusal(url: PostgresUrl) -> ClientImportError:
    with pytest.raises(ClientImportError) as refused:
        Ledger(url)
    return refused.value


def test_the_server_lets_a_desk_go_that_is_silent_for_forty_seconds(postgres_server: PostgresServer) -> None:
    with closing(open_session(parse_postgres_url(postgres_server.url()))) as session:
        names = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout")
        told = [int(str((session.execute(f"SHOW {name}").fetchone() or "0")[0])) for name in names]
    assert told == [20, 5, 4, 40000]
    idle, interval, count, unanswered = told
    assert max(idle + interval * count, unanswered / 1000) < 60


@pytest.mark.parametrize(("setting", "value"), [("fsync", "off"), ("full_page_writes", "off")])
def test_a_server_that_does_not_wait_for_its_disk_is_refused(
    postgres_server: PostgresServer, tmp_path: Path, setting: str, value: str
) -> None:
    place = shared_ledger(postgres_server, tmp_path)
    with configured(postgres_server, setting, value):
        error = refusal(place)
    assert (type(error), error.code, error.facts["setting"]) == (SettingsUnusable, "ledger.server_setting", setting)
    Ledger(place).close()


def test_a_commit_waits_for_the_disk_also_where_the_server_usually_does_not(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    with (
        configured(postgres_server, "synchronous_commit", "off"),
        Ledger(shared_ledger(postgres_server, tmp_path)) as ledger,
    ):
        assert ledger.database.read("SHOW synchronous_commit") == [("on",)]


@pytest.mark.pgbouncer
@pytest.mark.parametrize("mode", ["transaction", "statement"])
def test_a_pooler_that_gives_each_transaction_another_process_is_refused(
    postgres_server: PostgresServer, mode: str
) -> None:
    with running_pgbouncer(postgres_server, mode) as port:
        url = postgres_server.url(port=port)
        assert refusal(parse_postgres_url(url)).code == "ledger.pooler", refusal(parse_postgres_url(url)).facts
        with busy(url):
            for _ in range(20):
                assert refusal(parse_postgres_url(url)).code == "ledger.pooler"


@pytest.mark.pgbouncer
def test_a_pooler_that_leaves_each_session_its_process_is_used(postgres_server: PostgresServer) -> None:
    with running_pgbouncer(postgres_server, "session") as port:
        url = postgres_server.url(port=port)
        with busy(url), closing(open_session(parse_postgres_url(url))) as session:
            assert session.execute("SELECT 1").fetchone() == (1,)


def test_a_server_that_does_not_answer_is_said_without_a_password() -> None:
    error = refusal(parse_postgres_url("postgresql://an:geheim%40123@127.0.0.1:1/ledger"))
    assert (type(error), error.code, error.exit_code) == (PlatformUnreachable, "io", 3)
    assert "geheim" not in str(error)
    assert error.facts["file"] == "postgresql://127.0.0.1:1/ledger"


def test_a_database_of_another_program_is_left_alone(postgres_server: PostgresServer, tmp_path: Path) -> None:
    place = shared_ledger(postgres_server, tmp_path)
    with closing(open_session(place)) as session:
        session.execute("CREATE TABLE action (name text)")
        assert refusal(place).code == "ledger.other_tables"
        assert session.execute("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()").fetchone() == (1,)


def test_a_user_without_rights_is_told(postgres_server: PostgresServer, tmp_path: Path) -> None:
    place = shared_ledger(postgres_server, tmp_path)
    Ledger(place).close()
    guest, schema = parse_postgres_url(place.url.replace("postgres@", "guest@")), place.url.rpartition("%3D")[2]
    postgres_server.execute("CREATE ROLE guest LOGIN")
    assert refusal(guest).code == "ledger.rights"
    postgres_server.execute(f"GRANT USAGE ON SCHEMA {schema} TO guest")
    assert refusal(guest).code == "ledger.rights"


def test_a_connection_that_leaves_this_computer_is_encrypted() -> None:
    assert parse_postgres_url("postgresql://an@db.office.example/ledger").settings == {"sslmode": "require"}
    assert parse_postgres_url("postgresql://an@db.office.example/ledger?sslmode=verify-full").settings == {}
    for local in ("127.0.0.1", "localhost", "[::1]", ""):
        assert parse_postgres_url(f"postgresql://{local}/ledger").settings == {}
    assert parse_postgres_url("postgresql:///ledger?host=/run/postgresql").settings == {}


@pytest.mark.parametrize(
    "url",
    [
        "mysql://db/ledger",
        "postgresql://db",
        "postgresql://an:a@b@db/ledger",
        "postgresql://db:port/ledger",
        "postgresql://db/ledger?password=x",
        "ledger.db",
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(SettingsUnusable) as refused:
        parse_postgres_url(url)
    assert (refused.value.code, refused.value.facts) == ("ledger.url", {})
