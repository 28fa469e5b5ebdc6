"""Exit code 5 on the command line: what nobody can tell waits for a person, and is not repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.sandbox import Options, running
from command_line import clientimport
from platforms.faulty_proxy import Faults, faulty
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
    with running(Options(idempotency=False, allow_duplicates=True)) as url:
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
            settled = clientimport("runs", "resolve", doubt.json["run"], "2", "--absent", "--json")
            assert settled.json["rows"][0]["state"] == "pending"
            for client in clientimport("clients", "list", "-c", "office", "--json").json["clients"]:
                assert clientimport("clients", "delete", client["client_id"], "-c", "office", "--yes").exit_code == 0
            resumed = clientimport("runs", "resume", doubt.json["run"], "--yes", "--json")
            assert (resumed.exit_code, resumed.json["counts"]["created"]) == (0, 1)
            assert clientimport(*push).json["counts"]["unchanged"] == 1
