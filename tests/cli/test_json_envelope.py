"""Whatever happens, JSON is one object with the same head, and the exit code is the contract's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clientimport.messages.catalog import message_catalog
from clientimport.schema.data_files import data_folder
from command_line import Answer, clientimport

CLEAN = data_folder("samples") / "banqup-partner" / "clean.xlsx"
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
PARTNER = ("-p", "banqup-partner")
SANDBOX = ("-c", "sandbox", "-p", "banqup-partner")


def head(answer: Answer) -> tuple[int, str, bool, int]:
    found = answer.json
    return found["version"], found["command"], found["ok"], found["exit_code"]


def test_a_clean_file_is_ok() -> None:
    answer = clientimport("validate", CLEAN, *PARTNER, "--json")
    assert head(answer) == (1, "validate", True, 0)
    assert answer.exit_code == 0
    assert answer.json["error"] is None


def test_findings_are_exit_1_without_an_error() -> None:
    answer = clientimport("validate", MESSY, *PARTNER, "--json")
    assert head(answer) == (1, "validate", False, 1)
    assert answer.json["error"] is None
    assert answer.json["totals"]["errors"] > 0


def test_format_json_is_the_same_as_json() -> None:
    one = clientimport("validate", MESSY, *PARTNER, "--json")
    other = clientimport("validate", MESSY, *PARTNER, "--format", "json")
    assert one.out == other.out
    assert one.exit_code == other.exit_code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("validate", "nowhere.xlsx", *PARTNER), "file.not_found"),
        (("validate", MESSY, "-p", "banqup-partnr"), "platform.unknown"),
        (("validate", MESSY), "usage.no_platform"),
        (("validate", MESSY, *PARTNER, "--report", "pdf=x.pdf"), "report.unknown_format"),
        (("validate", MESSY, *PARTNER, "--default", "mandate=yes"), "usage.default_mandate"),
        (("validate", MESSY, *PARTNER, "--set", "nonsense"), "usage.pair"),
        (("validate", MESSY, *PARTNER, "--set", "BTW nr=vat_numbr"), "set.unknown_field"),
        (("map", MESSY, *PARTNER, "--profile", "none"), "profile.unknown"),
        (("map", MESSY, *PARTNER, "--profile", "ours", "--no-profile"), "usage.profile_or_not"),
        (("connections", "add", "", *PARTNER, "--base-url", "https://x.be", "--client-id", "x"), "connection.bad_name"),
        (
            ("connections", "add", "a/b", *PARTNER, "--base-url", "https://x.be", "--client-id", "x"),
            "connection.bad_name",
        ),
        (("explain", "company_number.chek_digits"), "explain.unknown"),
        (("plan", MESSY, "-c", "nobody"), "connection.unknown"),
        (("plan", MESSY, "-c", "sandbox"), "usage.sandbox_platform"),
        (("push", MESSY, *SANDBOX), "usage.send_needs_yes"),
        (("push", MESSY, *SANDBOX, "--yes"), "mapping.needs_decision"),
        (("push", MESSY, *SANDBOX, "--yes", "--questionnaire", "PIT"), "push.option_elsewhere"),
        (("invite", *SANDBOX, "--yes"), "invite.whom"),
        (("runs", "show", "20200101-000000-0000"), "run.unknown"),
        (("clients", "add", *SANDBOX, "--field", "iban"), "usage.pair"),
        (("clients", "show", "nobody", *SANDBOX), "client.unknown"),
        (("frobnicate",), "usage"),
        (("validate",), "usage"),
        (("validate", MESSY, *PARTNER, "--header-row", "none"), "usage"),
    ],
)
def test_what_cannot_be_done_is_exit_2_with_a_code_and_a_sentence(arguments: tuple[object, ...], code: str) -> None:
    answer = clientimport(*arguments, "--json")
    assert answer.exit_code == 2
    assert answer.json["exit_code"] == 2
    assert answer.json["error"]["code"] == code
    assert len(answer.json["error"]["message"]) > 10


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
@pytest.mark.parametrize(
    "command",
    [
        ("explain", "qqqq"),
        ("validate", MESSY, *PARTNER, "--report", "qqqq=x"),
        ("connections", "test", "-c", "qqqq"),
        ("profiles", "show", "qqqq"),
        ("platforms", "qqqq"),
        ("configurations", "show", "qqqq", *SANDBOX),
        ("runs", "show", "qqqq"),
        ("clients", "add", *SANDBOX, "--field", "qqqq=1"),
    ],
)
def test_nothing_is_suggested_where_nothing_is_close(command: tuple[object, ...], language: str) -> None:
    message = clientimport(*command, "--language", language).err
    assert "qqqq" in message
    assert "–" not in message
    assert re.search(r": ?\.", message) is None
    assert message_catalog(language).phrases["closest"].split("{")[0] not in message


def test_what_is_close_is_suggested() -> None:
    assert "Did you mean banqup-partner? Choose from: accounton," in clientimport("platforms", "banqup-partnr").err


def test_a_missing_secret_is_exit_4_and_names_the_variable(home: Path) -> None:
    added = ("office", *PARTNER, "--base-url", "https://api.example.com", "--client-id", "me")
    assert clientimport("connections", "add", *added).exit_code == 0
    answer = clientimport("connections", "test", "-c", "office", "--json")
    assert answer.exit_code == 4
    assert answer.json["error"]["code"] == "credentials.missing"
    assert "CLIENTIMPORT_OFFICE_SECRET" in answer.json["error"]["message"]


def test_a_platform_that_is_not_there_is_exit_3(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_GONE_SECRET", "demo")
    added = ("gone", *PARTNER, "--base-url", "http://127.0.0.1:1", "--client-id", "demo")
    assert clientimport("connections", "add", *added).exit_code == 0
    answer = clientimport("connections", "test", "-c", "gone", "--json")
    assert answer.exit_code == 3
    assert answer.json["error"]["code"] == "platform_down"


def test_a_connection_refuses_another_platform() -> None:
    added = ("office", *PARTNER, "--base-url", "https://api.example.com", "--client-id", "me")
    assert clientimport("connections", "add", *added).exit_code == 0
    answer = clientimport("plan", MESSY, "-c", "office", "-p", "accounton", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "connection.other_platform")


def test_without_json_an_error_is_one_line_on_stderr_and_nothing_on_stdout() -> None:
    answer = clientimport("validate", "nowhere.xlsx", *PARTNER)
    assert answer.out == ""
    assert answer.err.startswith("nowhere.xlsx")
    assert answer.err.count("\n") == 1


def test_languages_differ_only_in_prose() -> None:
    reports = [
        clientimport("validate", MESSY, *PARTNER, "--json", "--language", language).json for language in ["nl", "fr"]
    ]
    prose = {finding["message"] for report in reports for finding in report["files"][0]["findings"]}
    for report in reports:
        for finding in report["files"][0]["findings"]:
            del finding["message"]
    assert reports[0] == reports[1]
    assert len(prose) > len(reports[0]["files"][0]["findings"]) / 2


def test_findings_have_the_keys_of_the_contract() -> None:
    finding = clientimport("validate", MESSY, *PARTNER, "--json").json["files"][0]["findings"][0]
    keys = "code severity row column cell field header value message suggestion"
    assert set(finding) == set(keys.split())


def test_several_files_are_one_report(tmp_path: Path) -> None:
    answer = clientimport("validate", CLEAN, MESSY, *PARTNER, "--report", "json=report.json")
    assert answer.exit_code == 1
    assert "2 files together" in answer.out
    assert '"clean_rows"' in (tmp_path / "report.json").read_text(encoding="utf-8")


def test_nothing_coloured_goes_into_a_pipe() -> None:
    for arguments in (("validate", MESSY, *PARTNER), ("map", MESSY, *PARTNER), ("platforms",)):
        assert "\x1b" not in clientimport(*arguments).out


def test_national_register_numbers_are_masked_unless_asked_for() -> None:
    messy = data_folder("samples") / "accounton" / "messy.csv"
    masked = clientimport("validate", messy, "-p", "accounton", "--json").json["files"][0]["findings"]
    shown = clientimport("validate", messy, "-p", "accounton", "--json", "--show-personal-data")
    values = [one["value"] for one in masked if one["field"] == "national_register_number" and one["value"]]
    assert values
    assert all(value.startswith("**.**.**-***.") for value in values)
    assert "**.**.**-***" not in shown.out
