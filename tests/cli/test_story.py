"""The story of a practice on the command line, against the sandbox over real HTTP."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from clientimport.messages.catalog import message_catalog
from clientimport.sandbox import SandboxOptions, running
from clientimport.schema.data_files import data_folder
from command_line import clientimport

PARTNER = ("-p", "banqup-partner")
SANDBOX = ("-c", "sandbox", *PARTNER)
SURE = ("--yes", "--accept-proposals")
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"


def test_a_push_creates_once_and_invites_once_whatever_is_repeated() -> None:
    first = clientimport("push", MESSY, *SANDBOX, *SURE, "--json").json
    assert first["sandbox"] is True
    assert first["counts"]["created"] > 0
    assert first["counts"]["invited"] == 0
    again = clientimport("push", MESSY, *SANDBOX, *SURE, "--json").json
    assert again["counts"]["created"] == 0
    invited = clientimport("invite", MESSY, *SANDBOX, *SURE, "--json")
    assert invited.exit_code == 0
    assert invited.json["counts"]["invited"] == first["counts"]["created"]
    once_more = clientimport("invite", *SANDBOX, "--run", first["run"], "--yes", "--json").json
    assert once_more["counts"]["invited"] == 0
    clients = clientimport("clients", "list", *SANDBOX, "--json").json["clients"]
    assert len(clients) == first["counts"]["created"]
    assert {client["invitations"] for client in clients} == {1}


def test_rows_with_an_error_are_told_and_the_exit_code_is_1() -> None:
    answer = clientimport("push", MESSY, *SANDBOX, *SURE, "--json")
    assert answer.exit_code == 1
    invalid = [row for row in answer.json["rows"] if row["state"] == "invalid"]
    assert [row["row"] for row in invalid] == [13, 14, 15]
    assert invalid[0]["reason"].startswith("C13: “0419.618.353” cannot be right")
    run = clientimport("runs", "show", answer.json["run"], "--json").json["rows"]
    assert run == answer.json["rows"], "a run is told later as it was told then"


def test_all_or_nothing_sends_nothing_when_a_row_has_an_error() -> None:
    answer = clientimport("push", MESSY, *SANDBOX, *SURE, "--all-or-nothing", "--json")
    assert answer.exit_code == 1
    assert answer.json["counts"]["created"] == 0
    assert clientimport("clients", "list", *SANDBOX, "--json").json["clients"] == []


def test_more_mails_than_the_fuse_allows_stop_everything_beforehand() -> None:
    answer = clientimport("push", MESSY, *SANDBOX, *SURE, "--invite", "--max-invitations", "2", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "invite.too_many")
    assert clientimport("clients", "list", *SANDBOX, "--json").json["clients"] == []


def test_a_dry_run_needs_no_yes_and_sends_nothing() -> None:
    answer = clientimport("push", MESSY, *SANDBOX, "--accept-proposals", "--dry-run", "--json")
    assert answer.exit_code == 1
    assert len(answer.json["groups"]["new"]) > 0
    assert clientimport("runs", "list", "--json").json["runs"] == []


def test_a_kept_plan_is_private_and_can_be_pushed(tmp_path: Path) -> None:
    planned = clientimport("plan", MESSY, *SANDBOX, "-o", "plan.json", "--json").json
    assert set(planned["groups"]) == {"new", "existing", "only_on_platform", "invalid"}
    assert stat.S_IMODE((tmp_path / "plan.json").stat().st_mode) == 0o600
    pushed = clientimport("push", "plan.json", *SANDBOX, "--yes", "--json").json
    assert pushed["counts"]["created"] == len(planned["groups"]["new"])
    assert clientimport("push", "plan.json", *SANDBOX, "--yes", "--json").json["counts"]["created"] == 0


def test_a_run_is_remembered_and_can_be_resumed() -> None:
    run = clientimport("push", MESSY, *SANDBOX, *SURE, "--json").json
    shown = clientimport("runs", "show", run["run"], "--json").json
    assert [(row["row"], row["state"], row["client_id"]) for row in shown["rows"]] == [
        (row["row"], row["state"], row["client_id"]) for row in run["rows"]
    ]
    assert shown["counts"] == run["counts"]
    resumed = clientimport("runs", "resume", run["run"], "--json")
    assert (resumed.exit_code, resumed.json["counts"]["created"]) == (1, 0)
    nothing = clientimport("runs", "resolve", run["run"], "4", "--created", "--json")
    assert (nothing.exit_code, nothing.json["error"]["code"]) == (2, "run.nothing_to_resolve")


def test_fix_writes_what_the_platform_takes_and_the_rejects_apart(tmp_path: Path) -> None:
    fixed = clientimport("fix", MESSY, *PARTNER, "-o", "up.xlsx", "--rejects", "rejects.xlsx", "--json")
    assert fixed.exit_code == 1
    assert fixed.json["rows_rejected"] == 3
    assert fixed.json["repairs"]
    assert (tmp_path / "rejects.xlsx").exists()
    strict = clientimport("validate", "up.xlsx", *PARTNER, "--strict", "--json").json
    assert strict["totals"]["rows"] == fixed.json["rows_written"]
    assert strict["totals"]["errors"] == 0
    refused = clientimport("fix", MESSY, *PARTNER, "-o", "up.xlsx", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "file.exists")


def test_fix_never_writes_over_the_file_it_reads() -> None:
    answer = clientimport("fix", MESSY, *PARTNER, "-o", MESSY, "--force", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage.same_file")


def test_a_template_maps_back_to_itself_and_is_never_overwritten(tmp_path: Path) -> None:
    written = clientimport("template", *PARTNER, "--language", "fr", "--json").json["file"]
    assert written == "banqup-partner-fr.xlsx"
    assert clientimport("template", *PARTNER, "--language", "fr").exit_code == 2
    assert clientimport("template", *PARTNER, "--language", "fr", "--force").exit_code == 0
    mapped = clientimport("map", tmp_path / written, *PARTNER, "--json")
    assert mapped.json["missing_required"] == []
    assert all(column["certain"] and column["field"] for column in mapped.json["columns"])


def test_a_matching_kept_under_a_name_is_found_again() -> None:
    asked = clientimport("map", MESSY, *PARTNER, "--set", "Dossierbeheerder=ignore", "--save", "ours", "--json")
    assert asked.exit_code == 0
    assert clientimport("profiles", "list", "--json").json["profiles"][0]["name"] == "ours"
    found = clientimport("map", MESSY, *PARTNER, "--json").json
    assert found["profile"] == "ours"
    assert all(column["certain"] for column in found["columns"])
    assert clientimport("map", MESSY, *PARTNER, "--no-profile", "--json").json["profile"] is None


def test_a_required_field_without_a_column_names_the_option_that_mends_it(tmp_path: Path) -> None:
    (tmp_path / "small.csv").write_text("Naam klant;Voornaam;Familienaam;E-mail\nPeeters BV;An;Peeters;an@p.be\n")
    mapped = clientimport("map", "small.csv", *PARTNER, "--json")
    assert mapped.exit_code == 1
    assert "country" in mapped.json["missing_required"]
    answer = clientimport("fix", "small.csv", *PARTNER, "-o", "upload.xlsx", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "mapping.required_missing")
    assert "--default country=BE" in answer.json["error"]["message"]
    mended = ("--default", "country=BE", "--default", "contact_locale=nl-BE")
    assert clientimport("validate", "small.csv", *PARTNER, *mended, "--json").exit_code == 0


def test_validate_reports_everything_beside_a_required_column_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "small.csv").write_text(
        "Naam klant;Voornaam;Familienaam;E-mail\nPeeters;An;;an@p\nMaes;Els;Maes;e@m.be\n"
    )
    (tmp_path / "good.csv").write_text(
        "Naam klant;Voornaam;Familienaam;E-mail;Land;Taal\nDubois;Luc;Dubois;l@d.be;BE;fr\n"
    )
    answer = clientimport("validate", "small.csv", "good.csv", *PARTNER, "--json")
    assert (answer.exit_code, answer.json["error"]) == (1, None)
    found = [
        [(one["code"], one["row"], one["field"]) for one in file["findings"] if one["severity"] == "error"]
        for file in answer.json["files"]
    ]
    missing = [("required.no_column", None, "contact_locale"), ("required.no_column", None, "country")]
    assert [sorted(found[0][:2], key=str), *found[1:]] == [missing, []]
    assert found[0][2:] == [("required.empty", 2, "contact_last_name"), ("email.no_dot", 2, "contact_email")]
    assert answer.json["files"][0]["clean_rows"] == 1
    text = clientimport("validate", "small.csv", *PARTNER).out
    assert "--default country=BE" in " ".join(text.split())
    assert "clientimport map small.csv" in text


@pytest.mark.parametrize("format_", ["jsonl", "csv", "html", "junit", "sarif", "github"])
def test_a_missing_column_is_in_every_report(tmp_path: Path, format_: str) -> None:
    (tmp_path / "small.csv").write_text("Naam klant;Voornaam;Familienaam;E-mail\nPeeters;An;Peeters;an@p\n")
    answer = clientimport("validate", "small.csv", *PARTNER, "--format", format_, "--report", "xlsx=marked.xlsx")
    assert answer.exit_code == 1
    assert "The file has no column for a required field: Country" in answer.out
    assert "an@p” has no dot after the @" in answer.out
    assert (tmp_path / "marked.xlsx").exists()


def test_where_one_of_two_is_needed_their_absence_is_one_error(tmp_path: Path) -> None:
    header = "Naam klant;Adres;Postcode;Gemeente;Land;IBAN;Taal;Contactpersoon;E-mail\n"
    row = "Peeters;Rue 1;1234;Lux;LU;LU280019400644750000;fr;An Peeters;an@p.lu\n"
    (tmp_path / "lux.csv").write_text(header + row * 3)
    answer = clientimport("validate", "lux.csv", "-p", "banqup-console-lu", "--json")
    errors = [one for one in answer.json["files"][0]["findings"] if one["severity"] == "error"]
    assert [(one["code"], one["row"], one["field"]) for one in errors] == [
        ("required.no_column", None, "rcs_number|vat_number")
    ]


def test_one_client_is_added_with_what_the_platform_knows_and_its_contacts() -> None:
    added = clientimport(
        *("clients", "add", *SANDBOX, "--configuration", "Standard", "--field", "company_number=0403.019.261"),
        *("--field", "language=nl", "--contact", "An Peeters <an@b.be>", "--contact", "Jan Maes <jan@b.be>", "--json"),
    )
    assert added.exit_code == 0
    client = added.json["clients"][0]
    assert client["fields"]["company_number"] == "0403019261"
    assert client["fields"]["configuration_template"] == "Standard"
    assert client["fields"]["legal_name"]
    assert client["status"] == "draft"
    edited = clientimport(
        *("clients", "edit", client["client_id"], *SANDBOX, "--configuration", "Premium"),
        *("--field", "iban=BE05 0011 0079 2675", "--json"),
    ).json["clients"][0]["fields"]
    assert (edited["configuration_template"], edited["iban"]) == ("Premium", "BE05001100792675")
    assert clientimport("clients", "delete", client["client_id"], *SANDBOX).exit_code == 2
    assert clientimport("clients", "delete", client["client_id"], *SANDBOX, "--yes").exit_code == 0
    assert clientimport("clients", "list", *SANDBOX, "--json").json["clients"] == []


def test_a_client_that_is_not_right_is_not_added() -> None:
    answer = clientimport("clients", "add", *SANDBOX, "--field", "company_number=0403.019.262", "--json")
    assert answer.exit_code == 1
    assert "company_number.check_digits" in {finding["code"] for finding in answer.json["findings"]}


def test_configuration_templates_come_and_go() -> None:
    made = ("configurations", "create", "Starter", *SANDBOX, "--description", "New", "--user", "ann@office.example")
    assert clientimport(*made).exit_code == 0
    listed = clientimport("configurations", "list", *SANDBOX, "--json").json["configurations"]
    assert [one["name"] for one in listed] == ["Standard", "Premium", "Starter"]
    shown = clientimport("configurations", "show", "Starter", *SANDBOX, "--json").json["configurations"][0]
    assert (shown["description"], shown["users"]) == ("New", ["ann@office.example"])
    assert clientimport("configurations", "delete", "Starter", *SANDBOX, "--yes").exit_code == 0
    gone = clientimport("configurations", "show", "Starter", *SANDBOX, "--json")
    assert (gone.exit_code, gone.json["error"]["code"]) == (2, "configuration.unknown")


@pytest.mark.parametrize(
    ("command", "exit_code"),
    [
        (("connections", "test"), 0),
        (("template", "-o", "x.xlsx"), 0),
        (("clients", "show", "nobody"), 2),
        (("clients", "add", "--field", "company_number=0403.019.262"), 1),
        (("configurations", "create", "Starter"), 0),
        (("configurations", "create", "Standard"), 1),
        (("push", MESSY, "--yes", "--accept-proposals", "--invite", "--max-invitations", "1"), 2),
        (("invite", "--all-drafts", "--yes"), 0),
    ],
)
def test_whatever_is_about_the_sandbox_says_so(command: tuple[object, ...], exit_code: int) -> None:
    answer = clientimport(*command, *SANDBOX, "--json")
    assert answer.exit_code == exit_code
    told = (answer.json["connection"], answer.json["platform"], answer.json["sandbox"])
    assert told == ("sandbox", "banqup-partner", True)
    if "-o" not in command:
        text = clientimport(*command, *SANDBOX)
        assert "SANDBOX" in text.out + text.err


def test_an_error_names_the_account_once_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_GONE_SECRET", "demo")
    added = ("gone", *PARTNER, "--base-url", "http://127.0.0.1:1", "--client-id", "demo")
    assert clientimport("connections", "add", *added).exit_code == 0
    answer = clientimport("push", MESSY, "-c", "gone", *SURE, "--json")
    assert (answer.exit_code, answer.json["connection"], answer.json["sandbox"]) == (3, "gone", False)


def test_runs_are_listed_by_connection_and_platform_and_resumed_ones_go_on() -> None:
    run = clientimport("push", MESSY, *SANDBOX, *SURE, "--json").json["run"]
    for asked, found in ((("-c", "sandbox"), [run]), (("-c", "office"), []), (("-p", "accounton"), [])):
        assert [one["run"] for one in clientimport("runs", "list", *asked, "--json").json["runs"]] == found
    line = next(line for line in clientimport("runs", "list").out.splitlines() if run in line)
    assert re.search(rf"{run} +\d{{4}}-\d\d-\d\d \d\d:\d\d +push", line)
    assert "SANDBOX" in clientimport("runs", "show", run).out


def test_a_plan_says_what_to_look_at_and_leaves_out_what_there_is_none_of() -> None:
    text = clientimport("plan", MESSY, *SANDBOX).out
    assert "8 new clients" in text
    assert "C13: “0419" in text
    assert "0 clients" not in text
    findings = clientimport("validate", MESSY, *PARTNER, "--json").json["files"][0]["findings"]
    warned = {finding["row"]: finding["code"] for finding in findings if finding["severity"] == "warning"}
    new = re.search(r"8 new clients.*?\n\n", text, re.DOTALL)
    assert warned
    for row, code in warned.items():
        assert re.search(rf"^{row} .*{message_catalog('en').findings[code].title}", str(new and new[0]), re.MULTILINE)


def test_findings_about_one_client_have_no_place_in_a_file() -> None:
    for command in (("add",), ("edit", _any_client())):
        told = clientimport("clients", *command, *SANDBOX, "--field", "company_number=0403.019.262", "--json")
        assert told.exit_code == 1
        for finding in told.json["findings"]:
            assert [finding[key] for key in ("row", "column", "cell", "header")] == [None] * 4


def test_a_field_without_a_value_is_cleared() -> None:
    client = _any_client()
    filled = clientimport("clients", "edit", client, *SANDBOX, "--field", "iban=BE05 0011 0079 2675", "--json").json
    assert filled["clients"][0]["fields"]["iban"] == "BE05001100792675"
    cleared = clientimport("clients", "edit", client, *SANDBOX, "--field", "iban=", "--json")
    assert cleared.exit_code == 0
    assert "iban" not in cleared.json["clients"][0]["fields"]


def _any_client() -> str:
    pushed = clientimport("push", MESSY, *SANDBOX, *SURE, "--json").json
    return str(next(row["client_id"] for row in pushed["rows"] if row["client_id"]))


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_the_demo_tells_the_whole_story_in_every_language(language: str) -> None:
    answer = clientimport("demo", "--language", language)
    assert answer.exit_code == 0
    for command in ("map", "validate", "fix", "plan", "push", "invite", "clients list"):
        assert f"$ clientimport {command}" in answer.out


def test_a_tax_client_gets_its_questionnaire_linked_and_sent_later_and_stays_masked() -> None:
    tax = ("-c", "sandbox", "-p", "accounton")
    messy = data_folder("samples") / "accounton" / "messy.csv"
    missing = clientimport("push", messy, *tax, *SURE, "--json")
    assert (missing.exit_code, missing.json["error"]["code"]) == (2, "push.questionnaire_missing")
    pushed = clientimport("push", messy, *tax, *SURE, "--questionnaire", "PIT", "--json").json
    assert pushed["counts"]["created"] > 0
    clients = clientimport("clients", "list", *tax, "--json").json["clients"]
    assert {client["status"] for client in clients} == {"draft"}
    numbers = [client["fields"].get("national_register_number", "") for client in clients]
    assert any(numbers)
    assert all(number.startswith("**.**.**-***.") for number in numbers if number)
    sent = clientimport("invite", *tax, "--all-drafts", "--yes", "--json").json
    assert sent["counts"]["invited"] == pushed["counts"]["created"]


def test_an_unverified_api_is_named_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    with running(SandboxOptions()) as url:
        added = ("office", *PARTNER, "--base-url", f"{url}/banqup-partner", "--client-id", "demo")
        assert clientimport("connections", "add", *added).exit_code == 0
        answer = clientimport("push", MESSY, "-c", "office", *SURE, "--quiet", "--json")
    assert answer.json["sandbox"] is False
    assert answer.json["counts"]["created"] > 0
    assert "Banqup Partner Space" in answer.err


def test_an_app_that_no_office_let_in_is_exit_4(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", "demo")
    with running(SandboxOptions()) as url:
        added = ("office", *PARTNER, "--base-url", f"{url}/banqup-partner", "--client-id", "stranger")
        assert clientimport("connections", "add", *added).exit_code == 0
        answer = clientimport("plan", MESSY, "-c", "office", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (4, "credentials.no_space")


def test_a_resumed_run_remembers_what_was_said_about_its_file() -> None:
    said = ("--set", "Klantnr=external_reference", "--set", "Sjabloon=ignore", "--sheet", "Klanten")
    run = clientimport("push", MESSY, *SANDBOX, *said, *SURE, "--json").json
    resumed = clientimport("runs", "resume", run["run"], "--yes", "--json").json
    assert resumed["counts"]["created"] == 0
    shown = clientimport("clients", "list", *SANDBOX, "--json").json["clients"]
    assert {client["fields"]["external_reference"] for client in shown} >= {"K001", "K002"}


def test_a_file_written_to_stdout_goes_down_the_pipe_alone() -> None:
    answer = clientimport("validate", MESSY, *PARTNER, "--report", "json=-")
    assert answer.json["totals"]["rows"] == 12
    assert "12" in answer.err
    both = clientimport("fix", MESSY, *PARTNER, "-o", "-", "--json")
    assert (both.exit_code, both.json["error"]["code"]) == (2, "usage.stdout_twice")
