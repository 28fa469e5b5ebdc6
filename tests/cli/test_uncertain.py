"""Exit code 5 on the command line: what nobody can tell waits for a person, and is not repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.connectors.protocol import Deletes, require
from clientimport.sandbox import SandboxOptions, running
from command_line import clientimport
from connectors.faulty_proxy import Faults, faulty
from push_world import PARTNER, World

COLUMNS = ("legal_name", "contact_first_name", "contact_last_name", "contact_email", "company_number")
SAID = ("--default", "country=BE", "--default", "contact_locale=nl-BE", *(f"--set={name}={name}" for name in COLUMNS))


def test_two_of_the_same_after_a_lost_answer_wait_for_a_persons_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = PARTNER[0]
    lines = (";".join(COLUMNS), ";".join(str(row[name]) for name in COLUMNS))
    (tmp_path / "clients.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    with running(SandboxOptions(idempotency=False, allow_duplicates=True)) as url:
        other = World(url, tmp_path / "other", rows=(row,))
        plan = other.planned()

        def twin() -> None:
            other.push(plan=plan)

        faults = Faults(1, "after", writes_only=True, act=twin)
        with faulty(url, faults) as address:
            added = ("office", "-p", "banqup-partner", "--base-url", f"{address}/banqup-partner", "--client-id", "demo")
            assert clientimport("connections", "add", *added).exit_code == 0
            push = ("push", "clients.csv", "-c", "office", *SAID, "--yes", "--json")
            doubt = clientimport(*push)
            assert (doubt.exit_code, doubt.json["error"]["code"]) == (5, "uncertain")
            assert doubt.json["counts"]["uncertain"] == 1
            assert doubt.json["run"] in doubt.json["error"]["message"]
            again = clientimport(*push)
            assert (again.exit_code, again.json["counts"]["created"]) == (5, 0)
            settled = clientimport("runs", "resolve", again.json["run"], "2", "--absent", "--json")
            assert settled.json["rows"][0]["state"] == "pending"
            for client in clientimport("clients", "list", "-c", "office", "--json").json["clients"]:
                assert clientimport("clients", "delete", client["client_id"], "-c", "office", "--yes").exit_code == 0
            resumed = clientimport("runs", "resume", again.json["run"], "--yes", "--json")
            assert (resumed.exit_code, resumed.json["counts"]["created"]) == (0, 1)
            assert clientimport(*push).json["counts"]["unchanged"] == 1


def test_a_round_of_invitations_does_not_go_on_with_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, file = PARTNER[0], tmp_path / "clients.csv"
    lines = (";".join(COLUMNS), ";".join(str(row[name]) for name in COLUMNS))
    file.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    with running() as url:
        added = ("office", "-p", "banqup-partner", "--base-url", f"{url}/banqup-partner", "--client-id", "demo")
        assert clientimport("connections", "add", *added).exit_code == 0
        assert clientimport("push", "clients.csv", "-c", "office", *SAID, "--yes").exit_code == 0
        sent = clientimport("invite", "clients.csv", "-c", "office", *SAID, "--yes", "--json")
        assert sent.json["counts"]["invited"] == 1
        assert clientimport("runs", "resume", sent.json["run"], "--yes", "--json").json["counts"]["unchanged"] == 1
        file.write_text("\n".join(lines).replace("Albak", "Other"), encoding="utf-8")
        changed = clientimport("runs", "resume", sent.json["run"], "--yes", "--json")
        assert (changed.exit_code, changed.json["error"]["code"]) == (2, "run.file_changed")


def test_a_mail_in_doubt_to_a_client_without_a_row_is_named_by_its_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    with running() as url:
        office = World(url, tmp_path / "other", rows=PARTNER[:1])
        client_id = str(office.push().rows[0].result.client_id)

        def gone() -> None:
            office.asked(lambda connector: require(connector, Deletes).delete(client_id))

        with faulty(url, Faults(1, "before", writes_only=True, act=gone)) as address:
            added = ("office", "-p", "banqup-partner", "--base-url", f"{address}/banqup-partner", "--client-id", "demo")
            assert clientimport("connections", "add", *added).exit_code == 0
            doubt = clientimport("invite", "--all-drafts", "-c", "office", "--yes", "--json")
            assert (doubt.exit_code, doubt.json["error"]["code"]) == (5, "uncertain")
            assert f"client {client_id}" in doubt.json["error"]["message"]
            settled = clientimport("runs", "resolve", doubt.json["run"], client_id[:8], "--created", "--json")
            assert settled.json["rows"][0]["state"] == "invited"
