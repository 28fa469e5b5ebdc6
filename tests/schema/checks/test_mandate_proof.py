from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from command_line import clientimport

BEFORE = "Naam;Ondernemingsnummer;E-mail;Voornaam;Familienaam;Taal;Land;Mandaat"
ROW = "A BV;0403019261;a@acme.be;An;Peeters;nl-BE;BE;"
ON = ("-c", "sandbox", "-p", "banqup-partner")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))


def written(folder: Path, headers: str, cells: str) -> Path:
    file = folder / "clients.csv"
    file.write_text(f"{BEFORE}{headers}\n{ROW}{cells}\n", encoding="utf-8")
    return file


def proofs(file: Path, platform: str = "banqup-partner") -> list[Any]:
    answer = clientimport("validate", file, "-p", platform, "--json").json
    return [one for one in answer["files"][0]["findings"] if one["code"] == "mandate.proof"]


@pytest.mark.parametrize(
    ("headers", "cells", "proof"),
    [
        (";Datum mandaat", "Ja;12/01/2026", "2026-01-12"),
        (";Mandaat getekend door", "Ja;An Peeters", "An Peeters"),
        (";Référence mandat", "Ja;M-2026-12", "M-2026-12"),
        (";Mandate date;Mandate signed by;Mandate number", "Ja;12/01/2026;An;7", "2026-01-12 · An · 7"),
        (";Datum mandaat;Referentie mandaat", "Ja;;M-1", "M-1"),
    ],
)
def test_what_stands_beside_a_mandate_is_shown(tmp_path: Path, headers: str, cells: str, proof: str) -> None:
    (one,) = proofs(written(tmp_path, headers, cells))
    assert (one["severity"], one["row"], one["field"]) == ("info", 2, "mandate")
    assert proof in one["message"]


@pytest.mark.parametrize("cells", ["Nee;12/01/2026", ";12/01/2026", "Ja;"])
def test_a_proof_without_a_yes_and_a_yes_without_a_proof_say_nothing(tmp_path: Path, cells: str) -> None:
    assert proofs(written(tmp_path, ";Datum mandaat", cells)) == []


def test_a_date_beside_an_empty_mandate_never_makes_it_a_yes(tmp_path: Path) -> None:
    file = written(tmp_path, ";Datum mandaat", ";12/01/2026")
    planned = clientimport("plan", file, *ON, "--json").json
    assert "mandate" not in planned["groups"]["new"][0]["fields"]


def test_another_date_is_no_proof(tmp_path: Path) -> None:
    assert proofs(written(tmp_path, ";Datum jaarrekening;Referentie", "Ja;12/01/2026;M-1")) == []


def test_the_plan_shows_it_and_it_is_not_sent(tmp_path: Path) -> None:
    file = written(tmp_path, ";Datum mandaat;Referentie mandaat", "Ja;12/01/2026;M-1")
    planned = clientimport("plan", file, *ON, "--json").json
    assert planned["mandates"] == [{"row": 2, "date": "2026-01-12", "signatory": None, "reference": "M-1"}]
    assert set(planned["groups"]["new"][0]["fields"]).isdisjoint({"mandate_date", "mandate_reference"})
    assert "2026-01-12 · M-1" in clientimport("plan", file, *ON).out
    dry = clientimport("push", file, *ON, "--dry-run", "--accept-proposals", "--json").json
    assert dry["mandates"] == planned["mandates"]
