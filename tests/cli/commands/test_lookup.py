from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from kbo import Invented, company_number, write_full
from openpyxl import load_workbook

from clientimport.sandbox import SandboxOptions, running
from command_line import Answer, clientimport

GOOD, BANKRUPT, OTHER, MOVED, PERSON, GONE = (company_number(4_000_000 + at) for at in range(6))
KNOWN = (
    Invented(GOOD, "Bakkerij Peeters", names=(("003", "De Gouden Korst"),)),
    Invented(BANKRUPT, "Garage Maes", situation="050", form="014"),
    Invented(OTHER, "Heel Iemand Anders"),
    Invented(
        MOVED,
        "Studio Janssens",
        street=("Eikstraat", "Rue du Chêne"),
        house_number="16",
        place=("1000", "Brussel", "Bruxelles"),
    ),
    Invented(PERSON, "Willems An", kind="1"),
)
HEADER = "Naam;Ondernemingsnummer;BTW-nummer;Straat;Huisnummer;Postcode;Gemeente\n"
ROWS = (
    f"Bakkerij Peeters BV;{GOOD};BE{GOOD};Molenstraat;1;9000;Gent\n"
    f"Garage Maes;{BANKRUPT};;;;;\n"
    f"Dakwerken Claes;{OTHER};;;;;\n"
    f"Studio Janssens;{MOVED};;Molenstraat;1;9000;Gent\n"
    f"An Willems;{PERSON};;Kerkstraat;3;9000;Gent\n"
    f"Weg BV;{GONE};;;;;\n"
    "Zonder nummer;;;;;;\n"
)
SETUP = f"""
[[participants]]
id = "0208:{GOOD}"
access_point = "CN=PBE000123,O=Own Access Point,C=BE"
[[participants]]
id = "0208:{OTHER}"
access_point = "CN=PBE000999,O=Somebody Else,C=BE"
[[participants]]
id = "9925:BE{MOVED}"
smp = "https://smp.hermes-belgium.be"
[vat_numbers.BE{GOOD}]
name = "BV Bakkerij Peeters"
"""


def configured(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(text)


@pytest.fixture
def list_file(tmp_path: Path, home: Path) -> Path:
    """Return a list of clients; the index of the KBO is loaded."""
    write_full(tmp_path / "full.zip", KNOWN, 190, datetime.now(UTC).date())
    assert clientimport("registers", "load", tmp_path / "full.zip").exit_code == 0
    file = tmp_path / "clients.csv"
    file.write_text(HEADER + ROWS, encoding="utf-8")
    return file


@pytest.fixture
def registers(tmp_path: Path, home: Path) -> Iterator[str]:
    """Serve VIES and Peppol on this machine, and say so in config.toml."""
    (tmp_path / "setup.toml").write_text(SETUP)
    with running(SandboxOptions(setup=tmp_path / "setup.toml")) as url:
        (home / "config.toml").write_text(
            f'[registers]\nvies_url = "{url}/vies/rest-api"\npeppol_dns = "{url.removeprefix("http://")}"\n'
            f'requester = "BE 0403.019.261"\nown_access_point = "PBE000123"\n'
        )
        yield url


def test_without_an_index_the_command_that_loads_it_is_named(home: Path) -> None:
    refused = clientimport("lookup", GOOD, "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "kbo.no_index")
    assert "registers load" in refused.json["error"]["message"]


def test_each_client_is_shown_in_the_order_of_the_list(list_file: Path) -> None:
    answer = clientimport("lookup", list_file, "--json")
    clients = answer.json["clients"]
    assert answer.exit_code == 1  # one is bankrupt, one is not there
    assert [client["row"] for client in clients] == [2, 3, 4, 5, 6, 7, 8]
    assert [client["number"] for client in clients] == [GOOD, BANKRUPT, OTHER, MOVED, PERSON, GONE, None]
    good, bankrupt, other, moved, person, gone, without = (client["kbo"] for client in clients)
    assert (good["known"], good["names"], good["differences"]) == (True, ["Bakkerij Peeters", "De Gouden Korst"], [])
    assert (good["situation"], good["since"]) == ("Normale toestand", "2003-02-01")
    assert (bankrupt["situation"], bankrupt["form"]) == ("Opening faillissement", "Naamloze vennootschap")
    assert other["differences"] == [{"field": "legal_name", "ours": "Dakwerken Claes", "theirs": "Heel Iemand Anders"}]
    assert {one["field"] for one in moved["differences"]} == {"postal_code", "street"}
    assert (person["differences"], person["address"]) == ([], None)
    assert (gone["known"], set(gone.values())) == (False, {False, None})
    assert without is None
    assert {(client["vies"], client["peppol"]) for client in clients} == {(None, None)}


def test_all_is_well_with_exit_code_zero(list_file: Path) -> None:
    assert clientimport("lookup", GOOD, PERSON).exit_code == 0
    assert clientimport("lookup", GOOD, GONE).exit_code == 1


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (f"BE {GOOD[:4]}.{GOOD[4:7]}.{GOOD[7:]}", GOOD),
        (GOOD[1:], GOOD),
        (f"0208:{GOOD}", GOOD),
        (f"9925:be{GOOD}", GOOD),
        ("LU15027442", "LU15027442"),
        ("0240:19932200123", "19932200123"),
    ],
)
def test_numbers_are_typed_as_people_write_them(list_file: Path, typed: str, number: str) -> None:
    (client,) = clientimport("lookup", typed, "--json").json["clients"]
    assert (client["row"], client["number"]) == (None, number)


@pytest.mark.parametrize("typed", ["0403019260", "85073003328", "hello", "0088:123"])
def test_what_is_no_number_and_no_file_is_refused(home: Path, typed: str) -> None:
    refused = clientimport("lookup", typed, "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "lookup.no_number")


def test_a_file_beside_a_number_and_a_file_that_is_not_there_are_refused(list_file: Path) -> None:
    assert clientimport("lookup", list_file, GOOD, "--json").json["error"]["code"] == "lookup.one_file"
    assert clientimport("lookup", "nowhere.xlsx", "--json").json["error"]["code"] == "file.not_found"


def test_all_registers_answer_at_once(list_file: Path, registers: str) -> None:
    answer = clientimport("lookup", list_file, "--kbo", "--vies", "--peppol", "--json")
    good, _, other, moved, *_ = answer.json["clients"]
    assert answer.exit_code == 1
    assert (good["vies"]["state"], good["vies"]["name"]) == ("valid", "BV Bakkerij Peeters")
    assert good["vies"]["consultation"].startswith("WAPI")
    assert good["vies"]["checked_at"]
    assert (other["vies"]["state"], other["vies"]["reason"]) == ("invalid", None)
    first, second = good["peppol"]
    assert (first["id"], first["state"], first["receives_invoices"]) == (f"0208:{GOOD}", "registered", True)
    assert first["access_point"] == "CN=PBE000123,O=Own Access Point,C=BE"
    assert (second["id"], second["state"]) == (f"9925:be{GOOD}", "not_registered")
    assert [one["reason"] for one in moved["peppol"]] == [None, "leftover"]


def test_the_answer_is_what_its_schema_says(list_file: Path, registers: str) -> None:
    document = json.loads((Path(__file__).parents[3] / "docs" / "schemas" / "lookup.schema.json").read_text())
    for asked in ((), ("--kbo", "--vies", "--peppol"), ("--vies",)):
        Draft202012Validator(document).validate(clientimport("lookup", list_file, *asked, "--json").json)


def test_nobody_answering_is_exit_three_and_said_for_each_client(list_file: Path, home: Path) -> None:
    (home / "config.toml").write_text('[registers]\nvies_url = "http://127.0.0.1:9/rest-api"\n')
    answer = clientimport("lookup", list_file, "--vies", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (3, "platform_down")
    assert {client["vies"]["state"] for client in answer.json["clients"] if client["vies"]} == {"not_checked"}
    assert clientimport("lookup", list_file, "--vies", "--kbo").exit_code == 1  # the KBO did answer
    written = list_file.with_name("checked.json")
    assert clientimport("lookup", list_file, "--vies", "-o", written).exit_code == 3
    assert json.loads(written.read_text())["error"]["code"] == "platform_down"


@pytest.mark.parametrize(
    ("language", "heading", "word"),
    [
        ("nl", "Nummer", "niet actief in het extract"),
        ("fr", "Numéro", "pas actif dans l'extrait"),
        ("de", "Nummer", "nicht aktiv im Auszug"),
        ("en", "Number", "not active in the extract"),
    ],
)
def test_the_workbook_has_a_row_a_client_in_colours(
    list_file: Path, registers: str, tmp_path: Path, language: str, heading: str, word: str
) -> None:
    output = tmp_path / "checked.xlsx"
    clientimport("lookup", list_file, "--kbo", "--vies", "--peppol", "-o", output, "--language", language)
    sheet = load_workbook(output).worksheets[0]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 8
    assert rows[0][1] == heading
    colours = {str(cell.value): cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row if cell.value}
    assert colours[word] == "00FCE4D6"
    assert colours[rows[1][3]] == "00E2EFDA"
    assert output.stat().st_mode & 0o777 == 0o600


def test_other_files_hold_the_same(list_file: Path, registers: str, tmp_path: Path) -> None:
    def written(ending: str) -> str:
        clientimport("lookup", list_file, "--kbo", "-o", tmp_path / f"checked{ending}", "--language", "nl")
        return (tmp_path / f"checked{ending}").read_text(encoding="utf-8-sig")

    rows = list(csv.reader(io.StringIO(written(".csv")), delimiter=";"))
    assert (len(rows), rows[1][1], rows[2][3]) == (8, GOOD, "Opening faillissement")
    assert len(json.loads(written(".json"))["clients"]) == 7
    page = written(".html")
    assert '<html lang="nl">' in page
    assert '<td class="bad">Opening faillissement</td>' in page


def test_a_name_that_would_run_or_break_out_does_not(list_file: Path, tmp_path: Path) -> None:
    list_file.write_text(HEADER + f"=1+1;{GOOD};;;;;\n<script>;{BANKRUPT};;;;;\n")
    clientimport("lookup", list_file, "-o", tmp_path / "checked.html")
    clientimport("lookup", list_file, "-o", tmp_path / "checked.csv")
    assert "<script>" not in (tmp_path / "checked.html").read_text()
    assert "'=1+1" in (tmp_path / "checked.csv").read_text()


def test_an_ending_that_says_nothing_is_refused_before_anything_is_asked(list_file: Path, tmp_path: Path) -> None:
    refused = clientimport("lookup", list_file, "-o", tmp_path / "checked.docx", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "lookup.ending")


def test_a_file_that_is_there_is_not_written_over(list_file: Path, tmp_path: Path) -> None:
    (tmp_path / "checked.csv").write_text("mine")
    assert clientimport("lookup", list_file, "-o", tmp_path / "checked.csv").exit_code == 2
    assert clientimport("lookup", list_file, "-o", tmp_path / "checked.csv", "--force").exit_code == 1


def test_nothing_is_asked_but_what_is_named(list_file: Path, registers: str) -> None:
    def asked() -> int:
        """Return how often VIES was asked."""
        with sqlite3.connect(list_file.parent / "home" / "registers" / "vies.db") as cache:
            return int(cache.execute("SELECT count(*) FROM answer").fetchone()[0])

    clientimport("lookup", list_file)
    clientimport("lookup", list_file, "--kbo")
    clientimport("validate", list_file, "-p", "banqup-partner", "--check", "kbo")
    assert not (list_file.parent / "home" / "registers" / "vies.db").exists()
    clientimport("validate", list_file, "-p", "banqup-partner", "--check", "vies")
    assert asked() == 1  # the one VAT number of the list
    clientimport("lookup", list_file, "--vies")
    assert asked() == 6  # of company numbers, whether they are subject to VAT


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('vies_url = "http://vies.example/rest-api"', "vies_url"),
        ('requester = "0403019261"', "requester"),
        ('requester = "GB123456789"', "requester"),
        ('peppol_dns = "127.0.0.1"', "peppol_dns"),
        ('peppol_zone = "a b"', "peppol_zone"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(home: Path, line: str, key: str) -> None:
    configured(home, f"[registers]\n{line}\n")
    refused = clientimport("lookup", GOOD, "--vies", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "registers.unusable")
    assert f"registers.{key}" in refused.json["error"]["message"]


def test_a_setting_that_is_unknown_is_refused_with_what_was_meant(home: Path) -> None:
    configured(home, '[registers]\nviesurl = "https://vies.example"\n')
    refused = clientimport("lookup", GOOD, "--vies", "--json")
    assert "vies_url" in refused.json["error"]["message"]


def validated(*arguments: object) -> Answer:
    return clientimport("validate", *arguments, "-p", "banqup-partner", "--json")


def codes(answer: Answer) -> dict[str, list[int | None]]:
    found: dict[str, list[int | None]] = {}
    for finding in answer.json["files"][0]["findings"]:
        if finding["code"].startswith(("kbo", "vies", "peppol")):
            found.setdefault(finding["code"], []).append(finding["row"])
    return found


def test_validate_holds_the_rows_against_the_kbo(list_file: Path) -> None:
    assert codes(validated(list_file)) == {}
    assert codes(validated(list_file, "--check", "kbo")) == {
        "kbo.extract": [None],
        "kbo.situation": [3],
        "kbo.name_differs": [4],
        "kbo.address_differs": [5],
        "kbo.unknown": [7],
    }


def test_none_of_it_is_an_error(list_file: Path, registers: str) -> None:
    answer = validated(list_file, "--check", "kbo,vies", "--check", "peppol")
    found = [one for one in answer.json["files"][0]["findings"] if one["code"].startswith(("kbo", "vies", "peppol"))]
    assert {one["severity"] for one in found} == {"warning", "info"}
    assert codes(answer)["peppol.elsewhere"] == [4]
    assert codes(answer)["peppol.not_registered"] == [3, 5, 6, 7]
    assert "vies.invalid" not in codes(answer)  # an empty VAT number is right for who is not subject to VAT


def test_a_vat_number_that_is_not_valid_and_one_that_was_not_checked_are_told_apart(
    list_file: Path, registers: str
) -> None:
    list_file.write_text(HEADER + f"Heel Iemand Anders;{OTHER};BE{OTHER};;;;\n")
    assert "vies.invalid" in codes(validated(list_file, "--check", "vies"))
    list_file.write_text(HEADER + "X;;;;;;\nY;;LU15027442;;;;\n")
    (list_file.parent / "home" / "config.toml").write_text('[registers]\nvies_url = "http://127.0.0.1:9/rest-api"\n')
    assert codes(validated(list_file, "--check", "vies")) == {"vies.not_checked": [3]}


def test_without_an_own_access_point_nobody_is_elsewhere(list_file: Path, registers: str, home: Path) -> None:
    config = home / "config.toml"
    config.write_text(config.read_text().replace('own_access_point = "PBE000123"\n', ""))
    assert "peppol.elsewhere" not in codes(validated(list_file, "--check", "peppol"))


def test_an_unknown_register_is_refused(list_file: Path) -> None:
    for option, value in (("--check", "kbo,rsz"), ("--fill-from", "vies")):
        refused = validated(list_file, option, value)
        assert (refused.exit_code, refused.json["error"]["code"]) == (2, "registers.unknown")


def test_the_seat_is_told_whole_and_the_next_step_can_be_pasted(list_file: Path) -> None:
    shown = clientimport("validate", list_file, "-p", "banqup-partner", "--check", "kbo", "--language", "nl")
    assert "Eikstraat 16, 1000 Brussel" in " ".join(shown.out.split())
    assert "clientimport map" in shown.out  # which has no --check
    assert "--check" not in shown.out.rpartition("clientimport map")[2]


def test_a_client_in_luxembourg_is_asked_for_under_its_own_numbers(list_file: Path, registers: str) -> None:
    rows = "Name;RCS;VAT number;Country\nSchmit SARL;B82454;LU15027442;LU\nKeng Nummer;B82455;;LU\n"
    list_file.write_text(rows, encoding="utf-8")
    arguments = ("-p", "banqup-console-lu", "--kbo", "--vies", "--peppol", "--json")
    first, second = clientimport("lookup", list_file, *arguments).json["clients"]
    assert (first["number"], first["kbo"], first["vies"]["state"]) == ("LU15027442", None, "invalid")
    assert [one["id"] for one in first["peppol"]] == ["9938:lu15027442"]
    assert (second["number"], second["vies"], second["peppol"]) == (None, None, None)


def test_a_national_register_number_is_never_looked_up(list_file: Path, registers: str) -> None:
    list_file.write_text("Naam;Rijksregisternummer;Land\nAn;85073003328;BE\n", encoding="utf-8")
    (client,) = clientimport("lookup", list_file, "--vies", "--peppol", "-p", "accounton", "--json").json["clients"]
    assert (client["number"], client["vies"], client["peppol"]) == (None, None, None)


def test_a_dns_that_does_not_answer_leaves_the_rows_unchecked(list_file: Path, home: Path) -> None:
    list_file.write_text(HEADER + f"Bakkerij Peeters;{GOOD};;;;;\n", encoding="utf-8")
    (home / "config.toml").write_text('[registers]\npeppol_dns = "127.0.0.1:9"\n')
    assert codes(validated(list_file, "--check", "peppol")) == {"peppol.not_checked": [2]}
