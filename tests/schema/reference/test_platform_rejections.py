"""What platforms say when they refuse a client is known again, whatever stands around it, and explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from clientimport.messages.catalog import message_catalog
from clientimport.messages.rejection_reasons import reason_text
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.finding_catalog import finding_kinds
from clientimport.schema.reference.platform_rejections import closest_rejection, rejection_codes, rejection_sentences
from command_line import clientimport

RCS, NUMBER, MOBILE = "refusal.rcs_unknown", "refusal.registration_number", "refusal.mobile_number"
LUX = ("-c", "sandbox", "-p", "banqup-console-lu")
HEADERS = "Client name;Address;ZIP;City;Country;RCS;VAT;IBAN;BIC;Language;Contact name;Contact language;Contact email"
ROW = "Moulin SARL;Rue du Fort 1;1111;Luxembourg;LU;B999991;;LU280019400644750000;;fr;Jean Muller;fr;jean@moulin.lu"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("trn - est invalide", RCS),
        ("TRN – EST INVALIDE.", RCS),
        ("rcsNumber - trn - est invalide; city - must not be blank", RCS),
        ("trn est invalid", RCS),
        ("Enter Valid Registration Number", NUMBER),
        ("Error in row 5: enter valid registration number!", NUMBER),
        ("enter valid registraton number", NUMBER),
        ("Mobile number is invalid or enter mobile number with country code", MOBILE),
        ("Mobile number is invalid", MOBILE),
        ("enter mobile number with country code", MOBILE),
        ("invalide", None),
        ("Registration Number", None),
        ("mobile number", None),
        ("contact_mobile", None),
        ("", None),
    ],
)
def test_a_sentence_is_known_by_its_words(text: str, code: str | None) -> None:
    assert closest_rejection(text) == code


def test_only_what_is_said_in_full_is_explained_beside_a_row() -> None:
    assert rejection_codes("trn est invalid") == ()
    assert rejection_codes("contrn - est invalide") == ()
    assert rejection_codes("Enter Valid Registration Number; Mobile number is invalid") == (NUMBER, MOBILE)


def test_every_sentence_has_its_explanation() -> None:
    assert set(rejection_sentences().values()) <= set(finding_kinds())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_platforms_own_words_stay_with_ours_behind_them(language: str) -> None:
    told = reason_text(message_catalog(language), "rcsNumber - trn - est invalide")
    assert told.startswith("rcsNumber - trn - est invalide (")
    assert message_catalog(language).findings[RCS].mend in told
    assert reason_text(message_catalog(language), "something else") == "something else"
    assert reason_text(message_catalog(language), "client.answered_with: 7").count("7") >= 2


@pytest.mark.parametrize("sentence", ["trn - est invalide", "TRN EST INVALIDE", "row 3: trn - est invalide"])
def test_explain_takes_a_sentence_as_well_as_a_code(sentence: str) -> None:
    by_sentence = clientimport("explain", sentence, "--json", "--language", "fr").json
    by_code = clientimport("explain", RCS, "--json", "--language", "fr").json
    assert by_sentence == by_code
    assert by_code["code"] == RCS


def test_what_nobody_knows_is_not_explained() -> None:
    unknown = clientimport("explain", "the moon is full", "--json")
    assert (unknown.exit_code, unknown.json["error"]["code"]) == (2, "explain.unknown")


def test_a_refused_row_says_so_in_the_push_the_record_and_the_exported_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    (tmp_path / "clients.csv").write_text(f"{HEADERS}\n{ROW}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    pushed = clientimport("push", "clients.csv", *LUX, "--yes", "--accept-proposals", "--json", "--language", "nl").json
    reason = pushed["rows"][0]["reason"]
    assert "trn - est invalide" in reason
    assert message_catalog("nl").findings[RCS].mend in reason
    shown = clientimport("runs", "show", pushed["run"], "--json", "--language", "nl").json
    assert shown["rows"][0]["reason"] == reason
    assert clientimport("runs", "export", pushed["run"], "-o", "done.xlsx", "--language", "nl").exit_code == 0
    cells = [cell.value for row in load_workbook("done.xlsx").worksheets[0].iter_rows() for cell in row]
    assert reason in cells
