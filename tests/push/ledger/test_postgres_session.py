"""A server is used only where it keeps what it says yes to, and lets a dead desk go."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from clientimport.errors import ClientImportError, PlatformUnreachable, SettingsUnusable
from clientimport.messages.catalog import message_catalog
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


@pytest.fixture
def guarded(postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostgresServer]:
    """The server with a user, `guarded`, who signs in with the password `right`."""
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    monkeypatch.delenv("PGPASSWORD", raising=False)
    rules = postgres_server.folder / "data" / "pg_hba.conf"
    trusting = rules.read_text()
    postgres_server.execute("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    rules.write_text(f"host all guarded,nobody all scram-sha-256\n{trusting}")
    postgres_server.execute("SELECT pg_reload_conf()")
    while refusal(parse_postgres_url(user_of(postgres_server, "guarded"))).code == "ledger.rights":
        pass
    yield postgres_server
    rules.write_text(trusting)
    postgres_server.execute("SELECT pg_reload_conf()")
    postgres_server.execute("DROP ROLE guarded")


def user_of(server: PostgresServer, user: str, database: str = "postgres") -> str:
    return server.url(database).replace("postgres@", f"{user}@")


@pytest.mark.parametrize(
    ("user", "database", "code", "exit_code"),
    [
        ("guarded", "postgres", "ledger.no_password", 4),
        ("guarded:wrong", "postgres", "ledger.not_let_in", 4),
        ("nobody:right", "postgres", "ledger.not_let_in", 4),
        ("guarded:right", "no_such", "ledger.no_database", 2),
    ],
)
def test_who_is_not_let_in_is_told_what_to_check(
    guarded: PostgresServer, user: str, database: str, code: str, exit_code: int
) -> None:
    error = refusal(parse_postgres_url(user_of(guarded, user, database)))
    assert (error.code, error.exit_code) == (code, exit_code)
    assert "right" not in str(error) + str(error.facts)


def test_a_name_in_an_address_that_does_not_answer_is_no_refusal() -> None:
    error = refusal(parse_postgres_url("postgresql://localhost@localhost:1/localhost"))
    assert (error.code, error.exit_code) == ("io", 3)


@pytest.mark.parametrize(
    ("setting", "code", "meant"),
    [
        ("sslmod=require", "ledger.url_setting", "sslmode"),
        ("colour=red", "ledger.url_setting", ""),
        ("sslmode=verify_full", "ledger.url_value", "verify-full"),
        ("sslmode=", "ledger.url_value", ""),
    ],
)
def test_a_setting_of_an_address_that_libpq_does_not_know_is_told(setting: str, code: str, meant: str) -> None:
    error = refusal(parse_postgres_url(f"postgresql://127.0.0.1:1/ledger?{setting}"))
    assert (error.code, error.exit_code, error.facts["meant"]) == (code, 2, meant)


def test_a_commit_of_nothing_is_none(postgres_server: PostgresServer, tmp_path: Path) -> None:
    with Ledger(shared_ledger(postgres_server, tmp_path)) as ledger, ledger.group_commits():
        pass
    assert "no transaction in progress" not in (postgres_server.folder / "log").read_text()


def test_a_server_that_does_not_answer_is_said_without_a_password() -> None:
    error = refusal(parse_postgres_url("postgresql://an:geheim%40123@127.0.0.1:1/ledger"))
    assert (type(error), error.code, error.exit_code) == (PlatformUnreachable, "io", 3)
    assert "geheim" not in str(error)
    assert error.facts["file"] == "postgresql://127.0.0.1:1/ledger"
    message = message_catalog("en").error_message(error.code, error.facts)
    assert "See to it that the server answers" in message
    assert "\n" not in message
    assert ".." not in message.replace("127.0.0.1", "")
    assert "disk" not in message


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
