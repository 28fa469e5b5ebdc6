from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from clientimport.errors import SettingsUnusable, UsageError
from clientimport.sandbox import SandboxOptions, serve
from sandbox.api_caller import PARTNER, Caller, accounton, banqup, mails, sandbox, stored_clients

SERVE = """
import sys
from pathlib import Path
from clientimport.sandbox import SandboxOptions, serve
serve(SandboxOptions(database=Path(sys.argv[1])), 0, lambda url: print(url, flush=True))
print("stopped", flush=True)
"""


def started(database: Path) -> tuple[subprocess.Popen[str], Caller]:
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(database)], stdout=-1, stderr=-1, text=True)
    assert process.stdout
    return process, Caller(process.stdout.readline().strip())


def test_a_restart_keeps_everything(tmp_path: Path) -> None:
    database = tmp_path / "sandbox.db"
    with sandbox(database=database) as anyone:
        office = banqup(anyone)
        client_id = office.create("/clients", PARTNER, Idempotency_Key="k1")
        office.post(f"/clients/{client_id}/invitations")
        office.call("DELETE", "/configuration-templates/Premium")
        before = stored_clients(anyone), mails(anyone)
    with sandbox(database=database) as anyone:
        assert (stored_clients(anyone), mails(anyone)) == before
        office = banqup(anyone)
        assert office.create("/clients", PARTNER, Idempotency_Key="k1") == client_id
        assert len(office.get("/configuration-templates").json["configurationTemplates"]) == 1
    assert database.stat().st_mode & 0o777 == 0o600


def test_an_office_is_the_same_account_on_one_database_and_another_on_a_new_one(tmp_path: Path) -> None:
    accounts = []
    for database in (tmp_path / "one.db", tmp_path / "one.db", tmp_path / "two.db"):
        with sandbox(database=database) as anyone:
            settings = accounton(anyone).get("/settings").json
            accounts.append((banqup(anyone).base, settings["office"]["_id"]))
    assert accounts[0] == accounts[1]
    assert not set(accounts[0]) & set(accounts[2])


def test_what_was_answered_survives_a_killed_process(tmp_path: Path) -> None:
    process, anyone = started(tmp_path / "sandbox.db")
    banqup(anyone).create("/clients", PARTNER)
    process.kill()
    process.communicate()
    with sandbox(database=tmp_path / "sandbox.db") as again:
        assert [client["fields"]["company_number"] for client in stored_clients(again)] == ["0403019261"]


@pytest.mark.parametrize(("sent", "ends"), [(signal.SIGTERM, "stopped\n"), (signal.SIGINT, "")])
def test_a_signal_stops_it_cleanly(tmp_path: Path, sent: signal.Signals, ends: str) -> None:
    process, anyone = started(tmp_path / "sandbox.db")
    assert stored_clients(anyone) == []
    process.send_signal(sent)
    out, err = process.communicate(timeout=10)
    assert out == ends
    assert ("KeyboardInterrupt" in err) == (sent is signal.SIGINT)
    assert not list(tmp_path.glob("*-wal"))


def test_a_port_that_is_taken_is_a_clear_refusal() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError) as refused:
        serve(SandboxOptions(), taken.getsockname()[1], print)
    assert refused.value.code == "sandbox.port_unusable"


def test_a_database_that_is_none_is_a_clear_refusal(tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    path.write_text("this is no database, but long enough to look at" * 50, encoding="utf-8")
    for unusable in (path, tmp_path / "missing" / "sandbox.db"):
        with pytest.raises(SettingsUnusable) as refused, sandbox(database=unusable):
            pass
        assert refused.value.code == "sandbox.database_unusable"


def test_stopping_at_once_is_no_trouble() -> None:
    for _ in range(3):
        with sandbox():
            pass
