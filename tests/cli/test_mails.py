"""Who gets a mail is shown before, what is held is settled by the line that is printed, and the record tells it all."""

from __future__ import annotations

import io
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from clientimport.cli.console import Console
from clientimport.cli.open_account import AccountSession
from clientimport.cli.push_common import PushQuestion, confirm_push
from clientimport.messages.catalog import message_catalog
from clientimport.model.connection import Connection
from clientimport.model.remote import Account
from clientimport.push.mail import Mail
from clientimport.sandbox import running
from clientimport.schema.loader import load_schema
from command_line import Answer, clientimport
from push_world import clients, mails

PLATFORM = "banqup-partner"
SANDBOX = ("-c", "sandbox", "-p", PLATFORM)
SURE = ("--accept-proposals", "--yes")
HEADER = "Naam;Land;E-mail;Voornaam;Achternaam;Taal;Ondernemingsnummer"
PEOPLE = (("Claes BV", "an@claes.be", "0603270120"), ("Maes BV", "bo@maes.be", "0603271407"))
HELD = ("Nys BV", "geen@geen.be", "0603274078")
FILE = "my clients.csv"


def written(folder: Path, *people: tuple[str, str, str]) -> str:
    """Write a list of clients and return its name."""
    rows = [f"{client};BE;{email};An;Peeters;nl;{number}" for client, email, number in people]
    (folder / FILE).write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    return FILE


def corrected(folder: Path) -> str:
    return written(folder, PEOPLE[0], ("Maes BV", "bo.right@maes.be", "0603271407"))


def commands(text: str) -> list[list[str]]:
    """Return the command lines that an answer prints, as a shell would take them, but those about the record."""
    lines = [line[line.index("clientimport ") :] for line in text.splitlines() if "  clientimport " in line]
    return [shlex.split(line)[1:] for line in lines if "clientimport runs" not in line]


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Yield the address of a platform that is not the built-in one, with a connection `office` to it."""
    with running() as address:
        monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
        at = ("--base-url", f"{address}/{PLATFORM}", "--client-id", "demo")
        clientimport("connections", "add", "office", "-p", PLATFORM, *at)
        yield address


def receivers(url: str) -> list[str]:
    return sorted(mail["to"] for mail in mails(url))


def row_of(answer: Answer, row: int) -> dict[str, Any]:
    return next(one for one in answer.json["rows"] if one["row"] == row)


@pytest.mark.parametrize("which", ["--update", "--mail-as-on-platform"])
@pytest.mark.parametrize("begun", ["push", "invite"])
def test_the_printed_lines_settle_what_is_held(url: str, tmp_path: Path, which: str, begun: str) -> None:
    clientimport("push", written(tmp_path, *PEOPLE), "-c", "office", *SURE)
    invite = ("--invite",) if begun == "push" else ()
    held = clientimport(begun, corrected(tmp_path), "-c", "office", *SURE, *invite, "--json")
    assert (held.exit_code, held.json["counts"]["held"], receivers(url)) == (1, 1, ["an@claes.be"])
    row = row_of(held, 3)
    assert (row["state"], row["name"], row["email"]) == ("held", "Maes BV", "bo.right@maes.be")
    assert "bo@maes.be" in row["reason"]
    assert "bo.right@maes.be" in row["reason"]
    (line,) = [one for one in commands(row["reason"]) if which in one]
    assert line[1] == FILE
    assert clientimport(*line, "--yes").exit_code == 0
    wanted = "bo.right@maes.be" if which == "--update" else "bo@maes.be"
    assert receivers(url) == ["an@claes.be", wanted]


def test_the_printed_line_mails_a_corrected_address_again_and_nobody_else(url: str, tmp_path: Path) -> None:
    clientimport("push", written(tmp_path, *PEOPLE), "-c", "office", *SURE, "--invite")
    update = ("--invite", "--update", "contact_email")
    told = clientimport("push", corrected(tmp_path), "-c", "office", *SURE, *update)
    assert told.exit_code == 0
    (line,) = [line for line in commands(told.out) if "--resend" in line]
    assert line[0] == "invite"
    assert clientimport(*line, "--yes").exit_code == 0
    assert receivers(url) == ["an@claes.be", "bo.right@maes.be", "bo@maes.be"]


def test_options_that_were_given_stand_in_the_printed_line(url: str, tmp_path: Path) -> None:
    given = ("--set", "Voornaam=contact_first_name", "--encoding", "utf-8")
    clientimport("push", written(tmp_path, *PEOPLE), "-c", "office", *SURE, *given)
    lines = commands(clientimport("push", corrected(tmp_path), "-c", "office", *SURE, *given, "--invite").out)
    assert len(lines) == 2
    for line in lines:
        assert line[line.index("--set") + 1] == "Voornaam=contact_first_name"
        assert line[line.index("--encoding") + 1] == "utf-8"
        assert line[line.index("--only") + 1] == "3"
        assert "--accept-proposals" in line


def test_a_file_whose_name_begins_like_an_option_can_be_pasted(url: str, tmp_path: Path) -> None:
    given = ("-c", "office", *SURE)
    Path(written(tmp_path, *PEOPLE)).rename("-my clients.csv")
    clientimport("push", *given, "--", "-my clients.csv")
    Path(corrected(tmp_path)).rename("-my clients.csv")
    for begun in (("push", "--invite"), ("invite",)):
        held = commands(clientimport(*begun, *given, "--", "-my clients.csv").out)
        assert len(held) == 2
        for line in held:
            assert clientimport(*line, "--dry-run").exit_code == 0


def test_the_line_below_a_plan_sends_that_plan(url: str, tmp_path: Path) -> None:
    file, mapped = written(tmp_path, *PEOPLE), ("--set", "Naam=legal_name", "--where", "Land=BE")
    (line,) = commands(clientimport("plan", file, "-c", "office", *mapped).out)
    assert line[:4] == ["push", FILE, "-c", "office"]
    assert [line[at : at + 2] for at in (4, 6)] == [["--where", "Land=BE"], ["--set", "Naam=legal_name"]]
    (kept,) = commands(clientimport("plan", file, "-c", "office", *mapped, "-o", "my plan.json").out)
    assert kept == ["push", "my plan.json", "-c", "office"]
    assert clientimport(*kept, "--yes").exit_code == 0
    assert len(clients(url)) == len(PEOPLE)


@pytest.mark.parametrize("whom", [("--all-drafts",), ("--run", "last")])
def test_without_a_file_the_client_is_edited_and_mailed(url: str, tmp_path: Path, whom: tuple[str, ...]) -> None:
    clientimport("push", written(tmp_path, *PEOPLE), "-c", "office", *SURE)
    client = next(one for one in clients(url) if one["fields"]["legal_name"] == "Maes BV")
    clientimport("push", corrected(tmp_path), "-c", "office", *SURE)
    held = clientimport("invite", *whom, "-c", "office", "--yes")
    assert (held.exit_code, receivers(url)) == (1, ["an@claes.be"])
    edit, again, _ = commands(held.out)
    assert edit[:3] == ["clients", "edit", client["id"]]
    assert clientimport(*edit).exit_code == 0
    assert clientimport(*again, "--yes").exit_code == 0
    assert receivers(url) == ["an@claes.be", "bo.right@maes.be"]


def test_a_dry_run_tells_the_receivers_that_are_then_mailed(tmp_path: Path) -> None:
    file = written(tmp_path, *PEOPLE, HELD)
    dry = clientimport("push", file, *SANDBOX, "--accept-proposals", "--invite", "--dry-run", "--json")
    assert dry.json["mails"] == [
        {"row": 2, "client_id": None, "name": "Claes BV", "email": "an@claes.be", "language": "nl-BE"},
        {"row": 3, "client_id": None, "name": "Maes BV", "email": "bo@maes.be", "language": "nl-BE"},
    ]
    assert [(one["row"], one["email"]) for one in dry.json["held"]] == [(4, "geen@geen.be")]
    assert dry.exit_code == 1
    clientimport("push", file, *SANDBOX, *SURE)
    look = ("invite", file, *SANDBOX, "--accept-proposals", "--dry-run", "--json")
    foreseen = clientimport(*look)
    assert [(one["row"], one["email"]) for one in foreseen.json["mails"]] == [(2, "an@claes.be"), (3, "bo@maes.be")]
    assert all(one["client_id"] for one in foreseen.json["mails"])
    assert foreseen.exit_code == 1
    done = clientimport("invite", file, *SANDBOX, *SURE, "--json").json["rows"]
    went = [(one["client_id"], one["email"]) for one in done if one["state"] == "invited"]
    assert went == [(one["client_id"], one["email"]) for one in foreseen.json["mails"]]
    assert clientimport(*look).json["mails"] == []


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize("begun", [("push", FILE, "--invite"), ("invite", FILE), ("invite", "--run", "last")])
def test_a_dry_run_tells_what_is_held_as_its_address_was_corrected_after_its_mail(
    tmp_path: Path, begun: tuple[str, ...]
) -> None:
    clientimport("push", written(tmp_path, *PEOPLE), "-c", "office", *SURE, "--invite")
    clientimport("push", corrected(tmp_path), "-c", "office", *SURE)
    dry = clientimport(*begun, "-c", "office", "--accept-proposals", "--dry-run", "--json")
    assert (dry.exit_code, dry.json["mails"], [one["row"] for one in dry.json["held"]]) == (1, [], [3])
    assert "bo@maes.be" in dry.json["held"][0]["reason"]
    done = clientimport(*begun, "-c", "office", *SURE, "--json")
    assert (done.exit_code, row_of(done, 3)["state"]) == (1, "held")


@pytest.mark.usefixtures("url")
def test_a_dry_run_holds_nothing_where_the_address_is_overwritten_or_the_platforms_is_kept(tmp_path: Path) -> None:
    clientimport("push", written(tmp_path, *PEOPLE), "-c", "office", *SURE, "--invite")
    look = ("push", corrected(tmp_path), "-c", "office", "--accept-proposals", "--dry-run", "--json", "--invite")
    for decided in (("--update", "contact_email"), ("--mail-as-on-platform",)):
        dry = clientimport(*look, *decided)
        assert (dry.exit_code, dry.json["mails"], dry.json["held"]) == (0, [], [])


def test_a_dry_run_without_invite_mails_nobody(tmp_path: Path) -> None:
    dry = clientimport("push", written(tmp_path, *PEOPLE), *SANDBOX, "--accept-proposals", "--dry-run", "--json")
    assert (dry.json["mails"], dry.json["held"], dry.exit_code) == ([], [], 0)


def test_what_nobody_is_behind_is_warned_of_and_held(url: str, tmp_path: Path) -> None:
    file = written(tmp_path, PEOPLE[0], ("Maes BV", "bo@maes.example", "0603271407"))
    found = clientimport("validate", file, "-p", PLATFORM, "--json").json["files"][0]["findings"]
    assert [(one["code"], one["severity"], one["row"]) for one in found if one["row"]] == [
        ("email.reserved_domain", "warning", 3)
    ]
    held = clientimport("push", file, "-c", "office", *SURE, "--invite")
    assert (held.exit_code, receivers(url), len(clients(url))) == (1, ["an@claes.be"], 2)
    (anyway,) = [line for line in commands(held.out) if "--mail-anyway" in line]
    assert clientimport(*anyway, "--yes").exit_code == 0
    assert receivers(url) == ["an@claes.be", "bo@maes.example"]


def test_the_built_in_sandbox_mails_reserved_domains(tmp_path: Path) -> None:
    file = written(tmp_path, ("Claes BV", "an@claes.example", "0603270120"))
    assert clientimport("push", file, *SANDBOX, *SURE, "--invite", "--json").json["counts"]["invited"] == 1


def test_a_resumed_run_holds_what_the_first_one_held_and_knows_what_it_was_told(url: str, tmp_path: Path) -> None:
    clientimport("push", written(tmp_path, *PEOPLE), "-c", "office", *SURE)
    clientimport("push", corrected(tmp_path), "-c", "office", *SURE, "--invite")
    assert clientimport("runs", "resume", "last", "--yes").exit_code == 1
    assert receivers(url) == ["an@claes.be"]
    as_there = clientimport("invite", FILE, "-c", "office", *SURE, "--mail-as-on-platform", "--json")
    assert as_there.json["counts"]["invited"] == 1
    assert clientimport("runs", "resume", "last", "--yes").exit_code == 0


def test_a_kept_plan_holds_it_too(url: str, tmp_path: Path) -> None:
    clientimport("push", written(tmp_path, *PEOPLE), "-c", "office", *SURE)
    clientimport("plan", corrected(tmp_path), "-c", "office", "-o", "plan.json")
    held = clientimport("push", "plan.json", "-c", "office", "--yes", "--invite", "--json")
    assert (held.exit_code, row_of(held, 3)["state"]) == (1, "held")
    assert "--update contact_email" in row_of(held, 3)["reason"]


def test_only_takes_rows_of_the_file(url: str, tmp_path: Path) -> None:
    file = written(tmp_path, *PEOPLE)
    clientimport("push", file, "-c", "office", *SURE)
    assert clientimport("invite", file, "-c", "office", *SURE, "--only", "3").exit_code == 0
    assert receivers(url) == ["bo@maes.be"]
    refused = clientimport("invite", file, "-c", "office", *SURE, "--only", "99", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "push.no_such_row")


@pytest.mark.usefixtures("url")
def test_the_last_run_is_told_without_a_connection_as_it_was_told_then(tmp_path: Path) -> None:
    file = written(tmp_path, *PEOPLE, HELD, ("Cools BV", "x", "0603275365"))
    told = clientimport("push", file, "-c", "office", *SURE, "--invite", "--json").json
    (tmp_path / "home" / "config.toml").unlink()
    shown = clientimport("runs", "show", "last", "--json").json
    assert shown["run"] == told["run"]
    assert shown["rows"] == told["rows"]
    keys = {"row", "state", "client_id", "reason", "name", "at", "email"}
    assert all(row.keys() == keys for row in shown["rows"])
    text = clientimport("runs", "show", "last", "--language", "en").out
    for said in ("Claes BV", "an@claes.be", "invited", "geen@geen.be", "mail held", shown["rows"][0]["at"][:10]):
        assert said in text
    clientimport("runs", "export", "last", "-o", "done.xlsx")
    cells = [[cell.value or "" for cell in row] for row in load_workbook(tmp_path / "done.xlsx").worksheets[0]]
    reasons = [(row["reason"] or "").partition("\n")[0] for row in shown["rows"]]
    assert [row[-4] for row in cells[1:]] == reasons  # the command below a reason is for the terminal alone


def test_a_row_with_an_error_is_counted_and_never_called_nothing_to_do(tmp_path: Path) -> None:
    wrong = ("Cools BV", "de@@cools.be", "0603275365")
    alone = clientimport("push", written(tmp_path, wrong), *SANDBOX, *SURE)
    assert alone.exit_code == 1
    assert "has an error: 1" in alone.out
    assert "There was nothing to do" not in alone.out
    mixed = clientimport("push", written(tmp_path, *PEOPLE, wrong), *SANDBOX, *SURE, "--json").json
    states = [row["state"] for row in mixed["rows"]]
    assert {name: number for name, number in mixed["counts"].items() if number} == {
        name: states.count(name) for name in set(states)
    }
    assert clientimport("runs", "list", "--json").json["runs"][0]["counts"] == mixed["counts"]


@pytest.mark.parametrize(("column", "value"), [("Sjabloon", "Bestaat Niet"), ("E-mail", "an@@maes.be")])
def test_why_a_row_was_not_sent_is_told_the_same_three_times(tmp_path: Path, column: str, value: str) -> None:
    names = (*HEADER.split(";"), "Sjabloon")
    people = ((who, "BE", email, "An", "Peeters", "nl", number, "Standard") for who, email, number in PEOPLE)
    rows = [dict(zip(names, person, strict=True)) for person in people]
    rows[1][column] = value
    (tmp_path / "c.csv").write_text("\n".join(";".join(row) for row in (names, *(row.values() for row in rows))))
    reason = clientimport("push", "c.csv", *SANDBOX, *SURE, "--json").json["rows"][1]["reason"]
    assert value in reason
    assert clientimport("runs", "show", "last", "--json").json["rows"][1]["reason"] == reason
    clientimport("runs", "export", "last", "-o", "done.xlsx")
    assert load_workbook(tmp_path / "done.xlsx").worksheets[0].cell(3, len(names) + 1).value == reason


def test_a_round_for_a_run_of_another_account_is_refused(tmp_path: Path) -> None:
    clientimport("push", written(tmp_path, *PEOPLE), *SANDBOX, *SURE)
    refused = clientimport("invite", "--run", "last", "-c", "sandbox", "-p", "accounton", "--yes", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "run.other_account")


def test_last_is_the_latest_run_for_every_command(tmp_path: Path) -> None:
    assert clientimport("runs", "show", "last", "--json").json["error"]["code"] == "run.none_yet"
    clientimport("push", written(tmp_path, *PEOPLE), *SANDBOX, *SURE)
    run = clientimport("runs", "show", "last", "--json").json["run"]
    assert clientimport("runs", "verify", "last", "--json").json["breaks"] == []
    assert clientimport("runs", "verify", run).exit_code == 0
    assert clientimport("runs", "export", "last", "-o", "d.xlsx", "--json").json["run"] == run
    refused = clientimport("runs", "resolve", "last", "2", "--created", "--json")
    assert refused.json["error"]["code"] == "run.nothing_to_resolve"
    assert clientimport("runs", "undo", "last", "--yes", "--json").json["counts"]["undone"] == 2


def test_the_receivers_stand_above_the_question_all_of_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("300\n"))
    due = tuple(Mail(n, None, f"Client {n}", "An Peeters", f"an{n}@peeters.be", "nl-BE") for n in range(2, 302))
    quiet = Console(message_catalog("en"), quiet=True, is_interactive=True)
    connection = Connection("office", PLATFORM, "http://127.0.0.1:1", "demo")
    session = AccountSession(connection, load_schema(PLATFORM), "demo", quiet)
    confirm_push(session, Account("1", "Office"), PushQuestion(mails=due, due=due))
    said = capsys.readouterr().err
    assert all(f"an{n}@peeters.be" in said for n in range(2, 302))
    assert said.index("an301@peeters.be") < said.index("Type 300")
