"""Reading: files, bytes, folders and frames, with decisions as keywords or afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

import clientimport as ci

PARTNER = "banqup-partner"


def codes(clients: ci.Clients) -> list[str]:
    """Return the codes of the findings about cells."""
    return [str(code) for code in clients.validate().findings.dropna(subset=["row"])["code"]]


def test_a_path_bytes_and_a_list_are_read_the_same(folder: Path) -> None:
    file = folder / "clients.xlsx"
    read = [ci.read(source, platform=PARTNER) for source in (file, str(file), file.read_bytes(), [file])]
    frames = [clients.columns for clients in read]
    assert all(frame.equals(frames[0]) for frame in frames)
    assert {len(clients) for clients in read} == {12}


def test_bytes_have_no_name(folder: Path) -> None:
    assert repr(ci.read((folder / "crm.xlsx").read_bytes(), platform=PARTNER)).startswith("<Clients <bytes> for")
    with pytest.raises(ci.FileUnreadable, match="<bytes> is empty"):
        ci.read(b"", platform=PARTNER)


def test_a_file_that_is_called_a_dash_is_not_standard_input(folder: Path) -> None:
    shutil.copy(folder / "books.csv", folder / "-")
    assert len(ci.read("-", platform=PARTNER)) == 3


def test_a_folder_and_several_files_with_the_same_headings_are_one_list(folder: Path) -> None:
    (folder / "offices").mkdir()
    for name, number in (("ghent.csv", "BE0419618535"), ("antwerp.csv", "BE0403019261")):
        (folder / "offices" / name).write_text(f"Klant;BTW-nummer\nEen {name};{number}\nTwee;fout\n", encoding="utf-8")
    files = sorted((folder / "offices").iterdir())
    of_files, of_folder = (ci.read(source, platform=PARTNER) for source in (files, folder / "offices"))
    findings = of_files.validate().findings
    assert len(of_files) == len(of_folder) == 4
    assert findings.equals(of_folder.validate().findings)
    wrong = findings[findings["code"].str.startswith("vat_number.", na=False)]
    assert wrong[["sheet", "sheet_row"]].values.tolist() == [["antwerp.csv", 3], ["ghent.csv", 3]]


def test_files_with_other_headings_are_no_single_list() -> None:
    with pytest.raises(ci.FileUnreadable, match=r"merge\(\) makes one list") as refused:
        ci.read(["crm.xlsx", "books.csv"], platform=PARTNER)
    assert refused.value.code == "files.other_headers"


def test_decisions_as_keywords_and_afterwards_are_the_same() -> None:
    said = ci.read(
        "clients.xlsx",
        platform=PARTNER,
        columns={"Sjabloon": "configuration_template"},
        defaults={"country": "BE"},
        values={"country": {"Holland": "NL"}},
        composed={"external_reference": "'B' + Klantnr"},
    )
    afterwards = (
        ci.read("clients.xlsx", platform=PARTNER)
        .map({"Sjabloon": "configuration_template"})
        .default(country="BE")
        .value(country={"Holland": "NL"})
        .compose(external_reference="'B' + Klantnr")
    )
    assert said.columns.equals(afterwards.columns)
    assert said.fix().frame.equals(afterwards.fix().frame)
    assert said.fix().frame.loc[4, "external_reference"] == "BK001"


def test_a_list_stays_as_it_was_when_something_is_said_about_it() -> None:
    before = ci.read("clients.xlsx", platform=PARTNER)
    after = before.map({"IBAN": "ignore"})
    assert "iban" in set(before.columns["field"].dropna())
    assert "iban" not in set(after.columns["field"].dropna())


def test_a_saved_mapping_is_used_by_its_name(folder: Path) -> None:
    from command_line import clientimport

    answer = clientimport(
        "map", "crm.xlsx", "-p", PARTNER, "--set", "Gemeente=external_reference", "--save", "odd", "--no-input"
    )
    assert answer.exit_code in (0, 1)
    fields = (
        ci.read("crm.xlsx", platform=PARTNER, no_profile=True).map(profile="odd").columns.set_index("header")["field"]
    )
    assert fields["Gemeente"] == "external_reference"
    with pytest.raises(ci.SettingsUnusable, match="odd"):
        ci.read("crm.xlsx", platform=PARTNER, profile="oddd")


@pytest.mark.parametrize(
    ("keywords", "code"),
    [
        ({"shet": "x"}, "usage.unknown_keyword"),
        ({"language": "dutch"}, "usage.unknown_language"),
        ({"columns": {"Nam": "legal_name"}}, "set.unknown_header"),
        ({"columns": {"Naam": "legal_nam"}}, "set.unknown_field"),
        ({"defaults": {"contry": "BE"}}, "usage.unknown_field"),
        ({"defaults": {"mandate": "yes"}}, "usage.default_mandate"),
        ({"values": {"iban": {"x": "y"}}}, "value.not_closed"),
        ({"check": "kbos"}, "registers.unknown"),
        ({"profile": "a", "no_profile": True}, "usage.profile_or_not"),
        ({"no_repair": "phonee"}, "repair.unknown"),
    ],
)
def test_what_does_not_exist_is_an_error_that_names_it(keywords: dict[str, object], code: str) -> None:
    with pytest.raises(ci.ClientImportError) as refused:
        ci.read("crm.xlsx", platform=PARTNER, **keywords)  # type: ignore[call-overload]
    assert refused.value.code.partition(".")[0] == code.partition(".")[0]
    assert "--" not in str(refused.value)


def test_the_platform_may_be_that_of_a_connection_and_has_to_be_said() -> None:
    from command_line import clientimport

    clientimport(
        *("connections", "add", "office", "-p", PARTNER),
        *("--base-url", "https://api.banqup.com/x", "--client-id", "1", "--no-input"),
    )
    assert "Partner Space" in repr(ci.read("crm.xlsx", connection="office"))
    with pytest.raises(ci.UsageError, match="platform="):
        ci.read("crm.xlsx")
    with pytest.raises(ci.CredentialsRefused, match="CLIENTIMPORT_OFFICE_SECRET"):
        ci.connect("office")
    assert "hush" not in repr(ci.connect("office", secret="hush"))


def test_defaults_of_the_command_line_do_not_hold_in_a_program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "clientimport.toml").write_text(f'platform = "{PARTNER}"\ncountry = "FR"\n', encoding="utf-8")
    monkeypatch.setenv("CLIENTIMPORT_LANGUAGE", "nl")
    with pytest.raises(ci.UsageError, match="platform="):
        ci.read("crm.xlsx")
    frame = pd.DataFrame({"Naam": ["Bakkerij Peeters BV"], "Ondernemingsnummer": ["0419618536"]})
    report = ci.read(frame, platform=PARTNER).validate()
    assert "country" in report.findings.query("code == 'required.no_column'")["field"].tolist()
    assert "cannot be right" in " ".join(report.findings["message"])


@pytest.mark.parametrize("source", [5, {"Naam": ["x"]}, [], [1, 2], object()])
def test_what_holds_no_clients_is_refused(source: object) -> None:
    with pytest.raises(ci.FileUnreadable) as refused:
        ci.read(source, platform=PARTNER)  # type: ignore[call-overload]
    assert refused.value.code == "source.kind"


def test_a_frame_with_only_positions_for_names_is_addressed_by_letter() -> None:
    frame = pd.DataFrame([["Bakkerij Peeters BV", "BE0419618535"]])
    clients = ci.read(frame, platform=PARTNER, columns={"A": "legal_name", "B": "vat_number"})
    assert clients.columns["field"].tolist() == ["legal_name", "vat_number"]
    with pytest.raises(ci.UsageError, match="sheet="):
        ci.read(frame, platform=PARTNER, sheet="x")  # type: ignore[call-overload]
