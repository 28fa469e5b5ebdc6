"""Columns put together on the way in, by the command and from a profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import clientimport

PARTNER = ("-p", "banqup-partner")
ROWS = """Bedrijfsnaam;Rechtsvorm;Contact;Nr;Mail;Taal
Bakkerij Peeters;BV;An Van den Berg;KL-0012;an@peeters.be;nl
Claes;;Jo Claes;KL-13;jo#claes.be;nl
"""
SET = (
    *("--set", "legal_name=Bedrijfsnaam + Rechtsvorm"),
    *("--set", "contact_first_name=Contact.first"),
    *("--set", "contact_last_name=Contact.after_first"),
    *("--set", "external_reference=Nr - 'KL-'"),
    *("--set", 'country="BE"'),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clients.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def plan(*more: str) -> dict[str, str]:
    answer = clientimport("plan", "clients.csv", "-c", "sandbox", *PARTNER, *more, "--json").json
    (client,) = answer["groups"]["new"]
    return dict(client["fields"])


EXPECTED = {
    "legal_name": "Bakkerij Peeters BV",
    "contact_first_name": "An",
    "contact_last_name": "Van den Berg",
    "external_reference": "0012",
    "country": "BE",
}


def test_fields_are_put_together_on_the_way_in() -> None:
    fields = plan(*SET)
    assert {name: fields[name] for name in EXPECTED} == EXPECTED


def test_a_profile_keeps_them() -> None:
    assert clientimport("map", "clients.csv", *PARTNER, *SET, "--save", "office", "--json").exit_code == 0
    fields = plan()
    assert {name: fields[name] for name in EXPECTED} == EXPECTED
    clientimport("profiles", "export", "office", "-o", "office.toml")
    clientimport("profiles", "delete", "office", "--yes")
    clientimport("profiles", "import", "office.toml")
    assert plan("--profile", "office")["legal_name"] == "Bakkerij Peeters BV"
    assert "Peeters" not in Path("office.toml").read_text(encoding="utf-8")


def test_a_profile_with_a_fixed_mandate_is_refused() -> None:
    clientimport("map", "clients.csv", *PARTNER, *SET, "--save", "office", "--json")
    file = Path("home/profiles/office.toml")
    file.write_text(f"{file.read_text(encoding='utf-8')}mandate = \"'yes'\"\n", encoding="utf-8")
    answer = clientimport("plan", "clients.csv", "-c", "sandbox", *PARTNER, "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage.default_mandate")


def test_the_columns_say_what_they_are_part_of() -> None:
    columns = clientimport("map", "clients.csv", *PARTNER, *SET, "--json").json["columns"]
    by_header = {one["header"]: one for one in columns}
    assert (by_header["Contact"]["field"], by_header["Contact"]["used"]) == (None, True)
    assert by_header["Contact"]["reasons"] == ["composed"]


def test_a_finding_about_a_composed_field_is_at_the_first_of_its_columns() -> None:
    Path("clients.csv").write_text(
        ROWS.replace("Bakkerij Peeters;BV", "BV;").replace("Claes;;", "Claes;BVBA;"), "utf-8"
    )
    answer = clientimport("validate", "clients.csv", *PARTNER, *SET, "--json").json
    names = [one for one in answer["files"][0]["findings"] if one["field"] == "legal_name"]
    assert [(one["cell"], one["value"]) for one in names] == [("A2", "BV"), ("A3", "Claes BVBA")]
    assert not [one for one in answer["files"][0]["findings"] if one["code"] == "mapping.unused"]


def test_a_column_can_have_a_field_of_its_own_as_well() -> None:
    fields = plan(*SET, "--set", "Bedrijfsnaam=external_reference", "--set", "client_code=Nr - 'KL-'")
    assert fields["legal_name"] == "Bakkerij Peeters BV"
