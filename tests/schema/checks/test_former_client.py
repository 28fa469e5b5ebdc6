"""Who has left is named, with the option that leaves such rows out."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from clientimport.model.finding import Finding
from clientimport.model.table import Column, Table
from clientimport.schema.checks.former_client import former_clients, is_former_name, says_left
from clientimport.schema.row_filter import filter_rows

TODAY = date(2026, 11, 29)


def table_of(**columns: list[str | None]) -> Table:
    made = tuple(
        Column(at, header, pa.array(values, pa.string())) for at, (header, values) in enumerate(columns.items())
    )
    return Table("clients.csv", None, 1, made, np.arange(2, 2 + len(made[0].values)))


def noticed(table: Table) -> list[Finding]:
    return list(former_clients(table, table.columns[1:], table.columns[:1], TODAY))


@pytest.mark.parametrize(
    ("header", "text"),
    [
        *(
            ("Status", "stopgezet"),
            ("Status", "Inactief"),
            ("Statut", "en faillite depuis 2023"),
            ("Klantstatus", "Ex"),
        ),
        *(
            ("Status", "Vereffening"),
            ("Kundenstatus", "gekündigt"),
            ("Customer status", "closed"),
            ("Statut", "Radiée"),
            ("Statut du dossier", "clôturé"),
            ("Status van het dossier", "afgesloten"),
        ),
        *(("Actief", "Nee"), ("Actif", "0"), ("Is active", "FALSE"), ("Aktiv", "nein"), ("Gearchiveerd", "x")),
        *(
            ("Einddatum", "31/12/2023"),
            ("Date de fin", "2022-06-30"),
            ("End date", "29.11.2026"),
            ("Enddatum", "45000"),
        ),
        *(("Opmerking", "klant stopgezet per 31/12"), ("Remarques", "ne plus utiliser"), ("Notes", "former client")),
    ],
)
def test_a_cell_that_says_that_somebody_left(header: str, text: str) -> None:
    assert says_left(header, text, TODAY)


@pytest.mark.parametrize(
    ("header", "text"),
    [
        *(("Status", "actief"), ("Status", "prospect"), ("Status", "niet stopgezet"), ("Statut", "pas de faillite")),
        *(("Status", "Closed won"), ("Burgerlijke staat", "gescheiden"), ("Actief", "ja"), ("Actief", "?")),
        *(
            ("Einddatum", "31/12/2027"),
            ("Einddatum", "30/11/2026"),
            ("Einddatum", "onbepaald"),
            ("Einde boekjaar", "31/12/2023"),
        ),
        *(
            ("Mandaat einddatum", "31/12/2023"),
            ("BTW", "nee"),
            ("Opmerking", "oud"),
            ("Gemeente", "Weg"),
            ("Peppol", "no"),
        ),
        *(("Kantoor", "Oud-Turnhout"), ("Notes", "left a message"), ("Gearchiveerd", "nee"), ("Sector", "Archief")),
    ],
)
def test_a_cell_that_does_not(header: str, text: str) -> None:
    assert not says_left(header, text, TODAY)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "(niet meer gebruiken) Oud BV",
            "XXX Faillissement Ketels BV",
            "Peeters BV in vereffening",
            "Dupont SRL (en liquidation)",
        ),
        *("ZZZ Peeters BV", "Janssens [inactief]", "Muster GmbH *ehemalig*", "Claes BV - niet meer gebruiken"),
    ],
)
def test_a_name_that_says_it(name: str) -> None:
    assert is_former_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Oud Gent BV",
        "Weg & Waterbouw NV",
        "XXL Sport BV",
        "ZZZen BV",
        "Peeters (Gent) BV",
        "Ex Libris BV",
        "Archief & Co",
        "Zaza BV",
    ],
)
def test_a_name_that_does_not(name: str) -> None:
    assert not is_former_name(name)


def test_one_row_is_named_once_and_the_option_leaves_out_all_such_rows() -> None:
    table = table_of(
        Naam=["Actief BV", "XXX Gestopt BV", "Failliet BV", "Weg BV (inactief)"],
        Status=["actief", "stopgezet", "failliet", "actief"],
        Einddatum=[None, "31/12/2023", None, None],
    )
    findings = noticed(table)
    assert [(finding.row, finding.cell, finding.value) for finding in findings] == [
        (3, "B3", "stopgezet"),
        (4, "B4", "failliet"),
        (5, "A5", "Weg BV (inactief)"),
    ]
    assert findings[0].facts["where"] == '--where "Status!=stopgezet,failliet"'
    left = filter_rows(table, ["Status!=stopgezet,failliet", "Naam!=XXX Gestopt BV,Weg BV (inactief)"])
    assert noticed(left) == []
    assert left.rows.tolist() == [2]


def test_where_the_headers_are_alike_the_option_names_the_letter() -> None:
    table = table_of(Naam=["A BV"], Status=["stopgezet"])
    twice = Table("x", None, 1, (*table.columns, Column(2, "Status", pa.array(["x"]))), table.rows)
    assert noticed(twice)[0].facts["where"] == '--where "B!=stopgezet"'


def test_where_many_different_cells_say_it_the_option_leaves_out_the_row_alone() -> None:
    table = table_of(Naam=[f"K{n} BV" for n in range(12)], Einddatum=[f"{n + 1}/01/2020" for n in range(12)])
    assert noticed(table)[3].facts["where"] == '--where "Einddatum!=4/01/2020"'
